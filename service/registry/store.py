"""Writing marks: the one place that gives out keys and change numbers.

A batch is one transaction. Its first statement takes the lock of the counter row (on SQLite the
writing session holds the database's lock already), and the lock is held until the commit, so a
change number is never seen before a lower one. Everything is written by the Core statements of
`written`, for many rows at once.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.registry.domain import MarkRecord
from service.registry.models import ChangeCounter
from service.registry.prepared import Prepared, prepare
from service.registry.records import read_records
from service.registry.written import MARK, Known, write_gone, write_marks, write_seen


@dataclass(slots=True)
class Tally:
    """What became of the records of one office in one batch."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    older: int = 0
    withdrawn: int = 0


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
        self._marks: dict[tuple[str, str], Known] = {}
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

    def key_of(self, item: Prepared) -> int | None:
        """Return the key of the mark that a record tells of, if it is stored."""
        self._find([item])
        known = self._marks.get((item.office, item.number))
        return known.id if known else None

    def withdraw(self, ids: Sequence[int], *, dated: date | None) -> None:
        """Mark rows as withdrawn because a full edition no longer holds them."""
        changes = {mark: self._change + place for place, mark in enumerate(ids, start=1)}
        self._change += len(changes)
        write_gone(self._session, changes, dated)
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
            self._marks[office, row.number] = Known(
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
            known = Known(self._mark, b"", None, edition, "", 0, stored=False)
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

    def _set(self, known: Known, item: Prepared, edition: int | None) -> None:
        self._change += 1
        known.change = self._change
        known.withdrawal = item if item.withdrawn else None
        if not item.withdrawn or not known.stored:
            known.write = known.write if item.withdrawn and known.write else item
        known.hash = item.hash
        known.updated_on = item.updated_on
        known.edition_id = edition
        known.text, known.class_mask = item.record.text, item.class_mask

    def _confirm(self, known: Known, item: Prepared, edition: int | None) -> None:
        newer = item.updated_on and (not known.updated_on or item.updated_on > known.updated_on)
        if newer:
            known.updated_on = item.updated_on
            if known.change == 0:
                self._dates.append({"_id": known.id, "day": item.updated_on})
        self._see(known, edition)

    def _see(self, known: Known, edition: int | None) -> None:
        """Note that an edition holds the mark, so that it is not withdrawn as absent."""
        if edition is None or known.edition_id == edition:
            return
        known.edition_id = edition
        if known.change == 0:
            self._seen.setdefault(edition, []).append(known.id)

    def _joined(self, known: Known, item: Prepared) -> Prepared:
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
        write_marks(self._session, [known for known in self._marks.values() if known.change])
        write_seen(self._session, self._seen, self._dates)
        self._count()
        self._marks, self._seen, self._dates = {}, {}, []

    def _count(self) -> None:
        self._session.execute(
            sa.update(ChangeCounter)
            .where(ChangeCounter.id == 1)
            .values(number=self._change, last_mark=self._mark)
        )


def _is_older(item: Prepared, known: Known) -> bool:
    """Say whether the stored state must stay: it is newer, or dated where the record is not."""
    if known.updated_on is None:
        return False
    return item.updated_on is None or item.updated_on < known.updated_on


def _continues(item: Prepared, known: Known) -> bool:
    """Say whether one file tells a mark in several rows, each with classes of its own."""
    mask = item.class_mask
    same = item.record.text == known.text and not item.withdrawn
    return bool(same and mask and known.class_mask and not mask & known.class_mask)


def put_mark(session: Session, record: MarkRecord) -> Tally:
    """Store one record entered by hand or by the API, in a writing session."""
    return Writer(session).put([prepare(record)])[record.office]
