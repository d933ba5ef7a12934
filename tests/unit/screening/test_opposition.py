"""The last day to oppose: by a researched rule, or not at all."""

from datetime import date

import pytest

from service.rules.loader import library
from service.screening.opposition import RULES, opposition, shown

PUBLISHED = date(2026, 11, 2)


@pytest.mark.parametrize(("office", "rule"), RULES.items())
def test_every_rule_is_one_of_the_library_and_counts_from_a_publication(
    office: str, rule: str
) -> None:
    placed = library().find(rule)
    told = placed.rule.trigger.en if placed.rule.trigger else ""

    assert placed.jurisdiction == {"EM": "EU"}.get(office, office)
    assert any(word in told for word in ("publication", "advertisement"))
    assert opposition(office, PUBLISHED) is not None


def test_it_says_what_it_rests_on() -> None:
    found = opposition("US", PUBLISHED)

    assert found is not None
    assert found["due"] == "2026-12-02"
    assert found["trigger_on"] == "2026-11-02"
    assert found["basis"]
    assert found["explanation"]["zh"]


@pytest.mark.parametrize(
    ("office", "published"), [("XX", PUBLISHED), ("JP", PUBLISHED), ("US", None)]
)
def test_without_a_rule_or_a_day_there_is_none(office: str, published: date | None) -> None:
    assert opposition(office, published) is None
    assert shown(None, PUBLISHED).due is None


def test_the_days_left_are_counted_when_it_is_shown() -> None:
    assert shown(opposition("US", PUBLISHED), date(2026, 12, 4)).days_left == -2
