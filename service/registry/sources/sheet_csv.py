"""The general sheet as text: comma, tab, semicolon or bar separated, in any usual encoding."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from typing import ClassVar

from service.core.text import N_
from service.registry.domain import Note, Reject
from service.registry.errors import BrokenSource, SheetColumnsMissing, UnknownSource
from service.registry.sources.base import Item, Limits
from service.registry.sources.encodings import choose_encoding
from service.registry.sources.feeds import Feed
from service.registry.sources.sheet import HEAD_ROWS, HeadingMap, Row, SheetSource
from service.registry.sources.sheet_columns import Column, Columns, choose_heading

HEAD_CHARS = 256 * 1024
DELIMITERS = ",\t;|"


class CsvSource(SheetSource):
    """Comma, tab, semicolon or bar separated text."""

    format: ClassVar[str] = "sheet-csv"

    def __init__(
        self,
        feeds: Sequence[tuple[int, Feed]],
        limits: Limits,
        *,
        mapping: HeadingMap | None = None,
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
            lines = (line.replace("\0", "") for line in text)
            reader = csv.reader(lines, delimiter=delimiter)
            while True:
                try:
                    row = next(reader)
                except StopIteration:
                    return
                except csv.Error:
                    place = f"line {reader.line_num}"
                    yield place, _too_long(place)
                    continue
                except UnicodeError as error:
                    raise BrokenSource(
                        N_("{member} changed or is damaged after line {line}"),
                        member=feed.name,
                        line=reader.line_num,
                    ) from error
                yield f"line {reader.line_num}", row


def _too_long(place: str) -> Reject:
    reason = N_("A cell is over {limit} characters; is a quotation mark missing?")
    return Reject(place, "unreadable-row", reason, {"limit": str(csv.field_size_limit())})


def _head_text(feed: Feed, encoding: str) -> str:
    with io.TextIOWrapper(feed.open(), encoding=encoding, newline="") as text:
        return text.read(HEAD_CHARS)


def _choose_delimiter(head: str, mapping: HeadingMap) -> tuple[str, int, Columns]:
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
