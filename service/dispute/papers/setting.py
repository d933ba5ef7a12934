"""What a paper says, as data, and its two files: PDF by typst, Word by docxtpl."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from service.core.text import N_
from service.dispute.domain import PartyRole
from service.dispute.papers.facts import FACTS, Known, day
from service.dispute.papers.kinds import PaperKind, signers
from service.ui.documents.pairs import Pair, Told, as_text, both, told_in
from service.ui.documents.pdf import Imprint, Paper, pdf
from service.ui.documents.word import fill_word, word

TEMPLATE = "dispute/paper"
BLANK = "________________"
PARTY_SIGNERS: Mapping[str, PartyRole] = {role.value: role for role in PartyRole}


@dataclass(frozen=True, slots=True)
class Signer:
    """Who must sign: the role in the paper, and who that is as far as it is known."""

    role: str
    name: str
    party_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Ready:
    """A paper read from the case and not yet set: nothing of the database hangs on it."""

    kind: PaperKind
    told: Told
    data: Mapping[str, Any]
    signers: Sequence[Signer]
    reference: str
    at: datetime
    entries: Mapping[str, str] = field(default_factory=dict)
    template: bytes | None = None
    """A Word template of our own."""
    template_sha256: str = ""


def paper_data(
    kind: PaperKind, known: Known, entries: Mapping[str, str], told: Told, *, at: datetime
) -> dict[str, Any]:
    """Return what the paper says as plain data: title, sections of rows and sentences, signers."""
    sections = []
    for section in kind.sections:
        rows = [
            {"label": both(FACTS[name].label), "value": value}
            for name in section.facts
            if (value := FACTS[name].read(known))
        ]
        for ask in kind.asks:
            if ask.key in section.asks:
                label = ask.label.model_dump()
                rows.append({"label": label, "value": entries.get(ask.key) or BLANK})
        text = [one.model_dump() for one in section.text]
        if rows or text:
            sections.append({"title": section.title.model_dump(), "rows": rows, "text": text})
    data = {
        "title": kind.title.model_dump(),
        "about": f"{known.thread.number} {known.case.title}".strip(),
        "sections": sections,
        "basis": kind.basis.model_dump() if kind.basis else "",
        "made_on": day(at),
        "words": {
            "basis": both(N_("Basis")),
            "name": both(N_("Name")),
            "sign": both(N_("Signature or seal")),
            "date": both(N_("Date")),
        },
        "signers": [
            {"role": signers()[one.role].model_dump(), "name": one.name}
            for one in signers_of(kind, known)
        ],
    }
    told_data: dict[str, Any] = told_in(data, told)
    return told_data


def signers_of(kind: PaperKind, known: Known) -> list[Signer]:
    """Return who must sign: each party of a role; the mediator and the body by name."""
    return [one for role in kind.signs for one in _signers(role, known)]


def _signers(role: str, known: Known) -> Iterator[Signer]:
    wanted = PARTY_SIGNERS.get(role)
    parties = [party for party in known.parties if party.role is wanted]
    for party in parties:
        yield Signer(role, party.name, party.id)
    if not parties:
        yield Signer(role, _name(role, known))


def _name(role: str, known: Known) -> str:
    track = known.track
    names = {
        "mediator": track.detail.get("mediator", "") if track else "",
        "body": track.body_name if track else "",
        "station": known.station["zh"],
        "applicant": known.enterprise["zh"],
    }
    return names.get(role, "")


def set_pdf(ready: Ready) -> bytes:
    """Return the PDF; the same paper gives the same bytes."""
    return pdf(Paper(TEMPLATE, ready.data, Imprint(ready.reference, ready.at)))


def set_word(ready: Ready) -> bytes:
    """Return the Word file, from the template of our own where there is one.

    Raises:
        TemplateRefused: the template does not fit what the paper says.
    """
    flat = word_data(ready.data, ready.reference)
    if ready.template is None:
        return word(TEMPLATE, flat)
    return fill_word(ready.template, flat, name=ready.kind.key)


def word_data(data: Mapping[str, Any], reference: str) -> dict[str, Any]:
    """Return the same for Word: every value one text. These are the names a template may use."""
    return {
        "title": as_text(data["title"]),
        "about": data["about"],
        "reference": reference,
        "made_on": as_text(data["made_on"]),
        "basis": as_text(data["basis"]),
        "words": {key: as_text(value) for key, value in data["words"].items()},
        "sections": [
            {
                "title": as_text(section["title"]),
                "rows": [
                    {"label": as_text(row["label"]), "value": as_text(row["value"])}
                    for row in section["rows"]
                ],
                "text": [as_text(one) for one in section["text"]],
            }
            for section in data["sections"]
        ],
        "signers": [{"role": as_text(one["role"]), "name": one["name"]} for one in data["signers"]],
    }


def sample(kind: PaperKind) -> dict[str, Any]:
    """Return invented data of a kind: what a new template is tried with."""
    filler: Pair = {"zh": "示例", "en": "Sample"}
    sections = [
        {
            "title": section.title.model_dump(),
            "rows": [{"label": both(FACTS[name].label), "value": filler} for name in section.facts]
            + [{"label": filler, "value": filler} for _ in section.asks],
            "text": [one.model_dump() for one in section.text],
        }
        for section in kind.sections
    ]
    words = dict.fromkeys(("basis", "name", "sign", "date"), filler)
    data = {
        "title": kind.title.model_dump(),
        "about": "2026-0001",
        "sections": sections,
        "basis": filler,
        "made_on": filler,
        "words": words,
        "signers": [{"role": signers()[role].model_dump(), "name": "示例"} for role in kind.signs],
    }
    return word_data(data, "2026-0001")
