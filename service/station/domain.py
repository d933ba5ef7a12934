"""The closed lists of the station, with what they are called."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from service.core.text import N_


class Channel(StrEnum):
    """By which way a matter comes in 来源渠道."""

    COUNTER = "counter"
    HOTLINE_12345 = "hotline_12345"
    HOTLINE_12315 = "hotline_12315"
    WEB = "web"
    VISIT = "visit"
    SCREENING = "screening"
    WATCH = "watch"
    DETENTION = "detention"
    COURT = "court"
    OFFICE = "office"
    OTHER_STATION = "other_station"


class Finance(StrEnum):
    """What financial service is asked for 金融服务."""

    INSURANCE = "insurance"
    PLEDGE_LOAN = "pledge_loan"
    GUARANTEE = "guarantee"
    AID_FUND = "aid_fund"


class Conflict(StrEnum):
    """What the check of duplicates and conflicts of interest says 利益冲突审查."""

    UNCHECKED = "unchecked"
    NONE = "none"
    FOUND = "found"
    CLEARED = "cleared"
    """Something was found, and a person wrote down why it does not stand in the way."""


class Likeness(StrEnum):
    """How another matter stands to this one."""

    DUPLICATE = "duplicate"
    CONFLICT = "conflict"
    RELATED = "related"


class Specialty(StrEnum):
    """What an expert knows 专长."""

    TRADEMARK = "trademark"
    PATENT = "patent"
    COPYRIGHT = "copyright"
    TRADE_SECRET = "trade_secret"  # noqa: S105  a specialty
    CUSTOMS = "customs"
    PLATFORM = "platform"
    LITIGATION = "litigation"
    ARBITRATION = "arbitration"
    MEDIATION = "mediation"
    OVERSEAS = "overseas"
    APPRAISAL = "appraisal"
    FINANCE = "finance"


class FindingState(StrEnum):
    """What became of something read from a message."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"


class Direction(StrEnum):
    """Which way a matter goes between a station and the protection centre above it."""

    UP = "up"
    DOWN = "down"


class Rating(StrEnum):
    """How content a visitor is when asked afterwards 满意度."""

    VERY_SATISFIED = "very_satisfied"
    SATISFIED = "satisfied"
    ON_THE_WHOLE = "on_the_whole"
    DISSATISFIED = "dissatisfied"
    VERY_DISSATISFIED = "very_dissatisfied"


class FollowWay(StrEnum):
    """How somebody was asked afterwards."""

    PHONE = "phone"
    VISIT = "visit"
    MESSAGE = "message"


SATISFIED = (Rating.VERY_SATISFIED, Rating.SATISFIED, Rating.ON_THE_WHOLE)
"""What the report counts as satisfied."""


@dataclass(frozen=True, slots=True)
class Likely:
    """Another matter of the station that is like this one, and in what."""

    thread_id: UUID
    likeness: Likeness
    ours: str
    theirs: str
    """The two names, marks or numbers that are alike."""
    similarity: float
    """Of the two, in [0, 1]; 1 for equal numbers."""


CHANNELS: Mapping[Channel, str] = {
    Channel.COUNTER: N_("Counter"),
    Channel.HOTLINE_12345: N_("Hotline 12345"),
    Channel.HOTLINE_12315: N_("Hotline 12315"),
    Channel.WEB: N_("Web"),
    Channel.VISIT: N_("Visit in the park"),
    Channel.SCREENING: N_("Screening"),
    Channel.WATCH: N_("Watch alert"),
    Channel.DETENTION: N_("Customs detention"),
    Channel.COURT: N_("Referred by a court"),
    Channel.OFFICE: N_("Referred by an office"),
    Channel.OTHER_STATION: N_("Another station"),
}
FINANCES: Mapping[Finance, str] = {
    Finance.INSURANCE: N_("Insurance against infringement abroad"),
    Finance.PLEDGE_LOAN: N_("Loan pledged with IP rights"),
    Finance.GUARANTEE: N_("Bank guarantee as customs security"),
    Finance.AID_FUND: N_("Mutual-aid fund for rights protection"),
}
CONFLICTS: Mapping[Conflict, str] = {
    Conflict.UNCHECKED: N_("Not checked"),
    Conflict.NONE: N_("Nothing found"),
    Conflict.FOUND: N_("Something was found"),
    Conflict.CLEARED: N_("Found, and cleared by a person"),
}
LIKENESSES: Mapping[Likeness, str] = {
    Likeness.DUPLICATE: N_("Perhaps the same matter"),
    Likeness.CONFLICT: N_("Conflict of interest"),
    Likeness.RELATED: N_("Related matter"),
}
SPECIALTIES: Mapping[Specialty, str] = {
    Specialty.TRADEMARK: N_("Trademarks"),
    Specialty.PATENT: N_("Patents and designs"),
    Specialty.COPYRIGHT: N_("Copyright"),
    Specialty.TRADE_SECRET: N_("Trade secrets"),
    Specialty.CUSTOMS: N_("Customs"),
    Specialty.PLATFORM: N_("Platforms"),
    Specialty.LITIGATION: N_("Litigation"),
    Specialty.ARBITRATION: N_("Arbitration"),
    Specialty.MEDIATION: N_("Mediation"),
    Specialty.OVERSEAS: N_("Disputes abroad"),
    Specialty.APPRAISAL: N_("Technical appraisal"),
    Specialty.FINANCE: N_("Finance"),
}
FINDING_STATES: Mapping[FindingState, str] = {
    FindingState.PROPOSED: N_("Proposed"),
    FindingState.CONFIRMED: N_("Confirmed"),
    FindingState.DISMISSED: N_("Dismissed"),
}
DIRECTIONS: Mapping[Direction, str] = {
    Direction.UP: N_("Up to the protection centre"),
    Direction.DOWN: N_("Down to a station"),
}
RATINGS: Mapping[Rating, str] = {
    Rating.VERY_SATISFIED: N_("Very satisfied"),
    Rating.SATISFIED: N_("Satisfied"),
    Rating.ON_THE_WHOLE: N_("Satisfied on the whole"),
    Rating.DISSATISFIED: N_("Dissatisfied"),
    Rating.VERY_DISSATISFIED: N_("Very dissatisfied"),
}
FOLLOW_WAYS: Mapping[FollowWay, str] = {
    FollowWay.PHONE: N_("Telephone"),
    FollowWay.VISIT: N_("Visit"),
    FollowWay.MESSAGE: N_("Message"),
}
