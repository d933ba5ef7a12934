"""Rules of practice that decide verdicts, against golden pairs; and that no rule is forgotten."""

import csv
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from service.matching.engine import Sign, prepare
from service.matching.rulebook import RULES
from service.matching.sides import Side
from service.registry.domain import GoodsClass, MarkRecord, MarkStatus
from service.rules.goods import GoodsDegree, parse_goods, relate
from service.rules.markets import market
from service.rules.markets.packs import (
    Evidence,
    SignBand,
    VerdictFinding,
    pack_of,
    pack_rules,
    packs,
)
from service.rules.markets.packs.verdicts import band_of
from service.screening.judging import MarketFinding, judge, sign_evidence

HERE = Path(__file__).parent
NUMBERS = {"EU": 12, "US": 11, "CN": 14, "JP": 1, "KR": 1}
"""Rules of each office that examiners expect, EU-1 to EU-12 and so on."""
Row = Mapping[str, str]


def rows_of(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


ROWS = rows_of("golden_verdicts.csv")
UNBUILT = rows_of("rules_not_built.csv")
WEIGHING = {pack.rules[one].id for pack in packs().values() for one in ("goods", "interdependence")}


FAME = {pack.rules["reputation"].id for pack in packs().values() if "reputation" in pack.rules}


class Pair:
    """The name and the mark of a row, judged in its market."""

    def __init__(self, row: Row, registered: str) -> None:
        nice, text, groups = registered.split("|")
        classes = (GoodsClass(int(nice), text, tuple(groups.split())),)
        place = market(row["market"])
        mark = MarkRecord(place.code, "1", text=row["mark"], status=MarkStatus.REGISTERED,
                          classes=classes)  # fmt: skip
        found = judge(
            1, mark, name=0, prominence=1.0, query=Side(prepare(Sign(row["query"])), None),
            markets=[place],
            related=lambda held, code: relate(parse_goods([row["goods"]]), held, market=code),
        )  # fmt: skip
        assert found is not None
        self.pack, self.row, self.comparison = pack_of(place), row, found.comparison
        self.market: MarketFinding = found.markets[place.code]

    @property
    def finding(self) -> VerdictFinding:
        assert self.market.finding is not None
        return self.market.finding

    def weighed(self) -> bool:
        """Whether the goods make the verdict milder than the same goods would."""
        same = Pair(self.row, "12|electric bicycles|1204")
        return same.market.verdict is not self.market.verdict

    def raised(self) -> bool:
        """Whether one axis gives more than the whole similarity."""
        names = self.row["query"], self.row["mark"]
        sign = sign_evidence(self.comparison, *names, evidence=Evidence.NONE, linked=False)
        usual = band_of(self.pack, sign.similarity, sign.script, sign.length)
        return self.finding.sign.rank > usual.rank

    def named(self) -> bool:
        """Whether the verdict names the rule of the row at all."""
        return self.row["rule"] in {one.rule.id for one in self.finding.fired}

    def moved(self) -> bool:
        """Whether the rule of the row lowered or raised the verdict."""
        return self.row["rule"] in {
            one.rule.id for one in self.finding.fired if one.effect != "decides"
        }

    def stopped(self) -> bool:
        """Whether dissimilar goods or signs end the matter."""
        dissimilar = self.market.goods.degree is GoodsDegree.DISSIMILAR
        return dissimilar or self.finding.sign is SignBand.NONE

    def told_apart(self) -> bool:
        """Whether the three axes have degrees of their own."""
        return len({axis.degree for axis in self.comparison.axes.values()}) > 1


APPLIES: Mapping[str, Callable[[Pair], bool]] = {
    **dict.fromkeys(FAME, Pair.named),
    **dict.fromkeys(WEIGHING, Pair.weighed),
    "EU-1": Pair.told_apart,
    "EU-12": Pair.stopped,
    "US-1": Pair.raised,
}
"""How a rule shows; all others lower or raise, and are named in the verdict."""


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['rule']}-{row['query']}-{row['mark']}")
def test_a_golden_pair_has_its_verdict_and_its_rule_applies_or_not(row: Row) -> None:
    pair = Pair(row, row["registered"])
    applies = APPLIES.get(row["rule"], Pair.moved)(pair)
    assert (pair.market.verdict.value, applies) == (row["verdict"], row["applies"] == "yes")


def test_every_rule_has_two_pairs_to_which_it_applies_and_two_to_which_it_does_not() -> None:
    counts = Counter((row["rule"], row["applies"]) for row in ROWS)
    rules = {row["rule"] for row in ROWS}
    assert [one for one in rules if min(counts[one, "yes"], counts[one, "no"]) < 2] == []


def test_every_rule_that_a_pack_binds_has_golden_pairs() -> None:
    bound = {rule.id for pack in packs().values() for rule in pack.rules.values()}
    assert bound - {row["rule"] for row in ROWS} - {rule.id for rule in RULES} == set()


def test_every_rule_that_examiners_expect_is_held_by_golden_pairs_or_said_not_to_be_built() -> None:
    expected = {
        f"{office}-{number + 1}" for office, most in NUMBERS.items() for number in range(most)
    }
    held = {row["rule"] for row in ROWS} | {rule.id for rule in RULES}
    assert expected - held == {row["rule"] for row in UNBUILT} - held


def test_what_is_not_built_gives_its_reason_and_the_documents_say_so() -> None:
    told = (HERE.parents[2] / "docs" / "matching.md").read_text(encoding="utf-8")
    assert [
        row["rule"] for row in UNBUILT if not row["why"] or f"**{row['rule']}**" not in told
    ] == []


def test_a_rule_of_practice_that_is_neither_held_nor_left_out_is_not_there() -> None:
    known = {row["rule"] for row in (*ROWS, *UNBUILT)} | {rule.id for rule in RULES}
    assert set(pack_rules()) - known == set()
