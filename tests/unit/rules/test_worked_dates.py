"""Dates worked out by hand from the rule text, in `worked_dates.csv`."""

import csv
import io
from datetime import date, datetime
from pathlib import Path

import pytest

from service.rules.evaluator import compute
from service.rules.loader import library

TABLE = (Path(__file__).parent / "worked_dates.csv").read_text(encoding="utf-8")
ROWS = list(csv.DictReader(io.StringIO(TABLE)))
NAMES = [f"{row['rule']} {row['trigger']} {row['facts']}".strip() for row in ROWS]


def trigger(text: str) -> date | datetime:
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


def facts(text: str) -> dict[str, str]:
    return dict(pair.split("=", 1) for pair in text.split())


@pytest.mark.parametrize("row", ROWS, ids=NAMES)
def test_the_date_is_the_one_worked_out_by_hand(row: dict[str, str]) -> None:
    found = compute(row["rule"], trigger(row["trigger"]), facts(row["facts"]))
    answers = {
        "due": found.due.isoformat(),
        "version": found.rule_id,
        "opens": str(found.opens_on),
        "latest": str(found.latest_on),
        "provisional": "yes" if found.provisional else "no",
    }
    stated = {name: row[name] for name in answers if row[name]}
    assert {name: answers[name] for name in stated} == stated


def test_every_worked_date_says_how_it_was_worked_out() -> None:
    assert [row["rule"] for row in ROWS if len(row["working"]) < 8] == []


def test_every_jurisdiction_that_counts_has_a_worked_date() -> None:
    book = library()
    counted = {placed.jurisdiction for placed, version in book.versions() if version.countable}
    worked = {book.find(row["rule"]).jurisdiction for row in ROWS}
    assert counted - worked == set()


def test_every_unit_in_the_rules_has_a_worked_date() -> None:
    book = library()
    units = {step.unit for _, version in book.versions() for step in version.count}
    worked = {
        step.unit
        for row in ROWS
        for version in book.find(row["rule"]).rule.versions
        for step in version.count
    }
    assert units - worked == set()


def test_every_counting_rule_in_use_has_a_worked_date() -> None:
    book = library()
    used = {version.counting for _, version in book.versions() if version.countable}
    worked = {version.counting for row in ROWS for version in book.find(row["rule"]).rule.versions}
    assert used - worked == set()
