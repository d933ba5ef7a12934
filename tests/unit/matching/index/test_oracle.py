"""A search returns what the exhaustive oracle returns: same marks, values, scores, order."""

import gzip
import random
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.matching.engine import Exhaustive, Prepared, Sign
from service.matching.exhaustive import Found
from service.matching.index import EVERY, Filter, MarkRow, forms_of_row
from service.matching.index.search import Result, Snapshot, search
from service.matching.index.segment import of_rows
from service.matching.prepared import prepare
from service.matching.scores import band_of
from tests.unit.matching.index.strategies import ALPHABETS, near, patient

WORDS = (
    "SUN",
    "SUNSET",
    "HOTEL",
    "CHINA",
    "UNI",
    "UNI-MAX",
    "HE&ME",
    "LK",
    "LV",
    "Sertun",
    "Certain",
    "苹果",
    "苹果手机",
    "华为",
    "华为科技",
    "米其林",
    "MICHELIN",
    "比亚迪",
    "BYD",
    "EL SOL",
    "Möbel",
    "KOLIBRI",
    "COLLIBRA",
    "бренд",
    "ブランド",
    "브랜드",
    "UNSUNSETTLED",
    "神鹰飞跃华为大王龙",
    "rn",
    "m",
    "0O0",
    "2024",
    "🎉",
    "a" * 70,
)
"""Words that meet under every kind: letters, sounds, Han, meanings, initials, nothing at all."""


def _signs() -> st.SearchStrategy[Sign]:
    """Marks of one to three words, near each other, or of odd letters."""
    word = st.one_of(
        st.sampled_from(WORDS),
        st.sampled_from(WORDS).flatmap(near),
        st.sampled_from(ALPHABETS).flatmap(lambda letters: st.text(letters, max_size=9)),
    )
    text = st.lists(word, min_size=1, max_size=3).map(" ".join)
    return st.builds(Sign, text, st.one_of(st.just(""), st.sampled_from(["sun", "apple"])))


def _snapshot(signs: list[Sign], per_segment: int) -> Snapshot:
    """Signs as segments; keys are 10, 13, 16 …"""
    rows = [MarkRow(10 + 3 * place, 1, sign) for place, sign in enumerate(signs)]
    segments = [
        of_rows(rows[start : start + per_segment], forms_of_row)
        for start in range(0, len(rows), per_segment)
    ]
    alive = tuple(np.zeros(len(segment), np.bool_) for segment in segments)
    return Snapshot(tuple(segments), alive, 1)


def _oracle(signs: list[Sign], query: Prepared) -> list[Found]:
    return Exhaustive((10 + 3 * place, sign) for place, sign in enumerate(signs)).search(query)


@patient
@given(st.lists(_signs(), min_size=1, max_size=25), _signs(), st.integers(3, 25))
def test_a_search_returns_what_the_oracle_returns(
    signs: list[Sign], asked: Sign, per_segment: int
) -> None:
    query = prepare(asked)
    result = search(_snapshot([*signs, asked], per_segment), query)
    assert list(result.marks) == _oracle([*signs, asked], query)


@pytest.fixture(scope="module")
def town() -> list[MarkRow]:
    """Marks of several offices, classes, statuses and days, some of none that is known."""
    draw = random.Random(5)
    return [
        MarkRow(
            key,
            1,
            Sign(" ".join(draw.sample(WORDS[:24], draw.randint(1, 2)))),
            office=draw.randint(1, 4),
            classes=draw.choice([0, 1, *(1 << draw.randint(1, 45) for _ in range(8))]),
            status=draw.randint(0, 2),
            filed_on=draw.choice([None, date(1960, 5, 1), date(2001, 2, 3), date(2024, 12, 31)]),
        )
        for key in range(400)
    ]


@pytest.fixture(scope="module")
def town_index(town: list[MarkRow]) -> Snapshot:
    segments = tuple(of_rows(town[start : start + 150], forms_of_row) for start in (0, 150, 300))
    return Snapshot(segments, tuple(np.zeros(len(s), np.bool_) for s in segments), 1)


QUERY = prepare(Sign("SUNSET HOTEL"))

FILTERS: dict[str, tuple[Filter, Callable[[MarkRow], bool]]] = {
    "office": (Filter(offices=frozenset({1, 3})), lambda row: row.office in {1, 3}),
    "class": (
        Filter(classes=0xFF << 9),
        lambda row: bool(row.classes & (0xFF << 9 | 1)) or not row.classes,
    ),
    "status": (Filter(statuses=frozenset({0})), lambda row: row.status == 0),
    "from": (
        Filter(filed_from=date(2001, 2, 3)),
        lambda row: row.filed_on is None or row.filed_on >= date(2001, 2, 3),
    ),
    "to": (
        Filter(filed_to=date(2001, 2, 2)),
        lambda row: row.filed_on is None or row.filed_on <= date(2001, 2, 2),
    ),
    "key": (Filter(keys=frozenset(range(0, 400, 7))), lambda row: row.key % 7 == 0),
    "no key": (Filter(keys=frozenset()), lambda row: False),
    "not key": (Filter(not_keys=frozenset({3, 9})), lambda row: row.key not in {3, 9}),
    "nothing": (EVERY, lambda row: True),
}


@pytest.mark.parametrize("name", FILTERS)
def test_a_filter_loses_nothing_and_lets_nothing_through(
    name: str, town: list[MarkRow], town_index: Snapshot
) -> None:
    passing, keep = FILTERS[name]
    kept = {row.key for row in town if keep(row)}
    oracle = Exhaustive((row.key, row.sign) for row in town)
    expected = oracle.search(QUERY, keep=kept.__contains__)
    assert list(search(town_index, QUERY, passing=passing).marks) == expected


@pytest.mark.parametrize("limit", [0, 1, 7, 100, 100_000])
def test_a_limit_cuts_only_the_list(limit: int, town_index: Snapshot) -> None:
    whole = search(town_index, QUERY)
    cut = search(town_index, QUERY, limit=limit)
    expected = Result(whole.marks[:limit], whole.total, whole.bands, limit < whole.total, 1)
    assert cut == expected


def test_bands_are_counted_exactly(town_index: Snapshot) -> None:
    result = search(town_index, QUERY)
    names = [band_of(mark.similarity) for mark in result.marks]
    assert result.bands == {name: names.count(name) for name in ("high", "medium", "low", "none")}


def test_one_thread_finds_what_several_find(town_index: Snapshot) -> None:
    assert search(town_index, QUERY, serial=True) == search(town_index, QUERY)


@pytest.mark.parametrize("text", ["", " ", "!!!", "🎉", "\u202e", "\u0301" * 10_000])
def test_a_query_with_nothing_to_compare_finds_at_most_its_equals(
    text: str, town_index: Snapshot
) -> None:
    assert search(town_index, prepare(Sign(text))).total == 0


@pytest.mark.data
def test_on_real_names_the_index_returns_what_the_oracle_returns(data_folder: Path) -> None:
    names = []
    for file in sorted((data_folder / "haystack-parts").glob("*.txt.gz")):
        names += gzip.decompress(file.read_bytes()).decode().splitlines()
    draw = random.Random(11)
    signs = [Sign(name) for name in draw.sample(names, 4000)]
    oracle = Exhaustive((10 + 3 * place, sign) for place, sign in enumerate(signs))
    snapshot = _snapshot(signs, 1500)
    for sign in draw.sample(signs, 60):
        query = prepare(sign)
        assert list(search(snapshot, query).marks) == oracle.search(query)
