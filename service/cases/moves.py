"""Tables of moves: what a filing, a detention or a track may undergo, as data.

A status never changes but by a row of such a table (`usecases.moving.move`). A row says from where
to where, who may, what must be there first, and which clocks it starts and stops.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from sqlalchemy.orm import Session

from service.cases.domain import Audience, Effect
from service.cases.errors import MoveNotAllowed
from service.cases.models import Thread
from service.cases.reckoning import Standard
from service.cases.words import name_verbs
from service.core.text import N_
from service.identity.permissions import Actor, Permission
from service.ui.tags import Shape, Tag, Tone


class Movable(Protocol):
    """A row with a status and a version: a filing, a detention, a track."""

    id: Any
    status: Any
    version: Any


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock a move starts: of a rule, or a standard of our own.

    `effect` None: as the kind of the rule says. `facts` are joined by those given with the move.
    """

    rule: str
    facts: Mapping[str, str] = field(default_factory=dict)
    effect: Effect | None = None
    standard: Standard | None = None
    audience: Audience = Audience.ALL
    when: Callable[[Any], bool] | None = None
    """Started only for things of which this holds; None: always."""


def standard(one: Standard, *, audience: Audience = Audience.ALL) -> Clock:
    """Return the clock of a standard of our own."""
    return Clock(one.key, effect=Effect.INTERNAL, standard=one, audience=audience)


@dataclass(frozen=True, slots=True)
class Missing:
    """What a guard misses: a sentence (message id), its values, and where to put it right."""

    text: str
    href: str = ""
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Move:
    """One row: the step `event` from `source` to `target`.

    `permission` is asked besides the right to write in the part. `label` (message id) stands on
    the button and in the timeline. `starts` are clocks that begin with the day of the event,
    which must then be given; `stops` are rules whose clock the step meets, `drops` those it makes
    needless, `pauses` and `resumes` standards of our own; `"*"` names all that run in the part.
    """

    source: str
    event: str
    target: str
    permission: Permission
    label: str
    guards: tuple[str, ...] = ()
    needs_note: bool = False
    starts: tuple[Clock, ...] = ()
    stops: tuple[str, ...] = ()
    drops: tuple[str, ...] = ()
    pauses: tuple[str, ...] = ()
    resumes: tuple[str, ...] = ()
    audience: Audience = Audience.ALL

    @property
    def asks_when(self) -> bool:
        """Whether the day of the event must be given, because a clock counts from it."""
        return bool(self.starts)


@dataclass(frozen=True, slots=True)
class Step:
    """What a guard may look at."""

    session: Session
    actor: Actor
    thread: Thread
    thing: Any
    move: Move
    when: date | datetime | None = None
    note: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)
    """Whatever else was entered with the step: a number, a file."""


Guard = Callable[[Step], Missing | None]


@dataclass(frozen=True, slots=True)
class State:
    """One status of a table: what it is called (message id), and whether it ends the way."""

    label: str
    final: bool = False
    tone: Tone = Tone.NOTICE

    @property
    def tag(self) -> Tag:
        """The status as a tag."""
        return Tag(self.label, self.tone, Shape.DISC if self.final else Shape.HALF)


def each(sources: Sequence[str], *args: Any, **words: Any) -> Iterator[Move]:
    """Give the same step from several states."""
    return (Move(source, *args, **words) for source in sources)


@dataclass(frozen=True)
class Table:
    """All steps of one kind of thing. `start` is the status of a new one."""

    name: str
    label: str
    start: str
    states: Mapping[str, State]
    moves: tuple[Move, ...]
    guards: Mapping[str, Guard] = field(default_factory=dict)

    def __post_init__(self) -> None:
        known = [(move.source, move.event) for move in self.moves]
        doubles = {pair for pair in known if known.count(pair) > 1}
        ends = {move.source for move in self.moves} | {move.target for move in self.moves}
        asked = {name for move in self.moves for name in move.guards}
        wrong = doubles or (ends | {self.start}) - self.states.keys() or asked - self.guards.keys()
        if wrong:
            raise ValueError(f"{self.name}: {sorted(map(str, wrong))} is doubled or unknown")
        name_verbs({f"{self.name}.{move.event}": MOVED for move in self.moves})
        TABLES[self.name] = self

    def from_(self, status: str) -> tuple[Move, ...]:
        """Return the steps from a status, in the order of the table."""
        return tuple(move for move in self.moves if move.source == status)

    def find(self, status: str, event: str) -> Move:
        """Return the row of a step.

        Raises:
            MoveNotAllowed: there is none from this status; `allowed` names those there are.
        """
        for move in self.moves:
            if (move.source, move.event) == (status, event):
                return move
        allowed = ", ".join(move.event for move in self.from_(status)) or "–"
        raise MoveNotAllowed(
            N_("“{event}” cannot follow “{state}”. From here: {allowed}."),
            event=event,
            state=status,
            allowed=allowed,
        )

    def label_of(self, event: str) -> str:
        """Return what a step is called."""
        return next(move.label for move in self.moves if move.event == event)

    def open(self, status: str) -> bool:
        """Say whether the way goes on from a status."""
        return not self.states[status].final


MOVED = N_("{step} ({source} → {target})")
"""The sentence of every move; the labels of step and states fill it when it is shown."""
TABLES: dict[str, Table] = {}
"""Every table by its name, for showing timelines."""


def missing_for(step: Step, table: Table) -> list[Missing]:
    """Return all that the guards of a step miss."""
    found = (table.guards[name](step) for name in step.move.guards)
    return [missing for missing in found if missing is not None]
