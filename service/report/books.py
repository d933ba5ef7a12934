"""The report and the ledger as workbooks, both languages in every heading."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from service.cases.reckoning import local_day
from service.core.text import N_
from service.dispute.domain import PARTY_ROLES
from service.report.domain import COMPARED, DIMENSIONS, Dimension, Figure, Report
from service.report.measures import MEASURES, PARTS, WHO, How
from service.report.usecases.ledger import Entry
from service.report.words import ending_of, label, step_said
from service.ui.documents.sheets import Bars, Cell, Column, Sheet, workbook
from service.ui.i18n import Language, translator

ZH, EN = translator(Language.ZH_HANS), translator(Language.EN)


def both(message: str, sep: str = " ") -> str:
    """Return a message in both languages."""
    return f"{ZH.text(message)}{sep}{EN.text(message)}"


def _column(message: str, width: int = 18) -> Column:
    return Column(ZH.text(message), EN.text(message), width)


def report_book(report: Report) -> bytes:
    """Return the report as a workbook: figures, breakdowns with their charts, meanings."""
    return workbook([_figures(report), *_splits(report), _meanings()])


def _figures(report: Report) -> Sheet:
    periods = report.scope.period.compared()
    columns = [_column(N_("Part")), _column(N_("Figure"), 44)]
    for at, period in periods.items():
        columns += [Column(f"{ZH.text(COMPARED[at])} {period}", EN.text(COMPARED[at]), 16)]
        columns += [Column(f"笔数 {period}", "Rows", 10)]
    rows: list[list[Cell]] = []
    for line in report.lines:
        measure = MEASURES[line.key]
        cells = (_cells(line.key, line.figures.get(at)) for at in periods)
        rows.append([both(PARTS[measure.part]), both(measure.name), *chain.from_iterable(cells)])
    return Sheet(f"{report.scope.period} 统计 Figures", columns, rows)


def _cells(key: str, figure: Figure | None) -> list[Cell]:
    if figure is None:
        return ["–", None]
    value: Cell = "–" if figure.value is None else figure.value
    if MEASURES[key].how is How.SHARE and figure.value is not None:
        value = ZH.percent(figure.value)
    return [value, figure.count]


def _splits(report: Report) -> Iterator[Sheet]:
    """Yield a sheet for each dimension that tells something apart, each block with its chart."""
    names = {str(key): name for key, name in report.names.items()}
    for dimension in Dimension:
        rows: list[list[Cell]] = []
        charts = []
        for line in report.lines:
            for split in line.breakdowns:
                if split.dimension is dimension and split.counts:
                    told = both(MEASURES[line.key].name)
                    first = len(rows) + 1
                    rows += [[told, _both(dimension, key, names), n] for key, n in split.counts]
                    charts.append(Bars(told, first, len(rows), labels=2, values=3))
        if rows:
            columns = [_column(N_("Figure"), 44), _column(DIMENSIONS[dimension], 36)]
            title = both(DIMENSIONS[dimension])
            yield Sheet(title, [*columns, _column(N_("Count"), 10)], rows, charts)


def _both(dimension: Dimension, key: str, names: dict[str, str]) -> str:
    told = [label(dimension, key, words, names) for words in (ZH, EN)]
    return " ".join(dict.fromkeys(told))


def _meanings() -> Sheet:
    rows = [
        [both(one.name), ZH.text(one.meaning), EN.text(one.meaning), ", ".join(one.tables)]
        for one in MEASURES.values()
    ]
    columns = [
        _column(N_("Figure"), 44),
        Column("口径", "How it is counted (Chinese)", 60),
        Column("英文口径", "How it is counted", 60),
        _column(N_("Tables"), 36),
    ]
    return Sheet(both(N_("How it is counted")), columns, rows)


LEDGER_COLUMNS: Sequence[Column] = (
    _column(N_("Number"), 14),
    _column(N_("Day"), 12),
    _column(N_("Matter"), 40),
    _column(N_("By which way it came"), 20),
    _column(N_("Service"), 20),
    _column(N_("Parties"), 40),
    _column(N_("Market"), 16),
    _column(N_("Industry"), 18),
    _column(N_("Park"), 18),
    _column(N_("Steps"), 60),
    _column(N_("Outcome"), 20),
    _column(N_("Works on it"), 14),
)


def ledger_book(entries: Iterable[Entry], period: str) -> bytes:
    """Return the work ledger 工作台账 as a workbook."""
    rows = (ledger_cells(one) for one in entries)
    return workbook([Sheet(f"{period} 工作台账 Ledger", LEDGER_COLUMNS, rows)])


def ledger_cells(one: Entry) -> list[Cell]:
    """Return the cells of a line of the ledger, in both languages."""
    return [
        one.number,
        local_day(one.opened_at),
        str(one.thread.title_values.get("name", "")),
        _both(Dimension.WAY, one.keys[Dimension.WAY], {}),
        _both(Dimension.LINE, one.keys[Dimension.LINE], {}),
        "; ".join(f"{ZH.text(PARTY_ROLES[p.role])} {p.name}" for p in one.parties),
        *(_both(key, one.keys[key], {}) if one.keys[key] else "" for key in WHO),
        "\n".join(f"{local_day(step.at)} {both(step_said(step.verb))}" for step in one.steps),
        both(ended) if (ended := ending_of(one)) else "",
        one.person,
    ]
