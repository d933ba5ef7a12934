"""Pages of a filing's form: one group of questions each, papers, and the check of all."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.orm import Session

from service.core.db import DbSession
from service.core.errors import NotFound, Problem
from service.core.text import N_
from service.identity.permissions import Actor, Permission
from service.recordation.access import Reader, Writer
from service.recordation.domain import EDITED
from service.recordation.models import Filing
from service.recordation.repository import Filings
from service.recordation.sending import keep_file, needed
from service.recordation.showing import ASKS
from service.recordation.tags import STATUS_TAGS, WHEN_NAMES
from service.recordation.usecases.cases import case_of
from service.recordation.usecases.filings import (
    add_paper,
    remove_paper,
    save_answers,
)
from service.recordation.usecases.moving import acts_for, offered
from service.recordation.usecases.readiness import Case, is_needed, readiness, value_of
from service.rules.authorities import FieldKind, FieldNeed, Group, When
from service.rules.authorities.showing import limits_of
from service.rules.loader import library
from service.ui.forms import Form, PostedForm, id_of, version_of
from service.ui.render import page
from service.ui.views import Option

router = APIRouter()
SEE_OTHER = 303


@router.get("/filings/{filing_id}/steps/{group}")
def wizard(
    request: Request, filing_id: UUID, group: str, actor: Reader, session: DbSession
) -> Response:
    """Show one page of the authority's form."""
    row = Filings(session, actor).get(filing_id)
    case = case_of(session, actor, row)
    chosen = _group(case, group)
    return _wizard(request, session, actor, case, chosen, _form_of(case, chosen))


def _group(case: Case, key: str) -> Group:
    for group in case.authority.groups:
        if group.key == key:
            return group
    raise NotFound(N_("The form has no such page."))


def _form_of(case: Case, group: Group) -> Form:
    own: dict[str, object] = {key: _typed(value) for key, value in case.answers.items()}
    filled = {need.key: own.get(need.key, "") for need in group.fields}
    return Form.blank(**{**filled, "member_states": list(case.states)})


def _typed(value: Any) -> str:
    return "\n".join(value) if isinstance(value, list) else str(value)


def _wizard(
    request: Request,
    session: Session,
    actor: Actor,
    case: Case,
    group: Group,
    form: Form,
    status: int = 200,
) -> Response:
    row, groups = case.filing, case.authority.groups
    assert row is not None
    kind = case.substance.asset.kind
    number = groups.index(group) + 1
    return page(
        request,
        "recordation/step.html",
        status=status,
        form=form,
        filing=row,
        authority=case.authority,
        group=group,
        steps=[(one, f"/filings/{row.id}/steps/{one.key}") for one in groups],
        number=number,
        fields=[
            (need, _shown(case, need), is_needed(case, need.when), limits_of(need, case.authority))
            for need in group.fields
            if not need.rights or kind in need.rights
        ],
        following=groups[number].key if number < len(groups) else "",
        when=WHEN_NAMES,
        states=[
            Option(one, one, data=True) for one in library().words.facts["member_state"].values
        ],
        writes=row.status in EDITED
        and actor.can(Permission.RECORDATION_WRITE)
        and acts_for(session, actor, row),
        gaps=[gap for gap in readiness(case).gaps if f"/steps/{group.key}#" in gap.href],
    )


def _shown(case: Case, need: FieldNeed) -> Any:
    """Return what the substance answers, for the hint beside an empty field."""
    if need.source is None:
        return value_of(case, need)
    return case.substance.facts.get(need.source, "")


@router.post("/filings/{filing_id}/steps/{group}")
def save(
    request: Request,
    filing_id: UUID,
    group: str,
    actor: Writer,
    session: DbSession,
    sent: PostedForm,
) -> Response:
    """Save a page of the form and go on to the next."""
    row = Filings(session, actor).to_change(filing_id)
    case = case_of(session, actor, row)
    chosen = _group(case, group)
    asks_states = any(need.kind is FieldKind.STATES for need in chosen.fields)
    values = {
        need.key: str(sent.get(need.key, ""))
        for need in chosen.fields
        if need.kind not in {FieldKind.STATES, FieldKind.PICTURES}
    }
    states = [str(one) for one in sent.getlist("member_states")] if asks_states else None
    try:
        with session.begin_nested():
            version = version_of(sent)
            save_answers(session, actor, row, group, values, version=version, states=states)
    except Problem as problem:
        form = Form.after(problem, sent)
        return _wizard(request, session, actor, case, chosen, form, problem.status)
    groups = case.authority.groups
    place = groups.index(chosen) + 1
    onward = f"steps/{groups[place].key}" if place < len(groups) else "papers"
    return RedirectResponse(f"/filings/{row.id}/{onward}", SEE_OTHER)


@router.get("/filings/{filing_id}/papers")
def papers(request: Request, filing_id: UUID, actor: Reader, session: DbSession) -> Response:
    """Show the authority's checklist of documents, and what is there."""
    row = Filings(session, actor).get(filing_id)
    return _papers(request, session, actor, row, Form.blank())


OF_OTHER_RIGHTS = frozenset({When.PATENT, When.COPYRIGHT})
"""Documents for one kind of right only: with any other they are not asked for, nor shown."""


def _papers(
    request: Request, session: Session, actor: Actor, row: Filing, form: Form, status: int = 200
) -> Response:
    case = case_of(session, actor, row)
    there = Filings(session, actor).papers(row.id)
    return page(
        request,
        "recordation/papers.html",
        status=status,
        form=form,
        filing=row,
        authority=case.authority,
        rows=[
            (need, is_needed(case, need.when), [f for paper, f in there if paper.key == need.key])
            for need in case.authority.documents
            if need.when not in OF_OTHER_RIGHTS
            or is_needed(case, need.when)
            or any(paper.key == need.key for paper, _ in there)
        ],
        when=WHEN_NAMES,
        writes=row.status in EDITED
        and actor.can(Permission.RECORDATION_WRITE)
        and acts_for(session, actor, row),
    )


@router.post("/filings/{filing_id}/papers")
def put_paper(
    request: Request, filing_id: UUID, actor: Writer, session: DbSession, sent: PostedForm
) -> Response:
    """Add a document to the checklist, or take one away."""
    row = Filings(session, actor).to_change(filing_id)
    key, gone = str(sent.get("key", "")), str(sent.get("remove", ""))
    try:
        with session.begin_nested():
            if gone:
                remove_paper(session, actor, row, key, id_of(gone))
            else:
                owner = row.organisation_id
                kept = keep_file(request, session, actor, sent, "file", owner=owner)
                file_id = needed(kept, "file")
                add_paper(session, actor, row, key, file_id)
    except Problem as problem:
        return _papers(request, session, actor, row, Form.after(problem, sent), problem.status)
    return RedirectResponse(f"/filings/{row.id}/papers#paper-{key}", SEE_OTHER)


@router.get("/filings/{filing_id}/check")
def check(request: Request, filing_id: UUID, actor: Reader, session: DbSession) -> Response:
    """Show all answers and papers as they would be sent, and every gap; who checks, returns it."""
    row = Filings(session, actor).get(filing_id)
    case = case_of(session, actor, row)
    kind = case.substance.asset.kind
    there = Filings(session, actor).papers(row.id)
    return page(
        request,
        "recordation/check.html",
        filing=row,
        authority=case.authority,
        asset=case.substance.asset,
        tag=STATUS_TAGS[row.status],
        ready=readiness(case),
        groups=[
            (
                group,
                [
                    (need, value_of(case, need))
                    for need in group.fields
                    if not need.rights or kind in need.rights
                ],
            )
            for group in case.authority.groups
        ],
        papers=there,
        paper_names={need.key: need.label for need in case.authority.documents},
        moves=[row_ for row_ in offered(session, actor, row) if row_.source in ("draft", "ready")],
        asks=ASKS,
        form=Form.blank(),
    )
