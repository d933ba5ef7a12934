"""The shape of the rule files. Whatever is not described here is refused.

The models are frozen and double as the values the evaluator works with. One *rule* is one duty or
period; it has *versions*, each with the dates between which it is the law. A version either has a
`count` or says in `left_out` why there is nothing to count.
"""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-zA-Z0-9_-]*$")]
FactName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Words = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]


class Unit(StrEnum):
    """What is counted. Business days are counted as working days; the word is the authority's."""

    HOURS = "hours"
    CALENDAR_DAYS = "calendar_days"
    WORKING_DAYS = "working_days"
    BUSINESS_DAYS = "business_days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"


class Confidence(StrEnum):
    """How a fact is known: read in a source, or stated from memory and shown with a badge."""

    SOURCE = "source"
    MEMORY = "memory"


class Flag(StrEnum):
    """What a reviewer should know about a fact."""

    NONE = "none"
    SECONDARY_SOURCE = "secondary_source"
    CONFLICT = "conflict"
    PENDING_CHANGE = "pending_change"
    STALE_SOURCE = "stale_source"


class Kind(StrEnum):
    """What the date means to the person who reads it."""

    DEADLINE = "deadline"
    DECISION_TIME = "decision_time"
    TERM = "term"
    WINDOW_BEFORE = "window_before"
    FACT = "fact"
    THRESHOLD = "threshold"
    TABLE = "table"


class Area(StrEnum):
    """The part of the work a rule belongs to."""

    CUSTOMS_RECORDATION = "customs-recordation"
    CUSTOMS_DETENTION = "customs-detention"
    TM_PROSECUTION = "tm-prosecution"
    TM_SYSTEM = "tm-system"
    DISPUTE_CN = "dispute-cn"
    DISPUTE_ABROAD = "dispute-abroad"
    PLATFORM = "platform"
    GOODS_SIMILARITY = "goods-similarity"
    CONFUSION_TEST = "confusion-test"
    DEADLINE_COUNTING = "deadline-counting"


class Measure(StrEnum):
    """How a count and its trigger make a date.

    `after`: the date is the count after the trigger. `before`: the last day is the count before
    the trigger. `opens_before`: the trigger is the last day, the window opens the count before it.
    """

    AFTER = "after"
    BEFORE = "before"
    OPENS_BEFORE = "opens_before"


class Roll(StrEnum):
    """What happens to a last day that is closed.

    `counting`: as the counting rule says. `stays`: the date is not moved, for a term or a state of
    law is not an act before an office. `back`: the last open day before, where lateness is fatal.
    `not_researched`: no rule was read; the date is not moved and says so.
    """

    COUNTING = "counting"
    STAYS = "stays"
    BACK = "back"
    NOT_RESEARCHED = "not_researched"


class Start(StrEnum):
    """The first day that counts."""

    NEXT_DAY = "next_day"
    SAME_DAY = "same_day"
    NEXT_OPEN_DAY = "next_open_day"


class Base(BaseModel):
    """Strict about names, frozen once read."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Text(Base):
    """The same words in both languages of the product."""

    zh: Words
    en: Words


class Step(Base):
    """A length and what it is counted in."""

    length: Annotated[int, Field(gt=0)]
    unit: Unit


class DateTest(Base):
    """A condition on a date fact."""

    before: date | None = None
    from_: Annotated[date | None, Field(alias="from")] = None

    @model_validator(mode="after")
    def _one_bound(self) -> Self:
        if self.before is None and self.from_ is None:
            raise ValueError("a date condition needs `before` or `from`")
        return self


class Case(Base):
    """Another count, where the facts say so. The first case that holds is taken."""

    when: Annotated[dict[FactName, str | DateTest], Field(min_length=1)]
    count: Annotated[tuple[Step, ...], Field(min_length=1)]
    from_fact: FactName | None = None
    upper: Step | None = None
    confidence: Confidence | None = None
    note: Text | None = None


class NotWhen(Base):
    """Facts under which the rule does not apply at all, and the rule to ask instead."""

    when: Annotated[dict[FactName, str], Field(min_length=1)]
    instead: Key | None = None
    says: Text


class Alternative(Base):
    """A second figure for the same period, from another source or another starting point."""

    count: Annotated[tuple[Step, ...], Field(min_length=1)]
    measure: Measure | None = None
    from_fact: FactName | None = None
    says: Text


class Cap(Base):
    """The date is never later than this fact, or than a count from it."""

    fact: FactName
    count: Step | None = None
    says: Text


class Derived(Base):
    """The trigger worked out from an earlier event, when that is what the person knows."""

    fact: FactName
    shift: Literal["first_of_next_month", "one_month"]


class Transition(Base):
    """A later law whose transition rule was not read: periods still open then get its alarm."""

    at: date
    version: Key


class Extensions(Base):
    """Extensions in the order they are granted; the fact `extension` says how many were."""

    steps: Annotated[tuple[Step, ...], Field(min_length=1)]
    limit: Step | None = None
    unless: dict[FactName, str] = Field(default_factory=dict)
    confidence: Confidence | None = None
    says: Text


class Fee(Base):
    """What an authority charges: an amount in whole units of its currency; 0 where it is free."""

    amount: Annotated[int, Field(ge=0)]
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")] | None = None
    per: Literal["filing", "right", "international_class"] = "filing"

    @model_validator(mode="after")
    def _in_a_currency(self) -> Self:
        if self.amount and self.currency is None:
            raise ValueError("a fee that is charged names its currency")
        return self


class Band(Base):
    """Security for goods worth less than `below`: a share in percent, or a fixed amount.

    The last band is open at the top; of a share, `at_least` may be the least.
    """

    below: Annotated[int | None, Field(gt=0)] = None
    percent: Annotated[int | None, Field(gt=0, le=100)] = None
    at_least: Annotated[int | None, Field(gt=0)] = None
    amount: Annotated[int | None, Field(gt=0)] = None

    @model_validator(mode="after")
    def _one_figure(self) -> Self:
        if (self.percent is None) == (self.amount is None):
            raise ValueError("give a share of the value or an amount")
        return self


class Security(Base):
    """How much security is asked, by the value of the goods; or the least a guarantee must be."""

    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
    bands: tuple[Band, ...] = ()
    minimum: Annotated[int | None, Field(gt=0)] = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        tops = [band.below for band in self.bands]
        rising = [top for top in tops[:-1] if top is not None]
        if self.bands and (tops[-1] is not None or len(rising) != len(tops) - 1):
            raise ValueError("the last band is open at the top, and no other")
        if rising != sorted(set(rising)) or bool(self.bands) == (self.minimum is not None):
            raise ValueError("give rising bands or a minimum")
        return self


class Version(Base):
    """One state of the law. `id` is the id of the researched fact unless `fact` names another."""

    id: Key
    fact: Key | None = None
    revision: Annotated[int, Field(gt=0)] = 1
    valid_from: date | None = None
    valid_to: date | None = None
    count: tuple[Step, ...] = ()
    upper: Step | None = None
    opens: Step | None = None
    measure: Measure = Measure.AFTER
    counting: Key | None = None
    roll: Roll = Roll.COUNTING
    start: Start | None = None
    ends_day_before: bool = False
    service: Key | None = None
    derived: Derived | None = None
    not_when: tuple[NotWhen, ...] = ()
    cases: tuple[Case, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    choose: Literal["earlier", "later"] = "earlier"
    extensions: Extensions | None = None
    caps: tuple[Cap, ...] = ()
    requires: tuple[FactName, ...] = ()
    transition: Transition | None = None
    unread: bool = False
    after_end: Literal["old_figure"] | None = None
    left_out: Key | None = None
    fee: Fee | None = None
    security: Security | None = None
    note: Text | None = None
    basis: Words
    source: Words
    confidence: Confidence
    flag: Flag = Flag.NONE
    checked: date

    @property
    def fact_id(self) -> str:
        """The id of the researched fact this version came from."""
        return self.fact or self.id

    @property
    def name(self) -> str:
        """The version as it is stored beside a date: id and revision."""
        return f"{self.id}@{self.revision}"

    @property
    def countable(self) -> bool:
        """Whether there is something to count, with or without a case."""
        return bool(self.count or self.cases)

    def holds_on(self, day: date) -> bool:
        """Return whether this version is the law on `day`."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.countable == (self.left_out is not None):
            raise ValueError("give either a count or the reason in `left_out`")
        if self.countable and self.counting is None:
            raise ValueError("a count needs the counting rule it follows")
        if self.valid_from and self.valid_to and self.valid_from > self.valid_to:
            raise ValueError("`valid_from` is after `valid_to`")
        if self.after_end and self.valid_to is None:
            raise ValueError("`after_end` needs a `valid_to`")
        if self.flag is Flag.CONFLICT and self.countable and not self.alternatives:
            raise ValueError("a conflict needs the other figure under `alternatives`")
        return self


class Rule(Base):
    """One duty or period and its versions, oldest first."""

    id: Key
    area: Area
    kind: Kind
    authority: Key
    actor: Key
    rights: Annotated[tuple[Key, ...], Field(min_length=1)]
    title: Text
    trigger: Text | None = None
    task: Text | None = None
    depends_on: tuple[Key, ...] = ()
    versions: Annotated[tuple[Version, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _worded(self) -> Self:
        if any(version.countable for version in self.versions) and not (self.trigger and self.task):
            raise ValueError("a rule that is counted needs a trigger and a task in both languages")
        return self
