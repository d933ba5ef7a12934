"""What may be done next, and what it needs: a table of moves with the needs of its steps."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from service.cases.moves import Missing, Table
from service.dispute.steps import Choice
from service.identity.permissions import Actor

Need = Callable[[Session, Any], Missing | None]
"""Looks at a thing; returns what it misses."""


@dataclass(frozen=True, slots=True)
class Way:
    """A table of moves of things without a thread, and what its steps need by their names."""

    table: Table
    needs: Mapping[str, tuple[Need, ...]] = field(default_factory=dict)

    def missing(self, session: Session, thing: Any, event: str) -> list[Missing]:
        """Return all that a step misses."""
        found = (need(session, thing) for need in self.needs.get(event, ()))
        return [each for each in found if each is not None]

    def steps(self, session: Session, actor: Actor, thing: Any) -> Sequence[Choice]:
        """Return the steps from where a thing stands that the actor's role may take."""
        return [
            Choice(row, self.missing(session, thing, row.event))
            for row in self.table.from_(thing.status)
            if actor.can(row.permission)
        ]
