"""The statements that write a batch of marks: whole rows, withdrawals, children, mere dates."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.registry.bulk import insert_missing, insert_rows
from service.registry.domain import MarkStatus
from service.registry.models import Mark, MarkClass, MarkCustoms, MarkParty, Party
from service.registry.prepared import (
    CLASS_COLUMNS,
    CUSTOMS_COLUMNS,
    MARK_COLUMNS,
    MARK_PARTY_COLUMNS,
    PARTY_COLUMNS,
    Prepared,
)

MARK, CLASS, PARTY, MARK_PARTY, CUSTOMS = (
    cast(sa.Table, model.__table__) for model in (Mark, MarkClass, Party, MarkParty, MarkCustoms)
)


@dataclass(slots=True)
class Known:
    """A mark as it will stand after the records before this one."""

    id: int
    hash: bytes
    updated_on: date | None
    edition_id: int | None
    text: str
    class_mask: int
    stored: bool
    """It is in the database already; otherwise this batch inserts it."""
    write: Prepared | None = None
    """The record this batch writes."""
    withdrawal: Prepared | None = None
    """Takes the mark out after that; without `write` the rest of the row stays as it was."""
    change: int = 0


def write_marks(session: Session, written: Iterable[Known]) -> None:
    """Write the marks that changed: new ones, whole rows anew, or only that they are withdrawn."""
    new, whole, withdrawn = [], [], []
    for known in written:
        if not known.stored:
            new.append(known)
        elif known.write:
            whole.append(known)
        else:
            withdrawn.append(known)
    insert_rows(session, MARK, _COLUMNS, [_row(known) for known in new])
    _many(
        session,
        _UPDATE,
        [{"_id": known.id, **dict(zip(_COLUMNS, _row(known), strict=True))} for known in whole],
    )
    _many(session, _WITHDRAW, [_withdrawal(known) for known in withdrawn])
    _write_children(session, new, whole)


def write_seen(
    session: Session, seen: Mapping[int, Sequence[int]], dates: list[dict[str, Any]]
) -> None:
    """Note which marks an edition holds unchanged, and of which day their state is now told.

    Args:
        session: A writing session.
        seen: Keys of marks by edition.
        dates: `_id` and `day` of each mark whose date alone moved on.
    """
    for edition, ids in seen.items():
        session.execute(MARK.update().where(MARK.c.id.in_(ids)).values(edition_id=edition))
    _many(session, _DATE, dates)


def write_gone(session: Session, changes: Mapping[int, int], dated: date | None) -> None:
    """Mark rows as withdrawn because a full edition no longer holds them.

    Args:
        session: A writing session.
        changes: The new change number of each mark by its key.
        dated: The day of the edition; None leaves the date of the state as it is.
    """
    values: dict[str, Any] = {
        "status": MarkStatus.WITHDRAWN,
        "change": sa.bindparam("number_of_change"),
        "record_hash": b"",
    }
    if dated is not None:
        values["updated_on"] = dated
    rows = [{"_id": mark, "number_of_change": change} for mark, change in changes.items()]
    _many(session, MARK.update().where(MARK.c.id == sa.bindparam("_id")).values(**values), rows)


def _many(session: Session, statement: sa.Executable, rows: list[dict[str, Any]]) -> None:
    """Execute a statement once for each row, and not at all without rows."""
    if rows:
        session.execute(statement, rows)


def _write_children(session: Session, new: Sequence[Known], whole: Sequence[Known]) -> None:
    ids = [known.id for known in whole]
    if ids:
        for table in (CLASS, MARK_PARTY, CUSTOMS):
            session.execute(table.delete().where(table.c.mark_id.in_(ids)))
    classes, mark_parties, customs = [], [], []
    parties: dict[UUID, tuple[Any, ...]] = {}
    for known in (*new, *whole):
        item, key = known.write, (known.id,)
        assert item is not None
        classes += [key + row for row in item.classes]
        customs += [key + row for row in item.customs]
        for row in item.parties:
            parties.setdefault(row.itself[0], row.itself)
            mark_parties.append(key + row.of_mark)
    insert_rows(session, CLASS, ("mark_id", *CLASS_COLUMNS), classes)
    insert_missing(session, PARTY, PARTY_COLUMNS, list(parties.values()))
    insert_rows(session, MARK_PARTY, ("mark_id", *MARK_PARTY_COLUMNS), mark_parties)
    insert_rows(session, CUSTOMS, ("mark_id", *CUSTOMS_COLUMNS), customs)


_COLUMNS = (*MARK_COLUMNS, "id", "updated_on", "change", "edition_id", "record_hash")
_STATUS, _WORD = MARK_COLUMNS.index("status"), MARK_COLUMNS.index("office_status")
_UPDATE = (
    MARK.update()
    .where(MARK.c.id == sa.bindparam("_id"))
    .values(
        {
            # Ready texts: the column's own type would take tuples.
            name: sa.bindparam(name, type_=sa.Text)
            if name == "designations"
            else sa.bindparam(name)
            for name in _COLUMNS
            if name != "id"
        }
    )
)
_DATE = MARK.update().where(MARK.c.id == sa.bindparam("_id")).values(updated_on=sa.bindparam("day"))
_WITHDRAW = (
    MARK.update()
    .where(MARK.c.id == sa.bindparam("_id"))
    .values(
        status=MarkStatus.WITHDRAWN,
        office_status=sa.case(
            (sa.bindparam("word") != "", sa.bindparam("word")), else_=MARK.c.office_status
        ),
        updated_on=sa.bindparam("day"),
        edition_id=sa.bindparam("edition"),
        change=sa.bindparam("number_of_change"),
        record_hash=sa.bindparam("hash"),
    )
)


def _row(known: Known) -> tuple[Any, ...]:
    """Return the row of `mark`, as `_COLUMNS`."""
    item = known.write
    assert item is not None
    mark = item.mark
    if known.withdrawal:
        word = known.withdrawal.record.office_status or mark[_WORD]
        mark = (*mark[:_STATUS], MarkStatus.WITHDRAWN.value, word, *mark[_WORD + 1 :])
    return (
        *mark,
        known.id,
        known.updated_on,
        known.change,
        known.edition_id,
        known.hash,
    )


def _withdrawal(known: Known) -> dict[str, Any]:
    assert known.withdrawal is not None
    return {
        "_id": known.id,
        "word": known.withdrawal.record.office_status,
        "day": known.updated_on,
        "edition": known.edition_id,
        "number_of_change": known.change,
        "hash": known.hash,
    }
