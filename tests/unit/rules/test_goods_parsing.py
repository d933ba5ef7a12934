from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.rules.goods import GoodsKind, parse_goods, parse_item
from service.rules.goods.errors import UnreadableGoods


@pytest.mark.parametrize(
    "written", ["class:12", "CLASS:12", "class: 12", "类:12", "12", "第12类", "class 12", "１２"]
)
def test_a_nice_class_is_read_as_people_write_it(written: str) -> None:
    item = parse_item(written)
    assert (item.kind, item.classes) == (GoodsKind.CLASS, (12,))


@pytest.mark.parametrize("number", ["1", "9", "45"])
def test_a_bare_number_up_to_45_is_a_nice_class(number: str) -> None:
    assert parse_item(number).classes == (int(number),)


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        ("8711.60", "871160"),
        ("871160", "871160"),
        ("8711.60.00.10", "8711600010"),
        ("8711600010", "8711600010"),
        ("hs:8711", "8711"),
        ("HS: 87", "87"),
        ("hs:8711 60", "871160"),
    ],
)
def test_an_hs_code_is_read_as_people_write_it(written: str, digits: str) -> None:
    item = parse_item(written)
    assert (item.kind, item.hs) == (GoodsKind.HS, digits)


@pytest.mark.parametrize(
    ("code", "classes"),
    [
        ("8711.60", (12,)),
        ("8507.60", (9,)),
        ("8501.31", (7, 12)),
        ("8504.40", (9,)),
        ("8537.10", (9,)),
        ("4011.40", (12,)),
        ("6506.10", (9,)),
        ("8512.10", (11,)),
        ("8301.20", (6, 9)),
        ("9503.00", (28,)),
        ("6109.10", (25,)),
        ("8714.91", (12,)),
        ("9029.20", (9,)),
        ("2203.00", (32,)),
        ("9613.10", (34, 11)),
        ("9619.00", (5,)),
        ("8543.40", (34,)),
        ("7323.93", (21, 6)),
        ("7615.10", (21, 11)),
        ("7418.10", (21, 11)),
        ("7321.11", (11,)),
        ("4015.19", (21, 10, 9, 25)),
        ("8443.99", (9, 7, 2, 16)),
        ("9404.40", (20, 24)),
    ],
)
def test_an_hs_code_falls_in_its_nice_classes(code: str, classes: tuple[int, ...]) -> None:
    assert parse_item(code).classes == classes


def test_a_national_line_is_read_by_its_subheading() -> None:
    assert parse_item("8711600010").name == parse_item("8711.60").name


def test_a_heading_without_a_row_is_read_by_its_chapter_approximately() -> None:
    item = parse_item("hs:8799")
    assert (item.name, item.approximate) == (parse_item("hs:87").name, True)


@pytest.mark.parametrize(
    ("code", "approximate"), [("9613", False), ("8543.40", False), ("8543.70", True), ("96", True)]
)
def test_a_code_as_wide_as_a_chapter_is_approximate(code: str, approximate: bool) -> None:
    assert parse_item(f"hs:{code}").approximate is approximate


@pytest.mark.parametrize("written", ["group:1204(1)", "group:1204（一）", "群:1204(1)"])
def test_a_chinese_group_is_read_as_people_write_it(written: str) -> None:
    assert parse_item(written).groups == ("1204(1)",)


def test_a_chinese_group_names_its_class() -> None:
    assert parse_item("group:0922").classes == (9,)


@pytest.mark.parametrize("code", ["12A06", "G390802", "S121002"])
def test_a_japanese_or_korean_code_is_kept_without_a_class(code: str) -> None:
    item = parse_item(f"group:{code}")
    assert (item.codes, item.classes, item.understood) == ((code,), (), True)


@pytest.mark.parametrize(
    ("words", "classes"),
    [
        ("电动自行车", (12,)),
        ("electric bicycle", (12,)),
        ("Electric Bicycles", (12,)),
        ("E-bikes", (12,)),
        ("电动三轮车", (12,)),
        ("electric rickshaws", (12,)),
        ("锂电池", (9,)),
        ("lithium-ion batteries", (9,)),
        ("充电器", (9,)),
        ("motor controllers", (9,)),
        ("头盔", (9,)),
        ("车灯", (11,)),
        ("轮胎", (12,)),
        ("tires", (12,)),
        ("挂锁", (6,)),
        ("雨衣", (25,)),
        ("玩具车", (28,)),
        ("车辆维修", (37,)),
        ("retail services", (35,)),
        ("電動自行車", (12,)),
        ("鋰電池", (9,)),
        ("电机", (12, 7)),
        ("锁", (9, 6)),
        ("diapers", (5,)),
        ("打火机", (34, 11)),
    ],
)
def test_product_words_in_either_language_find_their_class(
    words: str, classes: tuple[int, ...]
) -> None:
    assert parse_item(words).classes == classes


@pytest.mark.parametrize("words", ["60V锂电池", "智能电动自行车", "folding electric bicycles"])
def test_sizes_and_neutral_words_around_a_product_change_nothing(words: str) -> None:
    item = parse_item(words)
    assert item.understood
    assert not item.approximate


@pytest.mark.parametrize(
    "words", ["boxing gloves", "电动自行车脚踏板", "knives [parts of machines]"]
)
def test_words_around_a_product_that_may_change_its_class_make_it_approximate(words: str) -> None:
    assert parse_item(words).approximate


@pytest.mark.parametrize(
    ("words", "vehicle"),
    [
        ("电动三轮车散件", "electric-tricycle"),
        ("摩托车整车散件", "motorcycle"),
        ("CKD kits for electric tricycles", "electric-tricycle"),
        ("electric rickshaws in CKD form", "electric-tricycle"),
        ("unassembled motorcycles", "motorcycle"),
        ("SKD", "kit-vehicle"),
        ("CKD 整车散件", "kit-vehicle"),
        ("电动车SKD", "electric-vehicle"),
        ("assembly kits for cars", "car"),
        ("off-road motorcycles, CKD", "motorcycle"),
    ],
)
def test_kits_count_as_the_vehicle(words: str, vehicle: str) -> None:
    item = parse_item(words)
    assert (item.articles, item.kit) == ((vehicle,), True)


@pytest.mark.parametrize(
    ("words", "classes"),
    [
        ("tyre repair kits", (12,)),
        ("补胎工具", (12,)),
        ("first aid kit for cars", (5,)),
        ("tool kit for bicycles", (8,)),
        ("repair kits for bicycles", (12, 8)),
        ("body kits for cars", (12,)),
        ("cleaning kits for bicycles", (3, 21)),
        ("model car kits", (28,)),
        ("brake kits for motorcycles", (12,)),
        ("电视机散件", (9,)),
        ("手机SKD", (9,)),
        ("CKD kits for mobile phones", (9,)),
        ("hs:8517 CKD", (9,)),
        ("flux散件", ()),
        ("portable kits", ()),
    ],
)
def test_kits_of_other_goods_are_those_goods(words: str, classes: tuple[int, ...]) -> None:
    item = parse_item(words)
    assert (item.classes, item.kit) == (classes, False)
    assert not set(item.articles) & {"car", "bicycle", "motorcycle", "kit-vehicle"}


@pytest.mark.parametrize("written", ["8711 CKD", "8711.60 整车散件", "hs:8711 SKD", "CKD 8711.60"])
def test_the_code_of_a_vehicle_with_kit_words_is_a_kit(written: str) -> None:
    item = parse_item(written)
    assert (item.kind, item.hs[:4], item.classes, item.kit) == (GoodsKind.HS, "8711", (12,), True)


@pytest.mark.parametrize(
    "words", ["电动滑板车配件", "electric scooter parts", "parts for tricycles"]
)
def test_parts_of_a_vehicle_are_parts(words: str) -> None:
    assert parse_item(words).articles == ("vehicle-part",)


def test_parts_of_what_is_no_vehicle_are_not_vehicle_parts() -> None:
    assert "vehicle-part" not in parse_item("手机配件").articles


def test_words_not_in_the_list_are_no_problem_but_not_understood() -> None:
    item = parse_item("flux capacitor")
    assert (item.understood, item.classes) == (False, ())


def test_a_misspelt_product_names_words_that_come_near() -> None:
    assert "electric bicycle" in parse_item("elektric bicycel").closest


def test_a_value_may_hold_several_products() -> None:
    assert [item.classes for item in parse_goods(["头盔、雨衣；12, 8507.60"])] == [
        (9,),
        (25,),
        (12,),
        (9,),
    ]


def test_a_word_of_the_list_that_holds_commas_stays_whole() -> None:
    assert len(parse_goods(["陆、空、水或铁路用机动运载工具"])) == 1


def test_the_same_product_twice_is_one_item() -> None:
    assert len(parse_goods(["头盔", "头盔"])) == 1


def test_no_values_give_no_items() -> None:
    assert parse_goods([]) == ()


@pytest.mark.parametrize(
    "written",
    ["", "   ", "8711", "0", "46", "class:46", "class:x", "99999", "hs:77", "hs:871", "hs:x",
     "foo:12", "???", "group:99", "group:4601", "group:", "123.4", "x" * 201, "；"],
)  # fmt: skip
def test_a_value_that_says_nothing_is_a_problem(written: str) -> None:
    with pytest.raises(UnreadableGoods):
        parse_goods([written])


def test_four_bare_digits_ask_which_code_they_are() -> None:
    with pytest.raises(UnreadableGoods, match="group:"):
        parse_item("1204")


@given(st.text(max_size=60))
def test_any_text_is_read_or_is_a_problem(written: str) -> None:
    with suppress(UnreadableGoods):
        assert parse_goods([written])
