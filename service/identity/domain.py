"""What organisations are to one another, and what each is within its kind."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class OrganisationKind(StrEnum):
    """The bodies whose people sign in."""

    EXPORTER = "exporter"
    STATION = "station"
    BUREAU = "bureau"
    CUSTOMS = "customs"
    BODY = "body"
    """Court, arbitration, mediation, procuratorate, park: sees only what is referred to it."""
    OPERATOR = "operator"
    """Runs this installation (not a station: that is `Link.OPERATOR`)."""


class Branch(StrEnum):
    """What an organisation is within its kind."""

    VEHICLE_MAKER = "vehicle_maker"
    PARTS_MAKER = "parts_maker"
    TRADER = "trader"
    WORKSTATION = "workstation"
    PROTECTION_CENTRE = "protection_centre"
    """知识产权保护中心 of a city: the body above its stations."""
    COURT = "court"
    ARBITRATION = "arbitration"
    PEOPLES_MEDIATION = "peoples_mediation"
    INDUSTRY_MEDIATION = "industry_mediation"
    PROCURATORATE = "procuratorate"
    APPRAISAL = "appraisal"
    """鉴定机构: gives appraisal opinions where a station's roster says that it is accredited."""
    PARK = "park"
    """园区管理中心: runs the station in its park."""


BRANCHES_OF: Mapping[OrganisationKind, tuple[Branch, ...]] = {
    OrganisationKind.EXPORTER: (Branch.VEHICLE_MAKER, Branch.PARTS_MAKER, Branch.TRADER),
    OrganisationKind.STATION: (Branch.WORKSTATION, Branch.PROTECTION_CENTRE),
    OrganisationKind.BODY: (
        Branch.COURT,
        Branch.ARBITRATION,
        Branch.PEOPLES_MEDIATION,
        Branch.INDUSTRY_MEDIATION,
        Branch.PROCURATORATE,
        Branch.APPRAISAL,
        Branch.PARK,
    ),
}
"""Branches of a kind, in the order of forms; a kind that is not here has none."""


class Link(StrEnum):
    """How one organisation stands to another; the value is the column without `_id`."""

    PARENT = "parent"
    """Of a station: the city's protection centre, whose stations it belongs to."""
    OPERATOR = "operator"
    """Of a station: the park's management centre that runs it."""
    SUPERVISOR = "supervisor"
    """Of a station: the bureau that guides it, and reads without owning a case."""
    SERVED_BY = "served_by"
    """Of an exporter: the station that serves it."""


@dataclass(frozen=True, slots=True)
class Ends:
    """Which kinds a link leads from and to."""

    source: OrganisationKind
    target: OrganisationKind


LINKS: Mapping[Link, Ends] = {
    Link.PARENT: Ends(OrganisationKind.STATION, OrganisationKind.STATION),
    Link.OPERATOR: Ends(OrganisationKind.STATION, OrganisationKind.BODY),
    Link.SUPERVISOR: Ends(OrganisationKind.STATION, OrganisationKind.BUREAU),
    Link.SERVED_BY: Ends(OrganisationKind.EXPORTER, OrganisationKind.STATION),
}
