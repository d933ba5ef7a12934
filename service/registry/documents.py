"""The papers from the drawer: what each is called, what it proves, and of which right."""

from collections.abc import Mapping
from dataclasses import dataclass

from service.core.text import N_
from service.registry.domain import DocumentKind, RightKind

PATENTS = frozenset({RightKind.PATENT_INVENTION, RightKind.UTILITY_MODEL, RightKind.DESIGN})
TRADEMARK = frozenset({RightKind.TRADEMARK})
REGISTERED = PATENTS | TRADEMARK
ANY = REGISTERED | {RightKind.COPYRIGHT}
"""All kinds whose papers are kept. Of a trade secret nothing is kept but its metadata."""


@dataclass(frozen=True, slots=True)
class Paper:
    """One kind of paper."""

    label: str
    """Message id."""
    proves: str
    """Message id."""
    rights: frozenset[RightKind]
    """Rights it belongs to; empty for a paper of the organisation itself."""


PAPERS: Mapping[DocumentKind, Paper] = {
    DocumentKind.TRADEMARK_CERTIFICATE: Paper(
        N_("Trademark certificate (paper)"), N_("the registration as granted"), TRADEMARK
    ),
    DocumentKind.TRADEMARK_CERTIFICATE_ELECTRONIC: Paper(
        N_("Trademark certificate (electronic)"), N_("the registration as granted"), TRADEMARK
    ),
    DocumentKind.FILING_RECEIPT: Paper(
        N_("Filing receipt"), N_("an application, and its date"), REGISTERED
    ),
    DocumentKind.REFUSAL_NOTICE: Paper(
        N_("Notice of refusal"), N_("a refusal, from which time runs"), REGISTERED
    ),
    DocumentKind.PUBLICATION_NOTICE: Paper(
        N_("Preliminary publication"), N_("the publication open to opposition"), TRADEMARK
    ),
    DocumentKind.ASSIGNMENT_CERTIFICATE: Paper(
        N_("Certificate of assignment"), N_("a new owner"), REGISTERED
    ),
    DocumentKind.CHANGE_CERTIFICATE: Paper(
        N_("Certificate of change"), N_("a new name or address of the owner"), REGISTERED
    ),
    DocumentKind.RENEWAL_CERTIFICATE: Paper(
        N_("Certificate of renewal"), N_("a new expiry date"), TRADEMARK
    ),
    DocumentKind.MADRID_CERTIFICATE: Paper(
        N_("Madrid certificate"), N_("an international registration"), TRADEMARK
    ),
    DocumentKind.PATENT_CERTIFICATE: Paper(
        N_("Patent certificate"),
        N_("the patent as granted, not that it is still in force"),
        PATENTS,
    ),
    DocumentKind.PATENT_REGISTER_COPY: Paper(
        N_("Copy of the patent register"), N_("owner, fees paid and force on its date"), PATENTS
    ),
    DocumentKind.WORK_CERTIFICATE: Paper(
        N_("Certificate of a registered work"),
        N_("a voluntary registration of a work, evidence until disproved"),
        frozenset({RightKind.COPYRIGHT}),
    ),
    DocumentKind.BUSINESS_LICENCE: Paper(
        N_("Business licence"), N_("the organisation's name, code and address"), frozenset()
    ),
    DocumentKind.OTHER: Paper(N_("Other paper"), N_("what it says"), ANY),
}
"""Certificates of grant prove the day of grant; that a right is in force needs a register copy."""

RIGHT_NAMES: Mapping[RightKind, str] = {
    RightKind.TRADEMARK: N_("Trademark"),
    RightKind.PATENT_INVENTION: N_("Invention patent"),
    RightKind.UTILITY_MODEL: N_("Utility model"),
    RightKind.DESIGN: N_("Design"),
    RightKind.COPYRIGHT: N_("Copyright"),
    RightKind.TRADE_SECRET: N_("Trade secret"),
}
