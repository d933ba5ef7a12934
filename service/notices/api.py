"""Notices, preferences, working hours and webhooks as JSON."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Response

from service.core.db import DbSession
from service.core.pagination import CursorOfQuery, Page
from service.identity.permissions import Actor, Permission, require
from service.identity.replay import OnceRoute
from service.notices import jobs as jobs  # registers the jobs of notices
from service.notices.hours import Hours
from service.notices.models import Endpoint
from service.notices.repository import Endpoints, Inbox
from service.notices.schemas import (
    HoursBody,
    NoticeOut,
    TopicsBody,
    UnreadOut,
    WebhookIn,
    WebhookMade,
    WebhookOut,
)
from service.notices.usecases.choosing import (
    choose_topics,
    hours_of,
    mailed_topics,
    set_hours,
)
from service.notices.usecases.reading import read_all_notices, read_notice
from service.notices.usecases.subscribing import add_endpoint, remove_endpoint, renew_secret

router = APIRouter(prefix="/api/v1", tags=["notices"], route_class=OnceRoute)
Reader = Annotated[Actor, Depends(require(Permission.NOTICE_READ))]
Manager = Annotated[Actor, Depends(require(Permission.NOTICE_MANAGE))]


@router.get("/notices")
def listing(
    actor: Reader, session: DbSession, cursor: CursorOfQuery, unread: bool = False
) -> Page[NoticeOut]:
    """List one's own notices, newest first; with `unread` only those nobody opened."""
    rows, following = Inbox(session, actor).page(cursor, unread=unread)
    return Page(items=[NoticeOut.of(row) for row in rows], next=following)


@router.get("/notices/unread")
def unread(actor: Reader, session: DbSession) -> UnreadOut:
    """Count one's own notices that nobody opened."""
    return UnreadOut(unread=Inbox(session, actor).unread())


@router.post("/notices/read", status_code=204)
def read_all(actor: Reader, session: DbSession) -> None:
    """Mark all of one's own notices as read."""
    read_all_notices(session, actor)


@router.get("/notices/topics")
def topics(actor: Reader, session: DbSession) -> TopicsBody:
    """Tell which topics one is mailed about."""
    chosen = mailed_topics(session, actor)
    return TopicsBody(mailed=[topic for topic, mailed in chosen.items() if mailed])


@router.put("/notices/topics")
def choose(body: TopicsBody, actor: Reader, session: DbSession) -> TopicsBody:
    """Choose which topics one is mailed about; the inbox has all of them."""
    choose_topics(session, actor, body.mailed)
    return body


@router.get("/notices/hours")
def hours(actor: Reader, session: DbSession) -> HoursBody:
    """Tell when one's organisation is at work: what is not urgent is mailed then."""
    return HoursBody.model_validate(hours_of(session, actor))


@router.put("/notices/hours")
def change_hours(body: HoursBody, actor: Manager, session: DbSession) -> HoursBody:
    """Set when one's organisation is at work."""
    set_hours(session, actor, Hours(**body.model_dump()))
    return body


@router.post("/notices/{notice_id}/read")
def read(notice_id: UUID, actor: Reader, session: DbSession) -> NoticeOut:
    """Mark a notice as read."""
    return NoticeOut.of(read_notice(session, actor, notice_id))


@router.get("/webhooks")
def endpoints(actor: Manager, session: DbSession) -> list[WebhookOut]:
    """List the webhook endpoints of one's organisation, newest first."""
    return [WebhookOut.model_validate(row) for row in Endpoints(session, actor).all()]


@router.post("/webhooks", status_code=201)
def add(body: WebhookIn, response: Response, actor: Manager, session: DbSession) -> WebhookMade:
    """Add a webhook endpoint. The secret is in this answer and in no other."""
    row, secret = add_endpoint(session, actor, url=body.url, topics=body.topics)
    response.headers["Location"] = f"/api/v1/webhooks/{row.id}"
    return _made(row, secret)


@router.get("/webhooks/{webhook_id}")
def endpoint(webhook_id: UUID, actor: Manager, session: DbSession) -> WebhookOut:
    """Give a webhook endpoint."""
    return WebhookOut.model_validate(Endpoints(session, actor).get(webhook_id))


@router.post("/webhooks/{webhook_id}/secret")
def renew(webhook_id: UUID, actor: Manager, session: DbSession) -> WebhookMade:
    """Replace the secret; the new one is in this answer and in no other."""
    return _made(*renew_secret(session, actor, webhook_id))


@router.delete("/webhooks/{webhook_id}", status_code=204)
def remove(webhook_id: UUID, actor: Manager, session: DbSession) -> None:
    """Remove a webhook endpoint."""
    remove_endpoint(session, actor, webhook_id)


def _made(row: Endpoint, secret: str) -> WebhookMade:
    told = WebhookOut.model_validate(row).model_dump()
    return WebhookMade(**told, secret=secret)
