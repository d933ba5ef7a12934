"""Watching a name, ending a watch, closing an alert."""

from dataclasses import replace
from uuid import UUID

from sqlalchemy.orm import Session

from service.core import clock
from service.core.errors import Problem
from service.core.settings import Settings
from service.identity.auditing import note
from service.identity.permissions import Actor, Permission
from service.registry.repository import Marks
from service.rules.markets.routes import market_at
from service.screening.models import Alert, Watch
from service.screening.plan import read_plan
from service.screening.schemas import RouteIn, ScreeningIn
from service.screening.watch_schemas import WatchIn
from service.screening.watches import Alerts, Watches, set_watched, watched_up_to

HOME = "CN"
"""Stands for every market while what is asked is checked."""


def add_watch(session: Session, settings: Settings, actor: Actor, asked: WatchIn) -> Watch:
    """Watch names from now on: every mark that is new or changes is held against them.

    Raises:
        PermissionDenied: the actor watches nothing.
        NoName, NameTooLong, TooManyAsked, UnknownMarket, UnreadableGoods: with the field.
    """
    actor.need(Permission.WATCH_WRITE)
    assert actor.organisation_id is not None
    _check(settings, asked)
    row = Watch(
        organisation_id=actor.organisation_id,
        person_id=actor.person_id,
        names=[name.strip() for name in asked.names if name.strip()],
        goods=asked.goods,
        markets=[market_at(place) for place in asked.markets],
        owners=asked.owners,
        own=asked.own,
        least=asked.least,
        created_at=clock.now(),
    )
    Watches(session, actor).add(row)
    if watched_up_to(session) is None:
        set_watched(session, Marks(session).newest_change(), clock.now())
    note(session, actor, "watch.added", ("watch", row.id))
    return row


def _check(settings: Settings, asked: WatchIn) -> None:
    """Raise what a screening of the same names, goods and markets would raise."""
    route = RouteIn(origin=HOME, destinations=asked.markets or [HOME])
    try:
        read_plan(ScreeningIn(names=asked.names, goods=asked.goods, route=route), settings)
    except Problem as problem:
        problem.errors = tuple(
            replace(fault, field="markets") if fault.field.startswith("route") else fault
            for fault in problem.errors
        )
        raise


def end_watch(session: Session, actor: Actor, watch_id: UUID) -> None:
    """End a watch; what it found stays."""
    actor.need(Permission.WATCH_WRITE)
    row = Watches(session, actor).get(watch_id)
    row.ended_at = clock.now()
    session.flush()
    note(session, actor, "watch.ended", ("watch", row.id))


def close_alert(session: Session, actor: Actor, alert_id: UUID) -> Alert:
    """Note that an alert was dealt with; twice is no error."""
    actor.need(Permission.WATCH_WRITE)
    row = Alerts(session, actor).get(alert_id)
    if row.closed_at is None:
        row.closed_at = clock.now()
        session.flush()
        note(session, actor, "alert.closed", ("alert", row.id))
    return row
