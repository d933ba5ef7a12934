"""Reading whole marks back: the record as it was stored, with what the store adds to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.registry.domain import (
    CustomsRecord,
    GoodsClass,
    MarkRecord,
    PartyRole,
)
from service.registry.domain import Party as PartyValue
from service.registry.grace import is_live, lapses_on
from service.registry.models import Mark, MarkClass, MarkCustoms, MarkParty, Party

CHUNK = 1000
"""Keys in one `IN`."""
_IDS: sa.BindParameter[int] = sa.bindparam("ids", expanding=True)
_MARKS = sa.select(Mark.__table__).where(Mark.id.in_(_IDS))
_CLASSES = (
    sa.select(MarkClass.mark_id, MarkClass.nice, MarkClass.goods, MarkClass.subgroups)
    .where(MarkClass.mark_id.in_(_IDS))
    .order_by(MarkClass.mark_id, MarkClass.position)
)
_CUSTOMS = (
    sa.select(MarkCustoms.__table__)
    .where(MarkCustoms.mark_id.in_(_IDS))
    .order_by(MarkCustoms.mark_id, MarkCustoms.position)
)
_PARTIES = (
    sa.select(
        MarkParty.mark_id,
        MarkParty.role,
        MarkParty.name,
        Party.country,
        MarkParty.address,
        MarkParty.identifier,
    )
    .join(Party, Party.id == MarkParty.party_id)
    .where(MarkParty.mark_id.in_(_IDS))
    .order_by(MarkParty.mark_id, MarkParty.role, MarkParty.position)
)


@dataclass(frozen=True, slots=True)
class StoredMark:
    """A mark of a loaded register."""

    id: int
    change: int
    edition_id: int | None
    record: MarkRecord

    @property
    def lapses_on(self) -> date | None:
        """The last day on which it lives, if a date ends it."""
        return lapses_on(self.record.office, self.record.status, self.record.expires_on)

    def is_live(self, on: date) -> bool:
        """Say whether it counts as live on a day."""
        return is_live(self.record.office, self.record.status, self.record.expires_on, on)


def read_records(session: Session, ids: Sequence[int]) -> dict[int, StoredMark]:
    """Return the marks with these keys (unknown ones left out): four queries for a thousand."""
    found: dict[int, StoredMark] = {}
    for start in range(0, len(ids), CHUNK):
        found.update(_read(session, list(ids[start : start + CHUNK])))
    return found


def _read(session: Session, ids: Sequence[int]) -> dict[int, StoredMark]:
    classes: dict[int, list[GoodsClass]] = {}
    for mark, nice, goods, subgroups in session.execute(_CLASSES, {"ids": ids}):
        classes.setdefault(mark, []).append(GoodsClass(nice, goods, subgroups))
    customs: dict[int, list[CustomsRecord]] = {}
    for entry in session.execute(_CUSTOMS, {"ids": ids}):
        customs.setdefault(entry.mark_id, []).append(
            CustomsRecord(entry.authority, entry.number, entry.expires_on, entry.authorised_users)
        )
    parties: dict[tuple[int, PartyRole], list[PartyValue]] = {}
    for mark, role, name, country, address, identifier in session.execute(_PARTIES, {"ids": ids}):
        parties.setdefault((mark, role), []).append(PartyValue(name, country, address, identifier))
    return {
        row.id: StoredMark(
            row.id,
            row.change,
            row.edition_id,
            _record(
                row,
                tuple(classes.get(row.id, ())),
                tuple(parties.get((row.id, PartyRole.OWNER), ())),
                tuple(parties.get((row.id, PartyRole.REPRESENTATIVE), ())),
                tuple(customs.get(row.id, ())),
            ),
        )
        for row in session.execute(_MARKS, {"ids": ids})
    }


def _record(
    row: sa.Row[tuple[object, ...]],
    classes: tuple[GoodsClass, ...],
    owners: tuple[PartyValue, ...],
    representatives: tuple[PartyValue, ...],
    customs: tuple[CustomsRecord, ...],
) -> MarkRecord:
    return MarkRecord(
        office=row.office,
        number=row.number,
        text=row.text,
        kind=row.kind,
        status=row.status,
        office_status=row.office_status,
        application_number=row.application_number,
        registration_number=row.registration_number,
        filed_on=row.filed_on,
        published_on=row.published_on,
        publication_issue=row.publication_issue,
        registered_on=row.registered_on,
        expires_on=row.expires_on,
        priority_on=row.priority_on,
        classes=classes,
        owners=owners,
        representatives=representatives,
        translation=row.translation,
        transliteration=row.transliteration,
        image_ref=row.image_ref,
        madrid_number=row.madrid_number,
        designations=row.designations,
        customs_records=customs,
        updated_on=row.updated_on,
    )
