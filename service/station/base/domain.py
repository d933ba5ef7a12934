"""The closed lists of the base with the procuratorate, with what they are called."""

from collections.abc import Mapping
from enum import StrEnum

from service.core.text import N_


class EventKind(StrEnum):
    """What an event is 活动类型."""

    SALON = "salon"
    """关企沙龙: customs and enterprises talk about customs policy."""
    TRAINING = "training"
    PUBLICITY = "publicity"
    LEGAL_EDUCATION = "legal_education"
    """普法: the procuratorate, a court or a lawyer explains the law."""


class Source(StrEnum):
    """How somebody came on the sheet of an event."""

    SELF = "self"
    """Signed up here."""
    DOOR = "door"
    """Entered by staff at the door."""
    SHEET = "sheet"
    """Imported."""


MARKS = range(1, 6)
"""Satisfaction 满意度, 5 the best."""

EVENT_KINDS: Mapping[EventKind, str] = {
    EventKind.SALON: N_("Customs and enterprises salon"),
    EventKind.TRAINING: N_("Training"),
    EventKind.PUBLICITY: N_("Publicity"),
    EventKind.LEGAL_EDUCATION: N_("Legal education"),
}
SOURCES: Mapping[Source, str] = {
    Source.SELF: N_("Signed up here"),
    Source.DOOR: N_("Entered at the door"),
    Source.SHEET: N_("From a sheet"),
}
