"""The time, from one place, so that tests can set it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime

_fixed: ContextVar[datetime | None] = ContextVar("fixed", default=None)


def now() -> datetime:
    """Return the present moment in UTC, or the one a test has set."""
    return _fixed.get() or datetime.now(UTC)


def today() -> date:
    """Return the present UTC date."""
    return now().date()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Hold the clock at `moment` within the block (this thread and the contexts it starts)."""
    token = _fixed.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _fixed.reset(token)
