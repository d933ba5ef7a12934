from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.rules.goods import Basis, GoodsDegree, GoodsRelation, parse_goods, parse_item, relate
from service.rules.goods.catalogue import articles, nice_classes
from service.rules.goods.relate import basis_texts
from service.rules.markets import UnknownMarket


@dataclass(frozen=True)
class Registered:
    """Goods of a mark as a register gives them."""

    nice: int
    goods: str = ""
    subgroups: tuple[str, ...] = ()


def relation(goods: str, *marks: Registered, market: str = "US") -> GoodsRelation:
    return relate(parse_goods([goods]), marks, market=market)


any_words = st.sampled_from([word for one in articles().values() for word in one.words])
any_class = st.integers(1, 45)


@given(any_class, any_class)
def test_classes_alone_never_make_goods_identical(ours: int, theirs: int) -> None:
    found = relation(f"class:{ours}", Registered(theirs))
    assert found.degree is not GoodsDegree.IDENTICAL


@given(any_words, any_class)
def test_words_against_a_bare_class_are_never_identical(words: str, theirs: int) -> None:
    assert relation(words, Registered(theirs)).degree is not GoodsDegree.IDENTICAL


@given(any_class)
def test_equal_classes_alone_are_at_most_similar_and_say_so(number: int) -> None:
    found = relation(f"class:{number}", Registered(number))
    assert (found.degree, found.basis) == (GoodsDegree.SIMILAR, Basis.SAME_CLASS)


@given(any_words, any_class, st.sampled_from(["US", "CN", "JP", "DE"]))
def test_goods_more_given_never_move_further_away(words: str, theirs: int, market: str) -> None:
    alone = relate(parse_goods([words]), [Registered(theirs)], market=market)
    more = relate(parse_goods([words, "啤酒"]), [Registered(theirs)], market=market)
    assert more.degree.rank >= alone.degree.rank


@given(st.text(max_size=80), any_class, st.sampled_from(["CN", "US"]))
def test_whatever_text_a_register_gives_there_is_a_relation(
    text: str, number: int, market: str
) -> None:
    found = relation("8711.60", Registered(number, text), market=market)
    assert found.explanation.zh
    assert found.explanation.en


@given(any_words)
def test_every_product_of_the_list_is_identical_to_itself(words: str) -> None:
    item = parse_item(words)
    name = item.name.en.split(" / ")[0]
    found = relate([item], [Registered(item.classes[0], name)], market="US")
    assert found.degree is GoodsDegree.IDENTICAL


@pytest.mark.parametrize(
    ("goods", "mark", "market", "degree", "basis"),
    [
        ("电动自行车", Registered(12, "bells; electric bicycles"), "US", "identical", "same_term"),
        ("e-bikes", Registered(12, "电动自行车"), "CN", "identical", "same_term"),
        ("电动自行车", Registered(12, "vehicles"), "DE", "identical", "included"),
        ("vehicles", Registered(12, "electric bicycles"), "DE", "identical", "included"),
        ("8711.60", Registered(12, "electric scooters"), "US", "identical", "same_term"),
        ("8711.60", Registered(12), "US", "similar", "same_class"),
        ("电动自行车", Registered(12, "cars"), "GB", "similar", "same_kind"),
        ("电动自行车", Registered(12, "aircraft"), "GB", "related", "other_goods"),
        ("电动自行车", Registered(9, "lithium batteries"), "US", "similar", "goods_link"),
        ("8507.60", Registered(12, "electric bicycles"), "DE", "similar", "goods_link"),
        ("电动自行车", Registered(37, "bicycle repair"), "DE", "similar", "goods_link"),
        ("电动自行车", Registered(28, "toy vehicles"), "US", "related", "goods_link"),
        ("电动自行车", Registered(35), "US", "related", "class_relation"),
        ("服装", Registered(18), "US", "related", "class_relation"),
        ("电动自行车", Registered(33, "wine"), "US", "dissimilar", "no_relation_listed"),
        ("头盔", Registered(33), "US", "dissimilar", "no_relation_listed"),
        ("hs:9613", Registered(34), "US", "similar", "same_class"),
        ("hs:9613", Registered(34, "lighters for smokers"), "US", "identical", "same_term"),
        ("hs:9619", Registered(5, "baby diapers"), "EU", "identical", "same_term"),
        ("hs:8543.40", Registered(34, "tobacco"), "US", "similar", "goods_link"),
        (
            "hs:4015",
            Registered(21, "gloves for household purposes"),
            "US",
            "identical",
            "same_term",
        ),
    ],
)
def test_goods_relate_with_their_basis(
    goods: str, mark: Registered, market: str, degree: str, basis: str
) -> None:
    found = relation(goods, mark, market=market)
    assert (found.degree, found.basis) == (degree, basis)


@pytest.mark.parametrize(
    ("goods", "mark", "degree", "basis"),
    [
        ("电动自行车", Registered(12, "", ("1204",)), "similar", "same_group"),
        ("电动自行车", Registered(12, "", ("1204（一）",)), "similar", "same_group"),
        ("电动自行车", Registered(12, "", ("1202",)), "similar", "linked_group"),
        ("摩托车", Registered(12, "", ("1204(1)",)), "similar", "linked_group"),
        ("电动自行车", Registered(12, "", ("1211",)), "similar", "linked_group"),
        ("电动自行车", Registered(12, "自行车打气筒", ("1204(2)",)), "related", "other_group"),
        ("打气筒", Registered(8, "手动泵"), "similar", "linked_group"),
        ("电动自行车", Registered(9, "电池", ("0922",)), "related", "other_group"),
        ("服装", Registered(25, "鞋"), "related", "other_group"),
        ("服装", Registered(7, "柴油机"), "dissimilar", "no_relation_listed"),
        ("铁路车辆", Registered(12, "电动车", ("1202",)), "related", "other_group"),
    ],
)
def test_in_china_the_groups_decide(goods: str, mark: Registered, degree: str, basis: str) -> None:
    found = relation(goods, mark, market="CN")
    assert (found.degree, found.basis) == (degree, basis)


def test_outside_china_clothing_and_shoes_are_similar_whatever_the_chinese_groups() -> None:
    assert relation("服装", Registered(25, "shoes"), market="EU").degree is GoodsDegree.SIMILAR


@pytest.mark.parametrize("code", ["G390802", "12A06"])
def test_a_search_code_both_sides_share_makes_goods_similar(code: str) -> None:
    found = relation(f"group:{code}", Registered(9, "", (code,)), market="KR")
    assert (found.degree, found.basis) == (GoodsDegree.SIMILAR, Basis.SAME_CODE)


@pytest.mark.parametrize(("market", "basis"), [("JP", "same_code"), ("US", "other_goods")])
def test_codes_of_an_office_count_at_that_office_only(market: str, basis: str) -> None:
    found = relation("自行车打气筒", Registered(12, "motorcycles"), market=market)
    assert found.basis == basis


@pytest.mark.parametrize("market", ["KR", "US"])
def test_korean_codes_of_a_register_meet_those_of_the_product(market: str) -> None:
    found = relation("服装", Registered(25, "", ("G450101",)), market=market)
    assert (found.basis == Basis.SAME_CODE) == (market == "KR")


@pytest.mark.parametrize(
    ("goods", "marks", "basis"),
    [
        ("flux capacitor", [Registered(12)], Basis.QUERY_NOT_UNDERSTOOD),
        ("boxing gloves", [Registered(28)], Basis.APPROXIMATE_ONLY),
        ("hs:9620", [Registered(34)], Basis.APPROXIMATE_ONLY),
        ("hs:3926", [Registered(9)], Basis.APPROXIMATE_ONLY),
        ("group:G390802", [Registered(9)], Basis.CODE_ELSEWHERE),
        ("电动自行车", [], Basis.MARK_WITHOUT_GOODS),
        ("电动自行车", [Registered(0)], Basis.MARK_WITHOUT_GOODS),
    ],
)
def test_what_is_not_known_is_unknown_and_not_dissimilar(
    goods: str, marks: list[Registered], basis: Basis
) -> None:
    found = relation(goods, *marks)
    assert (found.degree, found.basis) == (GoodsDegree.UNKNOWN, basis)


def test_a_screening_without_goods_is_unknown() -> None:
    assert relate([], [Registered(12)], market="US").basis is Basis.QUERY_WITHOUT_GOODS


def test_a_register_without_classes_is_read_by_its_words() -> None:
    assert relation("自行车", Registered(0, "bicycles")).degree is GoodsDegree.IDENTICAL


def test_a_head_word_says_nothing_where_no_class_confirms_it() -> None:
    assert relation("手套", Registered(0, "boxing gloves")).degree is GoodsDegree.UNKNOWN


def test_words_of_a_mark_that_are_not_understood_may_be_anything_of_its_class() -> None:
    found = relation("电动自行车", Registered(12, "aircraft; zorbing contraptions"))
    assert (found.degree, found.basis) == (GoodsDegree.SIMILAR, Basis.SAME_CLASS)


def test_a_word_of_another_class_does_not_speak_for_the_class_it_stands_in() -> None:
    found = relation("手套", Registered(28, "boxing gloves"))
    assert found.degree is GoodsDegree.RELATED


@pytest.mark.parametrize(
    ("term", "degree"),
    [("hydrogen fuelled vehicles", "similar"), ("vehicles", "identical"),
     ("racing electric bicycles", "identical")],
)  # fmt: skip
def test_a_narrowed_term_of_a_mark_does_not_stand_for_all_of_its_kind(
    term: str, degree: str
) -> None:
    assert relation("电动自行车", Registered(12, term)).degree == degree


def test_goods_understood_by_one_word_inside_are_never_identical() -> None:
    found = relation("电动自行车脚踏板", Registered(12, "electric bicycles"))
    assert found.degree is GoodsDegree.SIMILAR


def test_kits_are_compared_as_the_vehicle_and_say_so() -> None:
    found = relation("摩托车整车散件", Registered(12, "motorcycles"))
    assert found.degree is GoodsDegree.IDENTICAL
    assert "散件按整车处理" in found.explanation.zh


def test_the_nearest_of_several_items_decides() -> None:
    found = relate(parse_goods(["啤酒", "头盔"]), [Registered(9, "helmets")], market="US")
    assert (found.degree, found.items[0].degree) == (
        GoodsDegree.IDENTICAL,
        GoodsDegree.DISSIMILAR,
    )


def test_the_nearest_class_of_a_mark_decides() -> None:
    found = relation("头盔", Registered(33, "wine"), Registered(9, "helmets"))
    assert found.items[0].mark_class == 9


def test_a_relation_in_no_market_is_a_problem() -> None:
    with pytest.raises(UnknownMarket):
        relation("12", Registered(12), market="QQ")


def test_not_knowing_stands_between_related_and_similar() -> None:
    order = sorted(GoodsDegree, key=lambda degree: degree.rank)
    assert order == ["dissimilar", "related", "unknown", "similar", "identical"]


@pytest.mark.parametrize("basis", Basis)
def test_every_basis_has_a_sentence_in_both_languages(basis: Basis) -> None:
    assert basis_texts()[basis].zh
    assert basis_texts()[basis].en


@given(any_words, any_words, st.sampled_from(["CN", "US", "JP"]))
def test_no_sentence_is_left_with_an_unfilled_place(ours: str, theirs: str, market: str) -> None:
    items = [parse_item(ours)]
    for number in nice_classes():
        found = relate(items, [Registered(number, theirs)], market=market)
        assert "{" not in found.explanation.zh + found.explanation.en
