"""Writing marks: the one place that gives out keys and change numbers.

A batch is one transaction. Its first statement takes the lock of the counter row (on SQLite the
writing session holds the database's lock already), and the lock is held until the commit, so a
change number is never seen before a lower one. Everything is written by Core statements for many
rows at once.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, cast
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.registry.bulk import insert_missing, insert_rows
from service.registry.domain import MarkRecord, MarkStatus
from service.registry.models import (
    ChangeCounter,
    Mark,
    MarkClass,
    MarkCustoms,
    MarkParty,
    Party,
)
from service.registry.prepared import (
    CLASS_COLUMNS,
    CUSTOMS_COLUMNS,
    MARK_COLUMNS,
    MARK_PARTY_COLUMNS,
    PARTY_COLUMNS,
    Prepared,
    prepare,
)
from service.registry.records import read_records

MARK, CLASS, PARTY, MARK_PARTY, CUSTOMS = (
    cast(sa.Table, model.__table__) for model in (Mark, MarkClass, Party, MarkParty, MarkCustoms)
)


@dataclass(slots=True)
class Tally:
    """What became of the records of one office in one batch."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    older: int = 0
    withdrawn: int = 0


@dataclass(slots=True)
class _Known:
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


def lock_counter(session: Session) -> tuple[int, int]:
    """Take the lock of all writers of the registry until the commit.

    Returns:
        The last change number and the last key of a mark given out.
    """
    counter = session.execute(
        sa.select(ChangeCounter.number, ChangeCounter.last_mark)
        .where(ChangeCounter.id == 1)
        .with_for_update()
    ).one()
    return counter.number, counter.last_mark


class Writer:
    """Writes one batch of records in a writing session; made first, since it takes the lock."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._change, self._mark = lock_counter(session)
        self._marks: dict[tuple[str, str], _Known] = {}
        self._seen: dict[int, list[int]] = {}
        self._dates: list[dict[str, Any]] = []

    def put(
        self, batch: Sequence[Prepared], editions: Mapping[str, int] | None = None
    ) -> dict[str, Tally]:
        """Store records in order and return what became of them, by office.

        Args:
            batch: Records made ready.
            editions: Edition of each office; None for records entered by hand.
        """
        self._find(batch)
        tallies: dict[str, Tally] = {}
        for item in batch:
            tally = tallies.setdefault(item.office, Tally())
            self._take(item, editions[item.office] if editions else None, tally)
        self._write()
        return tallies

    def withdraw(self, ids: Sequence[int], *, dated: date | None) -> None:
        """Mark rows as withdrawn because a full edition no longer holds them."""
        rows = []
        for mark_id in ids:
            self._change += 1
            rows.append({"_id": mark_id, "change": self._change})
        changes: dict[str, Any] = {
            "status": MarkStatus.WITHDRAWN,
            "change": sa.bindparam("change"),
            "record_hash": b"",
        }
        if dated is not None:
            changes["updated_on"] = dated
        self._many(MARK.update().where(MARK.c.id == sa.bindparam("_id")).values(**changes), rows)
        self._count()

    def _find(self, batch: Sequence[Prepared]) -> None:
        wanted: dict[str, set[str]] = {}
        for item in batch:
            wanted.setdefault(item.office, set()).add(item.number)
        for office, numbers in wanted.items():
            self._load(office, numbers)
        # A registered mark may come under its registration number after it was stored under that
        # of its application: it is the same mark, and keeps its key.
        renamed: dict[str, dict[str, str]] = {}
        for item in batch:
            other = item.application_number
            if other and other != item.number and (item.office, item.number) not in self._marks:
                renamed.setdefault(item.office, {})[other] = item.number
        for office, pairs in renamed.items():
            found = self._load(
                office,
                pairs,
                MARK.c.registration_number == "",
                sa.or_(MARK.c.application_number == "", MARK.c.application_number == MARK.c.number),
            )
            for number in found:
                self._marks[office, pairs[number]] = self._marks.pop((office, number))

    def _load(
        self, office: str, numbers: Iterable[str], *narrower: sa.ColumnElement[bool]
    ) -> list[str]:
        rows = self._session.execute(
            sa.select(
                MARK.c.number,
                MARK.c.id,
                MARK.c.record_hash,
                MARK.c.updated_on,
                MARK.c.edition_id,
                MARK.c.text,
                MARK.c.class_mask,
            ).where(MARK.c.office == office, MARK.c.number.in_(list(numbers)), *narrower)
        ).all()
        for row in rows:
            self._marks[office, row.number] = _Known(
                row.id,
                row.record_hash,
                row.updated_on,
                row.edition_id,
                row.text,
                row.class_mask,
                stored=True,
            )
        return [row.number for row in rows]

    def _take(self, item: Prepared, edition: int | None, tally: Tally) -> None:
        key = (item.office, item.number)
        known = self._marks.get(key)
        if known is None:
            self._mark += 1
            known = _Known(self._mark, b"", None, edition, "", 0, stored=False)
            self._marks[key] = known
            self._set(known, item, edition)
            tally.added += 1
            return
        if known.hash == item.hash:
            self._confirm(known, item, edition)
            tally.unchanged += 1
            return
        if _is_older(item, known):
            self._see(known, edition)
            tally.older += 1
            return
        if edition is not None and known.edition_id == edition and _continues(item, known):
            item = self._joined(known, item)
        self._set(known, item, edition)
        if item.withdrawn:
            tally.withdrawn += 1
        else:
            tally.changed += 1

    def _set(self, known: _Known, item: Prepared, edition: int | None) -> None:
        self._change += 1
        known.change = self._change
        known.withdrawal = item if item.withdrawn else None
        if not item.withdrawn or not known.stored:
            known.write = known.write if item.withdrawn and known.write else item
        known.hash = item.hash
        known.updated_on = item.updated_on
        known.edition_id = edition
        known.text, known.class_mask = item.record.text, item.class_mask

    def _confirm(self, known: _Known, item: Prepared, edition: int | None) -> None:
        newer = item.updated_on and (not known.updated_on or item.updated_on > known.updated_on)
        if newer:
            known.updated_on = item.updated_on
            if known.change == 0:
                self._dates.append({"_id": known.id, "day": item.updated_on})
        self._see(known, edition)

    def _see(self, known: _Known, edition: int | None) -> None:
        """Note that an edition holds the mark, so that it is not withdrawn as absent."""
        if edition is None or known.edition_id == edition:
            return
        known.edition_id = edition
        if known.change == 0:
            self._seen.setdefault(edition, []).append(known.id)

    def _joined(self, known: _Known, item: Prepared) -> Prepared:
        """Unite the classes of a record with those the same file gave for it before."""
        before = (
            known.write.record
            if known.write
            else read_records(self._session, [known.id])[known.id].record
        )
        classes = (*before.classes, *item.record.classes)
        joined = prepare(replace(item.record, classes=classes))
        return replace(joined, updated_on=item.updated_on)

    def _write(self) -> None:
        written = [known for known in self._marks.values() if known.change]
        new = [known for known in written if not known.stored]
        whole = [known for known in written if known.stored and known.write]
        withdrawn = [known for known in written if known.stored and not known.write]
        insert_rows(self._session, MARK, _COLUMNS, [_row(known) for known in new])
        self._many(
            _UPDATE,
            [{"_id": known.id, **dict(zip(_COLUMNS, _row(known), strict=True))} for known in whole],
        )
        self._many(_WITHDRAW, [_withdrawal(known) for known in withdrawn])
        self._children(new, whole)
        for edition, ids in self._seen.items():
            self._session.execute(
                MARK.update().where(MARK.c.id.in_(ids)).values(edition_id=edition)
            )
        self._many(
            MARK.update()
            .where(MARK.c.id == sa.bindparam("_id"))
            .values(updated_on=sa.bindparam("day")),
            self._dates,
        )
        self._count()
        self._marks, self._seen, self._dates = {}, {}, []

    def _children(self, new: Sequence[_Known], whole: Sequence[_Known]) -> None:
        ids = [known.id for known in whole]
        if ids:
            for table in (CLASS, MARK_PARTY, CUSTOMS):
                self._session.execute(table.delete().where(table.c.mark_id.in_(ids)))
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
        session = self._session
        insert_rows(session, CLASS, ("mark_id", *CLASS_COLUMNS), classes)
        insert_missing(session, PARTY, PARTY_COLUMNS, list(parties.values()))
        insert_rows(session, MARK_PARTY, ("mark_id", *MARK_PARTY_COLUMNS), mark_parties)
        insert_rows(session, CUSTOMS, ("mark_id", *CUSTOMS_COLUMNS), customs)

    def _many(self, statement: sa.Executable, rows: list[dict[str, Any]]) -> None:
        if rows:
            self._session.execute(statement, rows)

    def _count(self) -> None:
        self._session.execute(
            sa.update(ChangeCounter)
            .where(ChangeCounter.id == 1)
            .values(number=self._change, last_mark=self._mark)
        )


_COLUMNS = (*MARK_COLUMNS, "id", "updated_on", "change", "edition_id", "record_hash")
_READY = frozenset({"kind", "status", "designations"})
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


def _row(known: _Known) -> tuple[Any, ...]:
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


def _withdrawal(known: _Known) -> dict[str, Any]:
    assert known.withdrawal is not None
    return {
        "_id": known.id,
        "word": known.withdrawal.record.office_status,
        "day": known.updated_on,
        "edition": known.edition_id,
        "number_of_change": known.change,
        "hash": known.hash,
    }


def _is_older(item: Prepared, known: _Known) -> bool:
    """Say whether the stored state must stay: it is newer, or dated where the record is not."""
    if known.updated_on is None:
        return False
    return item.updated_on is None or item.updated_on < known.updated_on


def _continues(item: Prepared, known: _Known) -> bool:
    """Say whether one file tells a mark in several rows, each with classes of its own."""
    mask = item.class_mask
    same = item.record.text == known.text and not item.withdrawn
    return bool(same and mask and known.class_mask and not mask & known.class_mask)


def put_mark(session: Session, record: MarkRecord) -> Tally:
    """Store one record entered by hand or by the API, in a writing session."""
    return Writer(session).put([prepare(record)])[record.office]
