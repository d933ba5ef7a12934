import signal
from datetime import timedelta

import pytest

from service.core import audit
from service.core.db import Database
from service.core.jobs import Jobs, State, cancel, jobs
from service.core.settings import Settings
from tests.children import ending
from tests.db.core.processes import effects, ended, look, process, put, until

COUNT = 24


def test_a_worker_killed_again_and_again_leaves_each_step_done_once(
    database: Database, settings: Settings
) -> None:
    job_id = put(database, "test.steps", count=COUNT)
    for reached in (3, 9, 15):
        with process(settings, "worker") as worker:
            until(lambda done=reached: len(effects(database)) >= done)  # type: ignore[misc]
            worker.kill()
            assert ending(worker) == -signal.SIGKILL

    with process(settings, "worker"):
        found = ended(database, job_id)

    assert (found.state, found.tries, found.starts) == (State.DONE, 0, 4)
    assert effects(database) == [str(number) for number in range(COUNT)]
    with database.read() as session:
        assert list(audit.verify(session)) == []


def test_a_standing_by_worker_takes_over_from_a_killed_one(
    database: Database, settings: Settings
) -> None:
    job_id = put(database, "test.steps", count=COUNT)
    with process(settings, "worker") as first, process(settings, "worker"):
        until(lambda: len(effects(database)) >= 3)
        first.kill()

        assert ended(database, job_id).state is State.DONE

    assert effects(database) == [str(number) for number in range(COUNT)]


def test_a_job_of_a_web_process_killed_after_its_commit_is_run(
    database: Database, settings: Settings
) -> None:
    with process(settings, "web, killed after its commit") as web:
        assert ending(web) == -signal.SIGKILL
    with database.read() as session:
        (found,) = jobs(session)

    with process(settings, "worker"):
        assert ended(database, found.id).state is State.DONE

    assert effects(database) == ["0", "1"]


def test_a_job_of_a_web_process_killed_before_its_commit_never_was(
    database: Database, settings: Settings
) -> None:
    with process(settings, "web, killed before its commit") as web:
        assert ending(web) == -signal.SIGKILL

    def gone() -> bool:
        with database.read() as session:
            return list(jobs(session)) == []

    until(gone)


def test_a_worker_told_to_end_does_so_and_its_job_is_finished_elsewhere(
    database: Database, settings: Settings
) -> None:
    job_id = put(database, "test.steps", count=COUNT)
    with process(settings, "worker") as worker:
        until(lambda: len(effects(database)) >= 3)
        worker.terminate()
        assert ending(worker) == 0
    assert look(database, job_id).state is State.WAITING

    with process(settings, "worker"):
        assert ended(database, job_id).state is State.DONE

    assert effects(database) == [str(number) for number in range(COUNT)]


@pytest.fixture
def web(database: Database, settings: Settings) -> Jobs:
    return Jobs(settings, database)


def test_a_web_process_gives_way_to_a_worker_and_returns_when_it_dies(
    database: Database, settings: Settings, web: Jobs
) -> None:
    web.start()
    assert web.leads(within=timedelta(seconds=30))
    with process(settings, "worker") as worker:
        until(lambda: not web.leads())
        worker.kill()
        ending(worker)

        assert web.leads(within=timedelta(seconds=30))

    assert ended(database, put(database, "test.steps", count=1)).state is State.DONE
    web.stop()


def test_a_job_under_way_moves_from_the_web_process_to_the_worker(
    database: Database, settings: Settings, web: Jobs
) -> None:
    job_id = put(database, "test.wait")
    web.start()
    until(lambda: look(database, job_id).state is State.RUNNING)

    with process(settings, "worker"):
        until(lambda: not web.leads())
        until(lambda: look(database, job_id).state is State.RUNNING)
        with database.write() as session:
            cancel(session, job_id)

        assert ended(database, job_id).state is State.CANCELLED
        assert not web.leads()
    web.stop()
