"""Pages of the people of a matter, and of the bureau's guidance on it."""

from collections.abc import Callable, Mapping
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.orm import Session
from starlette.datastructures import FormData

from service.cases.domain import Audience, Confidentiality, ThreadKind
from service.cases.repository import Threads
from service.cases.showing import thread_path
from service.core.db import DbSession
from service.core.errors import Invalid, Problem
from service.core.text import N_
from service.dispute import domain as d
from service.dispute.pages_tracks import told_above
from service.dispute.repository import Cases
from service.dispute.usecases.tracking import refer
from service.identity.domain import Link
from service.identity.permissions import Actor, OrganisationKind, Permission
from service.identity.repository import Organisations, names_of
from service.station import domain as s
from service.station.access import (
    SEE_OTHER,
    CaseReader,
    Decider,
    Desk,
    Guide,
    NoteReader,
    Referrer,
)
from service.station.pages import options
from service.station.repository import GuidanceNotes, Stations
from service.station.schemas_people import (
    AssignIn,
    LetInIn,
    NoteIn,
    PassIn,
    SecrecyIn,
)
from service.station.showing import shown
from service.station.usecases.checking import likely
from service.station.usecases.guiding import read_note, write_note
from service.station.usecases.passing import pass_matter
from service.station.usecases.sharing import end_grant, let_into, whole_thread
from service.station.usecases.staffing import assign_matter, set_secrecy, standings
from service.ui.forms import Form, PostedForm, read_form
from service.ui.render import page
from service.ui.views import Option

router = APIRouter(include_in_schema=False)
SECRECY: Mapping[Confidentiality, str] = {
    Confidentiality.OPEN: N_("Open to the station"),
    Confidentiality.NAMED: N_("The handler, the leads and people named"),
    Confidentiality.SEALED: N_("Sealed: the handler and people named"),
}


@router.get("/threads/{thread_id}/people")
def people_page(
    request: Request, thread_id: UUID, actor: CaseReader, session: DbSession
) -> Response:
    """Show who works on a matter, who sees it, and whom its tracks were referred to."""
    return _people(request, actor, session, thread_id)


def _people(
    request: Request,
    actor: Actor,
    session: Session,
    thread_id: UUID,
    *,
    form: Form | None = None,
    status: int = 200,
) -> Response:
    thread = whole_thread(session, actor, thread_id)
    threads, organisations = Threads(session, actor), Organisations(session)
    writes = threads.sight(thread).writes and thread.closed_at is None
    grants = threads.grants(thread)
    own = actor.organisation_id == thread.station_id
    is_case = thread.kind is ThreadKind.DISPUTE
    return page(
        request,
        "station/people.html",
        status=status,
        thread=thread,
        matter=thread_path(thread),
        names=names_of(
            session,
            [p for p in (thread.handler_id, *(g.person_id for g in grants)) if p],
            [
                o
                for o in (
                    thread.station_id,
                    thread.organisation_id,
                    *(g.organisation_id for g in grants),
                )
                if o
            ],
        ),
        grants=grants,
        tracks=Cases(session, actor).tracks(thread) if is_case else [],
        track_names=d.TRACK_KINDS,
        experts=standings(session, actor, thread)
        if own and actor.can(Permission.INTAKE_DESK)
        else (),
        found=shown(session, actor, likely(session, thread))
        if own and is_case and actor.can(Permission.INTAKE_DESK)
        else None,
        colleagues=[
            Option(str(one.id), one.name, data=True)
            for one in (
                Stations(session, actor).people(thread.station_id)
                if own and thread.station_id
                else ()
            )
        ],
        bodies=[
            Option(str(one.id), one.name_zh, data=True)
            for kind in (OrganisationKind.BODY, OrganisationKind.CUSTOMS)
            for one in organisations.of_kind(kind)
        ],
        below=[
            Option(str(one.id), one.name_zh, data=True)
            for one in (
                organisations.linked_to(thread.station_id, Link.PARENT)
                if own and thread.station_id
                else ()
            )
        ],
        decides=writes and own and actor.can(Permission.CASE_ACCEPT),
        refers=writes and actor.can(Permission.CASE_REFER),
        secrecy=SECRECY,
        secrecy_options=options(SECRECY),
        words=s,
        form=form or Form.blank(confidentiality=thread.confidentiality.value),
    )


def _done(
    request: Request,
    actor: Actor,
    session: Session,
    thread_id: UUID,
    sent: FormData,
    work: Callable[[], object],
) -> Response:
    """Do the work; a refusal shows the page again with what is wrong, and nothing half done."""
    whole_thread(session, actor, thread_id)
    try:
        with session.begin_nested(), told_above():
            work()
    except Problem as problem:
        session.expire_all()
        form = Form.after(problem, sent)
        return _people(request, actor, session, thread_id, form=form, status=problem.status)
    return RedirectResponse(f"/threads/{thread_id}/people", SEE_OTHER)


@router.post("/threads/{thread_id}/handler")
def assign(
    request: Request, thread_id: UUID, actor: Decider, session: DbSession, sent: PostedForm
) -> Response:
    """Name who works on the matter."""

    def work() -> object:
        return assign_matter(session, actor, thread_id, read_form(AssignIn, sent).person_id)

    return _done(request, actor, session, thread_id, sent, work)


@router.post("/threads/{thread_id}/confidentiality")
def secrecy(
    request: Request, thread_id: UUID, actor: Decider, session: DbSession, sent: PostedForm
) -> Response:
    """Say who of the station sees the matter."""

    def work() -> object:
        value = read_form(SecrecyIn, sent).confidentiality
        return set_secrecy(session, actor, thread_id, value)

    return _done(request, actor, session, thread_id, sent, work)


@router.post("/threads/{thread_id}/grants")
def share(
    request: Request, thread_id: UUID, actor: Referrer, session: DbSession, sent: PostedForm
) -> Response:
    """Let a colleague into a matter that is not open to all."""

    def work() -> object:
        body = read_form(LetInIn, sent)
        audience = Audience.STAFF if actor.can(Permission.INTAKE_DESK) else Audience.OWNER
        return let_into(
            session, actor, thread_id, person_id=body.person_id, audience=audience, writes=True
        )

    return _done(request, actor, session, thread_id, sent, work)


@router.post("/threads/{thread_id}/grants/{grant_id}/end")
def unshare(
    request: Request,
    thread_id: UUID,
    grant_id: UUID,
    actor: Referrer,
    session: DbSession,
    sent: PostedForm,
) -> Response:
    """End a grant."""
    return _done(
        request,
        actor,
        session,
        thread_id,
        sent,
        lambda: end_grant(session, actor, thread_id, grant_id),
    )


@router.post("/cases/{case_id}/tracks/{track_id}/referral")
def refer_track(
    request: Request,
    case_id: UUID,
    track_id: UUID,
    actor: Referrer,
    session: DbSession,
    sent: PostedForm,
) -> Response:
    """Refer one track to an outside body, which then sees this track and nothing else."""
    thread, track = Cases(session, actor).track(case_id, track_id)

    def work() -> None:
        body = read_form(LetInIn, sent).organisation_id
        if body is None:
            raise Invalid(N_("Name the body that handles it."))
        refer(session, actor, thread, track, body)

    return _done(request, actor, session, case_id, sent, work)


@router.post("/threads/{thread_id}/passing")
def pass_on(
    request: Request, thread_id: UUID, actor: Decider, session: DbSession, sent: PostedForm
) -> Response:
    """Pass the matter up to the protection centre, or down to a station."""

    def work() -> object:
        return pass_matter(session, actor, thread_id, **read_form(PassIn, sent).model_dump())

    return _done(request, actor, session, thread_id, sent, work)


@router.get("/threads/{thread_id}/guidance")
def notes_page(
    request: Request, thread_id: UUID, actor: NoteReader, session: DbSession
) -> Response:
    """Show the notes of the bureau in a matter."""
    thread = whole_thread(session, actor, thread_id)
    rows = GuidanceNotes(session, actor).of(thread_id)
    return page(
        request,
        "station/notes.html",
        thread=thread,
        matter=thread_path(thread),
        rows=rows,
        names=names_of(session, [p for row in rows for p in (row.made_by, row.read_by) if p]),
        guides=actor.can(Permission.GUIDANCE_WRITE),
        reads=actor.can(Permission.INTAKE_DESK) and actor.organisation_id == thread.station_id,
        form=Form.blank(),
    )


@router.post("/threads/{thread_id}/guidance")
def add_note(thread_id: UUID, actor: Guide, session: DbSession, sent: PostedForm) -> Response:
    """Leave a note."""
    write_note(session, actor, thread_id, **read_form(NoteIn, sent).model_dump())
    return RedirectResponse(f"/threads/{thread_id}/guidance", SEE_OTHER)


@router.post("/threads/{thread_id}/guidance/{note_id}")
def read(
    thread_id: UUID, note_id: UUID, actor: Desk, session: DbSession, sent: PostedForm
) -> Response:
    """Note that a note was read, and answer it."""
    read_note(session, actor, thread_id, note_id, reply=str(sent.get("reply", "")))
    return RedirectResponse(f"/threads/{thread_id}/guidance", SEE_OTHER)
