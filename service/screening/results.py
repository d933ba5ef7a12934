"""Results of a catalogue, written row by row as they come: .jsonl, .csv or .xlsx.

Rendering and writing are apart, so that a row is rendered where it was screened. No cell is ever
taken for a formula by a spreadsheet program, whatever stands in names and owners.
"""

import csv
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Protocol

from openpyxl import Workbook
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from service.core.errors import FieldError, Invalid, Problem
from service.core.text import N_
from service.screening.catalogue import SUMMARY, Row
from service.screening.domain import CONFLICTS
from service.screening.errors import CatalogueColumns
from service.screening.schemas import MarketOut, ScreeningOut
from service.ui.documents.sheets import SHEET_ROWS, in_excel, safe
from service.ui.i18n import Language, translator

Cells = tuple[str | int, ...]
IN_MARKET = ("verdict", "coverage", "conflicts", "closest", "owner")


def render_json(row: Row, answer: ScreeningOut | None, problem: Problem | None) -> str:
    """Return the line of a row: the whole answer, or the problem in both languages."""
    head = {"row": row.place, "sku": row.asked.reference, "names": row.asked.names}
    if answer is None:
        told = {"code": problem.code, **said(problem)} if problem else {}
        return json.dumps({**head, "error": told}, ensure_ascii=False)
    return f"{json.dumps(head, ensure_ascii=False)[:-1]}, {answer.model_dump_json()[1:]}"


def said(problem: Problem) -> dict[str, str]:
    """Return a problem and its wrong fields in both languages, by language."""
    told = {}
    for language in Language:
        words = translator(language)
        faults = (
            f"{fault.field}: {words.text(fault.message, **fault.values)}"
            for fault in problem.errors
            if fault.message != problem.detail
        )
        told[language.value] = " ".join([words.text(problem.detail, **problem.members), *faults])
    return told


def render_cells(row: Row, answer: ScreeningOut | None, problem: Problem | None) -> list[Cells]:
    """Return the lines of a row, one for each market (`SUMMARY`), or one with its problem."""
    head = (row.place, row.asked.reference, " / ".join(row.asked.names))
    if answer is None:
        told = " / ".join(said(problem).values()) if problem else ""
        return [(*head, "", "error", "", "", "", "", "", told)]
    return lines_of(head, in_markets(answer), str(answer.screening_id))


def lines_of(
    head: Cells, markets: Mapping[str, Mapping[str, str | int]], screening_id: str
) -> list[Cells]:
    """Return the lines of a row that was screened (`SUMMARY`), one for each market."""
    return [
        (*head, code, *(told[name] for name in IN_MARKET), screening_id, "")
        for code, told in markets.items()
    ]


def in_markets(answer: ScreeningOut) -> dict[str, dict[str, str | int]]:
    """Return what an answer says of each market in short (`IN_MARKET`), by market."""
    return {
        code: dict(zip(IN_MARKET, _in_market(code, market, answer), strict=True))
        for code, market in answer.markets.items()
    }


def _in_market(code: str, market: MarketOut, answer: ScreeningOut) -> Cells:
    hits = (hit for hit in answer.hits if code in hit.markets)
    closest = next((hit.mark for hit in hits if hit.markets[code].verdict in CONFLICTS), None)
    return (
        market.verdict.value,
        market.coverage.value,
        sum(market.counts.get(verdict, 0) for verdict in CONFLICTS),
        f"{closest.office} {closest.number} {closest.text}" if closest else "",
        closest.owner if closest else "",
    )


Rendered = str | list[Cells]
Render = Callable[[Row, ScreeningOut | None, Problem | None], Rendered]


class Writer(Protocol):
    """Writes rendered rows one by one."""

    def write(self, rendered: Rendered) -> None:
        """Add one row."""

    def close(self) -> None:
        """Finish the file."""


class _JsonLines:
    def __init__(self, path: Path) -> None:
        self._out = path.open("w", encoding="utf-8", newline="\n")

    def write(self, rendered: Rendered) -> None:
        assert isinstance(rendered, str)
        self._out.write(rendered + "\n")

    def close(self) -> None:
        self._out.close()


class _Csv:
    def __init__(self, path: Path) -> None:
        self._out = path.open("w", encoding="utf-8-sig", newline="")
        self._csv = csv.writer(self._out)
        self._csv.writerow(SUMMARY)

    def write(self, rendered: Rendered) -> None:
        assert not isinstance(rendered, str)
        self._csv.writerows([safe(value) for value in line] for line in rendered)

    def close(self) -> None:
        self._out.close()


class _Excel:
    def __init__(self, path: Path) -> None:
        path.touch()
        self._path = path
        self._book = Workbook(write_only=True)
        self._line = count()

    def write(self, rendered: Rendered) -> None:
        assert not isinstance(rendered, str)
        for line in rendered:
            if next(self._line) % SHEET_ROWS == 0:
                self._begin_sheet()
            self._sheet.append([in_excel(value) for value in line])

    def _begin_sheet(self) -> None:
        number = len(self._book.sheetnames) + 1
        self._sheet: WriteOnlyWorksheet = self._book.create_sheet(f"Screening {number}")
        self._sheet.append(SUMMARY)

    def close(self) -> None:
        if not self._book.sheetnames:
            self._begin_sheet()
        self._book.save(self._path)


FORMATS: Mapping[str, tuple[Render, Callable[[Path], Writer]]] = {
    ".jsonl": (render_json, _JsonLines),
    ".csv": (render_cells, _Csv),
    ".xlsx": (render_cells, _Excel),
}


def render_for(path: Path) -> Render:
    """Return how rows of this result are rendered.

    Raises:
        CatalogueColumns: an ending we do not write.
    """
    return _format(path)[0]


def _format(path: Path) -> tuple[Render, Callable[[Path], Writer]]:
    found = FORMATS.get(path.suffix.lower())
    if found is None:
        detail = N_("Name a result that ends in .jsonl, .csv or .xlsx.")
        raise CatalogueColumns(detail, errors=[FieldError("output", detail)])
    return found


@contextmanager
def opened_result(path: Path) -> Iterator[Writer]:
    """Open the result file its ending asks for: .jsonl (one whole answer a line), .csv or .xlsx.

    The file takes its name only when it is complete; what was begun and not ended is removed.

    Raises:
        CatalogueColumns: an ending we do not write.
        Invalid: the file cannot be made there.
    """
    make = _format(path)[1]
    part = path.with_name(f".{path.name}.part")
    try:
        writer = make(part)
    except OSError as fault:
        raise _unwritable(path, fault) from None
    try:
        yield writer
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    try:
        writer.close()
        part.replace(path)
    except OSError as fault:
        part.unlink(missing_ok=True)
        raise _unwritable(path, fault) from None


def _unwritable(path: Path, fault: OSError) -> Invalid:
    detail = N_("{path} cannot be written: {reason}.")
    values: dict[str, object] = {"path": str(path), "reason": fault.strerror or str(fault)}
    return Invalid(detail, errors=[FieldError("output", detail, values)], **values)
