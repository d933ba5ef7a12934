"""The roster: who is there, for what, how busy, and whether they may take a matter."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from service.cases.domain import Confidentiality
from service.cases.models import Thread
from service.cases.reckoning import ZONE
from service.cases.repository import Threads
from service.cases.usecases.threads import assign, set_confidentiality
from service.core import clock
from service.core.errors import FieldError, Invalid, NotFound, Stale
from service.core.text import N_
from service.identity.auditing import note
from service.identity.permissions import Actor, Permission
from service.identity.repository import Organisations
from service.station.alike import Pair, names_alike
from service.station.domain import Likeness
from service.station.errors import ExpertInConflict
from service.station.models import Expert, StationContact
from service.station.repository import Matters, Roster, Stations
from service.station.usecases.checking import likely, sketch_of

KINDS: Mapping[type, str] = {Expert: "expert", StationContact: "contact"}
ACCREDITATION = ("accreditation", "accredited_by", "accredited_until")


@dataclass(frozen=True, slots=True)
class Standing:
    """One expert beside a matter."""

    expert: Expert
    load: int
    """Open matters they work on."""
    on_duty: bool
    """By their hours, now, in Beijing time."""
    conflict: Pair | None
    """Whom they act for, and who of the other side that may be."""
    prior: bool
    """They worked on a matter in which the sides were the other way round."""

    @property
    def free(self) -> bool:
        """Whether they may and can take it."""
        return self.conflict is None and not self.prior and self.load < self.expert.capacity


def save_entry(
    session: Session,
    actor: Actor,
    model: type[Any],
    values: Mapping[str, Any],
    *,
    row_id: UUID | None = None,
    version: int | None = None,
) -> Any:
    """Add an expert or a contact to the roster of one's own station, or change one.

    Raises:
        Invalid: of an accreditation a part is missing.
        NotFound: no such entry, person of the station, or body.
        Stale: somebody changed it meanwhile.
    """
    actor.need(Permission.STATION_MANAGE)
    roster: Roster[Any] = Roster(session, actor, model)
    person_id = values.get("person_id")
    if person_id is not None and actor.organisation_id is not None:
        known = {one.id for one in Stations(session, actor).people(actor.organisation_id)}
        if person_id not in known:
            raise NotFound(N_("There is no such person."))
    _check_accreditation(values)
    if values.get("body_id") is not None:
        Organisations(session).get(values["body_id"])
    if row_id is None:
        row = roster.add(model(**values, organisation_id=actor.organisation_id))
        note(session, actor, f"{KINDS[model]}.added", (KINDS[model], row.id))
        return row
    row = roster.own(row_id)
    if row.version != version:
        raise Stale(N_("Somebody changed this meanwhile. Open it again."), version=row.version)
    for name, value in values.items():
        setattr(row, name, value)
    session.flush()
    note(session, actor, f"{KINDS[model]}.changed", (KINDS[model], row.id))
    return row


def _check_accreditation(values: Mapping[str, Any]) -> None:
    missing = [name for name in ACCREDITATION if not str(values.get(name) or "").strip()]
    if 0 < len(missing) < len(ACCREDITATION):
        detail = N_("Give number, accrediting body and last day of an accreditation together.")
        raise Invalid(detail, errors=[FieldError(name, detail) for name in missing])


def standings(session: Session, actor: Actor, thread: Thread) -> list[Standing]:
    """Return the active experts of the matter's station, those who may and can take it first."""
    if thread.station_id is None:
        return []
    experts = [one for one in Roster(session, actor, Expert).all(thread.station_id) if one.active]
    loads = Stations(session, actor).loads([one.person_id for one in experts if one.person_id])
    across = _across(session, thread)
    others = sketch_of(session, thread).others
    found = [
        Standing(
            expert=one,
            load=loads.get(one.person_id, 0) if one.person_id else 0,
            on_duty=is_on_duty(one.duty, clock.now()),
            conflict=_interest(one, others),
            prior=one.person_id in across if one.person_id else False,
        )
        for one in experts
    ]
    return sorted(found, key=lambda one: (not one.free, not one.on_duty, one.load, one.expert.name))


def _interest(expert: Expert, others: set[str]) -> Pair | None:
    found = names_alike(expert.interests, others)
    return max(found.values(), key=lambda pair: pair.similarity, default=None)


def _across(session: Session, thread: Thread) -> set[UUID | None]:
    """Return who worked on matters of the station in which the sides stood the other way round."""
    if thread.station_id is None:
        return set()
    handlers = {
        one.id: one.handler_id for one in Matters(session, thread.station_id).threads(thread.id)
    }
    return {
        handlers[one.thread_id]
        for one in likely(session, thread)
        if one.likeness is Likeness.CONFLICT and handlers.get(one.thread_id) is not None
    }


def is_on_duty(duty: Sequence[Mapping[str, Any]], at: datetime) -> bool:
    """Say whether a moment lies within duty hours of the station."""
    local = at.astimezone(ZoneInfo(ZONE))
    time = local.strftime("%H:%M")
    return any(
        one["day"] == local.isoweekday() and one["opens"] <= time < one["closes"] for one in duty
    )


def assign_matter(session: Session, actor: Actor, thread_id: UUID, person_id: UUID) -> Thread:
    """Name who works on a matter, unless they stand on its other side.

    Raises:
        ExpertInConflict: the roster, or a matter they worked on, says that they do.
        NotFound: no such matter, or no such person of its station.
    """
    actor.need(Permission.CASE_ACCEPT)
    thread = Threads(session, actor).to_change(thread_id)
    for one in standings(session, actor, thread):
        if one.expert.person_id == person_id and (one.conflict is not None or one.prior):
            raise ExpertInConflict(
                N_("They act for the other side of this matter, or did; see “Experts for it”."),
                party=one.conflict.theirs if one.conflict else "",
            )
    assign(session, actor, thread, person_id)
    session.flush()
    return thread


def set_secrecy(session: Session, actor: Actor, thread_id: UUID, value: Confidentiality) -> Thread:
    """Say who of the station sees a matter; noted in the audit chain."""
    actor.need(Permission.CASE_ACCEPT)
    thread = Threads(session, actor).to_change(thread_id)
    set_confidentiality(session, actor, thread, value)
    session.flush()
    note(
        session,
        actor,
        "thread.confidentiality",
        (thread.kind.value, thread.id),
        value=value.value,
    )
    return thread
