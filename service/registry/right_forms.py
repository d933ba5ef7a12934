"""What is asked of each kind of right, in the words of its own papers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from service.core.text import N_
from service.registry.documents import PAPERS
from service.registry.domain import DocumentKind, RightKind, RightStatus


@dataclass(frozen=True, slots=True)
class Asked:
    """One field of the form of a right."""

    name: str
    """Of the field in `RightIn`."""
    label: str
    """Message id; so is the hint."""
    hint: str = ""
    type: str = "text"
    rows: int = 0
    required: bool = False


def _day(name: str, label: str, hint: str = "") -> Asked:
    return Asked(name, label, hint, type="date")


_TERRITORY = Asked(
    "territory", N_("Territory"), N_("Two-letter code, such as CN or EM."), required=True
)
_NUMBER = N_("As on the paper, with every letter and point.")
_APPLICATION = Asked("application_number", N_("Application number"))
_HOLDER_HINT = N_("As on the paper, even if the organisation has another name by now.")
_LINES = N_("One a line.")
_NOTE = Asked("note", N_("Note"), rows=3)
_PATENT_END = (
    _day("filed_on", N_("Filing date")),
    _day("priority_on", N_("Priority date")),
    _day("granted_on", N_("Date of the announcement of grant")),
    _day("expires_on", N_("End of the term")),
    _day("fees_paid_until", N_("Annual fees paid until"), N_("From the copy of the register.")),
    _NOTE,
)


def _patent(title: str, creators: str, classification: str) -> tuple[Asked, ...]:
    return (
        Asked("title", title, required=True),
        Asked("title_en", N_("Title in English")),
        _TERRITORY,
        Asked("number", N_("Patent number"), _NUMBER),
        _APPLICATION,
        Asked("holder", N_("Patentee"), _HOLDER_HINT),
        Asked("creators", creators, _LINES, rows=3),
        Asked("classification", classification),
        *_PATENT_END,
    )


ASKED: Mapping[RightKind, Sequence[Asked]] = {
    RightKind.TRADEMARK: (
        Asked("title", N_("Words of the mark"), required=True),
        Asked("title_en", N_("Translation into English")),
        _TERRITORY,
        Asked("number", N_("Registration number"), _NUMBER),
        _APPLICATION,
        Asked("holder", N_("Registrant"), _HOLDER_HINT),
        Asked("classification", N_("Nice classes")),
        _day("filed_on", N_("Filing date")),
        _day("priority_on", N_("Priority date")),
        _day("granted_on", N_("Registration date")),
        _day("expires_on", N_("Expiry date")),
        _NOTE,
    ),
    RightKind.PATENT_INVENTION: _patent(
        N_("Title of the invention"), N_("Inventors"), N_("IPC classes")
    ),
    RightKind.UTILITY_MODEL: _patent(
        N_("Title of the utility model"), N_("Inventors"), N_("IPC classes")
    ),
    RightKind.DESIGN: _patent(
        N_("Product the design is for"), N_("Designers"), N_("Locarno classes")
    ),
    RightKind.COPYRIGHT: (
        Asked("title", N_("Title of the work"), required=True),
        Asked("title_en", N_("Title in English")),
        _TERRITORY,
        Asked("number", N_("Number of the registration of the work"), _NUMBER),
        Asked("holder", N_("Copyright owner"), _HOLDER_HINT),
        Asked("creators", N_("Authors"), _LINES, rows=3),
        Asked("classification", N_("Kind of work")),
        _day("completed_on", N_("Work finished on")),
        _day("published_on", N_("First published on")),
        _day("granted_on", N_("Work registered on")),
        _NOTE,
    ),
    RightKind.TRADE_SECRET: (
        Asked(
            "title",
            N_("What you call it"),
            N_("A name that tells nothing. Never write the secret itself here."),
            required=True,
        ),
        _TERRITORY,
        Asked("holder", N_("Holder")),
        Asked("creators", N_("Who guards it"), _LINES, rows=3),
        _day("completed_on", N_("Secret since")),
    ),
}
"""Fields by kind, in the order of the form."""

STATUS_NAMES: Mapping[RightStatus, str] = {
    RightStatus.APPLIED: N_("Applied for"),
    RightStatus.IN_FORCE: N_("Right in force"),
    RightStatus.LAPSED: N_("Lapsed"),
    RightStatus.REFUSED: N_("Refused"),
    RightStatus.INVALIDATED: N_("Declared invalid"),
}

STATUS_OF_PAPER: Mapping[DocumentKind, RightStatus] = {
    DocumentKind.FILING_RECEIPT: RightStatus.APPLIED,
    DocumentKind.PUBLICATION_NOTICE: RightStatus.APPLIED,
    DocumentKind.REFUSAL_NOTICE: RightStatus.REFUSED,
}
"""What a paper suggests; every other one suggests a right in force, which its holder confirms."""


def papers_of(kind: RightKind) -> list[DocumentKind]:
    """Return the kinds of papers that are kept beside a kind of right."""
    return [paper for paper, about in PAPERS.items() if kind in about.rights]
