"""A check-up as a paper: PDF or Word of one frozen report, in the form the papers of cases have."""

from datetime import datetime
from typing import Any

from fastapi.responses import Response

from service.core.text import N_
from service.dispute.papers.setting import TEMPLATE, word_data
from service.recordation.api_filings import download
from service.station.base.checkup import TITLES
from service.station.base.drafting import filled
from service.station.base.models import CheckUp
from service.station.base.usecases.checkups import report_of
from service.ui.documents.pairs import Told, both, told_in
from service.ui.documents.pdf import Imprint, Paper, pdf
from service.ui.documents.word import word

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
NOTHING = N_("The station sees nothing of this. That does not say that there is nothing.")
HASH = N_("SHA-256 of the frozen report: {hash}")
ORIENTATION = N_(
    "What the station may see, on the day it was made. Orientation, no legal advice; what was not "
    "searched is not clear."
)


def paper_data(row: CheckUp, told: Told) -> dict[str, Any]:
    """Return the report as the template reads it, in both languages or one."""
    report = report_of(row)
    made = datetime.fromisoformat(report["made_at"])
    sections = []
    for section in report["sections"]:
        lines = [
            {
                "zh": f"{one['text']['zh']} → {one['advice']['zh']}",
                "en": f"{one['text']['en']} → {one['advice']['en']}",
            }
            for one in section["findings"]
        ]
        sections.append(
            {
                "title": both(TITLES[section["key"]]),
                "rows": [{"label": one["label"], "value": one["value"]} for one in section["rows"]],
                "text": lines or ([] if section["rows"] else [both(NOTHING)]),
            }
        )
    sections.append({"title": both(N_("Note")), "rows": [], "text": [both(ORIENTATION)]})
    data = {
        "title": both(N_("Check-up of the enterprise")),
        "about": f"{report['enterprise']['zh']} {report['enterprise']['en']}".strip(),
        "sections": sections,
        "basis": filled(HASH, {"hash": row.sha256}),
        "words": {name: both(text) for name, text in WORDS.items()},
        "signers": [],
        "made_on": filled(
            N_("Made on {day} by {station}"),
            {
                "day": made.date(),
                "station": report["station"],
            },
        ),
    }
    reduced: dict[str, Any] = told_in(data, told)
    return reduced


WORDS = {
    "basis": N_("Basis"),
    "name": N_("Name"),
    "sign": N_("Signature"),
    "date": N_("Date"),
}


def checkup_file(row: CheckUp, kind: str, language: str) -> Response:
    """Answer a check-up as a download."""
    data = paper_data(row, Told(language))
    if kind == "pdf":
        imprint = Imprint(str(row.id), row.made_at)
        content = pdf(Paper(TEMPLATE, data, imprint))
    else:
        content = word(TEMPLATE, word_data(data, str(row.id)))
    return download(content, TYPES[kind], f"check-up-{row.id}.{kind}")
