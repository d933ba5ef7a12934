"""The coverage list."""

from datetime import date

import pytest

from service.rules.coverage import coverage
from service.rules.errors import JurisdictionUnknown
from service.rules.loader import library

BOOK = library()
ALL = coverage(BOOK, date(2026, 12, 23))


def test_every_version_is_in_one_row() -> None:
    assert sum(row.counted + row.left_out for row in ALL.rows) == len(list(BOOK.versions()))


def test_confidence_adds_up_in_every_row() -> None:
    wrong = [
        row for row in ALL.rows if sum(row.by_confidence.values()) != row.counted + row.left_out
    ]
    assert wrong == []


def test_age_is_counted_from_the_oldest_check() -> None:
    assert {row.age_days for row in ALL.rows} == {30}


def test_left_out_facts_have_a_reason_in_both_languages() -> None:
    assert all(each.reason.zh and each.reason.en for each in ALL.left_out)


def test_one_jurisdiction_can_be_listed_alone() -> None:
    assert {
        row.jurisdiction for row in coverage(BOOK, date(2026, 12, 23), jurisdiction="VN").rows
    } == {"VN"}


def test_one_area_can_be_listed_alone() -> None:
    found = coverage(BOOK, date(2026, 12, 23), area="customs-detention")
    assert {row.area for row in found.rows} == {"customs-detention"}


def test_a_country_without_rules_is_a_problem_not_an_empty_list() -> None:
    with pytest.raises(JurisdictionUnknown):
        coverage(BOOK, date(2026, 12, 23), jurisdiction="PK")


def test_every_fact_is_counted_left_out_or_says_how_to_count() -> None:
    assert {use.fact for use in ALL.uses} == BOOK.accounted()
    assert {use.use for use in ALL.uses} == {"counted", "left_out", "counting"}


def test_a_fact_left_out_names_its_reason_and_no_other_does() -> None:
    assert all((use.use == "left_out") == (use.reason is not None) for use in ALL.uses)
