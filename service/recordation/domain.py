"""The closed lists of customs recordation and what they are called."""

from collections.abc import Mapping
from enum import StrEnum

from service.core.text import N_


class HolderKind(StrEnum):
    """What a right holder is 权利人性质."""

    PERSON = "person"
    ENTITY = "entity"
    OTHER = "other"


class ContactRole(StrEnum):
    """What a contact is asked about; a clock of three days depends on them."""

    LEGAL = "legal"
    TECHNICAL = "technical"
    AFTER_HOURS = "after_hours"


class Relation(StrEnum):
    """What an authorised user is to the right holder."""

    LICENSEE = "licensee"
    MANUFACTURER = "manufacturer"
    OEM = "oem"
    IMPORTER = "importer"
    EXPORTER = "exporter"
    DISTRIBUTOR = "distributor"
    AFFILIATE = "affiliate"


class LicenceKind(StrEnum):
    """How exclusive a licence is."""

    EXCLUSIVE = "exclusive"
    SOLE = "sole"
    NON_EXCLUSIVE = "non_exclusive"
    NONE = "none"


class Way(StrEnum):
    """Which way an authorised user may carry goods."""

    IMPORT = "import"
    EXPORT = "export"
    BOTH = "both"


class FeatureKind(StrEnum):
    """Who may know of a feature of genuine goods."""

    OVERT = "overt"
    COVERT = "covert"
    FORENSIC = "forensic"


HIDDEN = frozenset({FeatureKind.COVERT, FeatureKind.FORENSIC})
"""Shown to people who were named, and every look is kept."""


class PictureKind(StrEnum):
    """What a picture shows."""

    GOODS = "goods"
    PACKAGE = "package"


class Infringement(StrEnum):
    """In what way suspected goods infringe."""

    COUNTERFEIT = "counterfeit"
    SIMILAR = "similar"
    PIRACY = "piracy"
    PATENT = "patent"


class SuspectRole(StrEnum):
    """What a suspect does with the goods."""

    MAKER = "maker"
    CONSIGNOR = "consignor"
    CONSIGNEE = "consignee"
    AGENT = "agent"


class Reliability(StrEnum):
    """How far a lead is to be trusted."""

    CONFIRMED = "confirmed"
    LIKELY = "likely"
    HEARSAY = "hearsay"


class Scope(StrEnum):
    """What somebody outside may do with an exporter's recordations."""

    CHECK = "check"
    """Read, check, return with reasons, guide."""
    FILE = "file"
    """Prepare and file as well, under a power of attorney."""


class FilingStatus(StrEnum):
    """Where a filing stands."""

    DRAFT = "draft"
    READY = "ready"
    SUBMITTED = "submitted"
    CORRECTION = "correction"
    ACCEPTED = "accepted"
    GRANTED = "granted"
    ACTIVE = "active"
    RENEWAL_DUE = "renewal_due"
    RENEWAL_SUBMITTED = "renewal_submitted"
    RENEWED = "renewed"
    SUSPENDED = "suspended"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    CANCELLED = "cancelled"
    DEREGISTERED = "deregistered"
    EXPIRED = "expired"


S = FilingStatus
EDITED = (S.DRAFT, S.READY, S.CORRECTION)
PENDING = (S.SUBMITTED, S.CORRECTION, S.ACCEPTED)
LIVE = (S.ACTIVE, S.RENEWAL_DUE, S.RENEWAL_SUBMITTED, S.RENEWED)
"""In force: changes of what was filed are to be told."""
KEPT = (*LIVE, S.GRANTED, S.SUSPENDED)


class RoundKind(StrEnum):
    """What was sent to the authority."""

    APPLICATION = "application"
    CORRECTION = "correction"
    RENEWAL = "renewal"
    CHANGE = "change"


class TaskStatus(StrEnum):
    """How a duty to tell a change stands."""

    OPEN = "open"
    FILED = "filed"
    NEEDLESS = "needless"
    """What is true now is what was filed again."""


HOLDER_KINDS: Mapping[HolderKind, str] = {
    HolderKind.PERSON: N_("Natural person"),
    HolderKind.ENTITY: N_("Legal entity"),
    HolderKind.OTHER: N_("Other organisation"),
}
CONTACT_ROLES: Mapping[ContactRole, str] = {
    ContactRole.LEGAL: N_("Legal contact"),
    ContactRole.TECHNICAL: N_("Technical contact"),
    ContactRole.AFTER_HOURS: N_("Contact outside office hours"),
}
RELATIONS: Mapping[Relation, str] = {
    Relation.LICENSEE: N_("Licensee"),
    Relation.MANUFACTURER: N_("Manufacturer"),
    Relation.OEM: N_("OEM processor"),
    Relation.IMPORTER: N_("Importer"),
    Relation.EXPORTER: N_("Exporter"),
    Relation.DISTRIBUTOR: N_("Distributor"),
    Relation.AFFILIATE: N_("Affiliate"),
}
LICENCES: Mapping[LicenceKind, str] = {
    LicenceKind.EXCLUSIVE: N_("Exclusive licence"),
    LicenceKind.SOLE: N_("Sole licence"),
    LicenceKind.NON_EXCLUSIVE: N_("Non-exclusive licence"),
    LicenceKind.NONE: N_("No licence"),
}
WAYS: Mapping[Way, str] = {
    Way.IMPORT: N_("Import of goods"),
    Way.EXPORT: N_("Export of goods"),
    Way.BOTH: N_("Import and export"),
}
FEATURES: Mapping[FeatureKind, str] = {
    FeatureKind.OVERT: N_("Overt"),
    FeatureKind.COVERT: N_("Covert"),
    FeatureKind.FORENSIC: N_("Forensic"),
}
PICTURES: Mapping[PictureKind, str] = {
    PictureKind.GOODS: N_("The goods"),
    PictureKind.PACKAGE: N_("Packaging"),
}
INFRINGEMENTS: Mapping[Infringement, str] = {
    Infringement.COUNTERFEIT: N_("Counterfeit"),
    Infringement.SIMILAR: N_("Similar mark"),
    Infringement.PIRACY: N_("Piracy"),
    Infringement.PATENT: N_("Patent infringement"),
}
SUSPECT_ROLES: Mapping[SuspectRole, str] = {
    SuspectRole.MAKER: N_("Maker"),
    SuspectRole.CONSIGNOR: N_("Consignor"),
    SuspectRole.CONSIGNEE: N_("Consignee"),
    SuspectRole.AGENT: N_("Agent"),
}
RELIABILITIES: Mapping[Reliability, str] = {
    Reliability.CONFIRMED: N_("Confirmed by evidence"),
    Reliability.LIKELY: N_("Likely"),
    Reliability.HEARSAY: N_("Hearsay"),
}
SCOPES: Mapping[Scope, str] = {
    Scope.CHECK: N_("Check and guide"),
    Scope.FILE: N_("Prepare and file under a power of attorney"),
}
ROUNDS: Mapping[RoundKind, str] = {
    RoundKind.APPLICATION: N_("Application"),
    RoundKind.CORRECTION: N_("Correction"),
    RoundKind.RENEWAL: N_("Renewal"),
    RoundKind.CHANGE: N_("Change"),
}
