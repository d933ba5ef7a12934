"""Pages of detentions: the list, the one short form, the cockpit, the security calculator."""

from collections.abc import Sequence

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.orm import Session
from starlette.datastructures import FormData, UploadFile

from service.core import clock
from service.core.db import Db, DbSession
from service.core.errors import FieldError, Problem
from service.core.pagination import CursorOfQuery
from service.core.text import N_
from service.identity.permissions import Actor, Permission
from service.recordation.detention import domain as d
from service.recordation.detention.access import Enterer, Reader
from service.recordation.detention.papers import FIRST, PAPERS
from service.recordation.detention.places import zones
from service.recordation.detention.repository import Detentions, clients_of
from service.recordation.detention.schemas import DetentionForm
from service.recordation.detention.schemas_security import SecurityForm
from service.recordation.detention.security import security_for
from service.recordation.detention.showing import (
    STATUS_TAGS,
    choices,
)
from service.recordation.detention.usecases.entering import (
    Attachment,
    enter_detention,
    keep_attachment,
)
from service.recordation.repository import Assets
from service.rules.authorities import authorities
from service.rules.authorities.showing import RIGHT_NAMES
from service.rules.loader import library
from service.ui.forms import Form, PostedForm, read_form
from service.ui.navigation import Entry, Group
from service.ui.render import page
from service.ui.views import Option

router = APIRouter(include_in_schema=False)
NAVIGATION: Sequence[Entry] = (
    Entry("/detentions", N_("Detentions"), Group.CUSTOMS, Permission.DETENTION_READ.value),
    Entry("/detentions/new", N_("Goods are held"), Group.CUSTOMS, Permission.DETENTION_ENTER.value),
)
SEE_OTHER = 303
FILES = "files"


@router.get("/detentions")
def list_page(
    request: Request,
    actor: Reader,
    session: DbSession,
    cursor: CursorOfQuery,
    our_side: str = "",
    which: str = "open",
) -> Response:
    """List detentions, each with its next clock."""
    detentions = Detentions(session, actor)
    rows, following = detentions.page(
        cursor,
        open_only=which == "open",
        side=d.Side(our_side) if our_side in set(d.Side) else None,
    )
    return page(
        request,
        "detention/list.html",
        form=Form.blank(our_side=our_side, which=which),
        rows=rows,
        next=following,
        cursor=cursor.after is not None,
        clocks=detentions.next_clocks([row.id for row in rows]),
        names={one.code: one.short for one in authorities()},
        tags_of=STATUS_TAGS,
        sides=choices(d.SIDES),
    )


@router.get("/detentions/new")
def new_page(request: Request, actor: Enterer, session: DbSession) -> Response:
    """Show the one short form."""
    blank = Form.blank(authority="gacc", mode="ex_officio", currency="CNY", service="receipt")
    return _new(request, actor, session, blank)


def _new(
    request: Request, actor: Actor, session: Session, form: Form, *, status: int = 200
) -> Response:
    home = actor.organisation_id
    states = library().words.facts["member_state"].values
    return page(
        request,
        "detention/new.html",
        status=status,
        form=form,
        owners=[
            Option(str(one.id), one.name_zh, data=True)
            for one in (clients_of(session, home) if home else ())
        ],
        assets=[
            Option(str(one.id), f"{one.title} {one.number}", data=True)
            for one in Assets(session, actor).all()
        ],
        places=[
            Option(one.code, f"{one.short} · {one.time_zone}", data=True) for one in authorities()
        ],
        zones=zones(),
        papers=[(kind.value, PAPERS[kind].label) for kind in FIRST],
        states=[Option(one, one, data=True) for one in states],
        lists={
            "side": choices(d.SIDES),
            "mode": choices(d.MODES),
            "service": choices(d.SERVICES),
            "ground": choices(d.GROUNDS),
            "right_kind": choices(RIGHT_NAMES),
        },
        limit=request.app.state.settings.upload_bytes,
    )


@router.post("/detentions")
def enter(request: Request, actor: Enterer, database: Db, sent: PostedForm) -> Response:
    """Enter goods that are held, with photographs and papers: all of it or nothing."""
    try:
        body = read_form(DetentionForm, sent)
        attachments = kept_files(request, sent)
        with database.write() as session:
            row = enter_detention(
                session,
                actor,
                body.entry(),
                body.values(),
                owner_id=body.owner_id,
                attachments=attachments,
            )
            place = f"/detentions/{row.id}"
    except Problem as problem:
        with database.read() as session:
            form = Form.after(at_the_form(problem), sent)
            return _new(request, actor, session, form, status=problem.status)
    return RedirectResponse(place, SEE_OTHER)


def at_the_form(problem: Problem) -> Problem:
    """Return the problem with its errors at the fields of the form."""
    names = {"file": FILES, "side": "our_side"}
    problem.errors = tuple(
        FieldError(names.get(e.field, e.field), e.message, e.values) for e in problem.errors
    )
    if not problem.errors and problem.members.get("field") == "file":
        problem.errors = (FieldError(FILES, problem.detail, dict(problem.members)),)
    return problem


def kept_files(request: Request, sent: FormData) -> list[Attachment]:
    """Store the files of a form, before any transaction."""
    state = request.app.state
    return [
        keep_attachment(state.settings, state.files, file.file, file.filename)
        for file in sent.getlist(FILES)
        if isinstance(file, UploadFile) and file.filename
    ]


@router.get("/detention-security")
def security_page(request: Request, actor: Reader) -> Response:  # noqa: ARG001  it counts
    """Show the security calculator; the mode is asked first."""
    sent = FormData(request.query_params)
    form, found, status = Form.blank(mode="ex_officio", currency="CNY"), None, 200
    if sent.get("value"):
        form = Form.blank(**dict(sent))
        try:
            body = read_form(SecurityForm, sent)
            found = security_for(**body.asked(), on=clock.today())
        except Problem as problem:
            form, status = Form.after(problem, sent), problem.status
    return page(
        request,
        "detention/security.html",
        status=status,
        form=form,
        found=found,
        modes=choices(d.MODES),
        sides=choices(d.SIDES),
        rights=choices(RIGHT_NAMES),
    )
