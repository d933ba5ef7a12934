"""What the macros show: plain values that pages fill from their own records."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from service.ui.tags import Tag


@dataclass(frozen=True, slots=True)
class Option:
    """One answer of a choice."""

    value: str
    text: str
    """A message id; or, with `data`, a text of our data (a company's name), shown as it is."""
    hint: str = ""
    """Message id."""
    data: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of a timeline."""

    at: datetime
    text: str
    """Message id of the sentence."""
    values: Mapping[str, object] = field(default_factory=dict)
    """What fills the sentence's places."""
    actor: str = ""
    """Who did it, as a name; empty for the system."""
    note: str = ""
    """What the actor wrote, shown as it is."""
    href: str = ""
    """Page of the thing it is about."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a task in several pages."""

    label: str
    """Message id."""
    href: str = ""
    """Empty where the step cannot be opened yet."""


class Confidence(StrEnum):
    """How well a legal rule is known; all but `SOURCED` show a badge."""

    SOURCED = "sourced"
    MEMORY = "memory"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Deadline:
    """A computed date and why it is that date."""

    name: str
    """Message id: what has to be done by then."""
    due: date | None
    """None: no rule has been researched; a default is never shown."""
    rule_id: str = ""
    rule_version: str = ""
    basis: str = ""
    """Where the law says it, as cited."""
    trigger: str = ""
    """Message id of the event that started the clock."""
    trigger_on: date | None = None
    calendar: str = ""
    """Which working days and holidays were counted, as a message id."""
    explanation: Mapping[str, str] = field(default_factory=dict)
    """The whole reckoning in a sentence, as `{"zh": …, "en": …}`."""
    provisional: bool = False
    """It crosses a year whose public holidays are not announced yet."""
    confidence: Confidence = Confidence.SOURCED
    badges: Sequence[Tag] = ()
    """What makes the date unsure, in words of the reader's language."""
    days_left: int | None = None
    """Calendar days from today; negative when missed; None: not counted (done, or paused)."""


@dataclass(frozen=True, slots=True)
class Clue:
    """One piece of evidence for or against a likeness."""

    label: str
    """Message id: `Looks`, `Sounds`, `Meaning`, or the name of a rule."""
    degree: str = ""
    """`identical`, `high`, `average`, `low` or `none`; empty for a rule, which has no degree."""
    score: float | None = None
    """In [0, 1]; None where the clue is not a number."""
    query: str = ""
    """The very string of the name asked for that was compared."""
    mark: str = ""
    """The very string of the registered mark."""
    explanation: Mapping[str, str] = field(default_factory=dict)
    """The sentence, as `{"zh": …, "en": …}`."""
    against: bool = False
    """Counter-evidence: it speaks against a conflict."""
