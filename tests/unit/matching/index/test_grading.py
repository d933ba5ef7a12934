"""The fast grading gives the oracle's number for every pair."""

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.matching import costs, kernels
from service.matching.index import aligning, grading
from service.matching.index.aligning import LANES
from service.matching.index.grading import distances, lanes, lay, worths
from service.matching.index.signature import code_points, prepare
from service.matching.kinds import Style
from tests.unit.matching.index.strategies import patient, query_and_texts

SHARES = st.integers(1, 1000)


def _fast(query: str, texts: list[str], share: int, held: int, style: int) -> list[int]:
    asked = prepare([query])
    graded = [0] * len(texts)
    room = lanes()
    narrow = all(ord(letter) < 256 for text in texts for letter in text)
    for length in {len(text) for text in texts}:
        own = [at for at, text in enumerate(texts) if len(text) == length][:LANES]
        for lane, at in enumerate(own):
            codes = code_points(texts[at])
            lay(codes, 0, length, int(style), narrow, asked.keys[0], room, lane)
        args = (asked.codes, narrow, asked.keys[0], room, len(own), length, int(style))
        distance = distances(*args).copy()
        shares, values = np.full(len(own), held, np.uint16), np.empty(len(own), np.int16)
        worths(distance, shares, (len(query), length), share, int(style), values)
        for lane, at in enumerate(own):
            graded[at] = int(values[lane])
    return graded


def _plain(query: str, text: str, share: int, held: int, style: int) -> int:
    return int(kernels.grade(code_points(query), code_points(text), share, held, style))


@patient
@given(query_and_texts(), SHARES, SHARES, st.sampled_from(Style))
def test_any_two_texts_get_the_oracle_s_grade(
    case: tuple[str, list[str]], share: int, held: int, style: Style
) -> None:
    query, written = case
    plain = [_plain(query, text, share, held, style) for text in written]
    assert _fast(query, written, share, held, style) == plain


@pytest.mark.parametrize("style", Style)
def test_short_texts_of_all_kinds_of_letters_get_the_oracle_s_grade(style: Style) -> None:
    words = ["a", "aa", "aba", "bab", "AIU", "SZCJ", "zJi", "uvw", "中a中", "o0il1", "rnm", "aaaa"]
    for query in words:
        plain = [_plain(query, text, 1000, 700, style) for text in words]
        assert _fast(query, words, 1000, 700, style) == plain


def test_a_drop_cost_is_scaled_by_multiplying_as_it_is_by_dividing() -> None:
    for where, percent in enumerate((100, costs.TAIL, costs.HEAD)):
        for place, lead in enumerate(costs.LEAD.tolist()):
            for drop in range(101):
                first = lead * drop * percent // 100
                factor = int(grading.FACTOR[where, place])
                assert max(drop * factor, first * aligning.RUN) < 2**31
                assert drop * factor >> aligning.SHIFT == first
                assert first * aligning.RUN >> aligning.SHIFT == first * costs.RUN // 100


@pytest.mark.parametrize("style", Style)
def test_as_many_forms_as_there_are_lanes_do_not_disturb_each_other(style: Style) -> None:
    draw = random.Random(int(style))
    texts = ["".join(draw.choices("aeioukstnlr中国", k=7)) for _ in range(LANES)]
    for query in ("kestrel", "nustalik", "a", texts[3], texts[5][::-1]):
        plain = [_plain(query, text, 900, 300, style) for text in texts]
        assert _fast(query, texts, 900, 300, style) == plain
