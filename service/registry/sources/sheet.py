"""The general sheet: a table of marks with English or Chinese headings, wherever it comes from.

A mark may stand in several rows, one for each class, next to each other or far apart: offices list
it so. The rows are counted first, so that the mark goes out once, with all its classes, when its
last row has been read.
"""

from abc import abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

import numpy as np

from service.core.text import N_
from service.registry.domain import GoodsClass, MarkRecord, Note, Reject
from service.registry.errors import SheetColumnsMissing, SourceProblem
from service.registry.sources.base import Item, Limits, Source
from service.registry.sources.feeds import Feed
from service.registry.sources.sheet_columns import Column, Columns
from service.registry.sources.sheet_rows import RowReader
from service.registry.sources.values import territory

HEAD_ROWS = 20
"""Rows among which the heading is looked for."""

HeadingMap = Mapping[str, str | None]
"""Heading → field of `sheet_columns.sheet_fields()`; nothing leaves the column out."""
Row = tuple[str, Sequence[str] | Reject]
"""A place a person finds (`line 12`) and the cells there, or why they cannot be read."""


class SheetSource(Source):
    """A table of marks. `columns` tells which heading is which field, for the mapping page."""

    def __init__(
        self,
        feeds: Sequence[tuple[int, Feed]],
        limits: Limits,
        *,
        mapping: HeadingMap | None = None,
        office: str | None = None,
    ) -> None:
        super().__init__(feeds, limits)
        self._mapping = dict(mapping or {})
        self._office = territory(office or "")
        if office and not self._office:
            raise SourceProblem(
                N_("The office “{value}” is not known; use its two-letter code, e.g. CN"),
                value=office,
            )

    @property
    @abstractmethod
    def columns(self) -> tuple[Column, ...]:
        """The columns of the first table, in order."""

    @abstractmethod
    def _rows(self, member: int, feed: Feed) -> Iterator[Row]:
        """Yield every row of one table, from its first line."""

    @abstractmethod
    def _head(self, member: int) -> tuple[int, Columns]:
        """Return how many rows stand before the heading, and the columns it names."""

    def _remarks(self, member: int) -> list[Item]:
        """Return what is to be said of the table as a whole."""
        _, columns = self._head(member)
        place = N_("heading")
        reason = N_("The column “{heading}” is not known and was left out; map it to keep it")
        items: list[Item] = [
            Note(place, "unknown-heading", reason, {"heading": heading})
            for heading in columns.unknown
        ]
        if "status" not in columns.places:
            reason = N_("The sheet has no status column; every mark in it counts as live")
            items.append(Note(place, "no-status-column", reason))
        return items

    def _read(self, member: int, feed: Feed, first: int) -> Iterator[tuple[int, list[Item]]]:
        _, columns = self._head(member)
        if not self._office and "office" not in columns.places:
            raise SheetColumnsMissing(
                N_("The sheet has no office column; choose the office for the whole sheet"),
                fields=["office"],
                columns=[column.heading for column in columns.columns],
            )
        yield 0, self._remarks(member)
        reader = RowReader(columns, self._office)
        joiner = _Joiner(self._repeats(member, feed, reader))
        record = 0
        for record, (place, row) in self._data(member, feed):
            if isinstance(row, Reject):
                items: list[Item] = [row]
            else:
                key = reader.key(row)
                if record < first and joiner.lone(key):
                    continue
                items = joiner.join(key, record, reader.read(row, place, key), place)
            if items and record >= first:
                yield record, items
        yield record + 1, joiner.rest()

    def _data(self, member: int, feed: Feed) -> Iterator[tuple[int, Row]]:
        """Yield the filled rows below the heading with their ordinals."""
        above, columns = self._head(member)
        for record, (place, row) in enumerate(
            islice(self._rows(member, feed), above + 1, None), start=1
        ):
            if isinstance(row, Reject) or _is_data(row, columns):
                yield record, (place, row)

    def _repeats(self, member: int, feed: Feed, reader: RowReader) -> dict[int, int]:
        """Return the last row of each mark that stands in more rows than one, by its hash.

        Holds sixteen bytes a row while it looks, and then only what repeats.
        """
        dtype = np.dtype([("key", np.int64), ("row", np.int64)])
        rows = np.fromiter(
            (
                (hash(reader.key(row)), record)
                for record, (_, row) in self._data(member, feed)
                if not isinstance(row, Reject)
            ),
            dtype=dtype,
        )
        rows.sort(order=["key", "row"])
        keys = rows["key"]
        last = np.append(keys[1:] != keys[:-1], True) if len(keys) else np.zeros(0, bool)
        repeated = np.append(False, keys[1:] == keys[:-1]) if len(keys) else last
        chosen = rows[last & repeated]
        return dict(zip(chosen["key"].tolist(), chosen["row"].tolist(), strict=True))


def _is_data(row: Sequence[str], columns: Columns) -> bool:
    return any(cell.strip() for cell in row) and tuple(row) != columns.row


class _Joiner:
    """Holds the rows of marks that have several until the last one has come."""

    def __init__(self, last_rows: dict[int, int]) -> None:
        self._last_rows = last_rows
        self._held: dict[tuple[str, str], MarkRecord] = {}

    def lone(self, key: tuple[str, str]) -> bool:
        """Tell whether a mark has only one row."""
        return not self._last_rows or hash(key) not in self._last_rows

    def join(self, key: tuple[str, str], record: int, items: list[Item], place: str) -> list[Item]:
        """Return what goes out with this row: remarks, and the mark if this is its last row."""
        if self.lone(key):
            return items
        held = self._held.pop(key, None)
        row = items[-1]
        notes = items[:-1] if isinstance(row, MarkRecord) else items
        mark = row if isinstance(row, MarkRecord) else held
        if held is not None and isinstance(row, MarkRecord):
            mark = replace(row, classes=join_classes(held.classes, row.classes))
            if held.text != row.text:
                notes, mark = [*notes, _other_text(row, held, place)], held
        if mark is None:
            return notes
        if record < self._last_rows[hash(key)]:
            self._held[key] = mark
            return notes
        return [*notes, mark]

    def rest(self) -> list[Item]:
        """Return the marks still held at the end, should two marks have shared a hash."""
        return list(self._held.values())


def _other_text(mark: MarkRecord, held: MarkRecord, place: str) -> Reject:
    reason = N_("{number} stands twice, as “{one}” and as “{other}”; only the first was kept")
    values = {"number": mark.number, "one": held.text[:60], "other": mark.text[:60]}
    return Reject(place, "number-twice", reason, values)


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
