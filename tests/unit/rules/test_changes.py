"""A provisional date is computed again when its year is published, and the change is explained."""

from datetime import date

import pytest

from service.rules.calendars import Year
from service.rules.changes import recompute
from service.rules.domain import Before, Change
from service.rules.evaluator import compute
from service.rules.loader import library

RULE, SERVED = "cn-gacc-notice-response", date(2027, 2, 4)
INVENTED = Year(
    year=2027,
    notice="放假通知（测试用，虚构）",
    days="listed",
    closed=tuple(date(2027, 2, day) for day in range(5, 13)),
    working=(date(2027, 2, 14), date(2027, 2, 21)),
)


def again() -> Change:
    book = library()
    before = Before.of(compute(RULE, SERVED, book=book))
    return recompute(RULE, SERVED, {}, before, book=book.with_calendar_year("cn", INVENTED))


def test_before_the_notice_the_date_is_provisional() -> None:
    found = compute(RULE, SERVED)
    assert (found.provisional, "year_not_published" in {b.code for b in found.badges}) == (
        True,
        True,
    )


def test_after_the_notice_the_date_is_computed_from_its_days() -> None:
    """5-12 Feb closed, Sat 13 closed, Sun 14 worked 1, Mon 15 2, Tue 16 3."""
    assert again().new.due == date(2027, 2, 16)


def test_after_the_notice_the_date_is_firm() -> None:
    assert (again().settled, again().new.provisional) == (True, False)


def test_a_moved_date_says_from_where_to_where_and_by_which_notice() -> None:
    change = again()
    assert change.moved
    assert "2027年2月16日" in change.explanation.zh
    assert INVENTED.notice in change.explanation.zh
    assert "It was" in change.explanation.en


def test_a_date_that_stays_says_so() -> None:
    before = Before(date(2027, 2, 16), "cn-gacc-notice-response@1", provisional=True)
    book = library().with_calendar_year("cn", INVENTED)
    change = recompute(RULE, SERVED, {}, before, book=book)
    assert not change.moved
    assert change.explanation.en.startswith("It is still Tuesday 16 February 2027.")


def test_a_change_of_the_rule_version_is_named() -> None:
    before = Before(date(2027, 2, 16), "cn-gacc-notice-response@0", provisional=False)
    change = recompute(RULE, SERVED, {}, before)
    assert "cn-gacc-notice-response@0" in change.explanation.en


def test_entering_a_year_leaves_the_shipped_library_as_it_was() -> None:
    library().with_calendar_year("cn", INVENTED)
    assert 2027 not in {year.year for year in library().calendars.entry("cn").years}


@pytest.mark.parametrize("day", INVENTED.working)
def test_a_listed_working_weekend_is_open(day: date) -> None:
    book = library().with_calendar_year("cn", INVENTED)
    assert not book.calendars.candidates("cn", {})[0].closed(day)
