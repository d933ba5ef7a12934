"""No register with any fault leaves a market clear, and each fault is told by its own word."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from service.core.settings import Settings
from service.registry.connectors import PERSON_ONLY
from service.registry.editions import Gap as RegisterGap
from service.registry.usecases.looking import helps
from service.rules.markets import markets, office, offices
from service.screening.answer import missing_out
from service.screening.coverage import faults_of, market_coverage, verdict_of_market
from service.screening.domain import Coverage, Gap, Missing, RegisterState, Verdict

TODAY = date(2026, 11, 28)
WHOLE = RegisterState("US", marks=9, edition_on=TODAY, complete=True)


def gap(code: str) -> Gap:
    found = RegisterGap(code, "{file}", {"file": "a.csv"})
    return Gap(found.code, found.reason, found.values)


@pytest.mark.parametrize("code", sorted(offices()))
def test_a_register_is_stale_on_the_day_after_the_rhythm_of_its_office(code: str) -> None:
    rhythm = timedelta(days=office(code).stale_after_days)
    last = replace(WHOLE, office=code, edition_on=TODAY - rhythm)

    assert faults_of(last, on=TODAY) == ()
    assert faults_of(last, on=TODAY + timedelta(days=1)) == (Missing.STALE,)


@pytest.mark.parametrize(
    ("state", "fault"),
    [
        (None, Missing.NEVER_LOADED),
        (replace(WHOLE, marks=0, complete=False), Missing.NEVER_LOADED),
        (replace(WHOLE, complete=False, loading=True), Missing.LOADING),
        (replace(WHOLE, complete=False), Missing.PARTIAL),
        (replace(WHOLE, complete=False, gaps=(gap("no-full-load"),)), Missing.PARTIAL),
        (replace(WHOLE, complete=False, gaps=(gap("classes-cut"),)), Missing.CLASSES_CUT),
        (replace(WHOLE, complete=False, gaps=(gap("classes-absent"),)), Missing.CLASSES_CUT),
        (replace(WHOLE, complete=False, gaps=(gap("dates-cut"),)), Missing.DATES_CUT),
        (replace(WHOLE, complete=False, gaps=(gap("days-missing"),)), Missing.GAP),
        (replace(WHOLE, edition_on=TODAY - timedelta(days=999)), Missing.STALE),
        (replace(WHOLE, edition_on=TODAY + timedelta(days=9)), Missing.STALE),
        (replace(WHOLE, edition_on=None), Missing.UNDATED),
    ],
)
def test_each_fault_keeps_a_market_from_being_clear(
    state: RegisterState | None, fault: Missing
) -> None:
    whole = {code: replace(WHOLE, office=code) for code in offices()}
    states = {**whole, "US": state} if state else {k: v for k, v in whole.items() if k != "US"}
    covered = market_coverage(markets()["US"], states, on=TODAY)

    assert faults_of(state, on=TODAY) == (fault,)
    assert covered.missing == ("US",)
    assert verdict_of_market(None, covered.coverage) is Verdict.NOT_SEARCHED
    assert market_coverage(markets()["US"], whole, on=TODAY).coverage is Coverage.COMPLETE


def test_what_lacks_credentials_is_named_with_the_way_to_them() -> None:
    settings = Settings()
    (told,) = (
        one
        for one in missing_out([markets()["EU"]], {}, helps(settings), on=TODAY)
        if one.what == "EM"
    )

    assert told.why is Missing.NEVER_LOADED
    assert told.way_out is not None
    assert "dev.euipo.europa.eu" in told.way_out.en
    assert "dev.euipo.europa.eu" in told.way_out.zh
    assert told.way_out.en != told.way_out.zh
    ready = settings.model_copy(update={"euipo_client_id": "a", "euipo_client_secret": None})
    assert helps(ready).keys() == {"EM", "US"}


def test_a_person_is_led_to_the_words_in_systems_that_keep_programs_out() -> None:
    found = {one.name: one.searching("雅迪 R&D/1") for one in PERSON_ONLY}

    assert found.keys() == {"wipo-brands", "tmview"}
    for address in found.values():
        assert address.startswith("https://")
        assert "=%E9%9B%85%E8%BF%AA%20R%26D%2F1" in address
