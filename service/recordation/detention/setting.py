"""Letters of a detention as PDF, in both languages, and for Word."""

from service.core.text import N_
from service.recordation.detention.letters import LETTERS
from service.recordation.detention.matters import Letter, Matter, Rows, base, fact
from service.recordation.packs.letters import BLANK
from service.recordation.usecases.wording import both
from service.rules.authorities.showing import rule_says
from service.ui.documents.pairs import as_text
from service.ui.documents.pdf import Imprint, Paper, pdf
from service.ui.documents.word import word

EVIDENCE_HEADS = (N_("No."), N_("Evidence"), N_("What it proves"), N_("SHA-256"))


def _rows(letter: Letter, matter: Matter) -> Rows:
    rule = letter.rules.get(matter.authority.code)
    basis = rule_says(rule, matter.at.date()).basis if rule else ""
    return [*base(matter), *letter.more(matter), fact(N_("Legal basis"), basis)]


def _evidence(letter: Letter, matter: Matter) -> list[list[str]]:
    if not letter.lists_evidence:
        return []
    return [
        [str(one.number), one.title, one.purpose or BLANK, one.sha256[:16] + "…"]
        for one in matter.evidence
    ]


def letter_pdf(key: str, matter: Matter) -> bytes:
    """Return a letter as PDF, in both languages."""
    letter = LETTERS[key]
    data = {
        "title": both(letter.title),
        "authority": matter.authority.name.model_dump(),
        "rows": _rows(letter, matter),
        "paragraphs": [both(one) for one in letter.paragraphs],
        "evidence": _evidence(letter, matter),
        "evidence_title": both(N_("List of evidence")),
        "evidence_heads": [both(one) for one in EVIDENCE_HEADS],
        "signers": [both(one) for one in letter.signers],
    }
    return pdf(Paper("recordation/detention", data, Imprint(matter.reference, matter.at)))


def letter_word(key: str, matter: Matter) -> bytes:
    """Return a letter for Word, where the office or the party edits it."""
    letter = LETTERS[key]
    fields = [
        {"label": row["label"], "value": as_text(row["value"])} for row in _rows(letter, matter)
    ]
    for number, title, purpose, digest in _evidence(letter, matter):
        label = both(N_("Evidence"))
        numbered = {tag: f"{text} {number}" for tag, text in label.items()}
        fields.append({"label": numbered, "value": f"{title}\n{purpose}\n{digest}"})
    return word(
        "kit/letter",
        {
            "title": both(letter.title),
            "reference": matter.reference,
            "made_at": matter.at.date().isoformat(),
            "fields": fields,
            "paragraphs": [as_text(both(one)) for one in letter.paragraphs],
        },
    )
