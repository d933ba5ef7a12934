"""The inbox, what is mailed and when, and webhooks."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.orm import Session

from service.core.db import DbSession, database_of
from service.core.errors import Problem
from service.core.pagination import CursorOfQuery
from service.core.text import N_
from service.identity.permissions import Actor, Permission, current_actor_or_none, require
from service.notices.domain import message_of
from service.notices.hours import Hours, calendar_keys, calendar_name
from service.notices.repository import Endpoints, Inbox
from service.notices.schemas import HoursBody, TopicsBody, WebhookIn
from service.notices.topics import TOPICS
from service.notices.usecases.choosing import (
    choose_topics,
    hours_of,
    mailed_topics,
    set_hours,
)
from service.notices.usecases.reading import read_all_notices, read_notice
from service.notices.usecases.subscribing import add_endpoint, remove_endpoint, renew_secret
from service.notices.wording import told
from service.ui.forms import Form, PostedForm, read_form
from service.ui.i18n import Language, language_of, translator
from service.ui.navigation import Entry, Group
from service.ui.render import page
from service.ui.views import Option

router = APIRouter(include_in_schema=False)
SEE_OTHER = 303
Reader = Annotated[Actor, Depends(require(Permission.NOTICE_READ))]
Manager = Annotated[Actor, Depends(require(Permission.NOTICE_MANAGE))]


def unread_of(request: Request) -> int:
    """Count the unread notices of who looks at a page, for the page's frame."""
    actor = current_actor_or_none(request)
    if actor is None:
        return 0
    with database_of(request).read() as session:
        return Inbox(session, actor).unread()


NAVIGATION: Sequence[Entry] = (
    Entry("/notices", N_("Notices"), Group.WORK, Permission.NOTICE_READ.value, count=unread_of),
    Entry("/webhooks", N_("Webhooks"), Group.ADMINISTRATION, Permission.NOTICE_MANAGE.value),
)


@router.get("/notices")
def inbox_page(
    request: Request,
    actor: Reader,
    session: DbSession,
    cursor: CursorOfQuery,
    unread: bool = False,
) -> Response:
    """Show one's notices, newest first."""
    rows, following = Inbox(session, actor).page(cursor, unread=unread)
    words = translator(language_of(request))
    shown = [
        {
            "row": row,
            "title": told(message_of(row.notice.title), words),
            "text": told(message_of(row.notice.text), words) if row.notice.text else "",
        }
        for row in rows
    ]
    return page(
        request,
        "notices/inbox.html",
        shown=shown,
        next=following,
        only_unread=unread,
        topics=TOPICS,
    )


@router.post("/notices/read")
def read_all(actor: Reader, session: DbSession) -> Response:
    """Mark all of one's notices as read."""
    read_all_notices(session, actor)
    return RedirectResponse("/notices", SEE_OTHER)


@router.post("/notices/{notice_id}/open")
def open_notice(notice_id: UUID, actor: Reader, session: DbSession) -> Response:
    """Mark a notice as read and go to what it is about."""
    return RedirectResponse(read_notice(session, actor, notice_id).notice.link, SEE_OTHER)


@router.get("/notices/choices")
def choices_page(request: Request, actor: Reader, session: DbSession) -> Response:
    """Show what is mailed, and when."""
    return _choices(request, actor, session)


def _choices(
    request: Request,
    actor: Actor,
    session: Session,
    form: Form | None = None,
    *,
    status: int = HTTPStatus.OK,
) -> Response:
    hours = hours_of(session, actor)
    mailed = [topic.value for topic, chosen in mailed_topics(session, actor).items() if chosen]
    values = HoursBody.model_validate(hours).model_dump()
    return page(
        request,
        "notices/choices.html",
        status=status,
        form=form or Form.blank(mailed=mailed, **values),
        topics=[Option(topic.value, kind.label) for topic, kind in TOPICS.items()],
        calendars=[Option(key, name, data=True) for key, name in _calendars(request)],
        manages=actor.can(Permission.NOTICE_MANAGE),
        hours=hours,
        calendar=calendar_name(hours.calendar),
    )


def _calendars(request: Request) -> list[tuple[str, str]]:
    """Return the calendars by what they are called in the reader's language."""
    chinese = language_of(request) is Language.ZH_HANS
    named = {key: calendar_name(key) for key in calendar_keys()}
    told = [(key, name.zh if chinese else name.en) for key, name in named.items()]
    return sorted(told, key=lambda one: one[1])


@router.post("/notices/choices")
def choose(request: Request, actor: Reader, session: DbSession, sent: PostedForm) -> Response:
    """Choose what is mailed."""
    try:
        choose_topics(session, actor, read_form(TopicsBody, sent).mailed)
    except Problem as problem:
        form = Form.after(problem, sent)
        return _choices(request, actor, session, form, status=problem.status)
    return RedirectResponse("/notices/choices", SEE_OTHER)


@router.post("/notices/hours")
def change_hours(
    request: Request, actor: Manager, session: DbSession, sent: PostedForm
) -> Response:
    """Set when one's organisation is at work."""
    try:
        set_hours(session, actor, Hours(**read_form(HoursBody, sent).model_dump()))
    except Problem as problem:
        form = Form.after(problem, sent)
        return _choices(request, actor, session, form, status=problem.status)
    return RedirectResponse("/notices/choices", SEE_OTHER)


@router.get("/webhooks")
def webhooks_page(request: Request, actor: Manager, session: DbSession) -> Response:
    """List the webhook endpoints of one's organisation."""
    return _webhooks(request, actor, session)


def _webhooks(
    request: Request,
    actor: Actor,
    session: Session,
    form: Form | None = None,
    *,
    secret: str = "",
    status: int = HTTPStatus.OK,
) -> Response:
    return page(
        request,
        "notices/webhooks.html",
        status=status,
        form=form or Form.blank(),
        rows=Endpoints(session, actor).all(),
        topics=[Option(topic.value, kind.label) for topic, kind in TOPICS.items()],
        secret=secret,
    )


@router.post("/webhooks")
def add_webhook(request: Request, actor: Manager, session: DbSession, sent: PostedForm) -> Response:
    """Add an endpoint and show its secret this once."""
    try:
        body = read_form(WebhookIn, sent)
        _, secret = add_endpoint(session, actor, url=body.url, topics=body.topics)
    except Problem as problem:
        form = Form.after(problem, sent)
        return _webhooks(request, actor, session, form, status=problem.status)
    return _webhooks(request, actor, session, secret=secret)


@router.post("/webhooks/{webhook_id}/secret")
def renew(request: Request, webhook_id: UUID, actor: Manager, session: DbSession) -> Response:
    """Replace the secret of an endpoint and show the new one this once."""
    _, secret = renew_secret(session, actor, webhook_id)
    return _webhooks(request, actor, session, secret=secret)


@router.post("/webhooks/{webhook_id}/remove")
def remove_webhook(webhook_id: UUID, actor: Manager, session: DbSession) -> Response:
    """Remove an endpoint."""
    remove_endpoint(session, actor, webhook_id)
    return RedirectResponse("/webhooks", SEE_OTHER)
