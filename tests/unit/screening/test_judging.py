"""What an entered equivalent does to a verdict, by its strength and its market."""

import pytest

from service.matching.engine import Sign, prepare
from service.matching.grounds import Ground
from service.matching.meaning import EvidenceRow, Strength
from service.matching.sides import Side
from service.registry.domain import GoodsClass, MarkRecord, MarkStatus
from service.rules.goods import parse_goods, relate
from service.rules.markets import market
from service.rules.markets.packs import Evidence, SignBand, strengths
from service.screening.domain import Verdict
from service.screening.judging import Judged, evidence_in, judge

GOODS = parse_goods(["group:1204"])


def judged(query: str, mark: str, place: str) -> Judged:
    """A name held against a mark that is registered there for the same goods."""
    classes = (GoodsClass(12, "electric bicycles", ("1204",)),)
    found = judge(
        1,
        MarkRecord(
            office=place, number="1", text=mark, status=MarkStatus.REGISTERED, classes=classes
        ),
        name=0,
        prominence=1.0,
        query=Side(prepare(Sign(query)), None),
        markets=[market(place)],
        related=lambda held, code: relate(GOODS, held, market=code),
    )
    assert found is not None
    return found


def row(strength: Strength, place: str) -> EvidenceRow:
    return EvidenceRow("a", "索", "SO", "name", place, "", strength, "a source")


@pytest.mark.parametrize(
    ("query", "mark", "place", "verdict"),
    [
        ("路虎", "LAND ROVER", "CN", Verdict.HIGH),
        ("路虎", "LAND ROVER", "US", Verdict.LOW),
        ("苹果", "APPLE", "CN", Verdict.HIGH),  # the same meaning, with and without the row
        ("新百伦", "NEW BALANCE", "CN", Verdict.MEDIUM),
        ("索爱", "SONY ERICSSON", "CN", Verdict.LOW),
        ("索爱", "SONY ERICSSON", "US", Verdict.LOW),
        ("伟哥", "VIAGRA", "CN", Verdict.LOW),
        ("戴尔", "DELL", "CN", Verdict.LOW),
        ("VELKO-NA", "VELKONA", "CN", Verdict.HIGH),
    ],
)
def test_a_link_counts_by_its_strength_where_it_holds(
    query: str, mark: str, place: str, verdict: Verdict
) -> None:
    assert judged(query, mark, place).verdict is verdict
    assert judged(mark, query, place).verdict is verdict


@pytest.mark.parametrize(
    ("query", "mark", "place", "verdict"),
    [
        ("ヤマハ", "YAMAHA", "JP", Verdict.HIGH),
        ("ホンダ", "HONDA", "JP", Verdict.HIGH),
        ("혼다", "HONDA", "KR", Verdict.HIGH),
        ("삼성", "SAMSUNG", "KR", Verdict.HIGH),
        ("현대", "HYUNDAI", "KR", Verdict.HIGH),
        ("マツダ", "MAZDA", "JP", Verdict.HIGH),
        ("삼성", "SAMSUNG", "BR", Verdict.MEDIUM),
        ("ヤマハ", "YAMAHA", "CN", Verdict.LOW),  # CN-10: no evidence
        ("ヤマハ", "YAMAHA", "DE", Verdict.MEDIUM),
        ("ヤマハ", "YAMATO", "JP", Verdict.LOW),
        ("绿波", "LVBO", "JP", Verdict.MEDIUM),  # Han is not spelled
        ("绿波", "LVBO", "CN", Verdict.LOW),
    ],
)
def test_scripts_that_spell_the_same_sound_need_no_evidence_in_japan_and_korea(
    query: str, mark: str, place: str, verdict: Verdict
) -> None:
    assert judged(query, mark, place).verdict is verdict
    assert judged(mark, query, place).verdict is verdict


@pytest.mark.parametrize(
    ("rows", "place", "evidence"),
    [
        ([row(Strength.STRONG, "CN")], "CN", Evidence.ASSOCIATION),
        ([row(Strength.STRONG, "CN")], "US", Evidence.NONE),
        ([row(Strength.STRONG, "*")], "US", Evidence.ASSOCIATION),
        ([row(Strength.STRONG, "EU")], "DE", Evidence.ASSOCIATION),
        ([row(Strength.DENIED, "CN"), row(Strength.MEDIUM, "*")], "CN", Evidence.NONE),
        ([row(Strength.DENIED, "CN"), row(Strength.MEDIUM, "*")], "US", Evidence.RECORDED),
        ([row(Strength.DENIED, "CN"), row(Strength.STRONG, "CN")], "CN", Evidence.ASSOCIATION),
    ],
)
def test_rows_of_the_market_come_before_those_of_all(
    rows: list[EvidenceRow], place: str, evidence: Evidence
) -> None:
    assert evidence_in(Ground(tuple(rows)), market(place)) is evidence


def test_a_denied_link_is_said_to_be_denied() -> None:
    found = judged("索爱", "SONY ERICSSON", "CN").comparison
    assert "CN-10" not in {rule.id for rule in found.rules}
    (denied,) = [rule for rule in found.counter if rule.id == "CN-10b"]
    assert denied.because == (
        "correspondence denied in Chinese practice (practitioners' case notes) (2010)"
    )
    assert denied.because_zh == "中国实践中未认可对应关系（实务案例评述）（2010）"


def test_every_strength_says_what_it_is_evidence_of() -> None:
    assert set(strengths()) == set(Strength)


FOREIGN = [
    ("QUESO", "KESO", "DE", Verdict.LOW, "Spanish"),
    ("QUESO", "KESO", "CN", Verdict.LOW, "Spanish"),
    ("QUESO", "KESO", "MX", Verdict.HIGH, ""),
    ("QUESO", "KESO", "US", Verdict.HIGH, ""),
    ("QUESO", "KESO", "IT", Verdict.HIGH, ""),
    ("LOBO", "WOLF", "CN", Verdict.LOW, "Spanish"),
    ("LOBO", "WOLF", "ES", Verdict.HIGH, ""),
    ("LOBO", "WOLF", "BR", Verdict.HIGH, ""),
    ("LOBO", "WOLF", "US", Verdict.HIGH, ""),
    ("亚马士", "雅马仕", "DE", Verdict.LOW, "Chinese"),
    ("亚马士", "雅马仕", "TW", Verdict.MEDIUM, ""),
    ("狼", "WOLF", "DE", Verdict.LOW, "Chinese"),
    ("狼", "WOLF", "JP", Verdict.HIGH, ""),
    ("狼", "WOLF", "CN", Verdict.HIGH, ""),
]


@pytest.mark.parametrize(("query", "mark", "place", "verdict", "language"), FOREIGN)
def test_sound_and_meaning_count_in_the_languages_of_the_market(
    query: str, mark: str, place: str, verdict: Verdict, language: str
) -> None:
    """Never below low: a person shall see; and the answer says why it is no more."""
    for found in (judged(query, mark, place), judged(mark, query, place)):
        finding = found.markets[place].finding
        assert finding is not None
        told = [one.because.en for one in finding.fired if one.because is not None]
        assert found.verdict is verdict
        assert [one for one in told if f"only in {language} " in one] == told
        assert bool(told) == bool(language)


def test_what_is_equal_counts_in_every_language() -> None:
    finding = judged("QUESO", "Queso", "CN").markets["CN"].finding
    assert finding is not None
    assert finding.sign is SignBand.IDENTICAL
