"""The doubts about a date, and the badges that go with it wherever it is shown."""

from service.rules.book import RuleBook
from service.rules.calendars import Sureness
from service.rules.counting import OPEN_UNITS
from service.rules.domain import Badge, Doubt
from service.rules.periods import Period
from service.rules.plans import Given
from service.rules.schema import Confidence, Flag

BY_SURENESS = {
    Sureness.PREDICTED: Doubt.YEAR_NOT_PUBLISHED,
    Sureness.ESTIMATED: Doubt.HOLIDAY_ESTIMATED,
    Sureness.NOT_RESEARCHED: Doubt.CALENDAR_NOT_RESEARCHED,
}
COUNTING_FROM_MEMORY = "counting_memory"


def calendar_doubts(period: Period, given: Given) -> set[Doubt]:
    """Return what is unsure about the days this period looked at."""
    found = {BY_SURENESS[each] for each in period.sureness if each in BY_SURENESS}
    missing = given.book.calendars.missing_fact(period.plan.counting.calendar, given.facts)
    if Doubt.CALENDAR_NOT_RESEARCHED in found and missing:
        found = (found - {Doubt.CALENDAR_NOT_RESEARCHED}) | {Doubt.CALENDAR_NOT_CHOSEN}
    if period.roll_unsure:
        found.add(Doubt.ROLL_NOT_RESEARCHED)
    return found


def mark_codes(period: Period, doubts: tuple[Doubt, ...]) -> list[str]:
    """Return the codes of all marks a date carries, the gravest first."""
    version, counting = period.plan.version, period.plan.counting
    codes = [doubt.value for doubt in doubts]
    if version.flag is not Flag.NONE:
        codes.append(version.flag.value)
    if period.plan.confidence is Confidence.MEMORY:
        codes.append(Confidence.MEMORY.value)
    looked = bool(period.sureness) or any(step.unit in OPEN_UNITS for step in period.plan.count)
    if counting.confidence is Confidence.MEMORY and looked:
        codes.append(COUNTING_FROM_MEMORY)
    return codes


def badges(book: RuleBook, codes: list[str]) -> tuple[Badge, ...]:
    """Return the badges for mark codes."""
    marks = book.words.marks
    return tuple(Badge(code, marks[code].colour, marks[code].label) for code in codes)
