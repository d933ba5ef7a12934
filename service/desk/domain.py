"""What the desk shows: plain values, ready for a page or for JSON."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from service.core.text import N_


class Group(StrEnum):
    """What is searched, in the order of the page."""

    CASES = "cases"
    PARTIES = "parties"
    DOCUMENTS = "documents"
    FILINGS = "filings"
    MARKS = "marks"


GROUP_NAMES: Mapping[Group, str] = {
    Group.CASES: N_("Cases"),
    Group.PARTIES: N_("Parties"),
    Group.DOCUMENTS: N_("Case documents"),
    Group.FILINGS: N_("Customs filings"),
    Group.MARKS: N_("Marks"),
}


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found."""

    title: str
    href: str
    note: str = ""
    """A number, a case, an office: data as it is kept."""


@dataclass(frozen=True, slots=True)
class Found:
    """The hits of one group; `more`: there are others beyond those shown."""

    group: Group
    hits: Sequence[Hit]
    more: bool


class Kind(StrEnum):
    """What stands in the calendar."""

    DEADLINE = "deadline"
    MEETING = "meeting"
    INSPECTION = "inspection"


KIND_NAMES: Mapping[Kind, str] = {
    Kind.DEADLINE: N_("Last day"),
    Kind.MEETING: N_("Mediation meeting"),
    Kind.INSPECTION: N_("Inspection of goods"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the calendar."""

    kind: Kind
    on: date
    at: datetime | None
    title: Mapping[str, str]
    href: str
    settled: bool
    provisional: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a part of somebody's day."""

    title: str
    """Data, or with `texts` empty."""
    href: str
    on: date | None = None
    late: bool = False
    texts: Mapping[str, str] = field(default_factory=dict)
    """The title in both languages, where it has one in each."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of somebody's day: what it is called (message id), its lines, and where all are."""

    key: str
    title: str
    rows: Sequence[Row]
    total: int
    href: str
    empty: str


@dataclass(frozen=True, slots=True)
class Assigned:
    """What became of one line of a bulk assignment; `problem` (code) is empty where it was done."""

    thread_id: str
    done: bool
    problem: str = ""
    detail: str = ""
    values: Mapping[str, object] = field(default_factory=dict)
