"""What holds for any two texts at all."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from service.matching import kernels, normalise
from service.matching.engine import Comparison, Exhaustive, Sign, compare, explain, prepare
from service.matching.kinds import ALL_FORM_KINDS, LONGEST, Style
from service.matching.prepared import codes_of

ANY = st.text(max_size=40)
HOSTILE = st.text(st.characters(), max_size=60) | st.sampled_from(
    [
        "",
        " ",
        "😀😀",
        "\ud800",
        "a\udfff",
        "\u202eABC",
        "e" + "\u0301" * 10_000,
        "7",
        "①②③",
        "Ａ",
        "\U0010ffff",
        "龘" * 300,
        "a" * 600,
        "ﷺ",
        "İ",
        "ß",
        "\x00",
        "々",
        "ー",
        "ﬁ",
        "-",
        "'",
    ]
)
LETTERS = st.text("abcdeiouynst", min_size=1, max_size=12)
HAN = st.text("雅迪亚爱玛太阳红木林安途", min_size=1, max_size=6)
MARKS = LETTERS | HAN | st.tuples(LETTERS, HAN).map(" ".join) | ANY


def _compared(a: str, b: str) -> Comparison:
    return compare(prepare(Sign(a)), prepare(Sign(b)))


@given(MARKS, MARKS)
@settings(deadline=None, max_examples=150)
def test_similarity_is_symmetric(a: str, b: str) -> None:
    assert _compared(a, b).similarity == _compared(b, a).similarity


@given(MARKS, MARKS)
@settings(deadline=None, max_examples=100)
def test_degrees_of_the_axes_are_symmetric(a: str, b: str) -> None:
    forth, back = _compared(a, b), _compared(b, a)
    assert [axis.degree for axis in forth.axes.values()] == [
        axis.degree for axis in back.axes.values()
    ]


@given(MARKS, MARKS)
@settings(deadline=None, max_examples=100)
def test_every_number_lies_between_nought_and_one(a: str, b: str) -> None:
    result = _compared(a, b)
    numbers = [result.similarity, *(axis.score for axis in result.axes.values())]
    assert all(0 <= number <= 1 for number in [*numbers, *result.kinds.values()])


@given(MARKS)
@settings(deadline=None, max_examples=100)
def test_a_mark_that_can_be_compared_is_equal_to_itself(a: str) -> None:
    mark = prepare(Sign(a))
    assert mark.empty or compare(mark, mark).similarity == 1.0


@given(MARKS, MARKS)
@settings(deadline=None, max_examples=150)
def test_only_equal_marks_reach_one(a: str, b: str) -> None:
    assert _compared(a, b).similarity < 1.0 or normalise.exact(a) == normalise.exact(b)


@given(HOSTILE)
@settings(deadline=None, max_examples=150)
@example("e" + "\u0301" * 10_000)
@example("\ud800")
def test_folding_is_idempotent(text: str) -> None:
    once = normalise.fold(text)
    assert normalise.fold(once) == once


@given(HOSTILE, HOSTILE)
@settings(deadline=None, max_examples=150)
def test_no_text_breaks_a_comparison_or_its_explanation(a: str, b: str) -> None:
    assert set(explain(_compared(a, b))) == {"zh", "en"}


@example("㏠㏠𨫂")
@given(HOSTILE)
@settings(deadline=None, max_examples=150)
def test_forms_are_never_empty_and_never_too_long(text: str) -> None:
    forms = prepare(Sign(text, text, text)).forms
    assert all(0 < len(form.text) <= LONGEST and 1 <= form.share <= 1000 for form in forms)


@given(HOSTILE)
@settings(deadline=None, max_examples=100)
def test_forms_stay_inside_the_alphabet_of_the_kernels(text: str) -> None:
    forms = [form for form in prepare(Sign(text)).forms if form.kind != "exact"]
    assert all(ord(letter) < kernels.ALPHABET for form in forms for letter in form.text)


@given(HOSTILE)
@settings(deadline=None, max_examples=50)
def test_forms_are_of_known_kinds(text: str) -> None:
    assert {form.kind for form in prepare(Sign(text)).forms} <= set(ALL_FORM_KINDS)


_DISTANT = ["YADEA", "大阳摩托", "Kellogg's", "7-Eleven", "Москва", "BLUE STONE MANOR", "旺旺"]


@given(st.text("!?.,-—😀🚲\u200b\u202e \u0301", max_size=30))
@settings(deadline=None, max_examples=50)
def test_what_cannot_be_compared_matches_nothing(text: str) -> None:
    oracle = Exhaustive((row, Sign(name)) for row, name in enumerate(_DISTANT))
    assert oracle.search(prepare(Sign(text))) == []


@given(LETTERS | HAN, LETTERS | HAN)
@settings(deadline=None, max_examples=150)
def test_distance_is_symmetric_in_every_style(a: str, b: str) -> None:
    x, y = codes_of(a), codes_of(b)
    assert all(kernels.distance(x, y, s) == kernels.distance(y, x, s) for s in Style)


@given(LETTERS | HAN, st.sampled_from(Style))
@settings(deadline=None, max_examples=60)
def test_a_text_has_no_distance_from_itself(a: str, style: Style) -> None:
    assert kernels.distance(codes_of(a), codes_of(a), style) == 0
