from collections.abc import Iterator
from datetime import timedelta

import pytest

from service.core.jobs import JobContext, job
from service.core.jobs.handlers import HANDLERS, import_every_job


@pytest.fixture(autouse=True)
def table() -> Iterator[None]:
    standing = dict(HANDLERS)
    yield
    HANDLERS.clear()
    HANDLERS.update(standing)


def test_each_pause_is_four_times_the_last_up_to_ten_minutes() -> None:
    @job("pause.grow", first_pause=timedelta(seconds=2))
    def grow(_context: JobContext) -> None: ...

    pauses = [HANDLERS["pause.grow"].pause(tries).total_seconds() for tries in range(1, 7)]

    assert pauses == [2, 8, 32, 128, 512, 600]


def test_two_functions_cannot_do_the_same_job() -> None:
    @job("thing.do")
    def one(_context: JobContext) -> None: ...

    def two(_context: JobContext) -> None: ...

    with pytest.raises(ValueError, match=r"thing\.do is already done by"):
        job("thing.do")(two)


def test_a_process_that_runs_jobs_knows_those_of_the_house() -> None:
    import_every_job()

    assert HANDLERS["retention.run"].cron == "17 3 * * *"
