import csv
import json
from pathlib import Path

import pytest

from service.rules.goods.catalogue import (
    articles,
    articles_by_word,
    check_broader,
    nice_classes,
    read_article,
)
from service.rules.goods.codes import (
    group_facts,
    group_links,
    hs_headings,
    linked_group,
    same_group,
)
from service.rules.goods.relations import (
    article_links,
    class_relation,
    class_relations,
    read_relation,
    reasons,
)
from service.rules.goods.words import fold_phrase
from service.rules.markets.tables import RuleDataError


def test_there_are_the_45_nice_classes() -> None:
    assert sorted(nice_classes()) == list(range(1, 46))


def test_classes_from_35_are_services() -> None:
    assert [number for number, one in nice_classes().items() if one.services] == list(range(35, 46))


@pytest.mark.parametrize("number", range(1, 46))
def test_every_class_has_a_product_word(number: int) -> None:
    assert any(number in one.classes for one in articles().values())


def test_several_hundred_products_are_known_in_words() -> None:
    assert len(articles_by_word()) > 2000


def test_every_chapter_of_the_harmonised_system_has_a_row() -> None:
    chapters = {code for code in hs_headings() if len(code) == 2}
    assert chapters == {f"{number:02}" for number in range(1, 98)} - {"77"}


def test_every_chapter_of_the_harmonised_system_is_rough() -> None:
    assert [code for code, one in hs_headings().items() if len(code) == 2 and not one.rough] == []


@pytest.mark.parametrize("number", [7, 9, 12, 25, 28, 35, 37])
def test_the_groups_of_the_exporters_classes_are_there(number: int) -> None:
    assert any(code.startswith(f"{number:02}") for code in group_facts())


def test_every_group_an_article_names_is_in_the_table() -> None:
    named = {group.partition("(")[0] for one in articles().values() for group in one.groups}
    assert named <= set(group_facts())


def test_every_group_a_note_names_is_in_the_table() -> None:
    named = {code.partition("(")[0] for link in group_links() for code in (link.a, link.b)}
    assert named <= set(group_facts())


def test_a_group_of_an_article_belongs_to_one_of_its_classes() -> None:
    strays = [
        one.key
        for one in articles().values()
        if any(int(group[:2]) not in one.classes for group in one.groups)
    ]
    assert strays == []


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("1204", "1204(1)", True),
        ("1204(1)", "1204(1)", True),
        ("1204(1)", "1204(2)", False),
        ("1202", "1204", False),
        ("2801(1)", "2801(2)", True),
    ],
)
def test_a_part_of_a_group_matches_itself_and_the_whole(a: str, b: str, same: bool) -> None:
    assert same_group(a, b) is same


@pytest.mark.parametrize(("a", "b"), [("1202", "1204(1)"), ("1204(1)", "1202")])
def test_motorcycles_and_e_bikes_are_searched_together(a: str, b: str) -> None:
    assert linked_group(a, b) is not None


def test_bicycle_pumps_are_not_searched_with_motorcycles() -> None:
    assert linked_group("1204(2)", "1202") is None


@pytest.mark.parametrize("other", [7, 9, 35, 37])
def test_vehicles_relate_to_the_classes_their_makers_file_in(other: int) -> None:
    assert class_relation(12, other) is not None


@pytest.mark.parametrize("other", [18, 35])
def test_clothing_relates_to_bags_and_retail(other: int) -> None:
    assert class_relation(25, other) is not None


@pytest.mark.parametrize("number", range(1, 35))
def test_retail_relates_to_every_class_of_goods(number: int) -> None:
    assert class_relation(number, 35) is not None


def test_every_reason_is_used() -> None:
    used = {one.reason for one in class_relations().values()}
    used |= {link.reason for link in article_links().values()}
    assert used == set(reasons().values())


@pytest.mark.parametrize(
    "broader", [{"a": ("b",), "b": ("a",)}, {"a": ("c",)}], ids=["a circle", "a stranger"]
)
def test_articles_within_themselves_or_within_a_stranger_are_refused(
    broader: dict[str, tuple[str, ...]],
) -> None:
    with pytest.raises(RuleDataError):
        check_broader(broader)


def test_an_article_without_english_words_is_refused() -> None:
    row = dict.fromkeys(("id", "groups", "codes", "broader", "en"), "")
    with pytest.raises(RuleDataError):
        read_article({**row, "classes": "12", "zh": "车", "confidence": "memory"})


def test_an_article_of_a_class_there_is_not_is_refused() -> None:
    row = dict.fromkeys(("id", "groups", "codes", "broader"), "")
    with pytest.raises(RuleDataError):
        read_article({**row, "classes": "46", "zh": "车", "en": "x", "confidence": "memory"})


@pytest.mark.parametrize(
    ("degree", "reason"), [("identical", "parts"), ("similar", "because")], ids=["degree", "reason"]
)
def test_a_relation_of_another_degree_or_without_a_reason_is_refused(
    degree: str, reason: str
) -> None:
    with pytest.raises(RuleDataError):
        read_relation({"a": "1", "b": "2", "degree": degree, "reason": reason})


@pytest.mark.data
def test_no_word_we_share_with_the_nice_list_stands_in_another_class(data_folder: Path) -> None:
    path = data_folder / "nice-ncl10-2015" / "nice-classification.json"
    listed = json.loads(path.read_text(encoding="utf-8"))
    classes: dict[str, set[int]] = {}
    for term in (*listed["goods"], *listed["services"]):
        number = int(term["number"]) // 10000
        classes.setdefault(fold_phrase(term["description"]), set()).add(number)
    shared = classes.keys() & articles_by_word().keys()
    wrong = [
        word
        for word in shared
        if not classes[word]
        & {n for key in articles_by_word()[word] for n in articles()[key].classes}
    ]
    assert len(shared) > 400
    assert wrong == []


@pytest.mark.data
def test_every_hs_row_names_a_code_of_the_nomenclature(data_folder: Path) -> None:
    path = data_folder / "hs-codes" / "harmonized-system.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        known = {row["hscode"] for row in csv.DictReader(stream)}
    assert set(hs_headings()) <= known
