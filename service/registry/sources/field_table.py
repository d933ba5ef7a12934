"""The field tables under `fields/`: what each format has, and where it goes or why it does not."""

import csv
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from service.core.text import N_
from service.registry.domain import Note
from service.registry.sources.xml_stream import Element, local_name


@dataclass(frozen=True, slots=True)
class FieldRule:
    """One field of a format. One of `goes_to` and `why` is always filled."""

    field: str
    """Path from the record element (from the root, outside records); `@` before an attribute."""
    goes_to: str
    """`Class.field` of `registry.domain`, or the property of the source that it becomes."""
    why: str
    """What is done on the way; where it goes nowhere, the reason."""


@cache
def field_rules(name: str) -> dict[str, FieldRule]:
    """Return the table of one format by field."""
    text = files("service.registry.sources").joinpath(f"fields/{name}.csv").read_text("utf-8")
    rows = csv.DictReader(text.splitlines())
    return {row["field"]: FieldRule(row["field"], row["goes_to"], row["why"]) for row in rows}


@dataclass(slots=True)
class FieldWatch:
    """Reports each field that is in no table, once per reading of a file."""

    table: str
    _known: frozenset[str] = field(init=False)
    _told: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._known = frozenset(field_rules(self.table))

    def unlisted(self, fields: set[str], place: str) -> list[Note]:
        """Return a note for each field that is new since the table was written."""
        if fields <= self._known:
            return []
        fresh = sorted(fields - self._known - self._told)
        self._told.update(fresh)
        reason = N_("The field “{field}” is not known here and was not read")
        return [Note(place, "unlisted-field", reason, {"field": name}) for name in fresh]


def element_paths(element: Element, prefix: str = "") -> set[str]:
    """Return the path of an element and of everything in it, attributes too, by local names."""
    path = f"{prefix}/{local_name(element)}" if prefix else local_name(element)
    found = {path}
    found.update(f"{path}/@{str(name).rpartition('}')[2]}" for name in element.attrib)
    for child in element:
        found |= element_paths(child, path)
    return found
