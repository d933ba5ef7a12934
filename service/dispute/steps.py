"""The steps somebody could take now, each with what it still misses."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from service.cases.models import Thread
from service.cases.moves import Missing, Move, Step, Table, missing_for
from service.identity.permissions import Actor


@dataclass(frozen=True, slots=True)
class Choice:
    """A step on a page: the row of the table, and what its guards miss."""

    move: Move
    missing: list[Missing]


def steps_of(
    session: Session, actor: Actor, thread: Thread, thing: Any, table: Table
) -> list[Choice]:
    """Return the steps from where a thing stands that the actor's role may take."""
    return [
        Choice(row, missing_for(Step(session, actor, thread, thing, row), table))
        for row in table.from_(thing.status)
        if actor.can(row.permission)
    ]
