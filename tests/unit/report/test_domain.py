"""Periods lie in the station's time zone; nothing is divided by nothing."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.report.domain import At, Figure, Period, PeriodKind, median, share
from service.report.measures import MEASURES, How
from service.report.repository.conditions import CONDITIONS, SPANS
from service.report.showing import DASH, beside, written
from service.ui.i18n import Language, translator

periods = st.builds(
    lambda day, kind: Period.of(day, kind),
    st.dates(date(2001, 1, 1), date(2099, 12, 31)),
    st.sampled_from(PeriodKind),
)


def test_a_month_begins_at_midnight_in_beijing() -> None:
    month = Period.read("2026-11")
    assert month is not None
    assert month.since == datetime(2026, 10, 31, 16, tzinfo=UTC)
    assert month.until == datetime(2026, 11, 30, 16, tzinfo=UTC)
    assert (month.first, month.last) == (date(2026, 11, 1), date(2026, 11, 30))


@pytest.mark.parametrize(
    ("text", "before", "year_before"),
    [
        ("2026-01", "2025-12", "2025-01"),
        ("2026-Q1", "2025-Q4", "2025-Q1"),
        ("2026", "2025", None),
    ],
)
def test_a_period_is_held_against_the_one_before_and_the_year_before(
    text: str, before: str, year_before: str | None
) -> None:
    period = Period.read(text)
    assert period is not None
    compared = {at: str(one) for at, one in period.compared().items()}
    expected = {At.NOW: text, At.BEFORE: before, At.YEAR_BEFORE: year_before}
    assert compared == {at: one for at, one in expected.items() if one}


@pytest.mark.parametrize("text", ["", "2026-13", "2026-Q5", "26-1", "1999", "2026-1", "2026-11-01"])
def test_what_is_no_period_is_none(text: str) -> None:
    assert Period.read(text) is None


@given(periods)
def test_periods_are_read_as_written_and_follow_one_another(period: Period) -> None:
    assert Period.read(str(period)) == period
    assert period.before().after == period.first
    assert period.before().until == period.since
    assert period.year_before().first.replace(year=period.year) == period.first


def test_nothing_is_divided_by_nothing() -> None:
    assert (share(0, 0), share(1, 4), median([]), median([3, 1]), median([1, 9, 2])) == (
        None,
        0.25,
        None,
        2.0,
        2,
    )


@pytest.mark.parametrize("language", Language)
def test_a_figure_of_nothing_is_a_dash(language: Language) -> None:
    words = translator(language)
    assert written("mediation.success", Figure(0, None, 0), words) == DASH
    assert written("mediation.success", Figure(0, 0.0, 3), words).startswith("0")
    assert written("intake.days", Figure(0, None), words) == DASH
    assert written("intake.received", Figure(0, 0), words) == "0"
    assert beside("mediation.success", Figure(1, 0.5, 2), words)


def test_every_measure_has_its_condition_and_every_share_its_whole() -> None:
    assert list(CONDITIONS) == list(MEASURES)
    assert {k for k, m in MEASURES.items() if m.how is How.DAYS} == set(SPANS)
    for measure in MEASURES.values():
        assert (measure.how is How.SHARE) == bool(measure.whole)
        if measure.whole:
            assert MEASURES[measure.whole].source is measure.source
            assert MEASURES[measure.whole].how is How.COUNT
        assert not measure.by or measure.how is How.COUNT
