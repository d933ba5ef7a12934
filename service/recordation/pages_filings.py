"""Pages of filings: register, wizard, papers, check and review, steps, packs and letters."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response, StreamingResponse
from pydantic import ConfigDict
from sqlalchemy.orm import Session

from service.core.db import Db, DbSession
from service.core.errors import NotFound, Problem
from service.core.pagination import CursorOfQuery
from service.core.text import N_
from service.identity.permissions import Actor, Permission
from service.recordation.access import Reader, Writer
from service.recordation.api_filings import download, pack_of
from service.recordation.domain import EDITED, ROUNDS, FilingStatus
from service.recordation.models import Filing
from service.recordation.packs.letters import LETTERS, letter_pdf, letter_word, user_list
from service.recordation.repository import Assets, Filings
from service.recordation.schemas import StepIn
from service.recordation.sending import keep_file, needed, streamed
from service.recordation.showing import clocks_of, events_of
from service.recordation.tags import STATUS_TAGS, WHEN_NAMES
from service.recordation.usecases.cases import case_of
from service.recordation.usecases.filings import (
    add_paper,
    begin_filing,
    refile,
    remove_paper,
    save_answers,
)
from service.recordation.usecases.moving import Entry, acts_for, offered, take_step
from service.recordation.usecases.packing import file_of, matter_of
from service.recordation.usecases.readiness import Case, is_needed, readiness, value_of
from service.recordation.usecases.ways import FILING
from service.rules.authorities import FieldKind, FieldNeed, Group, authorities
from service.rules.authorities.showing import limits_of
from service.rules.loader import library
from service.ui.forms import Form, PostedForm, read_form
from service.ui.i18n import language_of
from service.ui.render import page
from service.ui.views import Option

router = APIRouter()
SEE_OTHER = 303
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ASKS = {
    "submit": ("when", "receipt_no", "proof", "application_no", "fee", "paid_on"),
    "submit_again": ("when", "receipt_no", "proof"),
    "accept": ("when", "application_no"),
    "ask_correction": ("when", "correction_due", "note"),
    "grant": ("when", "decision"),
    "refuse": ("when", "decision", "note"),
    "withdraw": ("note",),
    "enter": ("recordation_no", "effective_on", "expires_on"),
    "submit_renewal": ("when", "receipt_no", "proof", "fee", "paid_on"),
    "renew": ("when", "decision", "recordation_no", "expires_on"),
    "refuse_renewal": ("when", "decision", "note"),
    "cancel": ("when", "decision", "note"),
    "deregister": ("when", "decision", "note"),
    "suspend": ("when", "decision", "note"),
    "resume": ("when", "decision"),
    "send_back": ("note",),
    "confirm": ("note",),
}
"""What is entered with a step, in the order of the form."""


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
    try:
        asset_id = UUID(str(sent.get("asset_id", "")))
    except ValueError:
        raise NotFound(N_("There is no such right.")) from None
    asset = Assets(session, actor).get(asset_id)
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
        events=events_of(session, actor, row, language),
        letters=LETTERS,
        over=not FILING.open(row.status),
    )


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
            version = _number(sent.get("version"))
            save_answers(session, actor, row, group, values, version=version, states=states)
    except Problem as problem:
        form = Form.after(problem, sent)
        return _wizard(request, session, actor, case, chosen, form, problem.status)
    groups = case.authority.groups
    place = groups.index(chosen) + 1
    onward = f"steps/{groups[place].key}" if place < len(groups) else "papers"
    return RedirectResponse(f"/filings/{row.id}/{onward}", SEE_OTHER)


def _number(text: Any) -> int:
    return int(text) if isinstance(text, str) and text.isdecimal() else -1


@router.get("/filings/{filing_id}/papers")
def papers(request: Request, filing_id: UUID, actor: Reader, session: DbSession) -> Response:
    """Show the authority's checklist of documents, and what is there."""
    row = Filings(session, actor).get(filing_id)
    return _papers(request, session, actor, row, Form.blank())


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
                remove_paper(session, actor, row, key, UUID(gone))
            else:
                owner = row.organisation_id
                kept = keep_file(request, session, actor, sent, "file", owner=owner)
                file_id = needed(kept, "file")
                add_paper(session, actor, row, key, file_id)
    except ValueError:
        raise NotFound(N_("There is no such document.")) from None
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
        moves=[row_ for row_ in offered(session, actor, row) if row_.source in ("draft", "ready")],
        asks=ASKS,
        form=Form.blank(),
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
            version = _number(sent.get("version"))
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


@router.post("/filings/{filing_id}/anew")
def anew(filing_id: UUID, actor: Writer, session: DbSession) -> Response:
    """Begin a new filing in place of one that is over."""
    row = Filings(session, actor).to_change(filing_id)
    return RedirectResponse(f"/filings/{refile(session, actor, row).id}", SEE_OTHER)


@router.get("/filings/{filing_id}/files/{file_id}")
def file(
    filing_id: UUID, file_id: UUID, request: Request, actor: Reader, database: Db
) -> StreamingResponse:
    """Give a paper or picture of a filing to whoever may see the filing."""
    with database.read() as session:
        row = file_of(session, actor, Filings(session, actor).get(filing_id), file_id)
    return streamed(request, row)


@router.get("/filings/{filing_id}/pack")
def pack(filing_id: UUID, request: Request, actor: Reader, database: Db) -> Response:
    """Give the filing pack."""
    return pack_of(filing_id, request, actor, database)


@router.get("/filings/{filing_id}/letters/{name}")
def letter(
    filing_id: UUID, name: str, actor: Reader, database: Db, user: UUID | None = None
) -> Response:
    """Give a letter as PDF or Word, or the list of authorised users as a workbook."""
    key, _, kind = name.partition(".")
    with database.read() as session:
        row = Filings(session, actor).get(filing_id)
        matter = matter_of(session, actor, row, user_id=user)
    if name == "users.xlsx":
        return download(user_list(matter.users), SHEET, name)
    if key not in LETTERS or kind not in {"pdf", "docx"}:
        raise NotFound(N_("There is no such paper."))
    made = letter_pdf(key, matter) if kind == "pdf" else letter_word(key, matter)
    return download(made, "application/pdf" if kind == "pdf" else WORD, name)
