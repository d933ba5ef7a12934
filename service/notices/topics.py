"""What notices are about: one line for each topic, whichever module tells it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from service.core.text import N_


class Topic(StrEnum):
    """`thing.happened`, sorted; also the `type` of a webhook."""

    CASE_CHANGED = "case.changed"
    CHECK_UP_MADE = "check_up.made"
    DEADLINE_MISSED = "deadline.missed"
    DEADLINE_NEAR = "deadline.near"
    DECISION_REOPENED = "decision.reopened"
    DETENTION_NOTIFIED = "detention.notified"
    DETENTION_UNANSWERED = "detention.unanswered"
    EVENT_CHANGED = "event.changed"
    GUIDANCE_WRITTEN = "guidance.written"
    RECORDATION_ENDING = "recordation.ending"
    TYPICAL_CASE_PUBLISHED = "typical_case.published"
    WARNING_SENT = "warning.sent"
    WATCH_ALERT = "watch.alert"


@dataclass(frozen=True, slots=True)
class Kind:
    """What a topic is called, and whether it is mailed to who has chosen nothing."""

    label: str
    """Message id."""
    mailed: bool


TOPICS: Mapping[Topic, Kind] = {
    Topic.CASE_CHANGED: Kind(N_("A case moves on"), mailed=False),
    Topic.CHECK_UP_MADE: Kind(N_("The station has checked up one's enterprise"), mailed=True),
    Topic.DEADLINE_MISSED: Kind(N_("A deadline was missed"), mailed=True),
    Topic.DEADLINE_NEAR: Kind(N_("A deadline comes near"), mailed=True),
    Topic.DECISION_REOPENED: Kind(N_("A decision on a hit is open again"), mailed=True),
    Topic.DETENTION_NOTIFIED: Kind(N_("Customs notify a detention"), mailed=True),
    Topic.DETENTION_UNANSWERED: Kind(N_("Customs waits for an answer"), mailed=True),
    Topic.EVENT_CHANGED: Kind(N_("An event is announced or cancelled"), mailed=False),
    Topic.GUIDANCE_WRITTEN: Kind(N_("The bureau leaves a note in a matter"), mailed=True),
    Topic.RECORDATION_ENDING: Kind(N_("A customs recordation ends soon"), mailed=True),
    Topic.TYPICAL_CASE_PUBLISHED: Kind(N_("A typical case is published"), mailed=False),
    Topic.WARNING_SENT: Kind(N_("The station warns of something"), mailed=True),
    Topic.WATCH_ALERT: Kind(N_("A watch finds a mark"), mailed=True),
}
