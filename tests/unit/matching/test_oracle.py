"""The oracle against the plainest possible reading of the definition."""

from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import Indel, LCSseq

from service.matching import kernels, pairing
from service.matching.engine import Exhaustive, Sign, compare, prepare
from service.matching.kinds import KINDS, Family
from service.matching.prepared import codes_of

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
    ranked = [hit.similarity for hit in ORACLE.search(prepare(Sign(text)))]
    assert ranked == sorted(ranked, reverse=True)


def test_a_filter_keeps_only_the_keys_it_names() -> None:
    hits = ORACLE.search(prepare(Sign("YADEA")), keep=lambda key: key == 10)
    assert [hit.key for hit in hits] == [10]


@given(st.text("abcé雅迪", max_size=200), st.text("abcé雅迪", max_size=200))
@settings(deadline=None, max_examples=100)
def test_the_common_subsequence_is_as_long_as_rapidfuzz_says(a: str, b: str) -> None:
    assert kernels.lcs(codes_of(a), codes_of(b)) == LCSseq.similarity(a, b)


@given(
    st.text("abcdeinrst", min_size=1, max_size=90), st.text("abcdeinrst", min_size=1, max_size=90)
)
@settings(deadline=None, max_examples=100)
def test_a_pair_is_found_exactly_when_the_indel_ratio_reaches_the_floor(a: str, b: str) -> None:
    kind = next(kind for kind in KINDS if kind.name == "spelling")
    floor = kind.floors[min(len(a), len(b))]
    expected = 100 * (len(a) + len(b) - Indel.distance(a, b)) >= floor * (len(a) + len(b))
    oracle = Exhaustive([(0, Sign(b))])
    values = oracle.values(prepare(Sign(a)))[0]
    whole = values[[kind.name for kind in KINDS].index("spelling")]
    assert not expected or whole >= 0


def test_no_floor_of_a_string_kind_is_above_seventy() -> None:
    assert max(max(kind.floors) for kind in KINDS if kind.family is Family.STRING) <= 70
