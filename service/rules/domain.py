"""What the evaluator answers with: plain values, each with the words a person reads."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from service.rules.schema import Confidence, Flag, Kind, Step, Text


class Doubt(StrEnum):
    """Why a date may still move, in the order a person should read them."""

    OLD_LAW_FIGURE = "old_law_figure"
    NEW_LAW_UNREAD = "new_law_unread"
    LAW_CHANGES_BEFORE_DUE = "law_changes_before_due"
    YEAR_NOT_PUBLISHED = "year_not_published"
    CALENDAR_NOT_RESEARCHED = "calendar_not_researched"
    CALENDAR_NOT_CHOSEN = "calendar_not_chosen"
    HOLIDAY_ESTIMATED = "holiday_estimated"
    ROLL_NOT_RESEARCHED = "roll_not_researched"
    TIME_ASSUMED = "time_assumed"
    ZONE_ASSUMED = "zone_assumed"


@dataclass(frozen=True, slots=True)
class Badge:
    """A mark that stands beside the date wherever it is shown. `colour`: red, amber or grey."""

    code: str
    colour: str
    label: Text


@dataclass(frozen=True, slots=True)
class OtherDate:
    """A second date for the same period: another source, an outer limit, another law."""

    due: date
    says: Text


@dataclass(frozen=True, slots=True)
class Computed:
    """One date and all it rests on.

    `due` is the last day; `due_at` the moment it ends, in the authority's zone. `unrolled_on` is
    the day before any move off a closed day. `opens_on` is the first day of a window.
    `latest_on` is the end with every extension, or the upper end of a range. `alarm_on` is the
    day of the first warning, never after `due`. `passed` are the closed days not counted, `rolled`
    those the last day was moved over.
    """

    asked_id: str
    rule_id: str
    rule_version: str
    family: str
    kind: Kind
    title: Text
    trigger: Text
    task: Text
    jurisdiction: str
    trigger_on: date
    served_on: date
    counted_from: date
    count: tuple[Step, ...]
    due: date
    due_at: datetime
    time_zone: str
    last_hour: Text
    unrolled_on: date
    opens_on: date | None
    latest_on: date | None
    alarm_on: date
    calendar: str
    calendar_name: Text
    passed: tuple[date, ...]
    rolled: tuple[date, ...]
    extensions_granted: int
    facts_used: dict[str, str]
    depends_on: tuple[str, ...]
    others: tuple[OtherDate, ...]
    doubts: tuple[Doubt, ...]
    badges: tuple[Badge, ...]
    provisional: bool
    confidence: Confidence
    flag: Flag
    basis: str
    source: str
    checked: date
    note: Text | None
    explanation: Text


@dataclass(frozen=True, slots=True)
class Before:
    """What was stored of a date when it was computed: enough to say later why it moved."""

    due: date
    rule_version: str
    provisional: bool

    @classmethod
    def of(cls, computed: Computed) -> "Before":
        """Return what to store of a date."""
        return cls(computed.due, computed.rule_version, computed.provisional)


@dataclass(frozen=True, slots=True)
class Change:
    """A date computed again after the data changed, and why it moved or did not."""

    before: Before
    new: Computed
    explanation: Text

    @property
    def moved(self) -> bool:
        """Whether the last day is another one than before."""
        return self.before.due != self.new.due

    @property
    def settled(self) -> bool:
        """Whether a provisional date has become firm."""
        return self.before.provisional and not self.new.provisional
