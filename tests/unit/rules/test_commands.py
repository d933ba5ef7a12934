"""`markpass rules` and `markpass deadline`."""

import json
from datetime import date, datetime, timedelta, timezone

import pytest
import typer
from typer.testing import CliRunner

from service.rules.commands import deadline, rules
from service.rules.errors import FactRefused, RuleUnknown
from service.rules.reading import read_facts, read_trigger

app = typer.Typer()
app.command()(rules)
app.command()(deadline)
ASK = ["deadline", "cn-gacc-notice-response", "--trigger", "2026-09-30"]


def run(*arguments: str) -> str:
    result = CliRunner().invoke(app, list(arguments), catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def test_a_deadline_as_json_has_what_callers_read() -> None:
    told = json.loads(run(*ASK, "--json"))
    assert list(told) == [
        "due",
        "rule_id",
        "rule_version",
        "provisional",
        "confidence",
        "explanation",
    ]
    assert {name: told[name] for name in ("due", "rule_id", "rule_version", "provisional")} == {
        "due": "2026-10-10",
        "rule_id": "cn-gacc-notice-response",
        "rule_version": "cn-gacc-notice-response@1",
        "provisional": False,
    }
    assert told["confidence"] == "source"
    assert set(told["explanation"]) == {"zh", "en"}


def test_a_deadline_for_people_is_in_both_languages() -> None:
    told = run(*ASK)
    assert "2026-10-10 23:59 Asia/Shanghai" in told
    assert "当日不计入" in told
    assert "that day itself is not counted" in told


def test_a_deadline_takes_facts() -> None:
    facts = ["--fact", "member_state=DE", "--fact", "perishable=yes"]
    told = json.loads(
        run("deadline", "eu-det-confirm", "--trigger", "2026-05-13", *facts, "--json")
    )
    assert told["due"] == "2026-05-19"


def test_an_unknown_rule_is_a_problem_the_caller_can_show() -> None:
    with pytest.raises(RuleUnknown):
        run("deadline", "nothing", "--trigger", "2026-09-30")


def test_the_list_of_rules_counts_and_names_places() -> None:
    told = run("rules", "--jurisdiction", "KE")
    assert "KE" in told
    assert "1 rules from 1 facts" in told


def test_the_list_of_rules_as_json_has_rows_and_what_is_left_out() -> None:
    told = json.loads(run("rules", "--json"))
    assert len(told["left_out"]) > 100
    assert told["rows"][0]["jurisdiction"] == "AE"


def test_the_list_names_what_is_left_out_when_asked() -> None:
    assert "hk-recordal" in run("rules", "--jurisdiction", "HK", "--left-out")


def test_a_trigger_is_a_day_or_a_moment() -> None:
    zone = timezone(timedelta(hours=8))
    assert read_trigger("2026-09-30") == date(2026, 9, 30)
    assert read_trigger("2026-09-30T17:00+08:00") == datetime(2026, 9, 30, 17, tzinfo=zone)
    assert read_trigger("2026-09-30 17:00+08:00") == datetime(2026, 9, 30, 17, tzinfo=zone)


@pytest.mark.parametrize("text", ["30.9.2026", "2026-13-01", "2026-09-30T99:00", ""])
def test_a_trigger_that_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(FactRefused):
        read_trigger(text)


@pytest.mark.parametrize("pairs", [["perishable"], ["=yes"], ["a=1", "a=2"]])
def test_a_fact_that_is_no_pair_is_refused(pairs: list[str]) -> None:
    with pytest.raises(FactRefused):
        read_facts(pairs)
