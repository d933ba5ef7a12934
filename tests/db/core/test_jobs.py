from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest

from service.core import clock
from service.core.db import Database
from service.core.errors import NotFound
from service.core.jobs import Jobs, State, cancel, enqueue, jobs
from service.core.jobs.models import JobStep
from service.core.settings import Settings
from tests.db.core.processes import effects, ended, look, put, until


@pytest.fixture
def running(settings: Settings, database: Database) -> Iterator[Jobs]:
    running = Jobs(settings, database)
    running.start()
    assert running.leads(within=timedelta(seconds=30))
    yield running
    running.stop()


def test_a_job_put_in_before_anything_runs_is_run_once_something_does(
    database: Database, settings: Settings
) -> None:
    job_id = put(database, "test.steps", count=2)

    running = Jobs(settings, database)
    running.start()
    found = ended(database, job_id)
    running.stop()

    assert (found.state, found.done, found.total, found.starts) == (State.DONE, 2, 2, 1)
    assert effects(database) == ["0", "1"]


def test_a_rolled_back_transaction_leaves_no_job(database: Database, running: Jobs) -> None:
    with database.write() as session:
        lost = enqueue(session, "test.steps", count=1)
        session.rollback()

    ended(database, put(database, "test.steps", count=0))

    with database.read() as session:
        assert lost not in {found.id for found in jobs(session)}
    assert effects(database) == []


def test_an_error_is_tried_again_with_pauses_and_at_last_given_up(
    database: Database, running: Jobs
) -> None:
    found = ended(database, put(database, "test.fail"))

    assert (found.state, found.tries, found.starts) == (State.GAVE_UP, 3, 3)
    assert found.error == {
        "code": "internal",
        "detail": "OSError: the disk is on fire",
        "members": {},
    }


def test_steps_done_before_an_error_are_not_done_again(database: Database, running: Jobs) -> None:
    ended(database, put(database, "test.fail"))

    assert effects(database) == ["0"]


def test_a_problem_is_given_up_at_once(database: Database, running: Jobs) -> None:
    found = ended(database, put(database, "test.refuse"))

    assert (found.state, found.tries) == (State.GAVE_UP, 1)
    assert found.error == {
        "code": "invalid",
        "detail": "The file has no column {column}.",
        "members": {"column": "text"},
    }


def test_a_running_job_stops_at_its_next_check_when_cancelled(
    database: Database, running: Jobs
) -> None:
    job_id = put(database, "test.wait")
    until(lambda: look(database, job_id).state is State.RUNNING)

    with database.write() as session:
        assert cancel(session, job_id).cancel_asked

    assert ended(database, job_id).state is State.CANCELLED


def test_a_waiting_job_that_is_cancelled_never_runs(database: Database, settings: Settings) -> None:
    job_id = put(database, "test.steps", count=1)
    with database.write() as session:
        assert cancel(session, job_id).state is State.CANCELLED

    running = Jobs(settings, database)
    running.start()
    ended(database, put(database, "test.steps", count=0))
    running.stop()

    assert look(database, job_id).state is State.CANCELLED
    assert effects(database) == []


def test_a_job_stopped_with_its_process_waits_for_the_next_one(
    database: Database, settings: Settings
) -> None:
    job_id = put(database, "test.wait")
    running = Jobs(settings, database)
    running.start()
    until(lambda: look(database, job_id).state is State.RUNNING)

    assert running.stop()

    assert look(database, job_id).state is State.WAITING


def test_a_job_for_later_does_not_run_now(database: Database, running: Jobs) -> None:
    later = put(database, "test.steps", count=1, run_at=clock.now() + timedelta(hours=1))

    ended(database, put(database, "test.steps", count=0))

    assert look(database, later).state is State.WAITING


def test_an_unfinished_job_with_the_same_key_is_the_same_job(database: Database) -> None:
    first = put(database, "test.steps", key="one", count=1)

    assert put(database, "test.steps", key="one", count=1) == first
    assert put(database, "test.steps", key="two", count=1) != first


def test_a_finished_job_frees_its_key(database: Database) -> None:
    first = put(database, "test.steps", key="one", count=1)
    with database.write() as session:
        cancel(session, first)

    assert put(database, "test.steps", key="one", count=1) != first


def test_jobs_are_listed_newest_first_by_name_and_state(database: Database) -> None:
    old, new = (put(database, "test.steps", count=1) for _ in range(2))
    put(database, "test.wait")

    with database.read() as session:
        found = jobs(session, names=["test.steps"], states=[State.WAITING])

    assert [job.id for job in found] == [new, old]


def test_an_unknown_job_is_not_found(database: Database) -> None:
    with pytest.raises(NotFound):
        look(database, uuid4())


def test_a_job_nobody_registered_cannot_be_put_in(database: Database) -> None:
    with database.write() as session, pytest.raises(LookupError, match=r"no\.such"):
        enqueue(session, "no.such")


def test_an_argument_that_is_not_an_id_is_refused(database: Database) -> None:
    with database.write() as session, pytest.raises(TypeError, match="ids only"):
        enqueue(session, "test.steps", count=[1])  # type: ignore[arg-type]  # what is refused


def test_a_long_text_is_refused_as_an_argument(database: Database) -> None:
    with database.write() as session, pytest.raises(TypeError, match="ids only"):
        enqueue(session, "test.steps", count="x" * 201)


def test_a_reading_session_cannot_put_a_job_in(database: Database) -> None:
    with database.read() as session, pytest.raises(RuntimeError, match="writing session"):
        enqueue(session, "test.steps", count=1)


def test_an_id_is_handed_over_as_text(database: Database) -> None:
    edition = uuid4()

    job_id = put(database, "test.steps", edition=edition)

    assert look(database, job_id).args == {"edition": str(edition)}


def test_the_result_of_a_step_is_kept(database: Database, running: Jobs) -> None:
    job_id = put(database, "test.steps", count=2)
    ended(database, job_id)

    with database.read() as session:
        assert session.get_one(JobStep, (job_id, "step 1")).result == 10
