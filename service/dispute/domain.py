"""The closed lists of cases and tracks, with what they are called."""

from collections.abc import Mapping
from enum import StrEnum

from service.core.text import N_


class ServiceLine(StrEnum):
    """What the station is asked for 服务事项."""

    CONSULTATION = "consultation"
    LEGAL_SERVICE = "legal_service"
    APPRAISAL = "appraisal"
    MEDIATION = "mediation"
    AID = "aid"
    REPORT = "report"
    FINANCE = "finance"


class Side(StrEnum):
    """For whom the station acts."""

    HOLDER = "holder"
    ACCUSED = "accused"
    NEUTRAL = "neutral"


class DisputeKind(StrEnum):
    """What the dispute is about 纠纷类型."""

    INFRINGEMENT = "infringement"
    OWNERSHIP = "ownership"
    CONTRACT = "contract"
    UNFAIR_COMPETITION = "unfair_competition"
    TRADE_SECRET = "trade_secret"  # noqa: S105  a kind of dispute
    PLATFORM = "platform"
    DOMAIN_NAME = "domain_name"
    CUSTOMS_HOLD = "customs_hold"
    OVERSEAS_LITIGATION = "overseas_litigation"
    SECTION_337 = "section_337"
    SQUATTING_ABROAD = "squatting_abroad"


class RightKind(StrEnum):
    """What kind of right the case is about."""

    TRADEMARK = "trademark"
    PATENT = "patent"
    COPYRIGHT = "copyright"
    TRADE_SECRET = "trade_secret"  # noqa: S105  a kind of right
    OTHER = "other"


class Source(StrEnum):
    """Where the case came from 来源."""

    COUNTER = "counter"
    PHONE = "phone"
    WEB = "web"
    PATROL = "patrol"
    SCREENING = "screening"
    WATCH = "watch"
    CUSTOMS = "customs"
    COURT = "court"
    OTHER_STATION = "other_station"


class PartyRole(StrEnum):
    """What a party is in the case."""

    APPLICANT = "applicant"
    RESPONDENT = "respondent"
    THIRD = "third"


class TrackKind(StrEnum):
    """The ways a case can go, several at once 程序轨道."""

    NEGOTIATION = "negotiation"
    MEDIATION = "mediation"
    ADMINISTRATIVE = "administrative"
    ADJUDICATION = "adjudication"
    CIVIL = "civil"
    CUSTOMS = "customs"
    PLATFORM = "platform"
    OPPOSITION = "opposition"
    CANCELLATION = "cancellation"
    INVALIDATION = "invalidation"
    ARBITRATION = "arbitration"
    APPRAISAL = "appraisal"
    SUPERVISION = "supervision"
    CRIMINAL_REFERRAL = "criminal_referral"
    UDRP = "udrp"
    SECTION_337 = "section_337"
    SCHEDULE_A = "schedule_a"
    OVERSEAS_GUIDANCE = "overseas_guidance"


class MediationKind(StrEnum):
    """Who mediates 调解类型."""

    PEOPLES = "peoples"
    INDUSTRY = "industry"
    ADMINISTRATIVE = "administrative"
    COMMERCIAL = "commercial"
    ARBITRAL = "arbitral"
    COURT_REFERRED = "court_referred"


class Outcome(StrEnum):
    """How a case ended 结案方式: one of these, and none else."""

    PERFORMED = "performed"
    CONFIRMED = "confirmed"
    AGREED = "agreed"
    NO_AGREEMENT = "no_agreement"
    WON = "won"
    LOST = "lost"
    SETTLED = "settled"
    ADVISED = "advised"
    TRANSFERRED = "transferred"
    WITHDRAWN = "withdrawn"


class GoodsOutcome(StrEnum):
    """What became of goods held at a border."""

    NONE = ""
    HELD = "held"
    RELEASED = "released"
    RETURNED = "returned"
    RE_EXPORTED = "re_exported"
    RELABELLED = "relabelled"
    ABANDONED = "abandoned"
    DESTROYED = "destroyed"


class ContactKind(StrEnum):
    """How an institution stands to the station."""

    RESIDENT = "resident"
    """Works in the park or in the cluster of IP services 驻站机构."""
    OUTSIDE = "outside"
    """Elsewhere; here it sees just the tracks referred to it."""


SERVICE_LINES: Mapping[ServiceLine, str] = {
    ServiceLine.CONSULTATION: N_("Policy consultation"),
    ServiceLine.LEGAL_SERVICE: N_("Legal service"),
    ServiceLine.APPRAISAL: N_("Technical appraisal"),
    ServiceLine.MEDIATION: N_("Mediation of a dispute"),
    ServiceLine.AID: N_("Rights-protection aid"),
    ServiceLine.REPORT: N_("Report of an infringement"),
    ServiceLine.FINANCE: N_("Financial service"),
}
SIDES: Mapping[Side, str] = {
    Side.HOLDER: N_("Right holder"),
    Side.ACCUSED: N_("Accused party"),
    Side.NEUTRAL: N_("Neutral"),
}
DISPUTE_KINDS: Mapping[DisputeKind, str] = {
    DisputeKind.INFRINGEMENT: N_("Infringement"),
    DisputeKind.OWNERSHIP: N_("Ownership or validity of a right"),
    DisputeKind.CONTRACT: N_("Contract"),
    DisputeKind.UNFAIR_COMPETITION: N_("Unfair competition"),
    DisputeKind.TRADE_SECRET: N_("Trade secret"),
    DisputeKind.PLATFORM: N_("Complaint on a platform"),
    DisputeKind.DOMAIN_NAME: N_("Domain name"),
    DisputeKind.CUSTOMS_HOLD: N_("Goods held by customs"),
    DisputeKind.OVERSEAS_LITIGATION: N_("Suit abroad"),
    DisputeKind.SECTION_337: N_("Section 337 investigation"),
    DisputeKind.SQUATTING_ABROAD: N_("Mark taken by a stranger abroad"),
}
RIGHT_KINDS: Mapping[RightKind, str] = {
    RightKind.TRADEMARK: N_("Trademark"),
    RightKind.PATENT: N_("Patent or design"),
    RightKind.COPYRIGHT: N_("Copyright"),
    RightKind.TRADE_SECRET: N_("Trade secret"),
    RightKind.OTHER: N_("Another right"),
}
SOURCES: Mapping[Source, str] = {
    Source.COUNTER: N_("Counter"),
    Source.PHONE: N_("Telephone"),
    Source.WEB: N_("Web"),
    Source.PATROL: N_("Visit in the park"),
    Source.SCREENING: N_("Screening"),
    Source.WATCH: N_("Watch alert"),
    Source.CUSTOMS: N_("Customs"),
    Source.COURT: N_("Court"),
    Source.OTHER_STATION: N_("Another station"),
}
CONTACT_KINDS: Mapping[ContactKind, str] = {
    ContactKind.RESIDENT: N_("Resident institution"),
    ContactKind.OUTSIDE: N_("Outside body"),
}
PARTY_ROLES: Mapping[PartyRole, str] = {
    PartyRole.APPLICANT: N_("Applicant"),
    PartyRole.RESPONDENT: N_("Respondent"),
    PartyRole.THIRD: N_("Third party"),
}
TRACK_KINDS: Mapping[TrackKind, str] = {
    TrackKind.NEGOTIATION: N_("Negotiation between the parties"),
    TrackKind.MEDIATION: N_("Mediation"),
    TrackKind.ADMINISTRATIVE: N_("Administrative enforcement"),
    TrackKind.ADJUDICATION: N_("Administrative adjudication (patents)"),
    TrackKind.CIVIL: N_("Civil suit"),
    TrackKind.CUSTOMS: N_("Customs detention"),
    TrackKind.PLATFORM: N_("Complaint on a platform"),
    TrackKind.OPPOSITION: N_("Opposition before an office"),
    TrackKind.CANCELLATION: N_("Cancellation for non-use"),
    TrackKind.INVALIDATION: N_("Invalidation"),
    TrackKind.ARBITRATION: N_("Arbitration"),
    TrackKind.APPRAISAL: N_("Technical appraisal"),
    TrackKind.SUPERVISION: N_("Procuratorial supervision"),
    TrackKind.CRIMINAL_REFERRAL: N_("Check for referral as a crime"),
    TrackKind.UDRP: N_("Domain name proceeding (UDRP)"),
    TrackKind.SECTION_337: N_("Section 337 investigation"),
    TrackKind.SCHEDULE_A: N_("Schedule A suit in the United States"),
    TrackKind.OVERSEAS_GUIDANCE: N_("Guidance on a dispute abroad"),
}
MEDIATION_KINDS: Mapping[MediationKind, str] = {
    MediationKind.PEOPLES: N_("People's mediation"),
    MediationKind.INDUSTRY: N_("Industry mediation"),
    MediationKind.ADMINISTRATIVE: N_("Administrative mediation"),
    MediationKind.COMMERCIAL: N_("Commercial mediation"),
    MediationKind.ARBITRAL: N_("Mediation by an arbitration body"),
    MediationKind.COURT_REFERRED: N_("Mediation on referral by a court"),
}
OUTCOMES: Mapping[Outcome, str] = {
    Outcome.PERFORMED: N_("Agreement reached and performed"),
    Outcome.CONFIRMED: N_("Agreement confirmed by the court"),
    Outcome.AGREED: N_("Agreement reached"),
    Outcome.NO_AGREEMENT: N_("No agreement"),
    Outcome.WON: N_("Decided for the party we act for"),
    Outcome.LOST: N_("Decided against the party we act for"),
    Outcome.SETTLED: N_("Settled between the parties"),
    Outcome.ADVISED: N_("Advice given"),
    Outcome.TRANSFERRED: N_("Passed on to another body"),
    Outcome.WITHDRAWN: N_("Withdrawn"),
}
GOODS_OUTCOMES: Mapping[GoodsOutcome, str] = {
    GoodsOutcome.NONE: N_("No goods were held"),
    GoodsOutcome.HELD: N_("Still held"),
    GoodsOutcome.RELEASED: N_("Released"),
    GoodsOutcome.RETURNED: N_("Returned to the sender"),
    GoodsOutcome.RE_EXPORTED: N_("Re-exported"),
    GoodsOutcome.RELABELLED: N_("Relabelled"),
    GoodsOutcome.ABANDONED: N_("Abandoned"),
    GoodsOutcome.DESTROYED: N_("Destroyed"),
}

PLATFORMS: Mapping[str, str] = {
    "taobao": N_("Taobao or Tmall"),
    "alibaba": N_("Alibaba international sites"),
    "other_cn": N_("Another platform in China"),
    "temu": N_("Temu"),
    "amazon": N_("Amazon"),
    "ebay": N_("eBay"),
    "other": N_("Another platform abroad"),
}


TABLE_NAMES: Mapping[TrackKind, str] = {
    TrackKind.MEDIATION: "mediation",
    TrackKind.ADMINISTRATIVE: "administrative",
    TrackKind.CIVIL: "civil",
    TrackKind.PLATFORM: "platform",
    TrackKind.OPPOSITION: "office",
    TrackKind.CANCELLATION: "office",
    TrackKind.INVALIDATION: "office",
}


def table_name(kind: TrackKind) -> str:
    """Return the name of the table of moves a kind of track follows."""
    return TABLE_NAMES.get(kind, "general")
