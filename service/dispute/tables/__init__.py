"""Which table each kind of track follows, and what a track of it is asked."""

from collections.abc import Mapping
from dataclasses import dataclass

from service.cases.moves import TABLES, Table
from service.core.text import N_
from service.dispute.domain import MEDIATION_KINDS, PLATFORMS, TrackKind, table_name
from service.dispute.tables.enforcement import ADMINISTRATIVE, CIVIL
from service.dispute.tables.general import CASE, GENERAL
from service.dispute.tables.mediation import MEDIATION
from service.dispute.tables.office import OFFICE
from service.dispute.tables.platform import PLATFORM

__all__ = ["ALL", "CASE", "DETAILS", "Detail", "details_of", "table_of"]

ALL = (MEDIATION, ADMINISTRATIVE, CIVIL, PLATFORM, OFFICE, GENERAL, CASE)


def table_of(kind: TrackKind) -> Table:
    """Return the table a kind of track follows."""
    return TABLES[table_name(kind)]


@dataclass(frozen=True, slots=True)
class Detail:
    """One thing a track is asked: its label (message id), and the answers offered, if closed."""

    label: str
    answers: Mapping[str, str] | None = None


YES_NO = {"yes": N_("yes"), "no": N_("no")}
DETAILS: Mapping[str, Mapping[str, Detail]] = {
    "mediation": {
        "mediation_kind": Detail(
            N_("Kind of mediation"), {key.value: name for key, name in MEDIATION_KINDS.items()}
        ),
        "respondent_consents": Detail(N_("The respondent agrees to mediation"), YES_NO),
        "mediator": Detail(N_("Mediator")),
        "about_ownership": Detail(
            N_("It is about who owns an IP right, or whether it is valid"), YES_NO
        ),
        "damages_only": Detail(N_("It is about the amount of damages only"), YES_NO),
        "court": Detail(N_("Competent court for the confirmation")),
    },
    "administrative": {
        "our_role": Detail(
            N_("We are"), {"plaintiff": N_("the complaining party"), "defendant": N_("the accused")}
        )
    },
    "civil": {
        "our_role": Detail(
            N_("We are"), {"plaintiff": N_("the complaining party"), "defendant": N_("the accused")}
        ),
        "court": Detail(N_("Court")),
    },
    "platform": {"platform": Detail(N_("Platform"), PLATFORMS), "listing": Detail(N_("Listing"))},
    "office": {
        "office": Detail(N_("Office: its code of two letters")),
        "mark": Detail(N_("Mark it is about")),
    },
    "general": {
        "arbitration_agreement": Detail(N_("There is an agreement to arbitrate"), YES_NO),
    },
}


def details_of(kind: TrackKind) -> Mapping[str, Detail]:
    """Return what a kind of track is asked, by name."""
    return DETAILS[table_of(kind).name]
