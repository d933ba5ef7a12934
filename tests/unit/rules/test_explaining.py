"""The sentence that says why."""

from datetime import date

from service.rules.evaluator import compute

GOLDEN_WEEK = compute("cn-gacc-notice-response", date(2026, 9, 30)).explanation


def test_it_names_rule_trigger_count_closed_days_and_make_up_day_in_english() -> None:
    assert GOLDEN_WEEK.en == (
        "Due Saturday 10 October 2026: 知识产权海关保护条例 (2018 rev.) Art 16 gives 3 working "
        "days from service of the customs notice on the right holder (ex officio) "
        "(Wednesday 30 September 2026); that day itself is not counted; closed on "
        "1–7 October 2026 (Chinese working-day calendar); the make-up working day "
        "Saturday 10 October 2026 counts."
    )


def test_it_says_the_same_in_chinese() -> None:
    assert GOLDEN_WEEK.zh == (
        "2026年10月10日星期六届满：依知识产权海关保护条例 (2018 rev.) Art 16，"
        "自海关书面通知送达权利人（依职权）（2026年9月30日星期三）起3个工作日；当日不计入；"
        "跳过休息日2026年10月1日至7日（中国工作日历）；"
        "调休上班的2026年10月10日星期六计为工作日。"
    )


def test_it_says_that_a_last_day_was_moved() -> None:
    told = compute("us-answer-21", date(2026, 11, 5)).explanation
    assert "the last day, Thursday 26 November 2026, is closed" in told.en
    assert "届满日2026年11月26日星期四为休息日，顺延至其后第一个工作日" in told.zh


def test_it_says_that_a_last_day_was_moved_back() -> None:
    told = compute("cn-preserve-extend", date(2026, 10, 12)).explanation
    assert "moves to the open day before" in told.en
    assert "提前至其前一个工作日" in told.zh


def test_it_says_when_a_paper_counts_as_served() -> None:
    told = compute("cn-tm-refusal-review", date(2026, 3, 2), {"service": "electronic"}).explanation
    assert "it counts as served on Tuesday 17 March 2026" in told.en


def test_it_says_what_the_way_of_service_adds() -> None:
    told = compute("us-rule12-answer", date(2026, 6, 5), {"service": "mail"}).explanation
    assert "3 days are added for the way of service" in told.en


def test_it_says_that_a_right_ends_first() -> None:
    told = compute("cn-gacc-term", date(2026, 3, 10), {"right_expires": "2031-06-30"}).explanation
    assert "it never outlasts the right itself" in told.en


def test_it_says_how_far_extensions_can_reach() -> None:
    told = compute("us-opp", date(2026, 3, 24)).explanation
    assert "at the very latest Monday 21 September 2026" in told.en


def test_it_says_when_a_window_opens() -> None:
    told = compute("cn-gacc-renewal-window", date(2026, 8, 31)).explanation
    assert "opens the window 6 months before" in told.en
    assert "on Saturday 28 February 2026" in told.en


def test_many_closed_days_are_given_as_a_number() -> None:
    told = compute("cn-gacc-decision", date(2026, 9, 1)).explanation
    assert "18 closed days are passed over" in told.en


def test_a_provisional_date_says_what_is_awaited() -> None:
    told = compute("cn-gacc-notice-response", date(2026, 12, 29)).explanation
    assert "the holiday notice of a year involved is not published yet" in told.en
    assert "放假通知尚未公布" in told.zh
