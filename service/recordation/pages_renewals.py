"""The page of renewals and changes: what ends when, in which link of the chain, what to tell."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from service.cases.models import Deadline
from service.core import clock
from service.core.db import DbSession
from service.core.errors import Problem
from service.core.text import N_
from service.identity.permissions import Actor, Permission
from service.recordation.access import Filer, Reader
from service.recordation.domain import TaskStatus
from service.recordation.models import Asset, ChangeTask, Filing
from service.recordation.repository import Assets, Filings
from service.recordation.sending import keep_file
from service.recordation.tags import STATUS_TAGS
from service.recordation.usecases.changes import notice
from service.recordation.usecases.moving import acts_for
from service.recordation.usecases.renewing import follow_source, tell_change
from service.recordation.usecases.windows import Link, Window, chain, window_of
from service.recordation.usecases.writing import Entry
from service.rules.authorities import authority
from service.ui.forms import Form, PostedForm, read_form
from service.ui.render import page

router = APIRouter()
SEE_OTHER = 303


class ToldForm(BaseModel):
    """That a change was told to the authority."""

    when: date = Field(title=N_("Day of the event"))
    receipt_no: str = Field(default="", max_length=64, title=N_("Receipt number"))


@dataclass(frozen=True, slots=True)
class Renewing:
    """A filing in force, its window and the links of its renewal."""

    filing: Filing
    asset: Asset
    window: Window
    links: tuple[Link, ...]


@router.get("/renewals")
def renewals(request: Request, actor: Reader, session: DbSession) -> Response:
    """Show what ends next, and which changes are to be told."""
    return _renewals(request, session, actor, Form.blank())


def _renewals(
    request: Request, session: Session, actor: Actor, form: Form, status: int = 200
) -> Response:
    filings, today = Filings(session, actor), clock.today()
    assets = Assets(session, actor)
    rows = []
    for filing in filings.kept():
        asset = assets.get(filing.asset_id)
        done = list(assets.renewals(asset.id))
        window = window_of(filing, asset, authority(filing.authority))
        rows.append(Renewing(filing, asset, window, chain(filing, asset, done, today)))
    tasks = filings.tasks(ChangeTask.status == TaskStatus.OPEN)
    due = {task.id: _due(session, task) for task, _ in tasks}
    return page(
        request,
        "recordation/renewals.html",
        status=status,
        form=form,
        rows=rows,
        tasks=[(task, filing, due[task.id]) for task, filing in tasks],
        acts={filing.id: acts_for(session, actor, filing) for _, filing in tasks},
        files=actor.can(Permission.FILING_FILE),
        tags_of=STATUS_TAGS,
        names=authority,
        today=today,
    )


def _due(session: Session, task: ChangeTask) -> Deadline | None:
    clocks = Filings.clocks(session, task)
    return clocks[0] if clocks else None


@router.post("/filings/{filing_id}/changes/{task_id}")
def told(
    request: Request,
    filing_id: UUID,
    task_id: UUID,
    actor: Filer,
    session: DbSession,
    sent: PostedForm,
) -> Response:
    """Record that a change was told to the authority."""
    filing = Filings(session, actor).to_change(filing_id)
    try:
        with session.begin_nested():
            proof = keep_file(request, session, actor, sent, "proof", owner=filing.organisation_id)
            body = read_form(ToldForm, sent)
            entry = Entry(when=body.when, receipt_no=body.receipt_no, proof_file_id=proof)
            tell_change(session, actor, filing, task_id, entry)
    except Problem as problem:
        form = Form.after(problem, sent)
        return _renewals(request, session, actor, form, problem.status)
    return RedirectResponse(f"/filings/{filing.id}", SEE_OTHER)


@router.post("/filings/{filing_id}/look")
def look(filing_id: UUID, actor: Filer, session: DbSession) -> Response:
    """Look at the register of the right now, and hold what was filed against it."""
    filing = Filings(session, actor).to_change(filing_id)
    asset = Assets(session, actor).get(filing.asset_id)
    follow_source(session, actor, asset)
    notice(session, actor, filing)
    return RedirectResponse(f"/filings/{filing.id}", SEE_OTHER)
