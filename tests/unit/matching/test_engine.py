"""What the engine says of single pairs that people know."""

import pytest

from service.matching import meaning, scores
from service.matching.compare import EQUAL
from service.matching.engine import Degree, Sign, TokenWeights, compare, explain, prepare
from service.matching.explain import _KINDS
from service.matching.kinds import KINDS, Axis


def _similarity(a: str, b: str) -> float:
    return compare(prepare(Sign(a)), prepare(Sign(b))).similarity


@pytest.mark.parametrize(
    ("closer", "farther"),
    [
        (("YADEA", "YADIA"), ("YADEA", "YODIA")),
        (("YADEA", "YADEA MOTORS"), ("YADEA", "YADIA MOTORS")),
        (("NEWPORT", "NEWPORTS"), ("NEWPORT", "SUPPORT")),
        (("TRUCOOL", "TURCOOL"), ("TRUCOOL", "CARPOOL")),
        (("MICHELIN", "MICHELINA"), ("MICHELIN", "XMICHELIN")),
        (("雅迪电动车", "雅迪"), ("雅迪电动车", "爱玛电动车")),
        (("帕尔斯", "帕尔特"), ("帕尔斯", "大尔特")),
        (("TMM", "TMS"), ("TMM", "TXS")),
        (("LAND ROVER", "ROVER LAND"), ("LAND ROVER", "LAND CRUISER")),
        (("WOLF", "LOBO"), ("WOLF", "GATO")),
        (("蒂凡尼", "TIFFANY"), ("蒂凡尼", "TOYOTA")),
    ],
)
def test_the_closer_pair_scores_higher(closer: tuple[str, str], farther: tuple[str, str]) -> None:
    assert _similarity(*closer) > _similarity(*farther)


@pytest.mark.parametrize(
    ("query", "mark"),
    [
        ("YADEA", "УADEA"),
        ("MODERN", "rnodern"),
        ("YADEA", "Y4DE4"),
        ("蒂凡尼", "蒂凡妮"),
        ("電動雅迪", "电动雅迪"),
        ("BABYMONSTERS", "BABY MONSTERS"),
        ("UNI-MAX", "uni / uni-ball"),
        ("KOLIBRI", "COLLIBRA"),
        ("WOLF", "LOBO"),
        ("雅迪", "YADI"),
        ("红太阳", "太阳"),
    ],
)
def test_imitations_reach_the_medium_band(query: str, mark: str) -> None:
    assert scores.band_of(_similarity(query, mark)) in ("high", "medium")


def test_near_homophones_are_high_on_one_axis_alone() -> None:
    result = compare(prepare(Sign("SERTUN")), prepare(Sign("CERTAIN")))
    assert result.axes[Axis.AURAL].degree is Degree.HIGH
    assert result.axes[Axis.VISUAL].degree is Degree.LOW  # four letters in the same order
    assert result.similarity < 1.0


def test_a_recorded_translation_links_two_scripts() -> None:
    result = compare(prepare(Sign("路途之虎", translation="WAY TIGER")), prepare(Sign("WAY TIGER")))
    assert result.axes[Axis.CONCEPTUAL].degree in (Degree.IDENTICAL, Degree.HIGH)


def test_a_recorded_transliteration_is_heard() -> None:
    spoken = prepare(Sign("ЯДЕЯ", transliteration="YADEYA"))
    assert compare(spoken, prepare(Sign("YADEYA"))).axes[Axis.AURAL].score > 0.8


@pytest.mark.parametrize(
    ("han", "latin"),
    [
        ("永久", "FOREVER"),
        ("飞鸽", "FLYING PIGEON"),
        ("小牛", "NIU"),
        ("九号", "SEGWAY-NINEBOT"),
        ("光阳", "KYMCO"),
        ("春风", "CFMOTO"),
        ("钱江", "QJMOTOR"),
    ],
)
def test_owners_of_the_trade_are_linked_by_the_names_they_publish(han: str, latin: str) -> None:
    for query, mark in ((han, latin), (latin, han)):
        assert compare(prepare(Sign(query)), prepare(Sign(mark))).kinds["record"] > 0.85


def test_the_evidence_table_can_be_switched_off() -> None:
    none = meaning.Evidence.of(())
    a, b = (prepare(Sign(text), evidence=none) for text in ("房地美", "FREDDIE MAC"))
    assert "record" not in compare(a, b).kinds


def test_every_row_of_the_evidence_table_names_its_source() -> None:
    assert all(row.source for row in meaning.shipped_rows())


def test_a_row_of_another_strength_is_refused() -> None:
    cells = dict.fromkeys(("id", "han", "latin", "relation", "market", "date", "source"), "x")
    with pytest.raises(ValueError, match="the strength 'sure' is none of strong, medium, weak"):
        meaning.row_of({**cells, "strength": "sure"})


def test_links_of_other_strengths_or_markets_have_values_of_their_own() -> None:
    links = meaning.shipped().links.values()
    told = {link.share: {(row.strength, row.market) for row in link.rows} for link in links}
    assert all(
        told[link.share] == {(row.strength, row.market) for row in link.rows} for link in links
    )
    assert max(told) < meaning.TRANSLATED


def test_a_denied_link_is_found_below_an_affirmed_one() -> None:
    assert 0.6 < _similarity("索爱", "SONY ERICSSON") < 0.75 < _similarity("路虎", "LAND ROVER")


def test_a_denied_link_names_its_source_and_date_in_both_languages() -> None:
    texts = explain(compare(prepare(Sign("索爱")), prepare(Sign("SONY ERICSSON"))))
    assert all("CN-10b" in text for text in texts.values())
    assert "case notes) (2010)" in texts["en"]
    assert "（实务案例评述）（2010）" in texts["zh"]


def test_marks_that_are_equal_when_joined_are_not_called_a_recorded_equivalent() -> None:
    found = compare(prepare(Sign("VELKO-NA")), prepare(Sign("VELKONA")))
    assert "equal when joined" in explain(found)["en"]
    assert "recorded" not in explain(found)["en"]


def test_the_great_wall_is_not_a_wall() -> None:
    assert _similarity("长城", "GREAT WALL") > 0.8 > 0.6 > _similarity("长城", "WALL")


def test_sharing_only_the_goods_word_is_called_weak() -> None:
    assert compare(prepare(Sign("GREEN MOTORS")), prepare(Sign("LION MOTORS"))).weak_only


@pytest.mark.parametrize(
    ("brand", "mark", "band"),
    [
        ("雅迪", "江苏雅迪科技集团有限公司", "medium"),
        ("飞鸽", "天津飞鸽自行车", "medium"),
        ("拉斐特", "广州拉斐特服饰有限公司", "high"),
        ("雅迪", "神鹰雅迪", "low"),
        ("雅迪", "宝岛雅迪电动自行车", "low"),
        ("雅迪", "神鹰雅迪飞扬", "low"),
        ("飞扬跋扈", "飞扬", "low"),
        ("雅迪", "神鹰飞跃雅迪大王龙", "low"),
        ("王老吉", "新时代王老吉正宗佳", "low"),
        ("三只松鼠", "华夏三只松鼠乐园人", "low"),
        ("NIKE", "SUPERNIKESPORTSWORLD", "medium"),
        ("YADEA", "MYYADEAELECTRICBIKE", "low"),
        ("YADEA", "THEBESTYADEASHOP", "low"),
        ("YADEA", "XQZYADEAPLUTORENA", "low"),
        ("飞鸽", "天津青松自行车", "none"),
        ("雅迪", "神雅迪鹰", "none"),
    ],
)
def test_a_brand_in_a_longer_mark_is_found(brand: str, mark: str, band: str) -> None:
    found = _similarity(brand, mark)
    order = ["none", "low", "medium", "high"]

    assert (scores.band_of(found) == "none") is (band == "none")
    assert order.index(scores.band_of(found)) >= order.index(band)
    assert found == _similarity(mark, brand)


def test_word_statistics_of_the_class_decide_what_is_weak() -> None:
    crowded = TokenWeights.of(["VOLTA ONE", "VOLTA TWO", "VOLTA SKY", "VOLTA"] * 20)
    pair = prepare(Sign("VOLTA KIMORA")), prepare(Sign("VOLTA BENZUL"))
    assert compare(*pair, weights=crowded).weak_only
    assert not compare(*pair).weak_only


def test_the_alignment_names_the_letters_that_changed() -> None:
    result = compare(prepare(Sign("KOLIBRI")), prepare(Sign("KOLIBRA")))
    changed = [step for step in result.axes[Axis.VISUAL].alignment if step.op != "equal"]
    assert [(step.a, step.b) for step in changed] == [("i", "a")]


def test_the_explanation_names_the_two_strings_in_both_languages() -> None:
    texts = explain(compare(prepare(Sign("COLLIBRA")), prepare(Sign("KOLIBRI"))))
    assert all("collibra / kolibri" in text for text in texts.values())


def test_counter_evidence_is_part_of_the_explanation() -> None:
    texts = explain(compare(prepare(Sign("LK")), prepare(Sign("LV"))))
    assert "EU-5" in texts["en"]
    assert "EU-5" in texts["zh"]


def test_a_name_translated_in_part_is_found_and_explained() -> None:
    result = compare(prepare(Sign("江苏银行")), prepare(Sign("Bank of Jiangsu")))
    assert result.kinds["rendered"] > 0.9
    assert "words translated and spelled in pinyin" in explain(result)["en"]


def test_pinyin_alone_is_no_translation() -> None:
    assert "rendition" not in compare(prepare(Sign("KUMA")), prepare(Sign("酷玛"))).kinds


def test_every_kind_can_be_explained() -> None:
    assert set(_KINDS) == {kind.name for kind in KINDS} | {EQUAL}


@pytest.mark.parametrize("text", ["", "   ", "😀", "!?", "\u200b"])
def test_a_sign_without_letters_is_empty(text: str) -> None:
    assert prepare(Sign(text)).empty
