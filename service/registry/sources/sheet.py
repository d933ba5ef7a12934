"""The general sheet: CSV in any usual encoding, or a workbook, with English or Chinese headings."""

import csv
import io
import re
from abc import abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import ClassVar

from service.core.text import N_
from service.registry.domain import GoodsClass, MarkRecord, Note, Reject
from service.registry.errors import BrokenSource, SheetColumnsMissing, UnknownSource
from service.registry.sources.base import Item, Limits, Source
from service.registry.sources.encodings import choose_encoding
from service.registry.sources.feeds import Feed, FileFeed
from service.registry.sources.sheet_columns import Column, Columns, choose_heading
from service.registry.sources.sheet_rows import RowReader
from service.registry.sources.workbook import sheet_heads, sheet_rows

HEAD_ROWS = 20
"""Rows among which the heading is looked for."""
HEAD_CHARS = 256 * 1024
DELIMITERS = ",\t;|"

Mapping_ = Mapping[str, str | None]
Row = tuple[str, Sequence[str]]
"""A place a person finds (`line 12`) and the cells there."""


class SheetSource(Source):
    """A table of marks. `columns` tells which heading is which field, for the mapping page."""

    def __init__(
        self,
        feeds: Sequence[tuple[int, Feed]],
        limits: Limits,
        *,
        mapping: Mapping_ | None = None,
        office: str | None = None,
    ) -> None:
        super().__init__(feeds, limits)
        self._mapping = dict(mapping or {})
        self._office = office or ""

    @property
    @abstractmethod
    def columns(self) -> tuple[Column, ...]:
        """The columns of the first table, in order."""

    @abstractmethod
    def _rows(self, member: int, feed: Feed) -> Iterator[Row]:
        """Yield every row of one table, from its first line."""

    def _head(self, member: int) -> tuple[int, Columns]:
        """Return how many rows stand before the heading, and the columns it names."""
        raise NotImplementedError

    def _remarks(self, member: int) -> list[Item]:
        """Return what is to be said of the table as a whole."""
        _, columns = self._head(member)
        place = N_("heading")
        items: list[Item] = [
            Note(
                place,
                "unknown-heading",
                N_("The column “{heading}” is not known and was left out; map it to keep it"),
                {"heading": heading},
            )
            for heading in columns.unknown
        ]
        if "status" not in columns.places:
            reason = N_("The sheet has no status column; every mark in it counts as live")
            items.append(Note(place, "no-status-column", reason))
        return items

    def _read(self, member: int, feed: Feed, first: int) -> Iterator[tuple[int, list[Item]]]:
        above, columns = self._head(member)
        if not self._office and "office" not in columns.places:
            raise SheetColumnsMissing(
                N_("The sheet has no office column; choose the office for the whole sheet"),
                fields=["office"],
                columns=[column.heading for column in columns.columns],
            )
        yield 0, self._remarks(member)
        yield from merged(self._marks(member, feed, first, above, columns))

    def _marks(
        self, member: int, feed: Feed, first: int, above: int, columns: Columns
    ) -> Iterator[tuple[int, list[Item]]]:
        reader = RowReader(columns, self._office)
        for record, (place, row) in enumerate(
            islice(self._rows(member, feed), above + 1, None), start=1
        ):
            if record >= first and any(cell.strip() for cell in row):
                yield record, reader.read(row, place)


def merged(records: Iterator[tuple[int, list[Item]]]) -> Iterator[tuple[int, list[Item]]]:
    """Join neighbouring rows of one number: offices list a mark once per class."""
    held: tuple[int, list[Item]] | None = None
    for record, items in records:
        mark = items[-1]
        last = held[1][-1] if held else None
        if held and isinstance(mark, MarkRecord) and isinstance(last, MarkRecord):
            same = (mark.office, mark.number, mark.text) == (last.office, last.number, last.text)
            if same:
                joined = replace(last, classes=join_classes(last.classes, mark.classes))
                held = (held[0], [*held[1][:-1], *items[:-1], joined])
                continue
        if held:
            yield held
        held = (record, items)
    if held:
        yield held


def join_classes(
    one: tuple[GoodsClass, ...], other: tuple[GoodsClass, ...]
) -> tuple[GoodsClass, ...]:
    """Unite two lists of classes; goods and subgroups of a class in both are put together."""
    found = {entry.nice: entry for entry in one}
    for entry in other:
        known = found.get(entry.nice)
        if known is None:
            found[entry.nice] = entry
            continue
        goods = dict.fromkeys(text for text in (known.goods, entry.goods) if text)
        groups = tuple(dict.fromkeys([*known.subgroups, *entry.subgroups]))
        found[entry.nice] = GoodsClass(entry.nice, "; ".join(goods), groups)
    return tuple(found.values())


class CsvSource(SheetSource):
    """Comma, tab, semicolon or bar separated text."""

    format: ClassVar[str] = "sheet-csv"

    def __init__(
        self,
        feeds: Sequence[tuple[int, Feed]],
        limits: Limits,
        *,
        mapping: Mapping_ | None = None,
        office: str | None = None,
    ) -> None:
        super().__init__(feeds, limits, mapping=mapping, office=office)
        self._heads: dict[int, tuple[int, Columns]] = {}
        self._dialects: dict[int, tuple[str, str]] = {}
        for member, feed in feeds:
            encoding = choose_encoding(feed)
            head = _head_text(feed, encoding)
            delimiter, above, columns = _choose_delimiter(head, self._mapping)
            self._dialects[member] = (encoding, delimiter)
            self._heads[member] = (above, columns)

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns of the first file."""
        return self._heads[self._feeds[0][0]][1].columns

    @property
    def encoding(self) -> str:
        """The encoding the first file is read in."""
        return self._dialects[self._feeds[0][0]][0]

    def _head(self, member: int) -> tuple[int, Columns]:
        return self._heads[member]

    def _remarks(self, member: int) -> list[Item]:
        items = super()._remarks(member)
        encoding, _ = self._dialects[member]
        if encoding not in {"utf-8", "utf-8-sig"}:
            reason = N_("The file was read as {encoding}; look whether the names are right")
            items.append(Note(N_("heading"), "encoding", reason, {"encoding": encoding.upper()}))
        return items

    def _rows(self, member: int, feed: Feed) -> Iterator[Row]:
        encoding, delimiter = self._dialects[member]
        with io.TextIOWrapper(feed.open(), encoding=encoding, newline="") as text:
            reader = csv.reader(text, delimiter=delimiter)
            while True:
                try:
                    row = next(reader)
                except StopIteration:
                    return
                except csv.Error:
                    yield f"line {reader.line_num}", _TOO_LONG
                    continue
                except UnicodeError as error:
                    raise BrokenSource(
                        N_("{member} changed or is damaged after line {line}"),
                        member=feed.name,
                        line=reader.line_num,
                    ) from error
                yield f"line {reader.line_num}", row

    def _marks(
        self, member: int, feed: Feed, first: int, above: int, columns: Columns
    ) -> Iterator[tuple[int, list[Item]]]:
        reader = RowReader(columns, self._office)
        for record, (place, row) in enumerate(
            islice(self._rows(member, feed), above + 1, None), start=1
        ):
            if record < first:
                continue
            if row is _TOO_LONG:
                reason = N_("A cell is over {limit} characters; is a quotation mark missing?")
                limit = {"limit": str(csv.field_size_limit())}
                yield record, [Reject(place, "unreadable-row", reason, limit)]
            elif any(cell.strip() for cell in row):
                yield record, reader.read(row, place)


_TOO_LONG: Sequence[str] = ("",)


def _head_text(feed: Feed, encoding: str) -> str:
    with io.TextIOWrapper(feed.open(), encoding=encoding, newline="") as text:
        return text.read(HEAD_CHARS)


def _choose_delimiter(head: str, mapping: Mapping_) -> tuple[str, int, Columns]:
    """Return the delimiter under which a heading row is found.

    Raises:
        UnknownSource: The text is no table.
        SheetColumnsMissing: It is a table, and no row of it names a mark and its number.
    """
    if re.search(r"[\x00-\x08\x0e-\x1f]", head) or not head.strip():
        raise UnknownSource(N_("The file is no table of marks and no register file known here"))
    problems: dict[str, SheetColumnsMissing] = {}
    tables: dict[str, int] = {}
    for delimiter in DELIMITERS:
        rows = _head_rows(head, delimiter)
        try:
            above, columns = choose_heading(rows, mapping)
        except SheetColumnsMissing as problem:
            problems[delimiter] = problem
            tables[delimiter] = max((len(row) for row in rows), default=0)
        else:
            return delimiter, above, columns
    best = max(tables, key=lambda delimiter: tables[delimiter])
    if tables[best] < 2:
        raise UnknownSource(N_("The file is no table of marks and no register file known here"))
    raise problems[best]


def _head_rows(head: str, delimiter: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(head, newline=""), delimiter=delimiter)
    rows: list[list[str]] = []
    while len(rows) < HEAD_ROWS:
        try:
            rows.append(next(reader))
        except StopIteration:
            break
        except csv.Error:
            rows.append([])
    return rows


class WorkbookSource(SheetSource):
    """An .xlsx or .xls file; every sheet of it with a heading for the mark and its number."""

    format: ClassVar[str] = "sheet-workbook"

    def __init__(
        self,
        path: Path,
        limits: Limits,
        *,
        mapping: Mapping_ | None = None,
        office: str | None = None,
    ) -> None:
        self._path = path
        self._names: dict[int, str] = {}
        self._left_out: list[str] = []
        self._heads: dict[int, tuple[int, Columns]] = {}
        worst: SheetColumnsMissing | None = None
        for number, (name, rows) in enumerate(sheet_heads(path, HEAD_ROWS, limits)):
            self._names[number] = name
            try:
                self._heads[number] = choose_heading(rows, mapping)
            except SheetColumnsMissing as problem:
                worst = worst or problem
                if any(any(cell.strip() for cell in row) for row in rows):
                    self._left_out.append(name)
        if not self._heads:
            raise worst or UnknownSource(N_("The workbook has no sheet"))
        feed = FileFeed(path)
        super().__init__([(n, feed) for n in self._heads], limits, mapping=mapping, office=office)

    @property
    def size(self) -> int:
        """Sheets to be read, counted as the bytes of the file."""
        return self._path.stat().st_size

    @property
    def done(self) -> int:
        """The reader works in a process of its own: known only when it has ended."""
        return self._feeds[0][1].done

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns of the first sheet that is read."""
        return next(iter(self._heads.values()))[1].columns

    def _head(self, member: int) -> tuple[int, Columns]:
        return self._heads[member]

    def _remarks(self, member: int) -> list[Item]:
        items = super()._remarks(member)
        if member == min(self._heads):
            reason = N_("The sheet “{sheet}” has no column for a mark and its number: left out")
            items += [
                Note(f"sheet {name}", "sheet-left-out", reason, {"sheet": name})
                for name in self._left_out
            ]
        return items

    def _rows(self, member: int, feed: Feed) -> Iterator[Row]:
        name = self._names[member]
        rows = sheet_rows(self._path, member, self._limits)
        for number, row in enumerate(rows, start=1):
            yield f"sheet {name} row {number}", row
        feed.done = feed.size
