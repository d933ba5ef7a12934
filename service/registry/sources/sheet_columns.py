"""Which column of a sheet is which field: a table of headings, and a mapping a user makes."""

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from service.core.text import N_
from service.registry.errors import SheetColumnsMissing
from service.registry.sources.values import plain

IGNORED = ""
"""What a mapping gives a heading that is to be left out."""


MOST_TOLD = 40
"""Characters of a heading that a problem repeats; longer than any heading of an office's sheet."""


@cache
def heading_table() -> dict[str, str]:
    """Return the field of every known heading by folded heading; `IGNORED` where it has none."""
    table: dict[str, str] = {}
    text = files("service.registry.sources").joinpath("fields/sheet.csv").read_text("utf-8")
    for row in csv.DictReader(text.splitlines()):
        for heading in [*row["headings"].split("|"), row["field"]]:
            if heading:
                table.setdefault(fold_heading(heading), row["field"])
    return table


@cache
def sheet_fields() -> tuple[str, ...]:
    """Return every field a heading can be mapped to."""
    return tuple(dict.fromkeys(field for field in heading_table().values() if field))


def fold_heading(heading: str) -> str:
    """Return the key a heading is known by: width and case folded, without spaces and marks."""
    folded = plain(heading).casefold().lstrip("\ufeff")
    return re.sub(r"[\s_/\\.:：,，、*()\[\]【】'\"-]+", "", folded) or folded.strip()


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the sheet: its heading as written, and its field (None: not known)."""

    heading: str
    field: str | None


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a sheet and the place of each field in a row."""

    columns: tuple[Column, ...]
    places: dict[str, tuple[int, ...]]
    """Field → column numbers. Several columns of one field are joined by `;`."""
    row: tuple[str, ...] = ()
    """The heading row itself; lists put together from several files repeat it."""

    @property
    def unknown(self) -> tuple[str, ...]:
        """The headings nobody has mapped yet."""
        return tuple(column.heading for column in self.columns if column.field is None)

    def cells(self, row: Sequence[str]) -> dict[str, str]:
        """Return the filled cells of a row by field."""
        found = {}
        for field in self.places:
            value = self.value(row, field)
            if value:
                found[field] = value
        return found

    def value(self, row: Sequence[str], field: str) -> str:
        """Return the cell of a field; the filled ones joined where it has several columns."""
        places = self.places.get(field)
        if places is None:
            return ""
        if len(places) == 1:
            place = places[0]
            return row[place] if place < len(row) else ""
        return ";".join(row[at] for at in places if at < len(row) and row[at].strip())


def read_columns(row: Sequence[str], mapping: Mapping[str, str | None] | None = None) -> Columns:
    """Name the columns of a heading row; `mapping` (heading → field or nothing) goes first."""
    mapped = {fold_heading(heading): field or IGNORED for heading, field in (mapping or {}).items()}
    known = heading_table() | mapped
    columns = tuple(Column(cell.strip(), known.get(fold_heading(cell))) for cell in row)
    places: dict[str, tuple[int, ...]] = {}
    for number, column in enumerate(columns):
        if column.field:
            places[column.field] = (*places.get(column.field, ()), number)
    named = tuple(column for column in columns if column.heading)
    return Columns(columns=named, places=places, row=tuple(row))


def is_heading(columns: Columns) -> bool:
    """Tell whether a row can be the heading row: it names a mark and a number to find it by."""
    places = columns.places
    return "text" in places and ("number" in places or "application_number" in places)


def choose_heading(
    rows: Sequence[Sequence[str]], mapping: Mapping[str, str | None] | None
) -> tuple[int, Columns]:
    """Find the heading row among the first rows of a sheet (titles and notes may stand above it).

    Raises:
        SheetColumnsMissing: No row names the mark and its number; the best guess is told.
    """
    found = Columns((), {})
    for number, row in enumerate(rows):
        columns = read_columns(row, mapping)
        if is_heading(columns):
            return number, columns
        if len(columns.places) > len(found.places) or not found.columns:
            found = columns
    need = [field for field in ("number", "text") if field not in found.places]
    raise SheetColumnsMissing(
        N_("The sheet has no column for {missing}; its headings are: {headings}"),
        missing=", ".join(need),
        headings=", ".join(_short(column.heading) for column in found.columns) or "—",
        fields=list(need),
        columns=[column.heading for column in found.columns],
    )


def _short(heading: str) -> str:
    """Return a heading as a sentence can hold it: a text that is no sheet is one long heading."""
    return heading if len(heading) <= MOST_TOLD else f"{heading[:MOST_TOLD]}…"
