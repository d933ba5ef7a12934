"""Pages of documents: those of a case, making one, its versions and signatures, the volume."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.orm import Session

from service.cases.reckoning import local_day
from service.cases.repository import Threads
from service.core import clock
from service.core.db import Db, DbSession
from service.core.errors import FieldError, Invalid, Problem
from service.core.text import N_
from service.dispute.domain import TRACK_KINDS
from service.dispute.making import file_of, make, remake, volume_of
from service.dispute.models import Track
from service.dispute.papers.facts import FACTS
from service.dispute.papers.kinds import PaperKind, offered, paper_kinds, signers
from service.dispute.repository import Cases
from service.dispute.repository_papers import Papers
from service.dispute.schemas_papers import PaperForm, VersionNumber
from service.dispute.usecases.binding import contents_of, named
from service.dispute.usecases.makers import hindrance, may_make
from service.dispute.usecases.papers import (
    kind_of,
    known_of,
    missing_facts,
    note_signature,
    where_entered,
)
from service.identity.permissions import Actor, Permission, require
from service.identity.repository import names_of
from service.ui.documents.pairs import TOLD, Told
from service.ui.forms import Form, PostedForm, read_form
from service.ui.render import page

router = APIRouter(include_in_schema=False)
SEE_OTHER = 303
ENTRY = "entries."
Reader = Annotated[Actor, Depends(require(Permission.CASE_READ))]
Maker = Annotated[Actor, Depends(require(Permission.DOCUMENT_MAKE))]
Signer = Annotated[Actor, Depends(require(Permission.DOCUMENT_SIGN))]
Exporter = Annotated[Actor, Depends(require(Permission.EVIDENCE_EXPORT))]
TOLD_OPTIONS = [(told.value, name) for told, name in TOLD.items()]


@router.get("/cases/{case_id}/documents")
def listing(request: Request, case_id: UUID, actor: Reader, session: DbSession) -> Response:
    """List the documents of a case, and those that can be made for it."""
    cases = Cases(session, actor)
    thread, case = cases.get(case_id)
    sight, tracks = Threads(session, actor).sight(thread), cases.tracks(thread)
    open_ = thread.closed_at is None and actor.can(Permission.DOCUMENT_MAKE)
    places: list[Track | None] = [None] if sight.whole else []
    makeable = [
        (track, [kind for kind in offered(track) if may_make(actor, kind, track)])
        for track in [*places, *tracks]
        if open_ and (sight.writes or (track is not None and track.id in sight.written))
    ]
    papers = Papers(session, actor)
    return page(
        request,
        "dispute/papers.html",
        thread=thread,
        case=case,
        whole=sight.whole,
        rows=[(row, papers.version(row, row.versions)) for row in papers.of(case_id)],
        makeable=[(track, kinds) for track, kinds in makeable if kinds],
        tracks={track.id: track for track in tracks},
        unsigned={row.id: count for row, count in papers.unsigned()},
        kinds=paper_kinds(),
        names=TRACK_KINDS,
    )


@router.get("/cases/{case_id}/documents/new")
def new_page(
    request: Request,
    case_id: UUID,
    actor: Maker,
    session: DbSession,
    kind: str = "",
    track_id: UUID | None = None,
) -> Response:
    """Ask what the case does not know."""
    Cases(session, actor).get(case_id)
    form = Form.blank(kind=kind, track_id=track_id or "", told=Told.BOTH.value)
    return _new(request, actor, session, case_id, kind_of(kind), track_id, form)


def _new(
    request: Request,
    actor: Actor,
    session: Session,
    case_id: UUID,
    kind: PaperKind,
    track_id: UUID | None,
    form: Form,
    *,
    status: int = 200,
) -> Response:
    known = known_of(session, actor, case_id, track_id)
    missing = missing_facts(kind, known)
    return page(
        request,
        "dispute/paper_new.html",
        status=status,
        thread=known.thread,
        case=known.case,
        kind=kind,
        track_id=track_id or "",
        hindrance=hindrance(kind, known.roster, local_day(clock.now())),
        missing=[(FACTS[name].label, where_entered(name, known)) for name in missing],
        told=TOLD_OPTIONS,
        prefix=ENTRY,
        form=form,
    )


@router.post("/cases/{case_id}/documents")
def add(
    request: Request,
    case_id: UUID,
    actor: Maker,
    database: Db,
    session: DbSession,
    sent: PostedForm,
) -> Response:
    """Make a document."""
    with database.read() as before:
        Cases(before, actor).get(case_id)
    kind, track_id = kind_of(str(sent.get("kind", ""))), None
    try:
        form = read_form(PaperForm, sent)
        track_id = form.track_id
        row = make(
            request,
            database,
            session,
            actor,
            case_id,
            entries=_entries(sent),
            **form.model_dump(),
        )
    except Problem as problem:
        with database.read() as after:
            again = Form.after(_said(problem), sent)
            return _new(
                request, actor, after, case_id, kind, track_id, again, status=problem.status
            )
    return RedirectResponse(f"/documents/{row.id}", SEE_OTHER)


def _entries(sent: Mapping[str, Any]) -> dict[str, str]:
    return {
        name.removeprefix(ENTRY): str(value)
        for name, value in sent.items()
        if name.startswith(ENTRY)
    }


def _said(problem: Problem) -> Problem:
    """Leave what the case does not say to the list above the form."""
    problem.errors = tuple(error for error in problem.errors if error.field)
    return problem


@router.get("/documents/{document_id}")
def paper_page(request: Request, document_id: UUID, actor: Reader, session: DbSession) -> Response:
    """Show a document: its versions, files and signatures."""
    return _paper(request, actor, session, document_id, Form.blank(told=Told.BOTH.value))


def _paper(
    request: Request,
    actor: Actor,
    session: Session,
    document_id: UUID,
    form: Form,
    *,
    status: int = 200,
) -> Response:
    papers, threads = Papers(session, actor), Threads(session, actor)
    row = papers.get(document_id)
    thread, versions = threads.get(row.thread_id), papers.versions(row)
    sight = threads.sight(thread)
    writes = thread.closed_at is None and (sight.writes or row.part_id in sight.written)
    kind = paper_kinds()[row.kind]
    track = None
    if row.part_id != row.thread_id:
        track = Cases(session, actor).track(row.thread_id, row.part_id)[1]
    last = versions[0]
    filled = {f"{ENTRY}{key}": value for key, value in last.entries.items()}
    return page(
        request,
        "dispute/paper.html",
        status=status,
        thread=thread,
        row=row,
        kind=kind,
        versions=versions,
        last=last,
        signatures=papers.signatures(last),
        makers=names_of(session, [one.made_by for one in versions if one.made_by]),
        signer_names={key: text.model_dump() for key, text in signers().items()},
        makes=writes and actor.can(Permission.DOCUMENT_MAKE) and may_make(actor, kind, track),
        signs=writes and actor.can(Permission.DOCUMENT_SIGN),
        told=TOLD_OPTIONS,
        told_names=TOLD,
        prefix=ENTRY,
        form=form if form.errors else Form.blank(told=last.told.value, **filled),
    )


@router.post("/documents/{document_id}/versions")
def again(
    request: Request,
    document_id: UUID,
    actor: Maker,
    database: Db,
    session: DbSession,
    sent: PostedForm,
) -> Response:
    """Make a document again."""
    with database.read() as before:
        Papers(before, actor).get(document_id)
    try:
        told = _told(str(sent.get("told", "")))
        remake(request, database, session, actor, document_id, told=told, entries=_entries(sent))
    except Problem as problem:
        return _refused(request, actor, database, document_id, problem, sent)
    return RedirectResponse(f"/documents/{document_id}", SEE_OTHER)


def _told(value: str) -> Told:
    if value not in set(Told):
        detail = N_("Choose one of the answers offered.")
        raise Invalid(detail, errors=[FieldError("told", detail)])
    return Told(value)


@router.post("/documents/{document_id}/signatures/{signature_id}")
def sign(
    request: Request,
    document_id: UUID,
    signature_id: UUID,
    actor: Signer,
    database: Db,
    sent: PostedForm,
) -> Response:
    """Note a signature."""
    with database.read() as before:
        Papers(before, actor).get(document_id)
    try:
        on = _day(str(sent.get("on", "")))
        with database.write() as fresh:
            note_signature(
                fresh, actor, document_id, signature_id, on=on, proof=str(sent.get("proof", ""))
            )
    except Problem as problem:
        problem.errors = tuple(FieldError("", e.message, e.values) for e in problem.errors)
        return _refused(request, actor, database, document_id, problem, sent)
    return RedirectResponse(f"/documents/{document_id}", SEE_OTHER)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        detail = N_("Enter a date as year-month-day, such as 2026-01-31.")
        raise Invalid(detail, errors=[FieldError("on", detail)]) from None


def _refused(
    request: Request, actor: Actor, database: Any, document_id: UUID, problem: Problem, sent: Any
) -> Response:
    with database.read() as session:
        form = Form.after(problem, sent)
        return _paper(request, actor, session, document_id, form, status=problem.status)


@router.get("/documents/{document_id}/versions/{number}/pdf")
def pdf_file(
    request: Request, document_id: UUID, number: VersionNumber, actor: Reader, session: DbSession
) -> Response:
    """Give a version as PDF."""
    return file_of(request, session, actor, document_id, number, word=False)


@router.get("/documents/{document_id}/versions/{number}/word")
def word_file(
    request: Request, document_id: UUID, number: VersionNumber, actor: Reader, session: DbSession
) -> Response:
    """Give a version for Word."""
    return file_of(request, session, actor, document_id, number, word=True)


@router.get("/cases/{case_id}/volume")
def volume_page(request: Request, case_id: UUID, actor: Reader, session: DbSession) -> Response:
    """Show what the volume would hold, and what is missing."""
    found = contents_of(session, actor, case_id)
    makes = found.thread.closed_at is None and actor.can(Permission.DOCUMENT_MAKE)
    return page(
        request,
        "dispute/volume.html",
        thread=found.thread,
        case=found.case,
        papers=found.papers,
        evidence=found.evidence,
        kinds=paper_kinds(),
        missing=[
            (one, named(one), makes and may_make(actor, one.kind, one.track))
            for one in found.missing
        ],
        binds=actor.can(Permission.EVIDENCE_EXPORT),
    )


@router.post("/cases/{case_id}/volume")
def bound(request: Request, case_id: UUID, actor: Exporter, database: Db) -> Response:
    """Give the volume as PDF."""
    return volume_of(request, database, actor, case_id)
