"""What the evaluator takes into account, and the problems it names instead of guessing."""

from datetime import UTC, date, datetime, timedelta
from http import HTTPStatus
from zoneinfo import ZoneInfo

import pytest

from service.core.errors import Problem
from service.rules.domain import Doubt
from service.rules.errors import (
    DateBeforeTrigger,
    FactNeeded,
    FactRefused,
    JurisdictionUnknown,
    NotResearched,
    RuleDoesNotApply,
    RuleHasNoPeriod,
    RuleUnknown,
)
from service.rules.evaluator import compute
from service.rules.loader import library
from service.rules.schema import Confidence, Unit

DAY = date(2026, 5, 5)


def problem(kind: type[Problem], rule: str, facts: dict[str, str] | None = None) -> Problem:
    with pytest.raises(kind) as caught:
        compute(rule, DAY, facts)
    return caught.value


def test_an_unknown_rule_is_named() -> None:
    assert problem(RuleUnknown, "cn-nothing").members["rule"] == "cn-nothing"


def test_a_rule_without_a_period_says_why_in_both_languages() -> None:
    told = problem(RuleHasNoPeriod, "cn-gacc-scope").members
    assert (told["reason"], told["reason_zh"]) == (
        "a statement of law with no period in it",
        "说明性规定，没有可以计算的期间",
    )


def test_an_unknown_fact_is_refused_with_the_names_that_are_known() -> None:
    told = problem(FactRefused, "eu-det-confirm", {"perishible": "yes"}).members
    assert "perishable" in str(told["allowed"])


def test_an_unknown_value_is_refused_with_the_values_allowed() -> None:
    told = problem(FactRefused, "eu-det-confirm", {"perishable": "maybe"}).members
    assert told["allowed"] == "yes, no"


@pytest.mark.parametrize("value", ["2026-02-30", "soon", ""])
def test_a_date_fact_that_is_no_date_is_refused(value: str) -> None:
    assert problem(FactRefused, "cn-gacc-term", {"right_expires": value}).members["value"] == value


def test_a_fact_that_decides_the_date_is_asked_for() -> None:
    assert problem(FactNeeded, "tm-renewal-table").members["fact"] == "office"


def test_a_country_the_general_table_does_not_hold_is_asked_for_again() -> None:
    told = problem(FactNeeded, "tm-nonuse-table", {"office": "KE"}).members
    assert told["fact"] == "office"


def test_a_right_that_ended_before_the_trigger_is_a_problem() -> None:
    told = problem(DateBeforeTrigger, "cn-gacc-term", {"right_expires": "2026-05-04"}).members
    assert told["end"] == "2026-05-04"


def test_more_extensions_than_the_law_knows_are_refused() -> None:
    assert problem(FactRefused, "us-opp", {"extension": "4"}).members["possible"] == 3


def test_no_extension_for_perishable_goods() -> None:
    facts = {"perishable": "yes", "extension": "1"}
    assert problem(FactRefused, "eu-det-confirm", facts).members["possible"] == 0


def test_a_way_of_service_the_law_does_not_know_is_refused() -> None:
    told = problem(FactRefused, "cn-tm-refusal-review", {"service": "mail"}).members
    assert "electronic" in str(told["allowed"])


def test_a_time_zone_that_does_not_exist_is_refused() -> None:
    assert problem(FactRefused, "temu-response", {"time_zone": "Mars/Base"}).members["value"]


def test_a_country_without_rules_is_not_researched() -> None:
    with pytest.raises(JurisdictionUnknown) as caught:
        library().in_jurisdiction("NG")
    assert "CN" in str(caught.value.members["known"])


STATUS = {
    RuleUnknown: HTTPStatus.NOT_FOUND,
    NotResearched: HTTPStatus.NOT_FOUND,
    JurisdictionUnknown: HTTPStatus.NOT_FOUND,
    FactNeeded: HTTPStatus.UNPROCESSABLE_ENTITY,
    FactRefused: HTTPStatus.UNPROCESSABLE_ENTITY,
    RuleDoesNotApply: HTTPStatus.CONFLICT,
    RuleHasNoPeriod: HTTPStatus.UNPROCESSABLE_ENTITY,
    DateBeforeTrigger: HTTPStatus.UNPROCESSABLE_ENTITY,
}


@pytest.mark.parametrize(("kind", "status"), STATUS.items())
def test_each_problem_has_its_status(kind: type[Problem], status: HTTPStatus) -> None:
    assert kind.status == status


def test_a_date_ends_at_the_end_of_the_day_of_the_authority() -> None:
    found = compute("us-answer-21", date(2026, 11, 5))
    assert found.due_at.utcoffset() == timedelta(hours=-5)
    assert (found.due_at.hour, found.due_at.minute) == (23, 59)


def test_the_zone_of_a_member_state_is_its_own() -> None:
    assert compute("eu-det-confirm", DAY, {"member_state": "FI"}).time_zone == "Europe/Helsinki"


def test_a_moment_is_read_in_the_zone_of_the_authority() -> None:
    moment = datetime(2026, 10, 8, 17, 0, tzinfo=UTC)
    assert compute("cn-gacc-notice-response", moment).trigger_on == date(2026, 10, 9)


def test_a_moment_without_a_zone_is_local_to_the_authority() -> None:
    moment = datetime(2026, 10, 8, 23, 30)  # noqa: DTZ001  that is what is tested
    assert compute("us-answer-21", moment).trigger_on == date(2026, 10, 8)


def test_hours_run_from_the_minute() -> None:
    found = compute("temu-response", datetime(2026, 9, 30, 10, 15, tzinfo=UTC))
    assert found.due_at == datetime(2026, 10, 3, 10, 15, tzinfo=UTC)


def test_hours_from_a_bare_day_count_from_midnight_and_say_so() -> None:
    found = compute("cn-preserve-ruling", date(2026, 9, 30))
    assert found.due_at.isoformat() == "2026-10-02T00:00:00+08:00"
    assert Doubt.TIME_ASSUMED in found.doubts


def test_an_unstated_zone_is_said_to_be_assumed() -> None:
    assert Doubt.ZONE_ASSUMED in compute("ali-notice", DAY).doubts


def test_a_stated_zone_is_used() -> None:
    facts = {"time_zone": "America/Los_Angeles"}
    found = compute("temu-response", DAY, facts)
    assert (found.time_zone, Doubt.ZONE_ASSUMED in found.doubts) == ("America/Los_Angeles", False)


def test_both_the_statutory_day_and_the_moved_day_are_kept() -> None:
    found = compute("cn-tm-opposition", date(2026, 7, 6))
    assert (found.unrolled_on, found.due) == (date(2026, 10, 6), date(2026, 10, 8))
    assert found.rolled == (date(2026, 10, 6), date(2026, 10, 7))


def test_the_closed_days_that_were_passed_over_are_kept() -> None:
    found = compute("cn-gacc-notice-response", date(2026, 9, 30))
    assert found.passed == tuple(date(2026, 10, day) for day in range(1, 8))


def test_only_the_facts_that_mattered_are_kept() -> None:
    facts = {"member_state": "DE", "perishable": "yes", "right_expires": "2030-01-01"}
    assert compute("eu-det-confirm", DAY, facts).facts_used == {"perishable": "yes"}


def test_a_memory_rule_carries_its_badge() -> None:
    found = compute("us-nonuse", DAY)
    assert found.confidence is Confidence.MEMORY
    assert "memory" in {badge.code for badge in found.badges}


def test_a_case_from_memory_lowers_the_confidence_of_the_date() -> None:
    plain = compute("us-itc-response", DAY)
    abroad = compute("us-itc-response", DAY, {"foreign_service": "yes"})
    assert (plain.confidence, abroad.confidence) == (Confidence.SOURCE, Confidence.MEMORY)


CONFLICTS = ["gb-exofficio", "in-term", "th-renew", "ph-opp", "temu-response"]


@pytest.mark.parametrize("rule", CONFLICTS)
def test_a_conflict_takes_the_earlier_and_shows_the_other(rule: str) -> None:
    found = compute(rule, DAY)
    assert found.others
    assert all(found.due <= other.due for other in found.others)
    assert "conflict" in {badge.code for badge in found.badges}


def test_the_longer_of_two_periods_is_taken_where_the_law_says_so() -> None:
    found = compute("trips-50-6", date(2026, 9, 24), {"office": "CN"})
    assert found.due > found.others[0].due


def test_a_body_without_a_researched_calendar_says_so() -> None:
    assert Doubt.CALENDAR_NOT_RESEARCHED in compute("eu-opp", date(2026, 1, 30)).doubts


def test_a_body_without_a_researched_calendar_still_closes_on_weekends() -> None:
    assert compute("eu-substantiate", date(2026, 6, 30)).due == date(2026, 8, 31)


def test_a_member_state_that_was_not_named_is_said_to_be_missing() -> None:
    assert Doubt.CALENDAR_NOT_CHOSEN in compute("eu-det-confirm", DAY).doubts


def test_without_the_country_the_date_is_never_later_than_with_it() -> None:
    without = compute("eu-det-confirm", date(2026, 3, 30)).due
    states = library().words.facts["member_state"].values
    assert all(
        without <= compute("eu-det-confirm", date(2026, 3, 30), {"member_state": state}).due
        for state in states
    )


def test_an_estimated_feast_makes_a_date_provisional() -> None:
    found = compute("id-confirm", date(2027, 3, 8))
    assert Doubt.HOLIDAY_ESTIMATED in found.doubts


def test_a_period_names_what_it_depends_on() -> None:
    found = compute("cn-gacc-court-notice-50", DAY)
    assert found.depends_on == ("cn-gacc-notice-response", "cn-gacc-investigation")


def test_the_count_is_the_one_that_was_used() -> None:
    found = compute("eu-det-confirm", DAY, {"perishable": "yes"})
    assert [(step.length, step.unit) for step in found.count] == [(3, Unit.WORKING_DAYS)]


@pytest.mark.parametrize("day", [date(1999, 12, 31), date(2081, 1, 1), date(9999, 12, 31)])
def test_a_trigger_out_of_reach_is_refused(day: date) -> None:
    with pytest.raises(FactRefused) as caught:
        compute("cn-gacc-term", day)
    assert caught.value.members["fact"] == "trigger"


def test_a_moment_at_the_end_of_time_is_refused_not_a_crash() -> None:
    with pytest.raises(FactRefused):
        compute("cn-gacc-term", datetime(9999, 12, 31, 23, 59, tzinfo=UTC))


def test_a_year_the_holiday_package_does_not_fully_know_is_estimated() -> None:
    """The Hindu feasts are known to the package until 2035."""
    assert Doubt.HOLIDAY_ESTIMATED in compute("in-join", date(2040, 3, 1)).doubts


BARRED = [
    ("eu-det-extension", {"perishable": "yes"}, None),
    ("eu-det-smallconsignment", {"perishable": "yes"}, "eu-det-perishable"),
    ("eu-det-exofficio", {"ex_officio": "no"}, "eu-det-confirm"),
    ("cn-gacc-court-notice-20", {"ex_officio": "yes"}, "cn-gacc-court-notice-50"),
    ("cn-gacc-court-notice-50", {"ex_officio": "no"}, "cn-gacc-court-notice-20"),
    ("cn-gacc-patent-proof", {"right_kind": "trademark"}, None),
    ("in-join", {"ex_officio": "yes"}, "in-exofficio"),
]


@pytest.mark.parametrize(("rule", "facts", "instead"), BARRED)
def test_a_rule_that_does_not_apply_names_the_one_that_does(
    rule: str, facts: dict[str, str], instead: str | None
) -> None:
    told = problem(RuleDoesNotApply, rule, facts).members
    assert told["instead"] == instead
    assert told["reason"]
    assert told["reason_zh"]


def test_a_small_consignment_says_who_is_asked() -> None:
    found = compute("eu-det-confirm", DAY, {"member_state": "DE", "small_consignment": "yes"})
    assert found.note is not None
    assert "the declarant alone" in found.note.en


def test_a_window_warns_when_it_opens() -> None:
    found = compute("cn-gacc-renewal-window", date(2030, 5, 31))
    assert found.alarm_on == found.opens_on == date(2029, 11, 30)


def test_a_last_day_before_an_expiry_warns_ahead_of_it() -> None:
    found = compute("eu-afa-extension", date(2026, 6, 30), {"member_state": "DE"})
    assert (found.due, found.alarm_on) == (date(2026, 5, 18), date(2026, 5, 11))


def test_a_three_day_clock_warns_at_once() -> None:
    found = compute("cn-gacc-notice-response", date(2026, 9, 30))
    assert found.alarm_on == date(2026, 9, 30)


def test_a_long_term_warns_half_a_year_ahead() -> None:
    assert compute("cn-gacc-term", date(2026, 3, 10)).alarm_on == date(2035, 9, 12)


def test_hours_are_real_hours_when_the_clocks_change() -> None:
    """New York leaves summer time on 1 November 2026: 72 hours end an hour earlier by the clock."""
    moment = datetime(2026, 10, 31, 12, 0, tzinfo=ZoneInfo("America/New_York"))
    found = compute("temu-response", moment, {"time_zone": "America/New_York"})
    assert found.due_at.isoformat() == "2026-11-03T11:00:00-05:00"


def test_where_the_zone_is_assumed_the_earlier_day_is_the_trigger() -> None:
    moment = datetime(2026, 11, 2, 22, 0, tzinfo=ZoneInfo("America/Los_Angeles"))
    assert compute("ali-notice", moment).trigger_on == date(2026, 11, 2)
