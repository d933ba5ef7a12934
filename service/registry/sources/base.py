"""What every register source has in common: positions, limits and the `Source` port."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, NamedTuple

from service.registry.domain import EditionScope, MarkRecord, Note, Reject
from service.registry.sources.feeds import Feed

Item = MarkRecord | Reject | Note
"""What a source yields: a mark, a record that could not be read, or a remark."""


class Position(NamedTuple):
    """The place of one item in a source. JSON stores it as a list of three integers.

    `member` is the ordinal of the file in its archive (0 for a plain file, or of the sheet in a
    workbook), `record` the ordinal of the record in it (from 1; 0 is the file's own heading),
    `part` the ordinal of the item in the record. Positions of one source are strictly increasing.
    """

    member: int = 0
    record: int = 0
    part: int = 0


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds that keep a hostile or broken file from filling memory or disk."""

    unpacked_bytes: int = 2 << 30
    """Most bytes that all parts of one archive may unpack to."""
    ratio: int = 200
    """Most bytes that one packed byte may unpack to, once a part is over a mebibyte."""
    record_bytes: int = 32 << 20
    """Most bytes of one XML or JSON record."""
    workbook_bytes: int = 200 << 20
    """Largest workbook file; a workbook is read whole, so this is smaller than the other bounds."""
    workbook_memory: int = 2 << 30
    """Most address space of the process that reads a workbook, where the system can bound it."""


class Source(ABC):
    """A register file that has been recognised; `records` reads it, as often as asked.

    `format` names the parser. `scope` and `edition_date` are what the file itself states;
    `period` is the first and last day of the changes it covers, `part` its number among the files
    of one edition, `total` the number of records if the file says it. All may be unknown: single
    marks fetched from an office are neither a full load nor a link in the chain of its deltas.
    """

    format: ClassVar[str]
    scope: EditionScope = EditionScope.UNKNOWN
    edition_date: date | None = None
    period: tuple[date, date] | None = None
    part: int | None = None
    total: int | None = None

    def __init__(self, feeds: Sequence[tuple[int, Feed]], limits: Limits) -> None:
        self._feeds = tuple(feeds)
        self._limits = limits

    @property
    def size(self) -> int:
        """Bytes to be read in all, unpacked."""
        return sum(feed.size for _, feed in self._feeds)

    @property
    def done(self) -> int:
        """Bytes read so far by the latest `records`, for a progress bar against `size`."""
        return sum(feed.done for _, feed in self._feeds)

    def records(
        self, start: Position | Sequence[int] | None = None
    ) -> Iterator[tuple[Position, Item]]:
        """Yield every item after `start` (all, without it) in the order of the file.

        Raises:
            SourceProblem: The file is damaged from here on; what was yielded stands.
            SourceTooLarge: A limit was passed.
        """
        origin = Position(*start) if start is not None else None
        for member, feed in self._feeds:
            if origin and member < origin.member:
                continue
            first = origin.record if origin and member == origin.member else 0
            for record, items in self._read(member, feed, first):
                for part, item in enumerate(items):
                    position = Position(member, record, part)
                    if origin is None or position > origin:
                        yield position, item

    @abstractmethod
    def _read(self, member: int, feed: Feed, first: int) -> Iterator[tuple[int, list[Item]]]:
        """Yield (ordinal, items) of one part, from record `first` on; earlier ones are passed."""
