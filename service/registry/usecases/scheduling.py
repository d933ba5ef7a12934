"""Which connectors are to look now, and which cases of an office are kept current."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from service.core.errors import FieldError, Invalid
from service.core.settings import Settings
from service.core.text import N_
from service.identity.permissions import Actor, Permission
from service.registry.connectors import Connector, connectors
from service.registry.domain import RefreshState
from service.registry.refreshes import UNFINISHED, Refreshes
from service.registry.sources.online.tsdr_api import SERIAL
from service.registry.usecases.refreshing import begin_refresh

AFTER_FAILURE = timedelta(hours=1)
MOST_CASES = 5000
"""Cases kept current by TSDR: more than four hours of its pace would never come round."""


def refresh_due(session: Session, settings: Settings, now: datetime) -> list[str]:
    """Begin the refreshes that are due at `now`, and return the connectors they are of."""
    due = [one.name for one in connectors(settings) if one.ready and _is_due(session, one, now)]
    for name in due:
        begin_refresh(session, None, name)
    return due


def _is_due(session: Session, one: Connector, now: datetime) -> bool:
    refreshes = Refreshes(session)
    last = refreshes.latest(one.name)
    if last is None:
        return True
    if last.state in UNFINISHED:
        return False
    assert last.ended_at is not None
    pause = AFTER_FAILURE if last.state is RefreshState.FAILED else one.every
    return now >= last.ended_at + pause


def keep_cases(session: Session, actor: Actor, numbers: Sequence[str]) -> list[str]:
    """Have TSDR keep these cases current besides those named before; return them all.

    Raises:
        Invalid: One is no serial number of the USPTO, or there are too many.
    """
    actor.need(Permission.IMPORT_RUN)
    wrong = [number for number in numbers if not SERIAL.fullmatch(number)]
    if wrong:
        detail = N_("“{number}” is no serial number: it has eight digits.")
        told: dict[str, object] = {"number": wrong[0][:40]}
        raise Invalid(detail, errors=[FieldError("numbers", detail, told)], **told)
    known = Refreshes(session).memory("tsdr", lock=True)
    kept = sorted({*known.memory.get("numbers", []), *numbers})
    if len(kept) > MOST_CASES:
        detail = N_("At most {most} cases are kept current.")
        raise Invalid(detail, errors=[FieldError("numbers", detail, {"most": MOST_CASES})])
    known.memory = {**known.memory, "numbers": kept}
    session.flush()
    return kept
