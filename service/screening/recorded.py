"""All SQL of marks recorded with customs, as far as registers and lists that were loaded tell."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from functools import cache
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.identity.models import Organisation
from service.identity.permissions import Actor
from service.registry.models import MarkCustoms
from service.registry.prepared import fold_name
from service.registry.repository import Marks
from service.screening.decided import OWNERS

CHUNK = 1000
"""Keys in one `IN`."""


class Recorded(NamedTuple):
    """One recordation of one mark."""

    key: int
    office: str
    number: str
    text: str
    owner: str
    authority: str
    """As the list names it, see `border.names_of`."""
    recordation_number: str
    expires_on: date | None
    users: tuple[str, ...]


def recordations(session: Session, keys: Sequence[int], names: Collection[str]) -> list[Recorded]:
    """Return the recordations of these marks with the authorities of these folded names."""
    return [found for found in _rows(session, keys) if fold_name(found.authority) in names]


def _rows(session: Session, keys: Sequence[int]) -> Iterator[Recorded]:
    recorded: list[tuple[int, MarkCustoms]] = []
    for start in range(0, len(keys), CHUNK):
        query = sa.select(MarkCustoms).where(MarkCustoms.mark_id.in_(keys[start : start + CHUNK]))
        order = query.order_by(MarkCustoms.mark_id, MarkCustoms.position)
        recorded += [(row.mark_id, row) for row in session.scalars(order)]
    marks = Marks(session).details(sorted({key for key, _ in recorded}))
    for key, row in recorded:
        mark = marks[key].record
        yield Recorded(
            key,
            mark.office,
            mark.number,
            mark.text,
            OWNERS.join(party.name for party in mark.owners),
            row.authority,
            row.number,
            row.expires_on,
            row.authorised_users,
        )


def authorities_listed(session: Session) -> frozenset[str]:
    """Return the folded names of the authorities of which some recordation is loaded.

    Leaps from name to name in the index, so that it costs a seek for each authority and not a row
    for each recordation; what was just loaded counts at once.
    """
    return frozenset(fold_name(one) for one in session.scalars(_leaping()))


@cache
def _leaping() -> sa.Select[str]:
    name = MarkCustoms.authority
    leaps = sa.select(sa.func.min(name).label("name")).cte("leaps", recursive=True)
    beyond = sa.select(sa.func.min(name)).where(name > leaps.c.name).scalar_subquery()
    leaps = leaps.union_all(sa.select(beyond).where(leaps.c.name.is_not(None)))
    return sa.select(leaps.c.name).where(leaps.c.name.is_not(None))


def known_as(session: Session, actor: Actor) -> frozenset[str]:
    """Return the names and codes under which a list may hold the actor's organisation, folded."""
    row = session.get(Organisation, actor.organisation_id) if actor.organisation_id else None
    told = (row.name_zh, row.name_en, row.uscc, row.customs_code, row.eori) if row else ()
    return frozenset(fold_name(name) for name in told if name)
