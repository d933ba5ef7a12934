"""Pages of stations: profile, roster of experts and institutions, and changing what is kept."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import ValidationError
from sqlalchemy.orm import Session
from starlette.datastructures import FormData

from service.cases.reckoning import local_day
from service.core import clock
from service.core.db import DbSession
from service.core.errors import Invalid, Problem
from service.core.text import N_
from service.dispute.domain import CONTACT_KINDS
from service.identity.permissions import Actor, OrganisationKind, Permission
from service.identity.repository import Organisations
from service.station import domain as s
from service.station.access import SEE_OTHER, Manager, StationReader
from service.station.models import Expert, StationContact
from service.station.pages import options
from service.station.repository import Roster, Stations
from service.station.schemas_people import ContactIn, ExpertIn
from service.station.showing import profile
from service.station.usecases.staffing import save_entry
from service.ui.forms import Form, PostedForm, field_errors, version_of
from service.ui.navigation import Entry, Group
from service.ui.render import page
from service.ui.views import Option

router = APIRouter(include_in_schema=False)
Read = Callable[[FormData], dict[str, Any]]
NAVIGATION: Sequence[Entry] = (
    Entry("/stations", N_("Stations and experts"), Group.CASES, Permission.STATION_READ.value),
)
ACTIVE = (("1", N_("Active")),)
WEEK = (
    N_("Monday"),
    N_("Tuesday"),
    N_("Wednesday"),
    N_("Thursday"),
    N_("Friday"),
    N_("Saturday"),
    N_("Sunday"),
)


@router.get("/stations")
def stations_page(request: Request, actor: StationReader, session: DbSession) -> Response:
    """Show the stations in sight with their rosters and contacts."""
    return _stations(request, actor, session)


def _stations(
    request: Request,
    actor: Actor,
    session: Session,
    *,
    form: Form | None = None,
    status: int = 200,
) -> Response:
    stations = Stations(session, actor)
    experts = Roster(session, actor, Expert).all()
    return page(
        request,
        "station/stations.html",
        status=status,
        stations=[profile(session, actor, row) for row in stations.all()],
        experts=experts,
        loads=stations.loads([one.person_id for one in experts if one.person_id]),
        contacts=Roster(session, actor, StationContact).all(),
        today=local_day(clock.now()),
        form=form or Form.blank(capacity="10", languages="zh"),
        **_offered(actor, session),
    )


def _offered(actor: Actor, session: Session) -> dict[str, Any]:
    """What the forms of the roster offer, and the words of it."""
    manages = actor.can(Permission.STATION_MANAGE)
    house = actor.organisation_id if manages else None
    people = Stations(session, actor).people(house) if house is not None else []
    bodies = Organisations(session).of_kind(OrganisationKind.BODY) if manages else []
    return {
        "manages": manages,
        "ours": actor.organisation_id,
        "people": [Option(str(one.id), one.name, data=True) for one in people],
        "bodies": [Option(str(one.id), one.name_zh, data=True) for one in bodies],
        "specialties": options(s.SPECIALTIES),
        "kinds": options(CONTACT_KINDS),
        "kind_names": CONTACT_KINDS,
        "standing": ACTIVE,
        "words": s,
        "week": WEEK,
    }


@router.post("/experts")
def add_expert(request: Request, actor: Manager, session: DbSession, sent: PostedForm) -> Response:
    """Add an expert to the roster."""
    return _added(request, actor, session, sent, Expert, _expert)


@router.get("/experts/{expert_id}")
def expert_page(request: Request, expert_id: UUID, actor: Manager, session: DbSession) -> Response:
    """Show what the roster says of an expert of one's own station, to be changed."""
    row = Roster(session, actor, Expert).own(expert_id)
    duty = [f"{one['day']} {one['opens']}-{one['closes']}" for one in row.duty]
    form = Form.blank(
        name=row.name,
        person_id=row.person_id,
        institution=row.institution,
        contact=row.contact,
        specialties=list(row.specialties),
        languages=" ".join(row.languages),
        duty="\n".join(duty),
        capacity=row.capacity,
        interests="\n".join(row.interests),
        active=["1"] if row.active else [],
        version=row.version,
    )
    return _entry(request, actor, session, row, form)


@router.post("/experts/{expert_id}")
def change_expert(
    request: Request, expert_id: UUID, actor: Manager, session: DbSession, sent: PostedForm
) -> Response:
    """Change what the roster says of an expert."""
    row = Roster(session, actor, Expert).own(expert_id)
    return _changed(request, actor, session, sent, row, _expert)


@router.get("/contacts/{contact_id}")
def contact_page(
    request: Request, contact_id: UUID, actor: Manager, session: DbSession
) -> Response:
    """Show what is kept of an institution of one's own station, to be changed."""
    row = Roster(session, actor, StationContact).own(contact_id)
    form = Form.blank(
        kind=row.kind.value,
        name=row.name,
        body_id=row.body_id,
        service=row.service,
        person=row.person,
        contact=row.contact,
        accreditation=row.accreditation,
        accredited_by=row.accredited_by,
        accredited_until=row.accredited_until,
        active=["1"] if row.active else [],
        version=row.version,
    )
    return _entry(request, actor, session, row, form)


@router.post("/contacts/{contact_id}")
def change_contact(
    request: Request, contact_id: UUID, actor: Manager, session: DbSession, sent: PostedForm
) -> Response:
    """Change what is kept of an institution."""
    row = Roster(session, actor, StationContact).own(contact_id)
    return _changed(request, actor, session, sent, row, _contact)


def _entry(
    request: Request,
    actor: Actor,
    session: Session,
    row: Expert | StationContact,
    form: Form,
    status: int = 200,
) -> Response:
    return page(
        request,
        "station/roster_entry.html",
        status=status,
        row=row,
        expert=isinstance(row, Expert),
        form=form,
        **_offered(actor, session),
    )


def _changed(
    request: Request,
    actor: Actor,
    session: Session,
    sent: FormData,
    row: Expert | StationContact,
    read: Read,
) -> Response:
    active = {"active": sent.get("active") == "1"}
    try:
        with session.begin_nested():
            values = read(sent) | active
            save_entry(session, actor, type(row), values, row_id=row.id, version=version_of(sent))
    except Problem as problem:
        form = Form.after(problem, sent)
        return _entry(request, actor, session, row, form, problem.status)
    return RedirectResponse("/stations", SEE_OTHER)


def _expert(sent: FormData) -> dict[str, Any]:
    told = {
        "name": str(sent.get("name", "")),
        "person_id": str(sent.get("person_id", "")) or None,
        "institution": str(sent.get("institution", "")),
        "contact": str(sent.get("contact", "")),
        "specialties": [str(one) for one in sent.getlist("specialties")],
        "languages": str(sent.get("languages", "")).replace(",", " ").split(),
        "duty": _duty(str(sent.get("duty", ""))),
        "capacity": str(sent.get("capacity", "")) or 10,
        "interests": [one.strip() for one in str(sent.get("interests", "")).splitlines() if one],
    }
    return _checked(ExpertIn, told)


def _duty(text: str) -> list[dict[str, Any]]:
    """Read lines such as `1 09:00-12:00`: the day of the week, Monday first, and the hours."""
    found = []
    for line in text.splitlines():
        day, _, hours = line.strip().partition(" ")
        opens, _, closes = hours.strip().partition("-")
        if line.strip():
            found.append({"day": day, "opens": opens.strip(), "closes": closes.strip()})
    return found


def _checked(model: type[ExpertIn] | type[ContactIn], told: Mapping[str, Any]) -> dict[str, Any]:
    try:
        return model.model_validate(told).model_dump()
    except ValidationError as fault:
        errors = field_errors(fault, model)
        raise Invalid(N_("Please correct the marked fields."), errors=errors) from None


@router.post("/contacts")
def add_contact(request: Request, actor: Manager, session: DbSession, sent: PostedForm) -> Response:
    """Add an institution."""
    return _added(request, actor, session, sent, StationContact, _contact)


def _contact(sent: FormData) -> dict[str, Any]:
    texts = ("kind", "name", "service", "person", "contact", "accreditation", "accredited_by")
    values: dict[str, Any] = {name: str(sent.get(name, "")).strip() for name in texts}
    for name in ("body_id", "accredited_until"):
        values[name] = str(sent.get(name, "")) or None
    return _checked(ContactIn, values)


def _added(
    request: Request,
    actor: Actor,
    session: Session,
    sent: FormData,
    model: type[Any],
    read: Read,
) -> Response:
    try:
        with session.begin_nested():
            save_entry(session, actor, model, read(sent))
    except Problem as problem:
        form = Form.after(problem, sent)
        return _stations(request, actor, session, form=form, status=problem.status)
    return RedirectResponse("/stations", SEE_OTHER)
