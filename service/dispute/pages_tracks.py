"""The page of one track: its steps with what they miss, what it is told, its clocks, mediation."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.orm import Session

from service.cases.reckoning import ZONE
from service.cases.repository import Deadlines, Threads, Timeline
from service.cases.repository_evidence import Items
from service.cases.showing import deadline_view, events_of, tags_of
from service.core.db import DbSession
from service.core.errors import FieldError, Invalid, Problem
from service.core.text import N_
from service.dispute import domain as d
from service.dispute.repository import Agreements, Cases, Proposals, Sessions
from service.dispute.schemas import AgreementIn, MoveForm, ProposalIn, TrackChange
from service.dispute.steps import steps_of
from service.dispute.tables import details_of, table_of
from service.dispute.usecases.mediating import (
    hold_session,
    propose,
    set_session,
    sign_agreement,
    write_agreement,
)
from service.dispute.usecases.tracking import change_track, move_track, open_track
from service.identity.permissions import Actor, Permission, require
from service.rules.reading import read_trigger
from service.ui.forms import Form, PostedForm, read_form
from service.ui.i18n import language_of
from service.ui.render import page

router = APIRouter(include_in_schema=False)
SEE_OTHER = 303
Reader = Annotated[Actor, Depends(require(Permission.CASE_READ))]
Writer = Annotated[Actor, Depends(require(Permission.CASE_WRITE))]
Mover = Annotated[Actor, Depends(require(Permission.TRACK_MOVE))]
Conductor = Annotated[Actor, Depends(require(Permission.MEDIATION_CONDUCT))]
DETAIL = "detail."


@router.post("/cases/{case_id}/tracks")
def add_track(case_id: UUID, actor: Writer, session: DbSession, sent: PostedForm) -> Response:
    """Open one more track."""
    Cases(session, actor).get(case_id)
    try:
        kind = d.TrackKind(str(sent.get("kind", "")))
    except ValueError:
        detail = N_("Choose one of the answers offered.")
        raise Invalid(detail, errors=[FieldError("kind", detail)]) from None
    row = open_track(session, actor, case_id, kind, detail={})
    return RedirectResponse(f"/cases/{case_id}/tracks/{row.id}", SEE_OTHER)


@router.get("/cases/{case_id}/tracks/{track_id}")
def track_page(
    request: Request, case_id: UUID, track_id: UUID, actor: Reader, session: DbSession
) -> Response:
    """Show a track."""
    return _track(request, actor, session, (case_id, track_id))


def _track(
    request: Request,
    actor: Actor,
    session: Session,
    at: tuple[UUID, UUID],
    *,
    form: Form | None = None,
    status: int = 200,
) -> Response:
    thread, row = Cases(session, actor).track(*at)
    table, language = table_of(row.kind), language_of(request)
    sight = Threads(session, actor).sight(thread)
    writes = (sight.writes or row.id in sight.written) and thread.closed_at is None
    mediation = row.kind is d.TrackKind.MEDIATION
    filled = {f"{DETAIL}{name}": value for name, value in row.detail.items()}
    known = {"body_name": row.body_name, "number": row.number, "result": row.result}
    return page(
        request,
        "dispute/track.html",
        status=status,
        thread=thread,
        track=row,
        table=table,
        name=d.TRACK_KINDS[row.kind],
        tag=table.states[row.status].tag,
        path=f"/cases/{thread.id}/tracks/{row.id}",
        writes=writes,
        changes=writes and actor.can(Permission.CASE_WRITE),
        conducts=writes and mediation and actor.can(Permission.MEDIATION_CONDUCT),
        proposes=writes and mediation and actor.can(Permission.TRACK_MOVE),
        steps=steps_of(session, actor, thread, row, table) if writes else (),
        details=details_of(row.kind),
        prefix=DETAIL,
        parties=Cases(session, actor).parties(thread),
        deadlines=[
            (one, deadline_view(one, language), tags_of(one))
            for one in Deadlines(session, actor).of(thread.id, row.id)
        ],
        sessions=Sessions(session, actor).of(thread.id, row.id),
        proposals=Proposals(session, actor).of(thread.id, row.id),
        agreements=Agreements(session, actor).of(thread.id, row.id),
        evidence=Items(session, actor).of(thread.id, row.id),
        events=events_of(session, Timeline(session, actor).of(thread.id, row.id), language),
        form=form or Form.blank(version=row.version, **known, **filled),
    )


@contextmanager
def told_above() -> Iterator[None]:
    """Tell what is wrong above the page: its form stands there once for each meeting or party."""
    try:
        yield
    except Problem as problem:
        problem.errors = tuple(replace(error, field="") for error in problem.errors)
        raise


Work = Callable[[], object]


def _done(
    request: Request,
    actor: Actor,
    session: Session,
    at: tuple[UUID, UUID],
    sent: Any,
    work: Work,
) -> Response:
    """Do the work; a refusal shows the page again with what is wrong, and nothing half done."""
    Cases(session, actor).track(*at)
    try:
        with session.begin_nested():
            work()
    except Problem as problem:
        session.expire_all()
        form = Form.after(problem, sent)
        return _track(request, actor, session, at, form=form, status=problem.status)
    return RedirectResponse(f"/cases/{at[0]}/tracks/{at[1]}", SEE_OTHER)


@router.post("/cases/{case_id}/tracks/{track_id}/moves")
def step(
    request: Request,
    case_id: UUID,
    track_id: UUID,
    actor: Mover,
    session: DbSession,
    sent: PostedForm,
) -> Response:
    """Take a step of a track."""

    def work() -> None:
        body = read_form(MoveForm, sent)
        when = read_trigger(body.day) if body.day else None
        values = body.model_dump(exclude={"day", "event"})
        move_track(session, actor, case_id, track_id, body.event, when=when, **values)

    return _done(request, actor, session, (case_id, track_id), sent, work)


@router.post("/cases/{case_id}/tracks/{track_id}")
def change(
    request: Request,
    case_id: UUID,
    track_id: UUID,
    actor: Writer,
    session: DbSession,
    sent: PostedForm,
) -> Response:
    """Change what a track is told."""

    def work() -> None:
        body = read_form(TrackChange, sent).model_dump(exclude={"detail"})
        version = int(str(sent.get("version", "0")) or 0)
        change_track(
            session, actor, case_id, track_id, version=version, detail=_detail(sent), **body
        )

    return _done(request, actor, session, (case_id, track_id), sent, work)


def _detail(sent: Mapping[str, Any]) -> dict[str, str]:
    return {
        name.removeprefix(DETAIL): str(value).strip()
        for name, value in sent.items()
        if name.startswith(DETAIL)
    }


@router.post("/cases/{case_id}/tracks/{track_id}/sessions")
def add_session(
    request: Request,
    case_id: UUID,
    track_id: UUID,
    actor: Conductor,
    session: DbSession,
    sent: PostedForm,
) -> Response:
    """Set a meeting."""

    def work() -> None:
        at = read_trigger(str(sent.get("at", "")))
        if not isinstance(at, datetime):
            detail = N_("Give day and time.")
            raise Invalid(detail, errors=[FieldError("at", detail)])
        place = str(sent.get("place", "")).strip()
        if not place:
            detail = N_("Enter or choose something here.")
            raise Invalid(detail, errors=[FieldError("place", detail)])
        local = at if at.tzinfo else at.replace(tzinfo=ZoneInfo(ZONE))
        set_session(session, actor, case_id, track_id, at=local, place=place[:300])

    return _done(request, actor, session, (case_id, track_id), sent, work)


@router.post("/cases/{case_id}/tracks/{track_id}/sessions/{session_id}")
def hold(
    request: Request,
    case_id: UUID,
    track_id: UUID,
    session_id: UUID,
    actor: Conductor,
    session: DbSession,
    sent: PostedForm,
) -> Response:
    """Write the record of a meeting."""
    names = [line.strip()[:200] for line in str(sent.get("attendees", "")).splitlines()]
    checked = sent.get("identity_checked") == "yes"

    def work() -> None:
        with told_above():
            hold_session(
                session,
                actor,
                case_id,
                track_id,
                session_id,
                record=str(sent.get("record", ""))[:10_000],
                recording_agreed=sent.get("recording_agreed") == "yes",
                attendees=[{"name": n, "identity_checked": checked} for n in names if n],
            )

    return _done(request, actor, session, (case_id, track_id), sent, work)


@router.post("/cases/{case_id}/tracks/{track_id}/proposals")
def add_proposal(
    request: Request,
    case_id: UUID,
    track_id: UUID,
    actor: Mover,
    session: DbSession,
    sent: PostedForm,
) -> Response:
    """Note a confidential proposal."""

    def work() -> None:
        propose(session, actor, case_id, track_id, **read_form(ProposalIn, sent).model_dump())

    return _done(request, actor, session, (case_id, track_id), sent, work)


@router.post("/cases/{case_id}/tracks/{track_id}/agreement")
def write(
    request: Request,
    case_id: UUID,
    track_id: UUID,
    actor: Conductor,
    session: DbSession,
    sent: PostedForm,
) -> Response:
    """Write the agreement."""

    def work() -> None:
        values = read_form(AgreementIn, sent).model_dump()
        write_agreement(session, actor, case_id, track_id, values)

    return _done(request, actor, session, (case_id, track_id), sent, work)


@router.post("/cases/{case_id}/tracks/{track_id}/agreement/signatures/{party_id}")
def sign(
    request: Request,
    case_id: UUID,
    track_id: UUID,
    party_id: UUID,
    actor: Conductor,
    session: DbSession,
    sent: PostedForm,
) -> Response:
    """Note that a party has signed."""

    def work() -> None:
        try:
            on = date.fromisoformat(str(sent.get("on", "")))
        except ValueError:
            detail = N_("Enter a date as year-month-day, such as 2026-01-31.")
            raise Invalid(detail, errors=[FieldError("", detail)]) from None
        sign_agreement(session, actor, case_id, track_id, party_id, on=on)

    return _done(request, actor, session, (case_id, track_id), sent, work)
