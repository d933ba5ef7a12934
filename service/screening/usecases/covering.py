"""How far watches reach: a watch hears nothing of a register that is missing or stale."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from service.core import clock
from service.core.settings import Settings
from service.registry.usecases.looking import helps
from service.rules.markets import market
from service.screening.answer import missing_out
from service.screening.coverage import market_coverage
from service.screening.domain import Coverage
from service.screening.models import Watch
from service.screening.reach import markets_loaded
from service.screening.repository import register_states
from service.screening.schemas import NotSearchedOut


@dataclass(frozen=True, slots=True)
class Reach:
    """How much of what binds in a watch's markets is held against it."""

    coverage: Coverage
    missing: Sequence[NotSearchedOut]


def reach_of(session: Session, settings: Settings, watches: Sequence[Watch]) -> dict[UUID, Reach]:
    """Return how far each watch reaches today, by its id."""
    states, today = register_states(session), clock.today()
    loaded, unasked = markets_loaded(states), helps(settings)
    found = {}
    for watch in watches:
        places = [market(code) for code in watch.markets or loaded]
        covered = {market_coverage(place, states, on=today).coverage for place in places}
        missing = missing_out(places, states, unasked, on=today)
        found[watch.id] = Reach(_together(covered), missing)
    return found


def _together(covered: set[Coverage]) -> Coverage:
    """Return one word for several markets; no market at all is none."""
    if len(covered) > 1:
        return Coverage.PARTIAL
    return next(iter(covered), Coverage.NONE)
