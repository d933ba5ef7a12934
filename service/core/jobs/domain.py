"""What a job is, to those who ask."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum
from uuid import UUID

Plain = str | int | float | bool | None
"""What an argument may be. Ids are text or whole numbers; anything larger is fetched by its id."""


class State(StrEnum):
    """How a job stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    GAVE_UP = "gave_up"
    """Tried as often as it may be, or refused by a problem that trying again cannot mend."""
    CANCELLED = "cancelled"


UNFINISHED = (State.WAITING, State.RUNNING)


class Queue(StrEnum):
    """Each queue has places of its own: a long import never keeps somebody at a page waiting."""

    INTERACTIVE = "interactive"
    IMPORTS = "imports"
    CATALOGUES = "catalogues"
    NOTICES = "notices"
    """What is sent outside: a silent mail server keeps nothing else waiting."""
    OFFICES = "offices"
    """Asking outside services: mostly waiting."""
    UPKEEP = "upkeep"


class Priority(IntEnum):
    """Order within a queue; lower first, then first come."""

    URGENT = 10
    NORMAL = 100
    LATER = 1000


@dataclass(frozen=True, slots=True)
class Job:
    """One job as it stood when asked.

    `tries` counts ends in an error, `starts` also the runs that a kill cut short. `error` is what
    the last try failed of: `code`, `detail` (a message id for a `Problem`) and `members`. `done`
    and `total` are what the handler reported, in units of its own.
    """

    id: UUID
    name: str
    args: Mapping[str, Plain]
    state: State
    key: str | None
    tries: int
    starts: int
    error: Mapping[str, object] | None
    done: int | None
    total: int | None
    cancel_asked: bool
    enqueued_at: datetime
    run_at: datetime | None
    started_at: datetime | None
    ended_at: datetime | None
