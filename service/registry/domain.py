"""What a register says: plain values, the same whatever file they came from."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class MarkKind(StrEnum):
    """How the sign is represented (WIPO ST.66 `MarkFeature`, folded to a small closed set)."""

    WORD = "word"
    FIGURATIVE = "figurative"
    COMBINED = "combined"
    THREE_D = "three_d"
    SOUND = "sound"
    OTHER = "other"


class MarkStatus(StrEnum):
    """Where an application or registration stands; the office's own word is kept beside it."""

    FILED = "filed"
    PUBLISHED = "published"
    OPPOSED = "opposed"
    REGISTERED = "registered"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    UNKNOWN = "unknown"


DEAD = frozenset(
    {MarkStatus.EXPIRED, MarkStatus.CANCELLED, MarkStatus.REFUSED, MarkStatus.WITHDRAWN}
)
"""A mark in any other status counts as live: a status we do not know is live, and reported."""


class PartyRole(StrEnum):
    """What a party is to a mark."""

    OWNER = "owner"
    REPRESENTATIVE = "representative"


class EditionScope(StrEnum):
    """What a file claims to hold of a register."""

    FULL = "full"
    DELTA = "delta"
    UNKNOWN = "unknown"
    """Nobody said: records go in, nothing absent is withdrawn, the register stays partial."""


@dataclass(frozen=True, slots=True)
class Cut:
    """What was left out of a file on purpose by whoever made it; nothing: it is whole."""

    classes: tuple[int, ...] = ()
    """The only Nice classes in it, ascending; empty: all of them."""
    filed_from: date | None = None
    """No mark that was filed before this day is in it; None: all of them are."""

    @classmethod
    def to(cls, classes: Iterable[int], filed_from: date | None) -> "Cut":
        """Return a cut to some classes, in any order, and to marks filed from a day on."""
        return cls(tuple(sorted(set(classes))), filed_from)

    def __bool__(self) -> bool:
        """Say whether anything was left out."""
        return bool(self.classes or self.filed_from)


WHOLE = Cut()
"""Nothing was left out."""


class EditionState(StrEnum):
    """How far an edition, or a register as a whole, can be relied on."""

    LOADING = "loading"
    COMPLETE = "complete"
    PARTIAL = "partial"
    FAILED = "failed"


class RefreshState(StrEnum):
    """How a look at an office stands."""

    RUNNING = "running"
    WAITING = "waiting"
    """The office asked for a pause."""
    DONE = "done"
    FAILED = "failed"


class RemarkKind(StrEnum):
    """Whether a record was left out or went in with a remark."""

    REJECT = "reject"
    NOTE = "note"


class BrandRole(StrEnum):
    """In what role an exporter puts a brand on the goods."""

    OWN = "own"
    OEM = "oem"
    """Made to order under the buyer's brand 定牌加工."""
    DISTRIBUTOR = "distributor"


class RightKind(StrEnum):
    """The rights the stations serve."""

    TRADEMARK = "trademark"
    PATENT_INVENTION = "patent_invention"
    UTILITY_MODEL = "utility_model"
    DESIGN = "design"
    COPYRIGHT = "copyright"
    TRADE_SECRET = "trade_secret"  # noqa: S105  a kind of right, no password


class RightStatus(StrEnum):
    """Where a right stands, as far as its holder says."""

    APPLIED = "applied"
    IN_FORCE = "in_force"
    LAPSED = "lapsed"
    REFUSED = "refused"
    INVALIDATED = "invalidated"


class DocumentKind(StrEnum):
    """The papers a holder has in the drawer; what each proves stands in `documents`."""

    TRADEMARK_CERTIFICATE = "trademark_certificate"
    TRADEMARK_CERTIFICATE_ELECTRONIC = "trademark_certificate_electronic"
    FILING_RECEIPT = "filing_receipt"
    REFUSAL_NOTICE = "refusal_notice"
    PUBLICATION_NOTICE = "publication_notice"
    ASSIGNMENT_CERTIFICATE = "assignment_certificate"
    CHANGE_CERTIFICATE = "change_certificate"
    RENEWAL_CERTIFICATE = "renewal_certificate"
    MADRID_CERTIFICATE = "madrid_certificate"
    PATENT_CERTIFICATE = "patent_certificate"
    PATENT_REGISTER_COPY = "patent_register_copy"
    WORK_CERTIFICATE = "work_certificate"
    BUSINESS_LICENCE = "business_licence"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Party:
    """An owner or representative as the register writes it."""

    name: str
    country: str = ""
    """ISO 3166-1 alpha-2, or empty where the register does not say."""
    address: str = ""
    identifier: str = ""


@dataclass(frozen=True, slots=True)
class GoodsClass:
    """Goods of one Nice class."""

    nice: int
    """1 to 45; 0 where the register gives goods without a class."""
    goods: str = ""
    subgroups: tuple[str, ...] = ()
    """Codes the office itself searches by: 类似群, Korean similarity codes."""


@dataclass(frozen=True, slots=True)
class CustomsRecord:
    """A recordation of the mark with a customs authority."""

    authority: str
    number: str = ""
    expires_on: date | None = None
    authorised_users: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MarkRecord:
    """One record of an office file, ready to be stored. `office` and `number` name it for ever."""

    office: str
    """Two-letter code of WIPO ST.3 (`US`, `CN`, `EM`, `WO`); `XX` is the demonstration office."""
    number: str
    """The number the office finds it by for ever: of the application where that stays when the mark
    is registered (US, KR, EM), else of the registration; so a delta never makes a second row."""
    text: str
    """The words of the mark; empty for a mark without words (kept, and never called compared)."""
    kind: MarkKind = MarkKind.WORD
    status: MarkStatus = MarkStatus.UNKNOWN
    office_status: str = ""
    application_number: str = ""
    registration_number: str = ""
    filed_on: date | None = None
    published_on: date | None = None
    publication_issue: str = ""
    registered_on: date | None = None
    expires_on: date | None = None
    priority_on: date | None = None
    classes: tuple[GoodsClass, ...] = ()
    owners: tuple[Party, ...] = ()
    representatives: tuple[Party, ...] = ()
    translation: str = ""
    transliteration: str = ""
    image_ref: str = ""
    madrid_number: str = ""
    designations: tuple[str, ...] = ()
    """Territories an international registration is extended to, ISO/ST.3 codes."""
    customs_records: tuple[CustomsRecord, ...] = ()
    updated_on: date | None = None
    """Date of this state of the record: an older one never overwrites a newer."""
    withdrawn: bool = False
    """A delta that takes the record out of the register (the row is kept, as `withdrawn`)."""


@dataclass(frozen=True, slots=True)
class Reject:
    """A record that could not be read; the rest of the file goes in."""

    place: str
    """Where: `line 12`, `sheet Marks row 4`, `case-file 77`, `record 3`."""
    code: str
    """Stable key of the reason, e.g. `missing-number`, `bad-date`."""
    reason: str
    """English sentence (a message id); `values` fill its `{name}` places."""
    values: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Note:
    """Something read and kept, but worth a person's eye: an unknown status, an unmapped heading."""

    place: str
    code: str
    reason: str
    values: dict[str, str] = field(default_factory=dict)
