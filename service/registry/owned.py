"""Which registered marks somebody owns by name, in the registers that are loaded."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.registry.domain import MarkStatus, PartyRole
from service.registry.models import Mark, MarkCustoms, MarkParty, Party

CHUNK = 500
MOST = 50
"""Marks of one owner; a larger estate has an office of its own."""


class OwnedMark(NamedTuple):
    """A registered mark of an owner."""

    owner_key: str
    office: str
    number: str
    text: str
    expires_on: date | None
    recorded: bool
    """Whether any customs authority has it on record, as far as lists are loaded."""


def marks_of_owners(session: Session, keys: Sequence[str]) -> list[OwnedMark]:
    """Return the registered marks of owners by folded name (`penalties.party_key`)."""
    recorded = sa.exists().where(MarkCustoms.mark_id == Mark.id)
    found: list[OwnedMark] = []
    for start in range(0, len(keys), CHUNK):
        query = (
            sa.select(
                Party.name_key, Mark.office, Mark.number, Mark.text, Mark.expires_on, recorded
            )
            .join(MarkParty, MarkParty.party_id == Party.id)
            .join(Mark, Mark.id == MarkParty.mark_id)
            .where(
                Party.name_key.in_(keys[start : start + CHUNK]),
                MarkParty.role == PartyRole.OWNER,
                Mark.status == MarkStatus.REGISTERED,
            )
            .order_by(Party.name_key, Mark.id)
        )
        found += [OwnedMark(*row) for row in session.execute(query)]
    return _bounded(found)


def _bounded(rows: Sequence[OwnedMark]) -> list[OwnedMark]:
    counts: dict[str, int] = {}
    kept = []
    for row in rows:
        counts[row.owner_key] = counts.get(row.owner_key, 0) + 1
        if counts[row.owner_key] <= MOST:
            kept.append(row)
    return kept
