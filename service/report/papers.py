"""The report and the ledger as papers, both languages side by side."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from service.cases.reckoning import local_day
from service.core.text import N_
from service.report.books import LEDGER_COLUMNS, ledger_cells
from service.report.domain import COMPARED, DIMENSIONS, PERIOD_KINDS, Figure, Period, Report
from service.report.measures import MEASURES, How
from service.report.models import StationReport
from service.report.showing import Address, sections, written
from service.report.usecases.ledger import Entry
from service.ui.documents.pdf import Imprint, Paper
from service.ui.i18n import Language, translator

ZH, EN = translator(Language.ZH_HANS), translator(Language.EN)
NOWHERE = Address("")


def pair(message: str, **values: object) -> dict[str, str]:
    """Return a message in both languages."""
    return {"zh": ZH.text(message, **values), "en": EN.text(message, **values)}


def report_paper(report: Report, issued: StationReport | None = None) -> Paper:
    """Return the report as a paper; of an issued one its edition and hash stand on it."""
    scope = report.scope
    periods = scope.period.compared()
    zh, en = sections(report, ZH, NOWHERE), sections(report, EN, NOWHERE)
    data = {
        "title": pair(PERIOD_KINDS[scope.period.kind]),
        "about": _about(report),
        "facts": _facts(report, issued),
        "headings": [{**pair(COMPARED[at]), "period": str(one)} for at, one in periods.items()],
        "parts": [
            {
                "title": pair(here.title),
                "rows": [
                    [pair(MEASURES[line.key].name)]
                    + [figure_text(line.key, line.figures.get(at)) for at in periods]
                    for line in here.lines
                ],
                "charts": [
                    {
                        "title": pair(chart.measure),
                        "by": pair(DIMENSIONS[chart.dimension]),
                        "bars": [
                            {"zh": a.text, "en": b.text, "count": a.count, "share": a.share}
                            for a, b in zip(chart.bars, there_chart.bars, strict=True)
                        ],
                    }
                    for chart, there_chart in zip(here.charts, there.charts, strict=True)
                ],
            }
            for here, there in zip(zh, en, strict=True)
        ],
        "meanings": [
            {"name": pair(one.name), "meaning": pair(one.meaning), "tables": ", ".join(one.tables)}
            for one in MEASURES.values()
        ],
    }
    reference = f"{scope.period}" + (f" · {issued.edition}" if issued else "")
    return Paper("report/report", data, Imprint(reference, report.made_at))


def _about(report: Report) -> str:
    period, names = report.scope.period, "、".join(report.names.values())
    return f"{names}  {period.first} – {period.last}"


def _facts(report: Report, issued: StationReport | None) -> list[dict[str, Any]]:
    facts: list[tuple[str, Any]] = [
        (N_("Period"), f"{report.scope.period} (Asia/Shanghai)"),
        (N_("Stations"), list(report.names.values())),
    ]
    if issued is not None:
        facts += [
            (N_("Edition"), issued.edition),
            (N_("Issued on"), str(local_day(issued.issued_at))),
            (N_("SHA-256 of the figures"), issued.snapshot_hash),
        ]
        if issued.reason:
            facts.append((N_("What it corrects"), issued.reason))
    return [{"label": pair(name), "value": value} for name, value in facts]


def figure_text(key: str, figure: Figure | None) -> str:
    """Write a figure for a paper: `80% (4/5)`, `1.5 (12)`, `7`, or a dash."""
    text = written(key, figure, ZH)
    if figure is None or figure.value is None or MEASURES[key].how is How.COUNT:
        return text
    rests = f"{figure.count}/{figure.whole}" if figure.whole is not None else str(figure.count)
    return f"{text} ({rests})"


def ledger_paper(entries: Iterable[Entry], period: Period, hidden: int, made_at: datetime) -> Paper:
    """Return the work ledger as a paper."""
    data = {
        "title": {"zh": "工作台账", "en": "Work ledger"},
        "about": f"{period.first} – {period.last}",
        "headings": [{"zh": one.zh, "en": one.en} for one in LEDGER_COLUMNS],
        "rows": [["" if c is None else str(c) for c in ledger_cells(one)] for one in entries],
        "hidden": hidden,
    }
    return Paper("report/ledger", data, Imprint(str(period), made_at))
