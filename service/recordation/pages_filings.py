"""Pages of filings: the register, one filing with its clocks and rounds, its steps."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import ConfigDict
from sqlalchemy.orm import Session

from service.cases.repository import Timeline
from service.cases.showing import events_of
from service.core.db import DbSession
from service.core.errors import Problem
from service.core.pagination import CursorOfQuery
from service.identity.permissions import Actor, Permission
from service.recordation.access import Reader, Writer
from service.recordation.domain import EDITED, ROUNDS, FilingStatus
from service.recordation.models import Filing
from service.recordation.packs.letters import LETTERS
from service.recordation.repository import Assets, Filings
from service.recordation.schemas_filings import StepIn
from service.recordation.sending import keep_file
from service.recordation.showing import ASKS, clocks_of
from service.recordation.tags import STATUS_TAGS
from service.recordation.usecases.cases import case_of
from service.recordation.usecases.filings import (
    begin_filing,
)
from service.recordation.usecases.moving import acts_for, offered, take_step
from service.recordation.usecases.readiness import readiness
from service.recordation.usecases.ways import FILING
from service.recordation.usecases.writing import Entry
from service.rules.authorities import authorities
from service.ui.forms import Form, PostedForm, id_of, read_form, version_of
from service.ui.i18n import language_of
from service.ui.render import page
from service.ui.views import Option

router = APIRouter()
SEE_OTHER = 303


class StepForm(StepIn):
    """A step as a page sends it: its name is in the address, its version a field of its own."""

    model_config = ConfigDict(extra="ignore")
    event: str = ""
    version: int = 0


@router.get("/filings")
def register(
    request: Request,
    actor: Reader,
    session: DbSession,
    cursor: CursorOfQuery,
    status: str = "",
    at: Annotated[str, Query(max_length=32)] = "",
) -> Response:
    """List all filings by state and authority: the recordation register."""
    where = []
    if status in set(FilingStatus):
        where.append(Filing.status == FilingStatus(status))
    if at:
        where.append(Filing.authority == at)
    rows, following = Filings(session, actor).page(cursor, *where)
    assets = {one.id: one for one in Assets(session, actor).all()}
    return page(
        request,
        "recordation/filings.html",
        form=Form.blank(status=status, at=at),
        rows=[(row, assets[row.asset_id]) for row in rows],
        next=following,
        tags_of=STATUS_TAGS,
        statuses=[Option(key, tag.label) for key, tag in STATUS_TAGS.items()],
        places=[Option(one.code, one.short, data=True) for one in authorities() if one.groups],
        names={one.code: one.short for one in authorities()},
    )


@router.post("/filings")
def begin(actor: Writer, session: DbSession, sent: PostedForm) -> Response:
    """Begin a filing."""
    asset = Assets(session, actor).get(id_of(sent.get("asset_id")))
    code, procedure = str(sent.get("authority", "")), str(sent.get("procedure", ""))
    filing = begin_filing(session, actor, asset, code, procedure)
    return RedirectResponse(f"/filings/{filing.id}", SEE_OTHER)


@router.get("/filings/{filing_id}")
def filing(request: Request, filing_id: UUID, actor: Reader, session: DbSession) -> Response:
    """Show a filing: where it stands, what can be done, its clocks, what was sent, its changes."""
    row = Filings(session, actor).get(filing_id)
    return _filing(request, session, actor, row, Form.blank())


def _filing(
    request: Request,
    session: Session,
    actor: Actor,
    row: Filing,
    form: Form,
    status: int = 200,
    *,
    taken: str = "",
) -> Response:
    filings, language = Filings(session, actor), language_of(request)
    case = case_of(session, actor, row)
    return page(
        request,
        "recordation/filing.html",
        status=status,
        form=form,
        taken=taken,
        filing=row,
        authority=case.authority,
        asset=case.substance.asset,
        tag=STATUS_TAGS[row.status],
        ready=readiness(case),
        edited=row.status in EDITED,
        acts=actor.can(Permission.RECORDATION_WRITE) and acts_for(session, actor, row),
        moves=offered(session, actor, row),
        asks=ASKS,
        rounds=filings.rounds(row.id),
        round_names=ROUNDS,
        task=filings.open_task(row.id),
        clocks=clocks_of(session, actor, row, language),
        events=events_of(session, Timeline(session, actor).of(row.id), language),
        letters=LETTERS,
        over=not FILING.open(row.status),
    )


@router.post("/filings/{filing_id}/moves/{event}")
def step(
    request: Request,
    filing_id: UUID,
    event: str,
    actor: Reader,
    session: DbSession,
    sent: PostedForm,
) -> Response:
    """Take a step; what is missing for it is told on the filing's page."""
    row = Filings(session, actor).get(filing_id)
    try:
        with session.begin_nested():
            entry = _entry(request, session, actor, row, event, sent)
            version = version_of(sent)
            take_step(session, actor, row, event, entry, version=version)
    except Problem as problem:
        form = Form.after(problem, sent)
        return _filing(request, session, actor, row, form, problem.status, taken=event)
    return RedirectResponse(f"/filings/{row.id}", SEE_OTHER)


def _entry(
    request: Request, session: Session, actor: Actor, row: Filing, event: str, sent: Any
) -> Entry:
    values = read_form(StepForm, sent).entry()
    if event in FILES_WITH:
        field = FILES_WITH[event]
        owner = row.organisation_id
        values[f"{field}_file_id"] = keep_file(request, session, actor, sent, field, owner=owner)
    return Entry(**values)


FILES_WITH = {
    event: field
    for event, fields in ASKS.items()
    for field in ("proof", "decision")
    if field in fields
}
