"""A matter of an invented kind, its people and its table of moves."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from service.cases.domain import ThreadKind
from service.cases.models import Deadline, Thread
from service.cases.moves import Clock, Missing, Move, State, Step, Table, each, standard
from service.cases.reckoning import Standard
from service.cases.usecases.deadlines import open_deadline
from service.cases.usecases.threads import open_thread
from service.core.db import Database
from service.identity.permissions import OrganisationKind, Permission, Role
from service.rules.schema import Text
from tests.builders import Someone, make_organisation, make_person

NOTICE = "cn-gacc-notice-response"
"""Three Chinese working days from service of the customs notice."""
ANSWER = Standard(
    "matter.answer", 5, True, Text(zh="答复", en="Answer"), Text(zh="站内标准", en="Our standard")
)


def has_number(step: Step) -> Missing | None:
    """Miss the number of the receipt."""
    return None if step.values.get("number") else Missing("Give the number.", "#number")


MATTER = Table(
    name="matter",
    label="Matter",
    start="draft",
    states={
        "draft": State("Draft"),
        "sent": State("Sent"),
        "noticed": State("Noticed"),
        "done": State("Done", final=True),
    },
    moves=(
        Move("draft", "send", "sent", Permission.DEADLINE_WRITE, "Send", guards=("numbered",)),
        Move(
            "sent",
            "notice",
            "noticed",
            Permission.DEADLINE_WRITE,
            "Enter the notice",
            starts=(Clock(NOTICE), standard(ANSWER)),
        ),
        Move("noticed", "wait", "sent", Permission.DEADLINE_WRITE, "Wait", pauses=("*",)),
        Move("noticed", "answer", "done", Permission.DEADLINE_WRITE, "Answer", stops=("*",)),
        *each(
            ("draft", "sent", "noticed"),
            "drop",
            "done",
            Permission.DEADLINE_WAIVE,
            "Drop",
            needs_note=True,
            drops=("*",),
        ),
    ),
    guards={"numbered": has_number},
)


@dataclass
class Matter:
    """Something with a status; as a row of a module would be."""

    id: UUID
    status: str = "draft"
    version: int = 1


@dataclass(frozen=True)
class Cast:
    """The people around one matter."""

    owner: Someone
    station: Someone
    lead: Someone
    bureau: Someone
    stranger: Someone
    body: Someone
    auditor: Someone
    administrator: Someone


def make_cast(database: Database) -> Cast:
    """Make everybody: a station with a bureau above it, an exporter, and outsiders."""
    bureau = make_person(database, Role.BUREAU_GUIDE)
    station = make_organisation(
        database, OrganisationKind.STATION, supervisor_id=bureau.organisation_id
    )
    return Cast(
        owner=make_person(database, Role.EXPORTER_OWNER),
        station=make_person(database, Role.STATION_EXPERT, organisation=station),
        lead=make_person(database, Role.STATION_LEAD, organisation=station),
        bureau=bureau,
        stranger=make_person(database, Role.EXPORTER_OWNER),
        body=make_person(database, Role.BODY_CONTACT),
        auditor=make_person(database, Role.AUDITOR),
        administrator=make_person(database, Role.ADMINISTRATOR),
    )


def make_thread(session: Session, cast: Cast, **details: Any) -> Thread:
    """Open a thread of the owner in the station's hands."""
    return open_thread(
        session,
        cast.owner.actor,
        kind=ThreadKind.DISPUTE,
        title="Matter of {mark}",
        organisation_id=cast.owner.organisation_id,
        station_id=cast.station.organisation_id,
        mark="YADEA",
        **details,
    )


def make_deadline(
    session: Session,
    cast: Cast,
    *,
    rule: str = NOTICE,
    trigger: date | datetime = date(2026, 9, 30),
    **details: Any,
) -> Deadline:
    """Open a thread with one clock."""
    thread = make_thread(session, cast)
    return open_deadline(
        session, cast.owner.actor, thread, rule, trigger=trigger, event="notice", **details
    )
