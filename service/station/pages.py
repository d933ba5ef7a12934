"""Pages of the intake desk: the list, the one form, the matter, its receipt."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import ValidationError
from sqlalchemy.orm import Session
from starlette.datastructures import FormData

from service.cases.domain import ThreadKind
from service.cases.repository import Deadlines, Threads, Timeline
from service.cases.repository_evidence import Items
from service.cases.showing import deadline_view, events_of, tags_of
from service.core import clock
from service.core.db import DbSession
from service.core.errors import Invalid, Problem
from service.core.pagination import CursorOfQuery
from service.core.text import N_
from service.dispute import domain as d
from service.dispute.pages_tracks import told_above
from service.dispute.repository import Cases
from service.dispute.steps import steps_of
from service.identity.permissions import Actor, OrganisationKind, Permission
from service.identity.repository import Organisations
from service.rules.reading import read_trigger
from service.station import domain as s
from service.station.access import SEE_OTHER, Desk, Reader, Sender
from service.station.extracting import FIELDS, senders
from service.station.knowledge import search
from service.station.repository import Consultations, Intakes, MailFindings
from service.station.schemas import IntakeChange, IntakeForm, IntakeMoveForm
from service.station.showing import shown
from service.station.tables import INTAKE, PERIODS
from service.station.usecases.checking import check_intake, clear_check
from service.station.usecases.moving import move_intake
from service.station.usecases.taking import change_intake, take_in
from service.ui.forms import Form, PostedForm, field_errors, read_form
from service.ui.i18n import language_of
from service.ui.navigation import Entry, Group
from service.ui.render import page
from service.ui.views import Option

router = APIRouter(include_in_schema=False)
NAVIGATION: Sequence[Entry] = (
    Entry("/intakes", N_("Intake desk"), Group.CASES, Permission.INTAKE_READ.value),
    Entry("/intakes/new", N_("Take a matter in"), Group.CASES, Permission.INTAKE_WRITE.value),
)
LISTS = ("rights", "marks", "references", "opponents")
"""Fields that hold one thing a line."""
PLACES = ("owner_id", "station_id", "version")
"""Fields of the form that are no columns."""


def options(names: Mapping[Any, str]) -> list[tuple[str, str]]:
    """Return a closed list as the answers of a choice."""
    return [(key.value, name) for key, name in names.items()]


CHOICES = {
    "channel": options(s.CHANNELS),
    "service_line": options(d.SERVICE_LINES),
    "finance": options(s.FINANCES),
    "side": options(d.SIDES),
    "dispute_kind": options(d.DISPUTE_KINDS),
    "right_kind": options(d.RIGHT_KINDS),
}


@router.get("/intakes")
def list_page(
    request: Request,
    actor: Reader,
    session: DbSession,
    cursor: CursorOfQuery,
    q: str = "",
    status: str = "",
    whose: str = "",
) -> Response:
    """List intakes, newest first."""
    rows, following = Intakes(session, actor).page(
        cursor, status=status, mine=whose == "mine", q=q[:100]
    )
    return page(
        request,
        "station/intakes.html",
        form=Form.blank(q=q, status=status, whose=whose),
        rows=rows,
        next=following,
        cursor=cursor.after is not None,
        states=[(key, state.label) for key, state in INTAKE.states.items()],
        tag_of=lambda row: INTAKE.states[row.status].tag,
        lines=d.SERVICE_LINES,
        channels=s.CHANNELS,
    )


@router.get("/intakes/new")
def new_page(
    request: Request, actor: Sender, session: DbSession, visitor: str = "", title: str = ""
) -> Response:
    """Show the form, filled with what the address says."""
    channel = s.Channel.COUNTER if actor.can(Permission.INTAKE_DESK) else s.Channel.WEB
    blank = Form.blank(
        channel=channel.value,
        jurisdiction="CN",
        right_kind="trademark",
        our_side="holder",
        visitor=visitor[:200],
        title=title[:180],
    )
    return _form(request, actor, session, blank)


def _form(
    request: Request,
    actor: Actor,
    session: Session,
    form: Form,
    *,
    intake: Any = None,
    status: int = 200,
) -> Response:
    organisations = Organisations(session)
    own = organisations.get(actor.organisation_id) if actor.organisation_id else None
    at_desk = own is not None and own.kind is OrganisationKind.STATION
    wanted = OrganisationKind.EXPORTER if at_desk else OrganisationKind.STATION
    return page(
        request,
        "station/form.html",
        status=status,
        form=form,
        intake=intake,
        choices=CHOICES,
        at_desk=at_desk,
        places=[
            Option(str(one.id), one.name_zh, data=True) for one in organisations.of_kind(wanted)
        ],
        own_name=own.name_zh if own is not None and not at_desk else "",
    )


def _asked(sent: FormData) -> tuple[IntakeForm, dict[str, Any], list[str]]:
    """Return a sent form with its columns and the other side."""
    body = read_form(IntakeForm, sent)
    lines = {name: _lines(str(sent.get(name, ""))) for name in LISTS}
    told = body.model_dump(exclude={"our_side", *PLACES, *LISTS}) | {"side": body.our_side} | lines
    try:
        checked = IntakeChange(**told)
    except ValidationError as fault:
        errors = field_errors(fault, IntakeChange)
        raise Invalid(N_("Please correct the marked fields."), errors=errors) from None
    return body, checked.model_dump(exclude={"opponents"}), checked.opponents


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


@router.post("/intakes")
def add(request: Request, actor: Sender, session: DbSession, sent: PostedForm) -> Response:
    """Take a matter in."""
    try:
        body, values, opponents = _asked(sent)
        with session.begin_nested():  # the page is answered after a refusal: nothing half done
            row = take_in(
                session,
                actor,
                values=values,
                opponents=opponents,
                owner_id=body.owner_id,
                station_id=body.station_id,
            )
    except Problem as problem:
        form = Form.after(problem, sent)
        return _form(request, actor, session, form, status=problem.status)
    return RedirectResponse(f"/intakes/{row.id}", SEE_OTHER)


@router.get("/intakes/{intake_id}")
def intake_page(request: Request, intake_id: UUID, actor: Reader, session: DbSession) -> Response:
    """Show an intake: what can be done, what it misses, check, answers, timeline."""
    return show_intake(request, actor, session, intake_id)


def show_intake(
    request: Request,
    actor: Actor,
    session: Session,
    intake_id: UUID,
    *,
    form: Form | None = None,
    found: Sequence[Any] | None = None,
    status: int = 200,
) -> Response:
    """Answer the page of an intake, with findings of a check that has just been run."""
    thread, row = Intakes(session, actor).get(intake_id)
    language, sight = language_of(request), Threads(session, actor).sight(thread)
    is_case = thread.kind is ThreadKind.DISPUTE
    writes = sight.writes and not is_case and thread.closed_at is None
    desk = actor.can(Permission.INTAKE_DESK)
    return page(
        request,
        "station/intake.html",
        status=status,
        thread=thread,
        intake=row,
        is_case=is_case,
        tag=INTAKE.states[row.status].tag,
        steps=steps_of(session, actor, thread, row, INTAKE) if sight.writes and not is_case else (),
        writes=writes,
        desk=desk,
        decides=writes and actor.can(Permission.CASE_ACCEPT),
        found=found,
        parties=Cases(session, actor).parties(thread),
        deadlines=[
            (one, deadline_view(one, language), tags_of(one))
            for one in Deadlines(session, actor).of(thread.id)
        ],
        periods=PERIODS,
        evidence=Items(session, actor).of(thread.id) if actor.can(Permission.EVIDENCE_READ) else (),
        answers=Consultations(session, actor).of(thread.id),
        findings=MailFindings(session, actor).of(thread.id),
        fields=FIELDS,
        senders=senders(),
        guidance=[
            Option(one.id, f"{one.title.zh} / {one.title.en}", data=True) for one in search()
        ],
        events=events_of(session, Timeline(session, actor).of(thread.id), language),
        names=d,
        words=s,
        today=clock.today().isoformat(),
        form=form or Form.blank(version=row.version),
    )


@router.get("/intakes/{intake_id}/receipt")
def receipt_page(request: Request, intake_id: UUID, actor: Reader, session: DbSession) -> Response:
    """Show the receipt that the visitor takes home."""
    row = Intakes(session, actor).get(intake_id)[1]
    station = Organisations(session).get(row.station_id)
    return page(request, "station/receipt.html", intake=row, station=station, names=d, words=s)


@router.get("/intakes/{intake_id}/change")
def change_page(request: Request, intake_id: UUID, actor: Sender, session: DbSession) -> Response:
    """Show the form with what is known."""
    thread, row = Intakes(session, actor).get(intake_id)
    told = {name: getattr(row, name) for name in IntakeChange.model_fields if name != "opponents"}
    lines = {name: "\n".join(told[name]) for name in LISTS if name in told}
    role = {party.name for party in Cases(session, actor).parties(thread)} - {row.visitor}
    filled = {name: _plain(value) for name, value in (told | lines).items()}
    form = Form.blank(
        **filled | {"our_side": row.side.value, "opponents": "\n".join(sorted(role))},
        version=row.version,
    )
    return _form(request, actor, session, form, intake=row)


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(getattr(value, "value", value) or "")


@router.post("/intakes/{intake_id}/change")
def change(
    request: Request, intake_id: UUID, actor: Sender, session: DbSession, sent: PostedForm
) -> Response:
    """Change what is known."""
    row = Intakes(session, actor).get(intake_id)[1]
    try:
        body, values, opponents = _asked(sent)
        with session.begin_nested():
            change_intake(
                session,
                actor,
                intake_id,
                version=body.version,
                values=values,
                opponents=opponents,
            )
    except Problem as problem:
        session.expire_all()
        form = Form.after(problem, sent)
        return _form(request, actor, session, form, intake=row, status=problem.status)
    return RedirectResponse(f"/intakes/{intake_id}", SEE_OTHER)


@router.post("/intakes/{intake_id}/moves")
def step(
    request: Request, intake_id: UUID, actor: Sender, session: DbSession, sent: PostedForm
) -> Response:
    """Take a step; a matter that became a case goes on there."""

    def work() -> None:
        body = read_form(IntakeMoveForm, sent)
        when = read_trigger(body.day) if body.day else None
        told = body.model_dump(exclude={"day", "event"})
        move_intake(session, actor, intake_id, body.event, when=when, **told)

    return done(request, actor, session, intake_id, sent, work)


@router.post("/intakes/{intake_id}/check")
def check(request: Request, intake_id: UUID, actor: Desk, session: DbSession) -> Response:
    """Check for duplicates and conflicts, and show what was found."""
    found = check_intake(session, actor, intake_id)
    return show_intake(request, actor, session, intake_id, found=shown(session, actor, found))


@router.post("/intakes/{intake_id}/clearance")
def clear(
    request: Request, intake_id: UUID, actor: Desk, session: DbSession, sent: PostedForm
) -> Response:
    """Write down why what was found does not stand in the way."""

    def work() -> None:
        with told_above():
            clear_check(session, actor, intake_id, note=str(sent.get("reason", "")))

    return done(request, actor, session, intake_id, sent, work)


def done(
    request: Request,
    actor: Actor,
    session: Session,
    intake_id: UUID,
    sent: Any,
    work: Callable[[], None],
) -> Response:
    """Do the work; a refusal shows the page again with what is wrong, and nothing half done."""
    Intakes(session, actor).get(intake_id)
    try:
        with session.begin_nested():
            work()
    except Problem as problem:
        session.expire_all()
        form = Form.after(problem, sent)
        return show_intake(request, actor, session, intake_id, form=form, status=problem.status)
    thread = Threads(session, actor).get(intake_id)
    here = "cases" if thread.kind is ThreadKind.DISPUTE else "intakes"
    return RedirectResponse(f"/{here}/{intake_id}", SEE_OTHER)
