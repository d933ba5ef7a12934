"""Every examiner rule against its golden pairs."""

import csv
from collections import Counter
from itertools import permutations
from pathlib import Path

import pytest

from service.matching.engine import Sign, compare, prepare
from service.matching.rulebook import RULES

GOLDEN = Path(__file__).parent / "golden_rules.csv"


def _rows() -> list[dict[str, str]]:
    with GOLDEN.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _fired(query: str, mark: str) -> set[str]:
    result = compare(prepare(Sign(query)), prepare(Sign(mark)))
    return {rule.id for rule in (*result.rules, *result.counter)}


@pytest.mark.parametrize(
    "row", _rows(), ids=lambda row: f"{row['rule']}-{row['query']}-{row['mark']}"
)
def test_a_rule_fires_for_its_positive_pairs_and_stays_silent_for_the_others(
    row: dict[str, str],
) -> None:
    assert (row["rule"] in _fired(row["query"], row["mark"])) is (row["fires"] == "yes")


@pytest.mark.parametrize("rule", [rule.id for rule in RULES])
def test_every_rule_has_two_positive_and_two_negative_pairs(rule: str) -> None:
    counts = Counter(row["fires"] for row in _rows() if row["rule"] == rule)
    assert min(counts["yes"], counts["no"]) >= 2


@pytest.mark.parametrize("row", [row for row in _rows() if row["fires"] == "yes"])
def test_rules_fire_the_same_way_round(row: dict[str, str]) -> None:
    assert _fired(row["query"], row["mark"]) == _fired(row["mark"], row["query"])


def test_a_pair_is_not_said_to_be_similar_and_different_for_the_same_letters() -> None:
    """CN-7 speaks for a conflict, CN-8 against one, of letters in another order too."""
    orders = ["".join(letters) for letters in permutations("TAMS")]
    fired = [_fired("TAMS", other) & {"CN-7", "CN-8"} for other in orders]
    assert {"CN-7"} in fired
    assert {"CN-8"} in fired
    assert {"CN-7", "CN-8"} not in fired
