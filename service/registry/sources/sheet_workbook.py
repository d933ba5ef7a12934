"""The general sheet in a workbook: .xlsx, .xls, .ods."""

from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

from service.core.text import N_
from service.registry.domain import Note
from service.registry.errors import SheetColumnsMissing, UnknownSource
from service.registry.sources.base import Item, Limits
from service.registry.sources.feeds import Feed, FileFeed
from service.registry.sources.sheet import HEAD_ROWS, HeadingMap, Row, SheetSource
from service.registry.sources.sheet_columns import Column, Columns, choose_heading
from service.registry.sources.workbook import sheet_heads, sheet_rows


class WorkbookSource(SheetSource):
    """An .xlsx or .xls file; every sheet of it with a heading for the mark and its number."""

    format: ClassVar[str] = "sheet-workbook"

    def __init__(
        self,
        path: Path,
        limits: Limits,
        *,
        mapping: HeadingMap | None = None,
        office: str | None = None,
    ) -> None:
        self._path = path
        self._names: dict[int, str] = {}
        self._left_out: list[str] = []
        self._counted: dict[int, int] = {}
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
        """Told by rows once they have been counted, as the bytes are read by another process."""
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
        total = self._counted.get(member)
        before = list(self._heads).index(member)
        number = 0
        for number, row in enumerate(sheet_rows(self._path, member, self._limits), start=1):
            if total:
                feed.done = int(feed.size * (before + number / total) / len(self._heads))
            yield f"sheet {name} row {number}", row
        self._counted[member] = number
