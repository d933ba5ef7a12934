"""The fast grading gives the oracle's number for every pair."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.matching import kernels
from service.matching.index.grading import distance, drops_of, worth
from service.matching.index.signature import code_points
from service.matching.kinds import LONGEST, Style
from tests.unit.matching.index.strategies import patient, query_and_texts

SHARES = st.integers(1, 1000)


def _fast(query: str, text: str, share: int, held: int, style: int) -> int:
    one, two = code_points(query).copy(), code_points(text).copy()
    drops = np.empty(len(one), np.int32)
    drops_of(one, 0, len(one), style, drops)
    work = np.empty((5, LONGEST + 1), np.int32)
    cost = distance(one, drops, two, 0, len(two), style, work)
    return worth(cost, len(one), len(two), share, held, style)


def _plain(query: str, text: str, share: int, held: int, style: int) -> int:
    return int(kernels.grade(code_points(query), code_points(text), share, held, style))


@patient
@given(query_and_texts(), SHARES, SHARES, st.sampled_from(Style))
def test_any_two_texts_get_the_oracle_s_grade(
    case: tuple[str, list[str]], share: int, held: int, style: Style
) -> None:
    query, written = case
    for text in written:
        assert _fast(query, text, share, held, style) == _plain(query, text, share, held, style)


@pytest.mark.parametrize("style", Style)
def test_short_texts_of_all_kinds_of_letters_get_the_oracle_s_grade(style: Style) -> None:
    words = ["a", "aa", "aba", "bab", "AIU", "SZCJ", "zJi", "uvw", "中a中", "o0il1", "rnm", "aaaa"]
    for query in words:
        for text in words:
            assert _fast(query, text, 1000, 700, style) == _plain(query, text, 1000, 700, style)
