"""Every researched fact is used, or left out with a reason, with the figures of the research."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from service.rules.loader import library
from service.rules.schema import Version

pytestmark = pytest.mark.data

BOOK = library()
BY_FACT = {version.id: version for _, version in BOOK.versions() if version.fact is None}
OWN_COUNT = {
    "in-nonuse": "five years and three months in one count",
    "tm-renewal-table": "the count stands under each office",
    "us-scheduleA": "counted by us-tro and us-answer-21",
    "eu-euipo-nonEEA": "the Office sets the length in each letter",
}
OWN_DATES = {
    "br-adi-3-2025": "begins a day later: on the day of the change the old clock still runs"
}


@pytest.fixture(scope="module")
def facts(data_folder: Path) -> dict[str, dict[str, Any]]:
    path = data_folder.parent / "legal" / "rules.yaml"
    rows = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {row["id"]: row for row in rows}


def pairs(facts: dict[str, dict[str, Any]]) -> list[tuple[dict[str, Any], Version]]:
    return [(row, BY_FACT[name]) for name, row in facts.items() if name in BY_FACT]


def day(value: object) -> date | None:
    return date.fromisoformat(str(value)) if value else None


def test_every_researched_fact_is_accounted_for(facts: dict[str, dict[str, Any]]) -> None:
    assert set(facts) == BOOK.accounted()


def test_every_period_is_the_researched_one(facts: dict[str, dict[str, Any]]) -> None:
    differ = [
        row["id"]
        for row, version in pairs(facts)
        if row["id"] not in OWN_COUNT
        and row["period_value"] is not None
        and [(step.length, step.unit.value) for step in version.count]
        != [(row["period_value"], row["period_unit"])]
    ]
    assert differ == []


def test_every_fact_with_a_period_is_counted(facts: dict[str, dict[str, Any]]) -> None:
    left = [
        row["id"]
        for row, version in pairs(facts)
        if row["period_value"] is not None and not version.countable
    ]
    assert sorted(left) == ["eu-euipo-nonEEA", "us-scheduleA"]


def test_every_validity_is_the_researched_one(facts: dict[str, dict[str, Any]]) -> None:
    differ = [
        row["id"]
        for row, version in pairs(facts)
        if row["id"] not in OWN_DATES
        and (version.valid_from, version.valid_to) != (day(row["valid_from"]), day(row["valid_to"]))
    ]
    assert differ == []


def test_every_confidence_and_flag_is_the_researched_one(
    facts: dict[str, dict[str, Any]],
) -> None:
    differ = [
        row["id"]
        for row, version in pairs(facts)
        if (version.confidence.value, version.flag.value) != (row["confidence"], row["review_flag"])
    ]
    assert differ == []


def test_every_basis_is_cited(facts: dict[str, dict[str, Any]]) -> None:
    differ = [row["id"] for row, version in pairs(facts) if version.basis != row["legal_basis"]]
    assert differ == []


def test_every_counting_rule_is_the_one_the_fact_names(facts: dict[str, dict[str, Any]]) -> None:
    differ = [
        row["id"]
        for row, version in pairs(facts)
        if version.countable
        and str(row["roll_rule"]).startswith("roll-")
        and f"roll-{version.counting}" != row["roll_rule"]
    ]
    assert differ == []


def test_no_note_of_the_research_is_copied(facts: dict[str, dict[str, Any]]) -> None:
    copied = [
        row["id"]
        for row, version in pairs(facts)
        if version.note and len(version.note.en) > 30 and version.note.en in str(row["note"])
    ]
    assert copied == []
