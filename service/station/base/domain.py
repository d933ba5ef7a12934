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


class WarningKind(StrEnum):
    """What enterprises are warned of 预警."""

    SQUATTER = "squatter"
    DETENTIONS = "detentions"
    RULE = "rule"


class Bundle(StrEnum):
    """By what detentions are held to be one wave."""

    OFFICE = "office"
    """The same customs house, or port."""
    AUTHORITY = "authority"
    MARK = "mark"
    GROUND = "ground"


class ReasonKind(StrEnum):
    """In what an enterprise touches what a warning is about."""

    MARK = "mark"
    MARKET = "market"
    CLASS = "class"
    HS = "hs"
    UNSHOWN = "unshown"
    """By something it has not shown to the station: that it does, and no more."""


WARNING_KINDS: Mapping[WarningKind, str] = {
    WarningKind.SQUATTER: N_("New squatter"),
    WarningKind.DETENTIONS: N_("Wave of detentions"),
    WarningKind.RULE: N_("Changed rule"),
}
BUNDLES: Mapping[Bundle, str] = {
    Bundle.OFFICE: N_("the same customs house or port"),
    Bundle.AUTHORITY: N_("the same authority"),
    Bundle.MARK: N_("the same mark on the goods"),
    Bundle.GROUND: N_("the same kind of infringement"),
}
REASON_KINDS: Mapping[ReasonKind, str] = {
    ReasonKind.MARK: N_("Its mark {detail} is alike"),
    ReasonKind.MARKET: N_("It ships to {detail}"),
    ReasonKind.CLASS: N_("Its goods are in class {detail}"),
    ReasonKind.HS: N_("Its goods have the HS code {detail}"),
    ReasonKind.UNSHOWN: N_("By something it has not shown to the station"),
}


class SecretKind(StrEnum):
    """What a typical case must not tell of the case it is made from."""

    PARTY = "party"
    PERSON = "person"
    PHONE = "phone"
    MAIL = "mail"
    IDENTITY = "identity"
    """Number of a person, or unified social credit code."""
    NUMBER = "number"
    """Of a case, docket, right, detention, declaration."""
    ADDRESS = "address"
    MARK = "mark"


SECRET_KINDS: Mapping[SecretKind, str] = {
    SecretKind.PARTY: N_("Party"),
    SecretKind.PERSON: N_("Person"),
    SecretKind.PHONE: N_("Telephone"),
    SecretKind.MAIL: N_("E-mail address"),
    SecretKind.IDENTITY: N_("Number of a person or enterprise"),
    SecretKind.NUMBER: N_("Number"),
    SecretKind.ADDRESS: N_("Address"),
    SecretKind.MARK: N_("Mark"),
}
HOWS: Mapping[str, str] = {
    "same": N_("the same words"),
    "near": N_("spelled nearly so"),
    "sound": N_("sounds the same"),
    "pattern": N_("looks like one"),
}


class FindingCode(StrEnum):
    """What a check-up finds."""

    NO_SCREENING = "no_screening"
    CONFLICT = "conflict"
    NOT_SEARCHED = "not_searched"
    UNRECORDED = "unrecorded"
    RECORDATION_ENDING = "recordation_ending"
    RIGHT_ENDING = "right_ending"
    CLOCK_RUNS = "clock_runs"
    CLOCK_MISSED = "clock_missed"
    NO_WATCH = "no_watch"
    DECISION_OPEN = "decision_open"
    DETAINED = "detained"
    NOT_OPENED = "not_opened"


def in_both(texts: Mapping[str, str]) -> str:
    """Return a text of two languages in one line; where one is missing, the other alone."""
    return " / ".join(text for text in (texts["zh"], texts["en"]) if text)
