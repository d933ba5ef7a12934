import pytest
import sqlalchemy as sa

from service.core.db import Database
from service.core.lease import lease


def test_one_holder_at_a_time(database: Database) -> None:
    first, second = lease(database, "jobs"), lease(database, "jobs")
    assert first.take()

    assert not second.take()

    first.release()
    assert second.take()
    second.release()


def test_taking_what_one_holds_keeps_it(database: Database) -> None:
    held = lease(database, "jobs")
    assert held.take()

    assert held.take()

    held.release()
    assert not held.held()


def test_leases_of_other_names_do_not_meet(database: Database) -> None:
    first, second = lease(database, "jobs"), lease(database, "worker")

    assert first.take()
    assert second.take()

    first.release()
    second.release()


def test_looking_whether_a_lease_is_free_does_not_take_it(database: Database) -> None:
    holder, other = lease(database, "jobs"), lease(database, "jobs")
    assert other.free()

    assert holder.take()
    assert not other.free()

    holder.release()
    assert other.free()


@pytest.mark.parametrize("settings", ["postgresql"], indirect=True)
def test_a_lost_connection_loses_the_lease(database: Database) -> None:
    held, other = lease(database, "jobs"), lease(database, "jobs")
    assert held.take()
    with database.write() as session:
        session.execute(
            sa.text(
                "SELECT pg_terminate_backend(pid) FROM pg_locks"
                " WHERE locktype = 'advisory' AND pid <> pg_backend_pid()"
            )
        )

    assert not held.held()
    assert other.take()
    other.release()
