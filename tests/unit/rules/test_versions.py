"""Which state of the law a trigger falls under, and what is said where it was not read."""

from datetime import date, datetime
from pathlib import Path

import pytest

from service.rules.domain import Computed, Doubt
from service.rules.errors import NotResearched
from service.rules.evaluator import compute
from tests.unit.rules.rulebox import Box, rule, version

SWITCHES = [
    ("kr-opp", date(2025, 7, 22), "kr-opp-old", "kr-opp"),
    ("vn-opp", date(2026, 4, 1), "vn-opp-old", "vn-opp"),
    ("cn-arb-setaside", date(2026, 3, 1), "cn-arb-setaside-old", "cn-arb-setaside"),
    ("cn-tm-opposition", date(2027, 1, 1), "cn-tm-opposition", "cn-tm-opposition-2027"),
    ("id-nonuse", date(2024, 7, 30), "id-nonuse-old", "id-nonuse"),
    ("tr-nonuse", date(2024, 1, 10), "tr-nonuse-old", "tr-nonuse"),
    ("kr-term", date(2019, 1, 1), "kr-term-old", "kr-term"),
    ("ru-term", date(2019, 6, 1), "ru-term-old", "ru-term"),
]
IDS = [each[0] for each in SWITCHES]


def codes(found: Computed) -> set[str]:
    return {badge.code for badge in found.badges}


@pytest.mark.parametrize(("family", "day", "old", "new"), SWITCHES, ids=IDS)
def test_the_day_before_a_change_is_under_the_old_law(
    family: str, day: date, old: str, new: str
) -> None:
    assert compute(family, date.fromordinal(day.toordinal() - 1)).rule_id == old


@pytest.mark.parametrize(("family", "day", "old", "new"), SWITCHES, ids=IDS)
def test_the_day_of_a_change_is_under_the_new_law(
    family: str, day: date, old: str, new: str
) -> None:
    assert compute(family, day).rule_id == new


@pytest.mark.parametrize(("family", "day", "old", "new"), SWITCHES, ids=IDS)
def test_either_id_gives_the_same_date(family: str, day: date, old: str, new: str) -> None:
    assert compute(old, day).due == compute(new, day).due


def test_a_date_asked_by_another_version_says_which_one_is_valid() -> None:
    found = compute("cn-tm-opposition-2027", date(2026, 9, 30))
    assert "cn-tm-opposition is the version valid on the trigger day" in found.explanation.en
    assert "该触发日适用的版本为cn-tm-opposition" in found.explanation.zh


def test_the_moment_of_a_trigger_falls_under_the_law_of_the_authoritys_day() -> None:
    moment = "2025-07-21T16:00:00+00:00"  # 01:00 on the 22nd in Seoul
    assert compute("kr-opp", datetime.fromisoformat(moment)).rule_id == "kr-opp"


def test_a_trigger_before_all_known_law_is_not_researched() -> None:
    with pytest.raises(NotResearched) as caught:
        compute("th-term", date(2022, 7, 28))
    assert caught.value.members["earliest"] == "2022-07-29"


def test_brazil_after_december_2025_gives_no_date_but_says_what_changed() -> None:
    with pytest.raises(NotResearched) as caught:
        compute("br-detention", date(2026, 1, 5))
    assert caught.value.members["version"] == "br-adi-3-2025"
    assert "立即行动" in str(caught.value.members["reason_zh"])


OLD_LAW = ("cn-tm-refusal-review", date(2027, 2, 1))


def test_a_chinese_trademark_row_without_successor_gives_the_old_figure_in_red() -> None:
    found = compute(*OLD_LAW)
    badge = next(each for each in found.badges if each.code == "old_law_figure")
    assert (found.due, found.provisional, badge.colour) == (date(2027, 2, 16), True, "red")
    assert badge.label.en == "old-law figure, new article not read"


def test_a_new_row_replaces_the_old_figure_without_code(tmp_path: Path) -> None:
    ended = version(valid_to="2026-12-31", after_end="old_figure")
    later = version(
        id="test-rule-2027", valid_from="2027-01-01", count=[{"length": 1, "unit": "months"}]
    )
    book = Box(tmp_path).write(rule(ended, later)).load()
    found = compute("test-rule", date(2027, 2, 1), book=book)
    assert (found.rule_id, found.due) == ("test-rule-2027", date(2027, 3, 1))
    assert Doubt.OLD_LAW_FIGURE not in found.doubts


def test_without_the_mark_a_law_that_ended_gives_nothing(tmp_path: Path) -> None:
    book = Box(tmp_path).write(rule(version(valid_to="2026-12-31"))).load()
    with pytest.raises(NotResearched):
        compute("test-rule", date(2027, 2, 1), book=book)


def test_an_unread_new_law_that_would_be_longer_leaves_the_earlier_old_figure(
    tmp_path: Path,
) -> None:
    old = version(valid_to="2026-12-31", count=[{"length": 1, "unit": "months"}])
    new = version(id="test-rule-2027", valid_from="2027-01-01", unread=True)
    book = Box(tmp_path).write(rule(old, new)).load()
    found = compute("test-rule", date(2027, 3, 1), book=book)
    assert found.due == date(2027, 4, 1)
    assert [other.due for other in found.others] == [date(2027, 6, 1)]


def test_the_draft_of_2027_is_shown_beside_the_old_figure() -> None:
    found = compute("cn-tm-opposition", date(2027, 1, 15))
    assert (found.due, [other.due for other in found.others]) == (
        date(2027, 3, 15),
        [date(2027, 4, 15)],
    )
    assert {"new_law_unread", "pending_change"} <= codes(found)


def test_an_opposition_still_open_when_the_law_changes_is_alarmed_by_the_shorter_period() -> None:
    found = compute("cn-tm-opposition", date(2026, 11, 13))
    assert found.due == date(2027, 2, 15)
    assert found.alarm_on <= date(2027, 1, 13)
    assert "law_changes_before_due" in codes(found)


def test_an_opposition_closed_before_the_law_changes_is_not_alarmed() -> None:
    assert "law_changes_before_due" not in codes(compute("cn-tm-opposition", date(2026, 9, 30)))


def test_a_period_under_a_law_that_ends_first_says_so() -> None:
    assert Doubt.LAW_CHANGES_BEFORE_DUE in compute("cn-tm-court", date(2026, 12, 10)).doubts
