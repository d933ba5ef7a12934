"""Clocks of different tracks that are at odds: one ends before the other's day."""

from collections.abc import Sequence
from dataclasses import dataclass

from service.cases.domain import Effect, Origin, Status
from service.cases.models import Deadline

ALIVE = frozenset({Status.OPEN, Status.PAUSED})
BINDING = frozenset({Effect.FATAL, Effect.EXTENDABLE, Effect.AWAITED})


@dataclass(frozen=True, slots=True)
class Clash:
    """`first` ends before `second` can help it: the customs hold before the mediation meeting."""

    first: Deadline
    second: Deadline


def clashes(deadlines: Sequence[Deadline]) -> list[Clash]:
    """Return where a binding clock of one track ends before a meeting or a standard of another."""
    running = [row for row in deadlines if row.status in ALIVE and row.due_at is not None]
    softer = [
        row
        for row in running
        if row.effect is Effect.INTERNAL and row.origin in {Origin.STATED, Origin.STANDARD}
    ]
    return [
        Clash(first, second)
        for second in softer
        for first in running
        if first.effect in BINDING
        and first.part_id != second.part_id
        and first.due_at is not None
        and second.due_at is not None
        and first.due_at < second.due_at
    ]
