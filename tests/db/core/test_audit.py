import sqlalchemy as sa

from service.core import audit
from service.core.audit import AuditEvent, AuditHead
from service.core.db import Database


def write(database: Database, count: int) -> None:
    for number in range(count):
        with database.write() as session:
            audit.record(session, "thing.happened", subject=("thing", number), size=number)


def faults(database: Database) -> list[int]:
    with database.read() as session:
        return [fault.number for fault in audit.verify(session)]


def test_the_chain_of_untouched_rows_holds(database: Database) -> None:
    write(database, 3)

    assert faults(database) == []
    with database.read() as session:
        assert session.scalars(sa.select(AuditHead.number)).one() == 3


def test_a_changed_row_is_found(database: Database) -> None:
    write(database, 3)
    with database.write() as session:
        session.execute(sa.update(AuditEvent).where(AuditEvent.number == 2).values(verb="x.y"))

    assert 2 in faults(database)


def test_a_removed_row_is_found(database: Database) -> None:
    write(database, 3)
    with database.write() as session:
        session.execute(sa.delete(AuditEvent).where(AuditEvent.number == 2))

    assert faults(database) != []


def test_a_cut_off_tail_is_found(database: Database) -> None:
    write(database, 3)
    with database.write() as session:
        session.execute(sa.delete(AuditEvent).where(AuditEvent.number == 3))

    assert faults(database) == [3]


def test_a_rolled_back_change_leaves_no_audit_row(database: Database) -> None:
    with database.write() as session:
        audit.record(session, "thing.happened", subject=("thing", 1))
        session.rollback()

    write(database, 1)
    with database.read() as session:
        assert session.scalars(sa.select(sa.func.count()).select_from(AuditEvent)).one() == 1
