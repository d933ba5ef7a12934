"""The closed lists of threads and deadlines, and who reads which audience."""

from collections.abc import Mapping
from enum import StrEnum

from service.core.text import N_


class ThreadKind(StrEnum):
    """The matters that have a life of their own. Their rows share the thread's id."""

    FILING = "filing"
    DETENTION = "detention"
    DISPUTE = "dispute"
    INTAKE = "intake"
    """A matter at the desk of a station; accepted, it may become a dispute."""


THREAD_PAGES: Mapping[ThreadKind, str] = {
    ThreadKind.FILING: "/filings/{id}",
    ThreadKind.DETENTION: "/detentions/{id}",
    ThreadKind.DISPUTE: "/cases/{id}",
    ThreadKind.INTAKE: "/intakes/{id}",
}
"""Where the page of a thread is."""


class Confidentiality(StrEnum):
    """Who in the handling station sees a thread 密级. The owner always does."""

    OPEN = "open"
    NAMED = "named"
    """The handler, the station's leads, and people named in `ThreadAccess`."""
    SEALED = "sealed"
    """The handler and people named; no lead, no bureau."""


class Audience(StrEnum):
    """For whom an entry, a deadline or a piece of evidence is written."""

    ALL = "all"
    """Whoever sees the thread, or the part it belongs to."""
    OWNER = "owner"
    """The owner, the handling station and its bureau; no outside body."""
    MEDIATION = "mediation"
    """Said in mediation: the parties' side and the mediator, nobody who may judge later."""
    STAFF = "staff"
    """The station and its bureau only."""


READS: Mapping[Audience, frozenset[Audience]] = {
    Audience.ALL: frozenset({Audience.ALL}),
    Audience.OWNER: frozenset({Audience.ALL, Audience.OWNER}),
    Audience.MEDIATION: frozenset({Audience.ALL, Audience.MEDIATION}),
    Audience.STAFF: frozenset(Audience),
}
"""What a grant of one audience lets its holder read."""
OWNER_READS = frozenset({Audience.ALL, Audience.OWNER, Audience.MEDIATION})
STATION_READS = frozenset(Audience)
BUREAU_READS = frozenset({Audience.ALL, Audience.OWNER, Audience.STAFF})


class Effect(StrEnum):
    """What happens when a deadline passes 期限性质."""

    FATAL = "fatal"
    """The right to act is lost 不变期间."""
    EXTENDABLE = "extendable"
    INTERNAL = "internal"
    """A standard of the station's own; it stops when it is not our turn."""
    AWAITED = "awaited"
    """The time an authority or the other side has: late, it is asked after, not lost."""


class Status(StrEnum):
    """How a deadline stands."""

    OPEN = "open"
    PAUSED = "paused"
    MET = "met"
    MISSED = "missed"
    WAIVED = "waived"


class Gap(StrEnum):
    """Why a deadline has no date: shown instead of one, never filled in."""

    NONE = ""
    NOT_RESEARCHED = "not_researched"
    FACT_NEEDED = "fact_needed"
    NOT_APPLICABLE = "not_applicable"


class Origin(StrEnum):
    """Where the date comes from."""

    RULE = "rule"
    STATED = "stated"
    """Printed on a paper, or fixed by the authority: typed in by a person."""
    STANDARD = "standard"
    """A standard of the station's own."""


class Act(StrEnum):
    """What a person does to a deadline."""

    MEET = "meet"
    CONFIRM = "confirm"
    EXTEND = "extend"
    PAUSE = "pause"
    RESUME = "resume"
    FIX = "fix"
    CORRECT = "correct"
    WAIVE = "waive"


class FeedScope(StrEnum):
    """Whose deadlines a calendar feed holds."""

    MINE = "mine"
    ORGANISATION = "organisation"


ACT_NAMES: Mapping[Act, str] = {
    Act.MEET: N_("It was done: give the day, and what proves it"),
    Act.CONFIRM: N_("The date is right: I have checked it"),
    Act.EXTEND: N_("It was extended: give the reason, and the new day if no rule has it"),
    Act.PAUSE: N_("Stop the clock: it is not our turn"),
    Act.RESUME: N_("Let the clock run again"),
    Act.FIX: N_("The authority fixed another day: give it, and the paper"),
    Act.CORRECT: N_("The event was on another day: give it, and how you know"),
    Act.WAIVE: N_("It is no longer needed: say why"),
}
EFFECT_NAMES: Mapping[Effect, str] = {
    Effect.FATAL: N_("Fatal: cannot be mended"),
    Effect.EXTENDABLE: N_("Can be extended"),
    Effect.INTERNAL: N_("Our own standard"),
    Effect.AWAITED: N_("The other side's time"),
}
STATUS_NAMES: Mapping[Status, str] = {
    Status.OPEN: N_("Running"),
    Status.PAUSED: N_("Stopped"),
    Status.MET: N_("Met"),
    Status.MISSED: N_("Missed"),
    Status.WAIVED: N_("No longer needed"),
}


class EvidenceKind(StrEnum):
    """Kinds of evidence 证据种类."""

    DOCUMENT = "document"
    ELECTRONIC = "electronic"
    PHYSICAL = "physical"
    AUDIOVISUAL = "audiovisual"
    TESTIMONY = "testimony"
    OPINION = "opinion"
    INSPECTION = "inspection"


class Obtained(StrEnum):
    """How a piece of evidence was obtained 取得方式."""

    NOTARISED = "notarised"
    TIMESTAMPED = "timestamped"
    BLOCKCHAIN = "blockchain"
    SCREENSHOT = "screenshot"
    TEST_BUY = "test_buy"
    RECEIVED = "received"
    SCREENING = "screening"
    """Frozen from an answer of this service."""


class CopyOf(StrEnum):
    """What a file is to its original."""

    ORIGINAL = "original"
    VERIFIED_COPY = "verified_copy"
    REDACTION = "redaction"
    TRANSLATION = "translation"
    DERIVED = "derived"


class Custody(StrEnum):
    """What happened to a piece of evidence 保管记录."""

    COLLECTED = "collected"
    RECEIVED = "received"
    VIEWED = "viewed"
    COPIED = "copied"
    SEALED = "sealed"
    TRANSFERRED = "transferred"
    EXPORTED = "exported"
    RETURNED = "returned"
    VERIFIED = "verified"


class Scan(StrEnum):
    """What the virus scanner said."""

    CLEAN = "clean"
    NOT_SCANNED = "not_scanned"


class Destination(StrEnum):
    """Whom a bundle is for."""

    DOMESTIC = "domestic"
    FOREIGN = "foreign"
    """A court or authority abroad: only after a recorded check."""


EXPORT_CHECKS: Mapping[str, str] = {
    "state_secrets": N_("No state secret, nothing of national security"),
    "data": N_("Data export rules are kept"),
    "personal_information": N_("Personal information may leave"),
    "technology": N_("No technology under export control"),
    "judicial_assistance": N_("Judicial assistance: the competent authority agreed where it must"),
}
"""What must be checked before evidence goes to a court or authority abroad:
涉外知识产权纠纷处理规定, Art. 12-13."""
EVIDENCE_KINDS: Mapping[EvidenceKind, str] = {
    EvidenceKind.DOCUMENT: N_("Document"),
    EvidenceKind.ELECTRONIC: N_("Electronic data"),
    EvidenceKind.PHYSICAL: N_("Physical object"),
    EvidenceKind.AUDIOVISUAL: N_("Audio or video"),
    EvidenceKind.TESTIMONY: N_("Testimony"),
    EvidenceKind.OPINION: N_("Expert opinion"),
    EvidenceKind.INSPECTION: N_("Record of an inspection"),
}
OBTAINED: Mapping[Obtained, str] = {
    Obtained.NOTARISED: N_("Notarised"),
    Obtained.TIMESTAMPED: N_("Trusted timestamp"),
    Obtained.BLOCKCHAIN: N_("Blockchain deposit"),
    Obtained.SCREENSHOT: N_("Own screenshot"),
    Obtained.TEST_BUY: N_("Test buy"),
    Obtained.RECEIVED: N_("Received from somebody"),
    Obtained.SCREENING: N_("Frozen from an answer of this service"),
}
COPIES: Mapping[CopyOf, str] = {
    CopyOf.ORIGINAL: N_("Original"),
    CopyOf.VERIFIED_COPY: N_("Verified copy"),
    CopyOf.REDACTION: N_("Redacted version"),
    CopyOf.TRANSLATION: N_("Translation"),
    CopyOf.DERIVED: N_("Derived from it"),
}
CUSTODIES: Mapping[Custody, str] = {
    Custody.COLLECTED: N_("Collected"),
    Custody.RECEIVED: N_("Received"),
    Custody.VIEWED: N_("Viewed"),
    Custody.COPIED: N_("Copied"),
    Custody.SEALED: N_("Sealed"),
    Custody.TRANSFERRED: N_("Handed over"),
    Custody.EXPORTED: N_("Exported"),
    Custody.RETURNED: N_("Returned"),
    Custody.VERIFIED: N_("Verified"),
}
