"""Pages of cases: the list, opening one, the case with its tracks, one track."""

from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.orm import Session

from service.cases.repository import Deadlines, Threads, Timeline
from service.cases.repository_evidence import Items
from service.cases.showing import deadline_view, events_of, tags_of, thread_path
from service.core.db import DbSession
from service.core.errors import Problem
from service.core.pagination import CursorOfQuery
from service.core.text import N_
from service.dispute import domain as d
from service.dispute.clashes import clashes
from service.dispute.pages_mediation import router as mediation_router
from service.dispute.pages_tracks import router as tracks_router
from service.dispute.repository import Cases
from service.dispute.schemas import (
    CaseAbout,
    CaseForm,
    CaseOwner,
    FromFound,
    FromScreening,
    MoveForm,
    OutcomeIn,
    PartyIn,
)
from service.dispute.steps import steps_of
from service.dispute.tables import CASE, table_of
from service.dispute.usecases.opening import open_case
from service.dispute.usecases.origins import open_from
from service.dispute.usecases.tracking import add_party, change_case, move_case, say_outcome
from service.identity.models import Organisation
from service.identity.permissions import Actor, OrganisationKind, Permission, require
from service.identity.repository import Organisations
from service.ui.forms import Form, PostedForm, read_form, version_of
from service.ui.i18n import language_of
from service.ui.navigation import Entry, Group
from service.ui.render import page
from service.ui.views import Option

router = APIRouter(include_in_schema=False)
NAVIGATION: Sequence[Entry] = (
    Entry("/cases", N_("Cases"), Group.CASES, Permission.CASE_READ.value),
    Entry("/cases/new", N_("Open a case"), Group.CASES, Permission.CASE_WRITE.value),
)
SEE_OTHER = 303
Reader = Annotated[Actor, Depends(require(Permission.CASE_READ))]
Writer = Annotated[Actor, Depends(require(Permission.CASE_WRITE))]


def options(names: Any) -> list[tuple[str, str]]:
    """Return a closed list as the answers of a choice."""
    return [(key.value, name) for key, name in names.items()]


@router.get("/cases")
def list_page(
    request: Request,
    actor: Reader,
    session: DbSession,
    cursor: CursorOfQuery,
    q: str = "",
    status: str = "",
    whose: str = "",
) -> Response:
    """List cases, newest first."""
    rows, following = Cases(session, actor).page(
        cursor, status=status, mine=whose == "mine", q=q[:100]
    )
    return page(
        request,
        "dispute/list.html",
        form=Form.blank(q=q, status=status, whose=whose),
        rows=rows,
        next=following,
        cursor=cursor.after is not None,
        states=[(key, state.label) for key, state in CASE.states.items()],
        tag_of=lambda case: CASE.states[case.status].tag,
        kinds=d.DISPUTE_KINDS,
    )


@router.get("/cases/new")
def new_page(request: Request, actor: Writer, session: DbSession) -> Response:
    """Show the form."""
    blank = Form.blank(jurisdiction="CN", currency="CNY", source="web", right_kind="trademark")
    return _new(request, actor, session, blank)


def _new(
    request: Request, actor: Actor, session: Session, form: Form, *, status: int = 200
) -> Response:
    stations = Organisations(session)
    own = stations.get(actor.organisation_id) if actor.organisation_id else None
    owners = (
        stations.of_kind(OrganisationKind.EXPORTER)
        if own is not None and own.kind is OrganisationKind.STATION
        else ()
    )
    return page(
        request,
        "dispute/new.html",
        status=status,
        form=form,
        owners=[_organisation(row) for row in owners],
        lists={
            "service_line": options(d.SERVICE_LINES),
            "side": options(d.SIDES),
            "dispute_kind": options(d.DISPUTE_KINDS),
            "right_kind": options(d.RIGHT_KINDS),
            "source": options(d.SOURCES),
        },
    )


def _organisation(row: Organisation) -> Option:
    return Option(str(row.id), row.name_zh, data=True)


@router.post("/cases")
def add(request: Request, actor: Writer, session: DbSession, sent: PostedForm) -> Response:
    """Open a case."""
    try:
        body = read_form(CaseForm, sent)
        respondent = str(sent.get("respondent", "")).strip()
        owner_id = read_form(CaseOwner, sent).owner_id
        with session.begin_nested():  # the page is answered after a refusal: nothing half done
            case = open_case(
                session,
                request.app.state.files,
                actor,
                values={
                    **body.model_dump(exclude={"our_side"}),
                    "side": body.our_side,
                    "rights": _lines(str(sent.get("rights", ""))),
                },
                parties=[_respondent(respondent)] if respondent else [],
                owner_id=owner_id,
            )
    except Problem as problem:
        return _new(request, actor, session, Form.after(problem, sent), status=problem.status)
    return RedirectResponse(f"/cases/{case.id}", SEE_OTHER)


def _lines(text: str) -> list[str]:
    return [line.strip()[:200] for line in text.splitlines() if line.strip()][:50]


def _respondent(name: str) -> dict[str, Any]:
    return PartyIn(role=d.PartyRole.RESPONDENT, name=name[:200]).model_dump()


@router.post("/screenings/{screening_id}/case")
def add_from_screening(
    screening_id: UUID, request: Request, actor: Writer, session: DbSession, sent: PostedForm
) -> Response:
    """Open a case from a screening or one hit of it, with the answer frozen as evidence."""
    body = read_form(FromScreening, sent)
    files = request.app.state.files
    case = open_from(
        session, files, actor, "screening", screening_id, title=body.title, part=body.hit_id
    )
    return RedirectResponse(f"/cases/{case.id}", SEE_OTHER)


@router.post("/alerts/{alert_id}/case")
def add_from_alert(
    alert_id: UUID, request: Request, actor: Writer, session: DbSession, sent: PostedForm
) -> Response:
    """Open a case from what a watch found, with the finding frozen as evidence."""
    title = read_form(FromFound, sent).title
    case = open_from(session, request.app.state.files, actor, "alert", alert_id, title=title)
    return RedirectResponse(f"/cases/{case.id}", SEE_OTHER)


@router.get("/cases/{case_id}")
def case_page(request: Request, case_id: UUID, actor: Reader, session: DbSession) -> Response:
    """Show a case: tracks side by side, clashes, clocks, evidence, timeline."""
    return _case(request, actor, session, case_id)


def _case(
    request: Request,
    actor: Actor,
    session: Session,
    case_id: UUID,
    *,
    form: Form | None = None,
    status: int = 200,
) -> Response:
    cases, language = Cases(session, actor), language_of(request)
    thread, case = cases.get(case_id)
    sight = Threads(session, actor).sight(thread)
    tracks = cases.tracks(thread)
    deadlines = Deadlines(session, actor).of_case(thread.id)
    reads = actor.can(Permission.EVIDENCE_READ)
    return page(
        request,
        "dispute/case.html",
        status=status,
        thread=thread,
        case=case,
        whole=sight.whole,
        writes=sight.writes and thread.closed_at is None and actor.can(Permission.CASE_WRITE),
        tag=CASE.states[case.status].tag,
        steps=steps_of(session, actor, thread, case, CASE) if sight.writes else (),
        tracks=[(row, table_of(row.kind).states[row.status].tag) for row in tracks],
        parties=cases.parties(thread),
        parts=Threads(session, actor).part_of(thread.id),
        path_of=thread_path,
        deadlines=[(row, deadline_view(row, language), tags_of(row)) for row in deadlines],
        clashes=clashes(deadlines),
        evidence=Items(session, actor).of(thread.id) if reads else (),
        events=events_of(session, Timeline(session, actor).of(thread.id), language),
        exports=actor.can(Permission.EVIDENCE_EXPORT) and sight.whole,
        names=d,
        key="zh" if language.value.startswith("zh") else "en",
        options=options,
        form=form or Form.blank(version=case.version),
    )


@router.post("/cases/{case_id}/moves")
def step(
    request: Request, case_id: UUID, actor: Writer, session: DbSession, sent: PostedForm
) -> Response:
    """Take a step of the case."""

    def work() -> None:
        body = read_form(MoveForm, sent)
        move_case(session, actor, case_id, body.event, version=body.version, note=body.note)

    return _done(request, actor, session, case_id, sent, work)


@router.post("/cases/{case_id}/about")
def about(
    request: Request, case_id: UUID, actor: Writer, session: DbSession, sent: PostedForm
) -> Response:
    """Enter what is known of a case now."""

    def work() -> None:
        body = read_form(CaseAbout, sent)
        version = version_of(sent)
        change_case(session, actor, case_id, version=version, **body.model_dump())

    return _done(request, actor, session, case_id, sent, work)


@router.post("/cases/{case_id}/outcome")
def outcome(
    request: Request, case_id: UUID, actor: Writer, session: DbSession, sent: PostedForm
) -> Response:
    """Say how the case ended."""

    def work() -> None:
        body = read_form(OutcomeIn, sent)
        version = version_of(sent)
        say_outcome(session, actor, case_id, version=version, **body.model_dump())

    return _done(request, actor, session, case_id, sent, work)


@router.post("/cases/{case_id}/parties")
def name_party(
    request: Request, case_id: UUID, actor: Writer, session: DbSession, sent: PostedForm
) -> Response:
    """Name one more party."""

    def work() -> None:
        add_party(session, actor, case_id, read_form(PartyIn, sent).model_dump())

    return _done(request, actor, session, case_id, sent, work)


def _done(
    request: Request,
    actor: Actor,
    session: Session,
    case_id: UUID,
    sent: Any,
    work: Any,
) -> Response:
    """Do the work; a refusal shows the page again with what is wrong, and nothing half done."""
    Cases(session, actor).get(case_id)
    try:
        with session.begin_nested():
            work()
    except Problem as problem:
        session.expire_all()
        form = Form.after(problem, sent)
        return _case(request, actor, session, case_id, form=form, status=problem.status)
    return RedirectResponse(f"/cases/{case_id}", SEE_OTHER)


router.include_router(tracks_router)
router.include_router(mediation_router)
