"""A catalogue of products read from a sheet: one row, one screening.

Columns: `name` (may come several times, or as `name1`, `name2`) or `name_zh`, `name_latin`;
`goods`, `from`, `to`, `sku`. Several values of one cell are split by `;`. Sheets are read by the
same readers as registers. A row that cannot be asked is kept with its problem; the others go on.
"""

import csv
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

from pydantic import BaseModel, ValidationError

from service.core.errors import FieldError, Invalid, Problem
from service.core.settings import Settings
from service.core.text import N_
from service.registry.errors import BrokenSource
from service.registry.sources.plain_table import read_plain_table
from service.registry.usecases.requesting import limits_of
from service.screening.errors import CatalogueColumns, CatalogueTooLong
from service.screening.schemas import RouteIn, ScreeningIn
from service.ui.forms import field_errors

NAMES = ("name", "name_zh", "name_latin")
OTHERS = ("goods", "from", "to", "sku")
SUMMARY = (
    "row",
    "sku",
    "names",
    "market",
    "verdict",
    "coverage",
    "conflicts",
    "closest",
    "owner",
    "screening_id",
    "problem",
)
"""Columns of a result in .csv or .xlsx: one line for each market of each row."""
HEADINGS: Mapping[str, str] = {
    "名称": "name",
    "商标": "name",
    "商标名称": "name",
    "品牌": "name",
    "品牌名称": "name",
    "中文名称": "name_zh",
    "中文名": "name_zh",
    "中文商标": "name_zh",
    "中文品牌": "name_zh",
    "英文名称": "name_latin",
    "英文名": "name_latin",
    "英文商标": "name_latin",
    "英文品牌": "name_latin",
    "外文名称": "name_latin",
    "商品": "goods",
    "商品名称": "goods",
    "商品编码": "goods",
    "hs编码": "goods",
    "国际分类": "goods",
    "类别": "goods",
    "起运地": "from",
    "出口地": "from",
    "目的地": "to",
    "目的国": "to",
    "目标市场": "to",
    "货号": "sku",
    "brand": "name",
}
"""Headings people write for the columns, besides their own names; in small letters."""
NUMBERED = re.compile(r"(.+?)[ _]?[0-9]{1,2}")
SPLIT: Mapping[str, re.Pattern[str]] = {
    "goods": re.compile(r"[;；\n]"),
    "to": re.compile(r"[;；,，、\n]"),
}
"""What parts the values of one cell; a market has no comma in its name, goods may have."""
MOST_REFERENCE = 200
SAMPLED = 20
"""Rows looked at for a sample of each column."""
SAMPLE_LENGTH = 80


@dataclass(frozen=True, slots=True)
class Defaults:
    """What a row that does not say is screened with."""

    goods: tuple[str, ...] = ()
    origin: str = "CN"
    destinations: tuple[str, ...] = ()
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One product of the catalogue."""

    place: int
    """Number of the row in the sheet, headings being row 1."""
    asked: ScreeningIn
    problem: Problem | None = None
    """Why it cannot be screened; `asked` then holds what could be read."""


def read_catalogue(
    path: Path,
    settings: Settings,
    defaults: Defaults,
    mapping: Mapping[str, str] | None = None,
) -> Iterator[Row]:
    """Yield the rows of a catalogue that name something.

    Args:
        path: The sheet.
        settings: Its bounds.
        defaults: What a row that does not say is screened with.
        mapping: Heading → column as a person said, before what the headings say themselves; a
            column that is empty is left out.

    Raises:
        CatalogueColumns: no column of names is there.
        CatalogueTooLong: more rows than the setting allows.
        UnreadableText and others of `registry.errors`: the file cannot be read.
    """
    rows = _cells(path, settings)
    columns = _columns(next(rows, (0, []))[1], mapping or {})
    for count, (place, cells) in enumerate(rows, start=1):
        if count > settings.catalogue_rows:
            raise CatalogueTooLong(
                N_("At most {most} rows in one catalogue: split the file."),
                most=settings.catalogue_rows,
            )
        row = _row(place, cells, columns, defaults)
        if row is not None:
            yield row


def _cells(path: Path, settings: Settings) -> Iterator[tuple[int, list[str]]]:
    place = 0
    try:
        for place, cells in read_plain_table(path, limits_of(settings)):
            yield place, cells
    except (csv.Error, UnicodeError, BadZipFile) as fault:
        raise BrokenSource(
            N_("The file cannot be read after row {row}: {reason}."), row=place, reason=str(fault)
        ) from None


@dataclass(frozen=True, slots=True)
class Outline:
    """The headings of a sheet, what each seems to be, and what stands below the first time."""

    headings: tuple[str, ...]
    columns: tuple[str, ...]
    """One of `NAMES` and `OTHERS`, or empty where the heading says nothing."""
    samples: tuple[str, ...]


def read_outline(path: Path, settings: Settings) -> Outline:
    """Return the outline of a sheet, to ask a person what its columns mean.

    Raises:
        CatalogueColumns: The sheet is empty.
        UnreadableText and others of `registry.errors`: The file cannot be read.
    """
    rows = _cells(path, settings)
    headings = next(rows, (0, []))[1]
    if not any(heading.strip() for heading in headings):
        detail = N_("The first row of the sheet must hold the headings.")
        raise CatalogueColumns(detail, errors=[FieldError("file", detail)])
    samples = [""] * len(headings)
    for _, (_, cells) in zip(range(SAMPLED), rows, strict=False):
        for place, cell in enumerate(cells[: len(headings)]):
            samples[place] = samples[place] or cell.strip()
    known = {*NAMES, *OTHERS}
    columns = [_column(heading) for heading in headings]
    return Outline(
        tuple(headings),
        tuple(column if column in known else "" for column in columns),
        tuple(sample[:SAMPLE_LENGTH] for sample in samples),
    )


def _columns(headings: Sequence[str], mapping: Mapping[str, str]) -> list[str]:
    columns = [mapping.get(text, _column(text)) for text in headings]
    if not any(column in NAMES for column in columns):
        detail = N_("The first row must name a column `name`, `name_zh` or `name_latin`.")
        raise CatalogueColumns(
            detail, found=", ".join(headings)[:500], errors=[FieldError("file", detail)]
        )
    return columns


def _column(heading: str) -> str:
    """Return the column a heading names; of a heading in two lines, what either line names."""
    found = ""
    for line in heading.splitlines() or [""]:
        text = unicodedata.normalize("NFKC", line).strip().casefold()
        numbered = NUMBERED.fullmatch(text)
        bare = numbered.group(1) if numbered else text
        found = HEADINGS.get(bare, bare)
        if found in NAMES or found in OTHERS:
            return found
    return found


def _row(
    place: int, cells: Sequence[str], columns: Sequence[str], defaults: Defaults
) -> Row | None:
    values: dict[str, list[str]] = {}
    for column, cell in zip(columns, cells, strict=False):
        known = "names" if column in NAMES else column
        split = SPLIT.get(known)
        parts = split.split(cell) if split else [cell]
        values.setdefault(known, []).extend(part.strip() for part in parts if part.strip())
    names = list(dict.fromkeys(values.get("names", ())))
    if not names:
        return None
    reference = (values.get("sku") or [""])[0]
    try:
        route = RouteIn(
            origin=(values.get("from") or [defaults.origin])[0],
            destinations=values.get("to") or list(defaults.destinations) or [""],
        )
        asked = ScreeningIn(
            names=names,
            goods=values.get("goods") or list(defaults.goods),
            route=route,
            limit=defaults.limit,
            reference=reference,
        )
    except ValidationError as fault:
        readable = ScreeningIn(
            names=names, route=RouteIn(destinations=[""]), reference=reference[:MOST_REFERENCE]
        )
        return Row(place, readable, wrong_fields(fault, ScreeningIn))
    return Row(place, asked)


def wrong_fields(fault: ValidationError, model: type[BaseModel]) -> Invalid:
    """Return what does not fit the shape of a question as a problem with one error per field."""
    errors = field_errors(fault, model)
    return Invalid(N_("Please correct the marked fields."), errors=errors)
