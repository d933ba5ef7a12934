"""What holds for every rule and every trigger."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from service.core.errors import Problem
from service.rules.domain import Computed
from service.rules.evaluator import choose_version, compute
from service.rules.loader import library
from service.rules.schema import Measure, Roll, Version

BOOK = library()
NEEDED = {"office": "PH"}
COUNTED = [
    (placed.rule, version)
    for placed, version in BOOK.versions()
    if version.countable and choose_version(placed.rule, version.valid_from or date(2020, 1, 1))
]
EARLIEST, LATEST = date(2019, 7, 1), date(2027, 6, 30)


def window(version: Version) -> tuple[date, date]:
    """The triggers a version answers for, within the years of interest."""
    return max(version.valid_from or EARLIEST, EARLIEST), min(version.valid_to or LATEST, LATEST)


CALLABLE = [
    (rule, version) for rule, version in COUNTED if window(version)[0] <= window(version)[1]
]
picked = st.sampled_from(CALLABLE)


def some_day(draw: st.DrawFn, version: Version) -> date:
    first, last = window(version)
    return draw(st.dates(first, last))


@st.composite
def questions(draw: st.DrawFn) -> tuple[Version, date]:
    _, version = draw(picked)
    return version, some_day(draw, version)


def ask(version: Version, day: date, **facts: str) -> Computed:
    return compute(version.id, day, NEEDED | facts, book=BOOK)


@settings(max_examples=300, deadline=None)
@given(questions(), st.integers(1, 40))
def test_a_later_trigger_never_gives_an_earlier_date(
    question: tuple[Version, date], later: int
) -> None:
    version, day = question
    other = min(day + timedelta(later), window(version)[1])
    assert ask(version, day).due <= ask(version, other).due


@settings(max_examples=300, deadline=None)
@given(questions())
def test_a_date_that_may_roll_is_never_on_a_closed_day(question: tuple[Version, date]) -> None:
    version, day = question
    found = ask(version, day)
    counting = BOOK.counting[version.counting or ""]
    rolls = version.roll is Roll.BACK or (
        version.roll is Roll.COUNTING and counting.last_day == "next_open_day"
    )
    calendar = BOOK.calendars.candidates(counting.calendar, NEEDED)[0]
    weekend = frozenset({6}) if counting.roll_weekend == ("sun",) else None
    hours = found.count[0].unit.value == "hours"
    opens = version.measure is Measure.OPENS_BEFORE
    assert hours or opens or not (rolls and calendar.closed(found.due, weekend=weekend))


@settings(max_examples=300, deadline=None)
@given(questions())
def test_a_period_after_its_trigger_ends_after_it(question: tuple[Version, date]) -> None:
    version, day = question
    found = ask(version, day)
    assert version.measure is not Measure.AFTER or found.due >= day


@settings(max_examples=300, deadline=None)
@given(questions())
def test_the_alarm_is_never_after_the_date(question: tuple[Version, date]) -> None:
    version, day = question
    found = ask(version, day)
    assert found.alarm_on <= found.due


@settings(max_examples=300, deadline=None)
@given(questions())
def test_an_outer_limit_is_never_before_the_date(question: tuple[Version, date]) -> None:
    version, day = question
    found = ask(version, day)
    assert found.latest_on is None or found.latest_on >= found.due


@settings(max_examples=300, deadline=None)
@given(questions())
def test_an_extension_never_shortens_a_period(question: tuple[Version, date]) -> None:
    version, day = question
    plain = ask(version, day)
    longer = ask(version, day, extension="1") if version.extensions else plain
    assert longer.due >= plain.due


@settings(max_examples=300, deadline=None)
@given(questions())
def test_the_same_question_has_the_same_answer(question: tuple[Version, date]) -> None:
    version, day = question
    assert ask(version, day) == ask(version, day)


@settings(max_examples=300, deadline=None)
@given(questions())
def test_a_rule_asked_by_its_own_version_id_names_that_version_or_the_valid_one(
    question: tuple[Version, date],
) -> None:
    version, day = question
    valid = choose_version(BOOK.find(version.id).rule, day).version
    assert ask(version, day).rule_id == valid.id


@settings(max_examples=200, deadline=None)
@given(questions())
def test_a_doubt_makes_a_date_provisional_and_shows_a_badge(
    question: tuple[Version, date],
) -> None:
    version, day = question
    found = ask(version, day)
    badges = {badge.code for badge in found.badges}
    assert found.provisional == bool(found.doubts)
    assert {doubt.value for doubt in found.doubts} <= badges


ODD = ["", "0", "3", "99", "²", "-1", "yes", "no", "2026-02-30", "1900-01-01", "2199-12-31"]
ZONES = ["UTC", "/", "America", "America/Argentina", "../etc/passwd", "a/\0", "Asia/Shanghai"]
WORDS = BOOK.words.facts
facts = st.dictionaries(
    st.sampled_from([*WORDS, "mood"]),
    st.one_of(
        st.sampled_from([*ODD, *ZONES]),
        st.sampled_from(sorted({value for word in WORDS.values() for value in word.values})),
        st.text(max_size=12),
    ),
    max_size=4,
)
moments = st.one_of(
    st.dates(), st.datetimes(), st.datetimes(timezones=st.timezones()), st.dates(EARLIEST, LATEST)
)


@settings(max_examples=500, deadline=None)
@given(st.sampled_from(sorted(BOOK.families)), moments, facts)
def test_any_question_is_answered_or_refused_by_a_named_problem(
    rule: str, trigger: date, given_facts: dict[str, str]
) -> None:
    try:
        told = compute(rule, trigger, given_facts, book=BOOK).explanation.zh
    except Problem as problem:
        told = problem.code
    assert told not in {"", "internal"}
