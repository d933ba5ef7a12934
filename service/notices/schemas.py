"""Bodies of notices, preferences, working hours and webhooks."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from service.core.text import N_
from service.core.types import ToldOnce
from service.notices.domain import message_of
from service.notices.models import Delivery
from service.notices.topics import Topic
from service.notices.wording import told_in_both

Clock = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]


class Both(BaseModel):
    """A sentence in both languages."""

    zh: str
    en: str


class SubjectOut(BaseModel):
    """The thing a notice is about."""

    kind: str
    id: str


class NoticeOut(BaseModel):
    """A notice in the inbox."""

    id: UUID
    topic: Topic
    title: Both
    text: Both
    link: str = Field(description="Path of the page to open.")
    subject: SubjectOut
    urgent: bool
    at: datetime
    read_at: datetime | None

    @classmethod
    def of(cls, row: Delivery) -> "NoticeOut":
        """Return the notice of an inbox delivery."""
        notice = row.notice
        text = message_of(notice.text) if notice.text else None
        return cls(
            id=row.id,
            topic=notice.topic,
            title=_both(told_in_both(message_of(notice.title))),
            text=_both(told_in_both(text)),
            link=notice.link,
            subject=SubjectOut(kind=notice.subject_kind, id=notice.subject_id),
            urgent=notice.urgent,
            at=notice.created_at,
            read_at=row.read_at,
        )


def _both(told: dict[str, str]) -> Both:
    return Both(zh=told["zh-Hans"], en=told["en"])


class UnreadOut(BaseModel):
    """How many notices nobody opened."""

    unread: int


class TopicsBody(BaseModel):
    """The topics one is mailed about."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"mailed": ["watch.alert"]}]}
    )

    mailed: list[Topic]


class HoursBody(BaseModel):
    """When an organisation is at work."""

    model_config = ConfigDict(
        extra="forbid",
        from_attributes=True,
        json_schema_extra={
            "examples": [
                {
                    "time_zone": "Asia/Shanghai",
                    "calendar": "cn",
                    "opens": "09:00",
                    "closes": "18:00",
                }
            ]
        },
    )

    time_zone: str = Field(title=N_("Time zone"), max_length=64)
    calendar: str = Field(title=N_("Calendar"), max_length=64)
    opens: Clock = Field(title=N_("Work begins"))
    closes: Clock = Field(title=N_("Work ends"))


class WebhookIn(BaseModel):
    """A new webhook endpoint."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"url": "https://erp.example.com/markpass", "topics": ["watch.alert"]}]
        },
    )

    url: str = Field(title=N_("Address"), max_length=500)
    topics: list[Topic] = Field(title=N_("Topics"), min_length=1)


class WebhookOut(BaseModel):
    """A webhook endpoint; its secret is not shown again."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    url: str
    topics: list[Topic]
    created_at: datetime
    sent_at: datetime | None = Field(description="When the last webhook was taken.")
    error: str = Field(description="What the last sending failed of; empty when it was taken.")


class WebhookMade(WebhookOut):
    """A webhook endpoint with its secret, this once."""

    secret: ToldOnce = Field(description="Signs every webhook, as Standard Webhooks has it.")


class WebhookData(BaseModel):
    """What happened; sentences by language, `zh-Hans` and `en`."""

    event_id: str = Field(description="The same whenever the same event is told again.")
    subject: SubjectOut
    title: dict[str, str]
    text: dict[str, str]
    link: str = Field(description="Address of the page to open.")
    urgent: bool


class WebhookBody(BaseModel):
    """What an endpoint is sent."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "type": "watch.alert",
                    "timestamp": "2026-11-28T02:00:00+00:00",
                    "data": {
                        "event_id": "watch.alert:01939f3c-6f3e-7cc0-9a3e-2f0d6c1b7a55",
                        "subject": {
                            "kind": "alert",
                            "id": "01939f3c-6f3e-7cc0-9a3e-2f0d6c1b7a55",
                        },
                        "title": {
                            "zh-Hans": "本方商标被他人申请：NORDVEL (US 98000001)，已公告",
                            "en": "Your mark is filed by a stranger: NORDVEL (US 98000001), "
                            "published",
                        },
                        "text": {"zh-Hans": "权利人：…", "en": "Owner: …"},
                        "link": "https://ip.example.com/alerts/01939f3c-6f3e-7cc0-9a3e-2f0d6c1b7a55",
                        "urgent": False,
                    },
                }
            ]
        }
    )

    type: Topic
    timestamp: datetime
    data: WebhookData
