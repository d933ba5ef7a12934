"""Results of a stored catalogue: lines while it runs, a workbook and a report when it has ended."""

import csv
import io
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from service.core import clock
from service.core.jobs import JobContext
from service.identity.permissions import Actor
from service.matching.explain import axes_told
from service.matching.kinds import Axis
from service.rules.markets import market as market_of
from service.screening.catalogue import SUMMARY
from service.screening.catalogues import Catalogues
from service.screening.domain import CONFLICTS, Verdict
from service.screening.models import Catalogue, CatalogueRow, Screening
from service.screening.results import Cells, lines_of
from service.screening.schemas import AxisOut
from service.ui.documents.pdf import Imprint, Paper, pdf
from service.ui.documents.sheets import Cell, Column, Sheet, safe, workbook
from service.ui.i18n import Language, translator
from service.ui.tags import COVERAGE, VERDICTS

Answer = Mapping[str, Any]
SHOWN = 10
"""Conflicts of one row in one market that are listed; all are in the screening."""
IN_REPORT = 300
"""Rows with conflicts that the report lists, the worst first; all are in the workbook."""
ORDER = tuple(Verdict)
BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"

OVERVIEW = (
    Column("行", "Row", 6),
    Column("货号", "SKU", 16),
    Column("名称", "Names", 28),
    Column("市场", "Market", 9),
    Column("结论", "Verdict", 22),
    Column("检索范围", "Coverage", 26),
    Column("冲突数", "Conflicts", 10),
    Column("最接近的商标", "Closest mark", 34),
    Column("权利人", "Owner", 28),
    Column("筛查编号", "Screening", 38),
    Column("问题", "Problem", 40),
)
IN_A_MARKET = (
    Column("行", "Row", 6),
    Column("货号", "SKU", 16),
    Column("名称", "Name", 24),
    Column("风险", "Risk", 18),
    Column("商标", "Mark", 28),
    Column("注册簿", "Register", 9),
    Column("号码", "Number", 16),
    Column("权利人", "Owner", 28),
    Column("状态", "Status", 14),
    Column("类别", "Classes", 12),
    Column("近似度", "Similarity", 10),
    Column("商品关系", "Goods", 40),
    Column("理由", "Reasons", 60),
)


def lines(session: Session, actor: Actor, catalogue_id: UUID) -> Iterator[str]:
    """Yield the result as CSV, what is done so far."""
    yield BOM + _csv(SUMMARY)
    for row in Catalogues(session, actor).every_row(catalogue_id):
        for line in _overview(row):
            yield _csv([safe(value) for value in line])


def rejects(session: Session, actor: Actor, catalogue_id: UUID) -> Iterator[str]:
    """Yield the rows that could not be screened as CSV, with the reason in both languages."""
    yield BOM + _csv(("row", "sku", "names", "code", "zh", "en"))
    for row in Catalogues(session, actor).every_row(catalogue_id, only="rejected"):
        told = row.problem or {}
        head = (row.place, row.reference, " / ".join(row.names), told.get("code", ""))
        yield _csv([safe(value) for value in (*head, *_both(told))])


def answers(session: Session, actor: Actor, catalogue_id: UUID) -> Iterator[str]:
    """Yield the result as JSON Lines: each whole answer as it was given, or the problem."""
    for row, packed in Catalogues(session, actor).every_answer(catalogue_id):
        head = {"row": row.place, "sku": row.reference, "names": row.names}
        if packed is None:
            yield json.dumps({**head, "error": row.problem or {}}, ensure_ascii=False) + "\n"
        else:
            told = json.dumps(head, ensure_ascii=False)[:-1]
            yield f"{told}, {zlib.decompress(packed).decode()[1:]}\n"


def write_results(context: JobContext, catalogue_id: UUID, actor: Actor) -> dict[str, str]:
    """Make the workbook and the report, store them, and return their names by kind."""
    with context.database.read() as session:
        catalogue = Catalogues(session, actor).get(catalogue_id)
        made = {
            "xlsx": make_workbook(session, actor, catalogue),
            "pdf": make_report(session, actor, catalogue),
        }
    most = context.settings.unpacked_bytes
    return {kind: context.files.put([content], limit=most).sha256 for kind, content in made.items()}


def make_workbook(session: Session, actor: Actor, catalogue: Catalogue) -> bytes:
    """Return the workbook: an overview, and a sheet of conflicts with reasons for each market."""
    catalogues = Catalogues(session, actor)

    def overview() -> Iterator[Sequence[Cell]]:
        for row in catalogues.every_row(catalogue.id):
            yield from (_worded(line) for line in _overview(row))

    codes = _markets(session, actor, catalogue)
    sheets = [Sheet("汇总 Overview", OVERVIEW, overview())]
    for code in codes:
        rows = _conflicts(session, actor, catalogue, code)
        name = market_of(code).name
        sheets.append(Sheet(f"{code} {name.zh} {name.en}", IN_A_MARKET, rows))
    return workbook(sheets)


def make_report(session: Session, actor: Actor, catalogue: Catalogue) -> bytes:
    """Return the report in both languages, as PDF."""
    catalogues = Catalogues(session, actor)
    counts: dict[str, dict[str, int]] = {}
    worst: list[CatalogueRow] = []
    alike: dict[tuple[str, ...], CatalogueRow] = {}
    for row in catalogues.every_row(catalogue.id):
        alike.setdefault(tuple(row.markets), row)
        for code, told in row.markets.items():
            by = counts.setdefault(code, {})
            by[told["verdict"]] = by.get(told["verdict"], 0) + 1
        if row.verdict in CONFLICTS:
            worst.append(row)
    missing = missing_of(session, alike.values())
    worst.sort(key=lambda row: (ORDER.index(row.verdict or Verdict.NOT_SEARCHED), row.place))
    data = _report_data(catalogue, counts, missing, worst)
    imprint = Imprint(str(catalogue.id)[:8], clock.now())
    return pdf(Paper("screening/catalogue", data, imprint))


def _report_data(
    catalogue: Catalogue,
    counts: Mapping[str, Mapping[str, int]],
    missing: Sequence[Mapping[str, str]],
    worst: Sequence[CatalogueRow],
) -> dict[str, Any]:
    return {
        "name": catalogue.name,
        "rows": catalogue.rows,
        "done": catalogue.done,
        "rejected": catalogue.rejected,
        "verdicts": [_label(VERDICTS[one.value].label) for one in ORDER],
        "markets": [
            {
                "name": {"zh": f"{code} {market_of(code).name.zh}", "en": market_of(code).name.en},
                "counts": [by.get(one.value, 0) for one in ORDER],
            }
            for code, by in sorted(counts.items())
        ],
        "missing": list(missing),
        "conflicts": [_report_row(row) for row in worst[:IN_REPORT]],
        "more": max(0, len(worst) - IN_REPORT),
    }


def _report_row(row: CatalogueRow) -> dict[str, Any]:
    hit = [f"{code}: {told['closest']}" for code, told in row.markets.items() if told["closest"]]
    assert row.verdict is not None
    return {
        "row": row.place,
        "names": " / ".join(row.names),
        "sku": row.reference,
        "verdict": _label(VERDICTS[row.verdict.value].label),
        "marks": hit[:4],
    }


def missing_of(session: Session, rows: Iterable[CatalogueRow]) -> list[dict[str, str]]:
    """Return what was not searched for some rows, once each, in both languages.

    Of rows for the same markets one is asked; who asked for the most is told first, and of the
    others what it did not tell.
    """
    alike = {tuple(row.markets): row.screening_id for row in rows if row.screening_id}
    told: dict[tuple[str, str], set[str]] = {}
    found: dict[str, dict[str, str]] = {}
    for markets in sorted(alike, key=len, reverse=True):
        kept = session.get(Screening, alike[markets])
        for one in json.loads(zlib.decompress(kept.answer))["not_searched"] if kept else ():
            known = told.setdefault((one["what"], one["why"]), set())
            if not known >= set(one["markets"]):
                known.update(one["markets"])
                found.setdefault(one["explanation"]["en"], one["explanation"])
    return list(found.values())


def _conflicts(
    session: Session, actor: Actor, catalogue: Catalogue, code: str
) -> Iterator[Sequence[Cell]]:
    for row, packed in Catalogues(session, actor).every_answer(catalogue.id):
        if packed is None or not row.markets.get(code, {}).get("conflicts"):
            continue
        found = [
            hit
            for hit in json.loads(zlib.decompress(packed))["hits"]
            if hit["markets"].get(code, {}).get("verdict") in CONFLICTS
        ]
        for hit in found[:SHOWN]:
            yield _conflict(row, hit, hit["markets"][code])


def signs_told(hit: Answer, here: Answer) -> Iterator[Mapping[str, str]]:
    """Yield what is said of the signs in one market: its own office's rules and no other's.

    Answers that were given before markets told their rules explain a hit for all of them at once.
    """
    if "rules" not in here:
        yield hit["explanation"]
        return
    yield axes_told({Axis(name): AxisOut.model_validate(one) for name, one in hit["axes"].items()})
    for rule in (*hit["rules"], *hit["counter_evidence"]):
        if rule["id"] in here["rules"]:
            yield {code: f"{rule['id']} {rule['text'][code]}" for code in ("zh", "en")}


def _conflict(row: CatalogueRow, hit: Answer, here: Answer) -> Sequence[Cell]:
    mark = hit["mark"]
    reasons = [*signs_told(hit, here), *(one["text"] for one in here["reasons"])]
    return (
        row.place,
        row.reference,
        hit["name"],
        _said(VERDICTS[here["verdict"]].label),
        mark["text"],
        mark["office"],
        mark["number"],
        mark["owner"],
        mark["status"],
        ", ".join(str(nice) for nice in mark["classes"]),
        round(hit["similarity"], 2),
        _pair(here["goods"]["explanation"]),
        "\n".join(_pair(reason) for reason in reasons),
    )


def _markets(session: Session, actor: Actor, catalogue: Catalogue) -> list[str]:
    found: dict[str, None] = {}
    for row in Catalogues(session, actor).every_row(catalogue.id):
        found.update(dict.fromkeys(row.markets))
    return sorted(found)


def _overview(row: CatalogueRow) -> list[Cells]:
    head: Cells = (row.place, row.reference, " / ".join(row.names))
    if row.verdict is None:
        told = " / ".join(_both(row.problem or {}))
        return [(*head, "", "error", "", "", "", "", "", told)]
    return lines_of(head, row.markets, str(row.screening_id or ""))


def _worded(line: Cells) -> Sequence[Cell]:
    """Put words for the keys of verdict and coverage."""
    verdict, coverage = str(line[4]), str(line[5])
    told = _said(VERDICTS[verdict].label) if verdict in VERDICTS else "未筛查 Not screened"
    reach = _said(COVERAGE[coverage].label) if coverage in COVERAGE else ""
    return (*line[:4], told, reach, *line[6:])


def _label(message: str) -> dict[str, str]:
    return {
        "zh": translator(Language.ZH_HANS).text(message),
        "en": translator(Language.EN).text(message),
    }


def _said(message: str) -> str:
    return _pair(_label(message))


def _pair(words: Mapping[str, str]) -> str:
    return f"{words['zh']} {words['en']}".strip()


def _both(told: Mapping[str, str]) -> tuple[str, str]:
    return told.get(Language.ZH_HANS.value, ""), told.get(Language.EN.value, "")


def _csv(values: Sequence[object]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow(values)
    return out.getvalue()
