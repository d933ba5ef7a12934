"""Who sees what of a thread: written once, for threads and all that hangs on them.

The owner's organisation, the station that handles it, the bureau that guides that station, and
whoever was let in see a thread; an auditor sees all; an administrator sees nothing.
"""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute

from service.cases.domain import (
    BUREAU_READS,
    OWNER_READS,
    READS,
    STATION_READS,
    Audience,
    Confidentiality,
)
from service.cases.models import Thread, ThreadAccess
from service.identity.models import Organisation
from service.identity.permissions import Actor, Role

Where = sa.ColumnElement[bool]


class InThread(Protocol):
    """A table whose rows hang on a thread."""

    id: InstrumentedAttribute[UUID]
    thread_id: InstrumentedAttribute[UUID]
    part_id: InstrumentedAttribute[UUID]
    audience: InstrumentedAttribute[Audience]


def granted(actor: Actor) -> Where:
    """Return the condition on `ThreadAccess` that it lets the actor in now."""
    return sa.and_(
        ThreadAccess.ended_at.is_(None),
        sa.or_(
            ThreadAccess.organisation_id == actor.organisation_id,
            ThreadAccess.person_id == actor.person_id,
        ),
    )


def owned(actor: Actor) -> Where:
    """Return the condition on `Thread` that the actor's organisation owns it.

    What a station handles for itself (a walk-in matter) its people see by `handled` only.
    """
    foreign = sa.or_(Thread.station_id.is_(None), Thread.station_id != Thread.organisation_id)
    return sa.and_(Thread.organisation_id == actor.organisation_id, foreign)


def handled(actor: Actor) -> Where:
    """Say which threads of their station a person sees, by confidentiality."""
    seen = [
        Thread.confidentiality == Confidentiality.OPEN,
        Thread.handler_id == actor.person_id,
    ]
    if actor.role is Role.STATION_LEAD:
        seen.append(Thread.confidentiality == Confidentiality.NAMED)
    return sa.and_(Thread.station_id == actor.organisation_id, sa.or_(*seen))


def guided(actor: Actor) -> Where:
    """Return the condition on `Thread` that the actor's bureau guides its station."""
    stations = sa.select(Organisation.id).where(Organisation.supervisor_id == actor.organisation_id)
    return sa.and_(
        Thread.station_id.in_(stations), Thread.confidentiality != Confidentiality.SEALED
    )


def sees_thread(actor: Actor) -> Where:
    """Return the condition on `Thread` that an actor sees it, or a part of it."""
    if actor.reads_all:
        return sa.true()
    let_in = sa.select(ThreadAccess.thread_id).where(granted(actor))
    return sa.or_(owned(actor), handled(actor), guided(actor), Thread.id.in_(let_in))


def sees_row(actor: Actor, table: type[InThread]) -> Where:
    """Return the condition on a table of rows in threads that an actor may read the row."""
    if actor.reads_all:
        return sa.true()
    whole = [
        sa.and_(
            table.thread_id.in_(sa.select(Thread.id).where(where)), table.audience.in_(audiences)
        )
        for where, audiences in (
            (owned(actor), OWNER_READS),
            (handled(actor), STATION_READS),
            (guided(actor), BUREAU_READS),
        )
    ]
    reads = [
        sa.and_(ThreadAccess.audience == given, table.audience.in_(read))
        for given, read in READS.items()
    ]
    let_in = sa.exists().where(
        ThreadAccess.thread_id == table.thread_id,
        sa.or_(ThreadAccess.part_id.is_(None), ThreadAccess.part_id == table.part_id),
        granted(actor),
        sa.or_(*reads),
    )
    return sa.or_(*whole, let_in)


@dataclass(frozen=True, slots=True)
class Sight:
    """How much of one thread an actor sees and may change."""

    whole: bool
    writes: bool
    parts: frozenset[UUID]
    """Parts let into, where not the whole is seen."""
    written: frozenset[UUID]
    """Parts the actor may write in."""

    def sees(self, part_id: UUID) -> bool:
        """Say whether the part is seen."""
        return self.whole or part_id in self.parts
