"""The oracle against the plainest possible reading of the definition."""

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import Indel, LCSseq

from service.matching import kernels, pairing, scores
from service.matching.engine import Exhaustive, Sign, compare, prepare
from service.matching.kinds import COLUMN, KINDS, Family, Kind
from service.matching.prepared import codes_of
from tests.unit.matching.index.strategies import near

NAMES = (
    "YADEA",
    "Yadea Motors",
    "雅迪",
    "雅迪科技",
    "亚迪",
    "KOLIBRI",
    "COLLIBRA",
    "Bibi & Tina",
    "TINA",
    "安途",
    "途安",
    "BYD",
    "比亚迪",
    "TIFFANY",
    "蒂凡尼",
    "SUN",
    "EL SOL",
    "太阳",
    "红太阳",
    "旺旺",
    "BLUE STONE MANOR",
    "BLUE STONE",
    "A" * 90,
    "AB" * 60,
    "Москва",
    "カワサキ",
    "현대",
    "新纽巴伦 NIUBALUN",
    "",
    "!!!",
    "LAND ROVER",
    "路虎",
    "明",
    "日月",
)
TEXTS = st.sampled_from(NAMES) | st.text("yadeaniumotrs 雅迪亚太阳", max_size=20)
ORACLE = Exhaustive((row * 10, Sign(name)) for row, name in enumerate(NAMES))


@given(TEXTS)
@settings(deadline=None, max_examples=60)
def test_the_oracle_finds_what_comparing_one_by_one_finds(text: str) -> None:
    query = prepare(Sign(text))
    found = {hit.key: hit.kinds for hit in ORACLE.search(query)}
    one_by_one = {
        row * 10: {name: way.value / 10000 for name, way in ways.items()}
        for row, name in enumerate(NAMES)
        if (ways := pairing.values_of(query, prepare(Sign(name))))
    }
    assert found == one_by_one


@given(TEXTS)
@settings(deadline=None, max_examples=40)
def test_the_oracle_ranks_by_the_similarity_that_compare_gives(text: str) -> None:
    query = prepare(Sign(text))
    assert all(
        hit.similarity == compare(query, prepare(Sign(NAMES[hit.key // 10]))).similarity
        for hit in ORACLE.search(query)
    )


@given(TEXTS)
@settings(deadline=None, max_examples=40)
def test_hits_come_best_first(text: str) -> None:
    ranked = [hit.prominence for hit in ORACLE.search(prepare(Sign(text)))]
    assert ranked == sorted(ranked, reverse=True)


def _stands(similarity: list[float], **kinds: list[int]) -> list[float]:
    values = np.zeros((len(similarity), len(KINDS)), np.int16)
    for kind, column in kinds.items():
        values[:, COLUMN[kind]] = column
    return [float(one) for one in scores.prominence(np.array(similarity), values)]


def test_a_closeness_that_few_have_stands_above_a_greater_one_that_many_have() -> None:
    many = _stands([0.80] * 9 + [0.76], pinyin=[9000] * 9 + [0], uttered=[0] * 9 + [8900])
    assert max(many) == many[-1] == 0.76
    few = _stands([0.80, 0.76], pinyin=[9000, 0], uttered=[0, 8900])
    assert few == [0.80, 0.76]


def test_the_crowd_is_that_of_the_kind_by_which_a_mark_is_rarest() -> None:
    stands = _stands([0.7] * 4, spelling=[7000] * 4, sound=[9000, 0, 0, 0])
    assert stands[0] == 0.7
    assert stands[1:] == pytest.approx([0.7 - scores.RARE / 100 * 2] * 3)


def test_equal_marks_stand_above_all_however_many_they_are() -> None:
    stands = _stands([1.0] * 30 + [0.99], exact=[10000] * 30 + [0], words=[10000] * 30 + [9900])
    assert min(stands[:30]) == 1.0 > stands[30]


def test_a_filter_keeps_only_the_keys_it_names() -> None:
    hits = ORACLE.search(prepare(Sign("YADEA")), keep=lambda key: key == 10)
    assert [hit.key for hit in hits] == [10]


@given(st.text("abcé雅迪", max_size=200), st.text("abcé雅迪", max_size=200))
@settings(deadline=None, max_examples=100)
def test_the_common_subsequence_is_as_long_as_rapidfuzz_says(a: str, b: str) -> None:
    assert kernels.lcs(codes_of(a), codes_of(b)) == LCSseq.similarity(a, b)


STRINGS = [kind for kind in KINDS if kind.family is Family.STRING]
MASKS = np.zeros(kernels.ALPHABET, np.uint64)
LETTERS = st.text("abcdeinrst", min_size=1, max_size=90)


@given(
    st.sampled_from(STRINGS), LETTERS.flatmap(lambda a: st.tuples(st.just(a), near(a) | LETTERS))
)
@settings(deadline=None, max_examples=200)
@example(STRINGS[0], ("abcdef", "abcdxxxx"))
@example(STRINGS[0], ("a" * 70, "a" * 30 + "b" * 40))
def test_a_pair_is_found_exactly_when_the_indel_ratio_reaches_the_floor(
    kind: Kind, pair: tuple[str, str]
) -> None:
    a, b = map(codes_of, pair)
    letters, share = len(a) + len(b), np.array([1000])
    floor = kind.floors[min(len(a), len(b))]
    reaches = 100 * (letters - Indel.distance(*pair)) >= floor * letters
    a_starts, b_starts = (np.array([0, len(text)]) for text in (a, b))
    graded = np.array(kind.floors, np.int64), int(kind.style)
    first, _, _ = kernels.best_pair(a, a_starts, share, b, b_starts, share, *graded)
    none, values = np.zeros(1, np.int64), np.zeros(1, np.int64)
    found = kernels.scan(a, 1000, MASKS, b, b_starts, share, none, *graded, values)
    assert (first >= 0, found) == (reaches, int(reaches))


def test_no_floor_of_a_string_kind_is_above_seventy() -> None:
    assert max(max(kind.floors) for kind in KINDS if kind.family is Family.STRING) <= 70
