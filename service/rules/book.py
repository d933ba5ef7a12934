"""The library in memory: rules, calendars, counting rules and the words around them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from service.core.text import N_
from service.rules.calendars import Calendars, Year
from service.rules.conventions import Alarm, Counting, Service
from service.rules.errors import FactRefused, JurisdictionUnknown, RuleUnknown
from service.rules.schema import Base, Key, Rule, Text, Version

ISO_LENGTH = 10
FACT_YEARS = range(1900, 2200)


class FactWord(Base):
    """A fact a caller may give: its words, and which values it may have."""

    words: Text
    kind: Literal["choice", "date", "number", "zone"]
    values: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _listed(self) -> Self:
        if (self.kind == "choice") != bool(self.values):
            raise ValueError("a choice lists its values, another kind has none")
        return self

    def accepts(self, value: str) -> bool:
        """Return whether `value` is in the list, or reads as the kind says."""
        if self.kind == "choice":
            return value in self.values
        if self.kind == "number":
            return value.isascii() and value.isdecimal() and len(value) <= 2
        if self.kind == "zone":
            return "/" in value or value == "UTC"
        return _is_date(value)


class Mark(Base):
    """How a badge looks and reads, and the clause it adds to an explanation."""

    colour: Literal["red", "amber", "grey"]
    label: Text
    clause: Text


class Vocabulary(Base):
    """The closed lists and the words of the library."""

    facts: dict[str, FactWord]
    jurisdictions: dict[str, Text]
    authorities: dict[Key, Text]
    actors: dict[Key, Text]
    areas: dict[str, Text]
    kinds: dict[str, Text]
    left_out: dict[Key, Text]
    marks: dict[Key, Mark]
    alarms: Annotated[tuple[Alarm, ...], Field(min_length=1)]


@dataclass(frozen=True, slots=True)
class Placed:
    """A rule and where it was read."""

    rule: Rule
    jurisdiction: str
    file: str


@dataclass(frozen=True)
class RuleBook:
    """Everything the evaluator needs. Made by the loader; never changed, only replaced."""

    placed: Mapping[str, Placed]
    counting: Mapping[str, Counting]
    services: Mapping[str, Service]
    calendars: Calendars
    words: Vocabulary
    families: Mapping[str, str] = field(init=False)

    def __post_init__(self) -> None:
        families = {
            version.id: placed.rule.id
            for placed in self.placed.values()
            for version in placed.rule.versions
        }
        object.__setattr__(self, "families", families | {key: key for key in self.placed})

    def find(self, rule_id: str) -> Placed:
        """Return the rule an id belongs to: its own id, or that of any of its versions."""
        family = self.families.get(rule_id)
        if family is None:
            raise RuleUnknown(
                N_("There is no rule “{rule}”. `markpass rules` lists them all."), rule=rule_id
            )
        return self.placed[family]

    def in_jurisdiction(self, code: str) -> tuple[Placed, ...]:
        """Return the rules of a country or body; one without any is *not researched*."""
        found = tuple(each for each in self.placed.values() if each.jurisdiction == code)
        if not found:
            known = ", ".join(sorted({each.jurisdiction for each in self.placed.values()}))
            raise JurisdictionUnknown(
                N_("No rule of {jurisdiction} has been researched. Researched: {known}."),
                jurisdiction=code,
                known=known,
            )
        return found

    def versions(self) -> Iterable[tuple[Placed, Version]]:
        """Give every version with its rule."""
        for placed in self.placed.values():
            for version in placed.rule.versions:
                yield placed, version

    def accounted(self) -> set[str]:
        """Return the ids of all researched facts the library uses or lists as left out."""
        facts = {version.fact_id for _, version in self.versions()}
        facts |= {counting.fact for counting in self.counting.values() if counting.fact}
        return facts | {service.fact for service in self.services.values()}

    def with_calendar_year(self, calendar: str, year: Year) -> "RuleBook":
        """Return the library with one more published calendar year."""
        return replace(self, calendars=self.calendars.with_year(calendar, year))

    def check_facts(self, facts: Mapping[str, str]) -> None:
        """Refuse a fact the library does not know, or a value outside its list."""
        for name, value in facts.items():
            word = self.words.facts.get(name)
            if word is None:
                raise FactRefused(
                    N_("“{fact}” is not a fact the rules know. Known: {allowed}."),
                    fact=name,
                    allowed=", ".join(sorted(self.words.facts)),
                )
            if not word.accepts(value):
                raise FactRefused(
                    N_("“{value}” does not fit the fact “{fact}”. Allowed: {allowed}."),
                    fact=name,
                    value=value,
                    allowed=", ".join(word.values) or word.kind,
                )


def _is_date(value: str) -> bool:
    """Return whether a text is a date of the form 2026-09-30 within reach of the calendars."""
    try:
        return len(value) == ISO_LENGTH and date.fromisoformat(value).year in FACT_YEARS
    except ValueError:
        return False
