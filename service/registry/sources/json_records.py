"""What the JSON sources share: reading records, watching their fields, taking values safely."""

from abc import abstractmethod
from collections.abc import Iterator
from datetime import date
from typing import Any, ClassVar

from service.core.text import N_
from service.registry.domain import Note, Reject
from service.registry.sources.base import Item, Source
from service.registry.sources.feeds import Feed
from service.registry.sources.field_table import FieldWatch
from service.registry.sources.json_stream import Record, first_keys, records
from service.registry.sources.values import read_iso

MOST = 4 << 20
"""Bytes within which a file must show its layout."""


class JsonSource(Source):
    """Marks in a JSON array, in an object with an array, or one object after the other."""

    signature: ClassVar[frozenset[str]]
    """Keys that only a record of this format has."""
    array: ClassVar[str | None] = None
    """Key of the array of records, where a page of them is an object."""

    @classmethod
    def prefix(cls, feed: Feed) -> str | None:
        """Return where the records stand in a file (an ijson prefix); None: not this format."""
        for prefix, key in first_keys(feed, MOST):
            if prefix not in {"", "item"}:
                continue
            if key == cls.array:
                return f"{prefix}.{key}.item".lstrip(".")
            if key in cls.signature:
                return prefix
        return None

    def _read(self, _member: int, feed: Feed, first: int) -> Iterator[tuple[int, list[Item]]]:
        watch = FieldWatch(self.format)
        found = records(feed, self.prefix(feed) or "", self._limits.record_bytes)
        for ordinal, record in enumerate(found, start=1):
            if ordinal < first:
                continue
            place = f"record {ordinal}"
            if not isinstance(record, dict):
                reason = N_("The entry is no record but a single value")
                yield ordinal, [Reject(place, "not-a-record", reason)]
                continue
            notes = watch.unlisted(value_paths(record), place)
            yield ordinal, [*notes, *self._mark(record, place)]

    @abstractmethod
    def _mark(self, record: Record, place: str) -> list[Item]:
        """Return the mark with the remarks on it before it, or one reject."""


def value_paths(value: object, prefix: str = "") -> set[str]:
    """Return the path of every key in a record; arrays do not show in it."""
    found: set[str] = set()
    if isinstance(value, dict):
        for key, entry in value.items():
            path = f"{prefix}/{key}" if prefix else str(key)
            found |= {path} | value_paths(entry, path)
    elif isinstance(value, list):
        for entry in value:
            found |= value_paths(entry, prefix)
    return found


def string(value: object) -> str:
    """Return a text or number as text; empty for anything else."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return ""


def listed(value: object) -> list[Any]:
    """Return a list; a single value as a list of one, nothing as an empty one."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def mapped(value: object) -> list[Record]:
    """Return the objects in a list of objects."""
    return [entry for entry in listed(value) if isinstance(entry, dict)]


def day(record: Record, key: str, place: str, notes: list[Note]) -> date | None:
    """Read a date (the first of several); a remark where it is none."""
    raw = next(filter(None, map(string, listed(record.get(key)))), "")
    found = read_iso(raw)
    if found is None and raw.strip("0 "):
        reason = N_("“{value}” is not one date; the mark was kept without its {field}")
        notes.append(Note(place, "bad-date", reason, {"value": raw[:60], "field": key}))
    return found


def earliest(values: list[object]) -> date | None:
    """Return the earliest date of a list of values, the unreadable ones left out."""
    return min(filter(None, (read_iso(string(value)) for value in values)), default=None)
