"""The closed lists of detentions and what they are called."""

from collections.abc import Mapping
from enum import StrEnum

from service.core.text import N_


class Side(StrEnum):
    """Whose side the detention is seen from."""

    HOLDER = "holder"
    """The right holder 权利人."""
    EXPORTER = "exporter"
    """Whoever sends or receives the goods 收发货人; abroad the declarant or importer."""


class Mode(StrEnum):
    """What made customs act 启动方式."""

    EX_OFFICIO = "ex_officio"
    ON_APPLICATION = "on_application"


class Ground(StrEnum):
    """What the goods are said to be; some clocks hang on it."""

    COUNTERFEIT = "counterfeit"
    CONFUSING = "confusing"
    PARALLEL = "parallel"
    COPYRIGHT = "copyright"
    PATENT = "patent"


class Service(StrEnum):
    """How a paper was served 送达方式; the values the rules know, and any other."""

    RECEIPT = "receipt"
    POST = "post"
    ELECTRONIC = "electronic"
    PUBLIC_ANNOUNCEMENT = "public_announcement"
    OTHER = "other"


class ContactKind(StrEnum):
    """Who can be reached about goods that are held."""

    CUSTOMS = "customs"
    HOLDER = "holder"
    EXPORTER = "exporter"
    BROKER = "broker"
    LAWYER = "lawyer"
    EXPERT = "expert"
    CARRIER = "carrier"


class Disposal(StrEnum):
    """What became of the goods 货物处置."""

    NONE = ""
    DESTROYED = "destroyed"
    CHARITY = "charity"
    SOLD_TO_HOLDER = "sold_to_holder"
    AUCTIONED = "auctioned"
    FORFEITED = "forfeited"
    RETURNED = "returned"
    RE_EXPORTED = "re_exported"
    RELABELLED = "relabelled"
    ABANDONED = "abandoned"


class CostKind(StrEnum):
    """What a detention costs 费用."""

    STORAGE = "storage"
    HANDLING = "handling"
    DISPOSAL = "disposal"
    INSPECTION = "inspection"
    SECURITY = "security"
    """Given, and given back."""
    FINE = "fine"
    LEGAL = "legal"
    OTHER = "other"


GACC = "gacc"
EU, UK, US = "eu-customs", "gb-hmrc", "us-cbp"
AT_HOME = frozenset(
    {Disposal.DESTROYED, Disposal.CHARITY, Disposal.SOLD_TO_HOLDER, Disposal.AUCTIONED}
)
"""What Chinese customs does with goods found to infringe, in its order of preference (rule
cn-gacc-disposal); everything else happens abroad."""
ABROAD = frozenset(
    {
        Disposal.DESTROYED,
        Disposal.FORFEITED,
        Disposal.RETURNED,
        Disposal.RE_EXPORTED,
        Disposal.RELABELLED,
        Disposal.ABANDONED,
    }
)
SIDES: Mapping[Side, str] = {
    Side.HOLDER: N_("Right holder"),
    Side.EXPORTER: N_("Consignor, consignee or declarant"),
}
MODES: Mapping[Mode, str] = {
    Mode.EX_OFFICIO: N_("Customs acts of its own accord"),
    Mode.ON_APPLICATION: N_("On the holder's application"),
}
GROUNDS: Mapping[Ground, str] = {
    Ground.COUNTERFEIT: N_("Counterfeit mark"),
    Ground.CONFUSING: N_("Confusingly similar mark"),
    Ground.PARALLEL: N_("Parallel or grey goods"),
    Ground.COPYRIGHT: N_("Pirated work"),
    Ground.PATENT: N_("Patent, utility model or design"),
}
SERVICES: Mapping[Service, str] = {
    Service.RECEIPT: N_("Handed over against a receipt"),
    Service.POST: N_("By post"),
    Service.ELECTRONIC: N_("Electronically"),
    Service.PUBLIC_ANNOUNCEMENT: N_("By public announcement"),
    Service.OTHER: N_("In another way"),
}
CONTACTS: Mapping[ContactKind, str] = {
    ContactKind.CUSTOMS: N_("Customs officer"),
    ContactKind.HOLDER: N_("Right holder"),
    ContactKind.EXPORTER: N_("Exporter"),
    ContactKind.BROKER: N_("Customs broker"),
    ContactKind.LAWYER: N_("Lawyer"),
    ContactKind.EXPERT: N_("Expert who tells the goods apart"),
    ContactKind.CARRIER: N_("Carrier"),
}
DISPOSALS: Mapping[Disposal, str] = {
    Disposal.NONE: N_("Not known yet"),
    Disposal.DESTROYED: N_("Destroyed"),
    Disposal.CHARITY: N_("Given to public welfare"),
    Disposal.SOLD_TO_HOLDER: N_("Sold to the right holder"),
    Disposal.AUCTIONED: N_("Auctioned without the infringing features"),
    Disposal.FORFEITED: N_("Forfeited"),
    Disposal.RETURNED: N_("Returned to the sender"),
    Disposal.RE_EXPORTED: N_("Re-exported"),
    Disposal.RELABELLED: N_("Relabelled"),
    Disposal.ABANDONED: N_("Abandoned"),
}
COSTS: Mapping[CostKind, str] = {
    CostKind.STORAGE: N_("Storage"),
    CostKind.HANDLING: N_("Handling"),
    CostKind.DISPOSAL: N_("Disposal"),
    CostKind.INSPECTION: N_("Inspection and expert opinion"),
    CostKind.SECURITY: N_("Security given"),
    CostKind.FINE: N_("Fine"),
    CostKind.LEGAL: N_("Lawyers and court"),
    CostKind.OTHER: N_("Other cost"),
}


def disposals_at(authority: str) -> frozenset[Disposal]:
    """Return what can become of goods held by an authority."""
    return AT_HOME if authority == GACC else ABROAD
