"""Warnings: offered from data, drafted, edited, sent to whom they concern, read."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from service.cases.books import book_of
from service.cases.errors import MoveNotAllowed
from service.core import clock
from service.core.errors import NotFound
from service.core.text import N_
from service.identity.auditing import note as audit
from service.identity.permissions import Actor, Permission
from service.notices.domain import Message
from service.notices.topics import Topic
from service.notices.usecases.telling import notify
from service.station.base.concerning import About, concerned
from service.station.base.domain import WarningKind, in_both
from service.station.base.drafting import Offer, days_back, of_detentions, of_rules, of_squatters
from service.station.base.errors import GroundGone
from service.station.base.models import EarlyWarning, WarningRecipient
from service.station.base.repository import own_station
from service.station.base.repository_warnings import Grounds, Warnings, kept_recipients
from service.station.base.schemas_warnings import Wave
from service.station.base.tables import WARNING
from service.station.base.usecases.stepping import check_version, take_step


def offers(session: Session, actor: Actor, kind: WarningKind, wave: Wave) -> list[Offer]:
    """Return what a warning of this kind may be drafted from, by the settings that were chosen.

    Squatters and detentions of the last `wave.days`; rules that begin or end within as many days
    before or after today.
    """
    actor.need(Permission.BASE_WRITE)
    own_station(session, actor)
    today = clock.today()
    since, grounds = days_back(today, wave.days), Grounds(session, actor)
    begins = datetime.combine(since, time(), tzinfo=clock.now().tzinfo)
    if kind is WarningKind.SQUATTER:
        return of_squatters(grounds.squatters(begins))
    if kind is WarningKind.DETENTIONS:
        rows = grounds.detentions(begins)
        return of_detentions(rows, by=wave.by, least=wave.least, since=since, until=today)
    until = today + timedelta(days=wave.days)
    return of_rules(book_of(session), since=since, until=until)


def draft_warning(
    session: Session, actor: Actor, kind: WarningKind, key: str, wave: Wave
) -> EarlyWarning:
    """Draft a warning from an offer, and find whom it concerns.

    Raises:
        GroundGone: there is no such offer under these settings.
    """
    offer = next((one for one in offers(session, actor, kind, wave) if one.key == key), None)
    if offer is None:
        raise GroundGone(N_("Nothing like this is found under these settings. Look again."))
    row = EarlyWarning(
        station_id=own_station(session, actor),
        kind=kind,
        status=WARNING.table.start,
        title=dict(offer.title),
        text=dict(offer.text),
        basis=list(offer.basis),
        settings={"days": str(wave.days), "least": str(wave.least), "by": wave.by.value},
        marks=list(offer.about.marks),
        markets=list(offer.about.markets),
        classes=list(offer.about.classes),
        hs=list(offer.about.hs),
        created_at=clock.now(),
        created_by=actor.person_id,
    )
    Warnings(session, actor).add(row)
    _address(session, actor, row, frozenset())
    audit(session, actor, "warning.drafted", ("warning", row.id))
    return row


def change_warning(
    session: Session,
    actor: Actor,
    warning_id: UUID,
    values: Mapping[str, Any],
    *,
    version: int,
    left_out: frozenset[UUID] = frozenset(),
) -> EarlyWarning:
    """Edit a draft; whom it concerns is worked out anew, without those a person takes out.

    Raises:
        NotFound, PermissionDenied: not of the actor's station.
        Stale: somebody changed it meanwhile.
        MoveNotAllowed: it is no draft any more.
    """
    actor.need(Permission.BASE_WRITE)
    row = Warnings(session, actor).own(warning_id)
    check_version(row, version)
    if row.status != WARNING.table.start:
        raise MoveNotAllowed(N_("Only a draft can be changed."))
    for name, value in values.items():
        setattr(row, name, value)
    session.flush()
    _address(session, actor, row, left_out)
    audit(session, actor, "warning.changed", ("warning", row.id))
    return row


def _address(session: Session, actor: Actor, row: EarlyWarning, left_out: frozenset[UUID]) -> None:
    """Write down whom a draft concerns now."""
    about = About(tuple(row.marks), tuple(row.markets), tuple(row.classes), tuple(row.hs))
    found = concerned(about, Grounds(session, actor).held(row.station_id))
    warnings = Warnings(session, actor)
    for known, _ in warnings.recipients(row):
        session.delete(known)
    session.flush()
    for organisation_id, reasons in found.items():
        warnings.add(
            WarningRecipient(
                warning_id=row.id,
                organisation_id=organisation_id,
                reasons=[{"kind": one.kind.value, "detail": one.detail} for one in reasons],
                left_out=organisation_id in left_out,
            )
        )


def move_warning(
    session: Session, actor: Actor, warning_id: UUID, event: str, *, version: int, note: str = ""
) -> EarlyWarning:
    """Take a step of a warning; sending it tells everybody it concerns, each for itself.

    Raises:
        NotFound, PermissionDenied: not of the actor's station; and whatever `take_step` raises.
    """
    row = Warnings(session, actor).own(warning_id)
    take_step(session, actor, row, WARNING, event, version=version, note=note)
    if event == "send":
        row.sent_at = clock.now()
        session.flush()
        for one in kept_recipients(session, row.id):
            _tell(session, row, one.organisation_id)
    return row


def _tell(session: Session, row: EarlyWarning, organisation_id: UUID) -> None:
    notify(
        session,
        event_id=f"warning.sent:{row.id}:{organisation_id}",
        topic=Topic.WARNING_SENT,
        title=Message(N_("Warning of the station: {title}"), {"title": in_both(row.title)}),
        link=f"/warnings/{row.id}",
        subject=("warning", row.id),
        organisation_id=organisation_id,
        permission=Permission.BASE_JOIN,
    )


def read_warning(session: Session, actor: Actor, warning_id: UUID) -> WarningRecipient:
    """Note that the actor's enterprise has read a warning; twice is no error.

    Raises:
        NotFound: it was not sent to it.
    """
    actor.need(Permission.BASE_READ)
    warnings = Warnings(session, actor)
    for one, _ in warnings.recipients(warnings.get(warning_id)):
        if one.organisation_id == actor.organisation_id:
            if one.read_at is None:
                one.read_at, one.read_by = clock.now(), actor.person_id
                session.flush()
                audit(session, actor, "warning.read", ("warning", warning_id))
            return one
    raise NotFound(N_("There is no such warning."))
