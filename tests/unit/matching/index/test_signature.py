"""The bound of the letter counts is never below the longest common subsequence."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import LCSseq

from service.matching.index.signature import (
    COLUMNS,
    PLACES,
    Layout,
    code_points,
    cuts,
    hash_text,
    layout_of,
    prepare,
    repeats,
    sign,
)
from tests.unit.matching.index.strategies import patient, query_and_texts, texts


def _signed(text: str, layout: Layout) -> set[int]:
    """The columns in which a text has a bit."""
    columns = np.zeros((COLUMNS, 1), np.uint64)
    sign(code_points(text).reshape(1, -1), layout, columns)
    return set(np.flatnonzero(columns[:, 0]).tolist())


def _most_shared(query: str, text: str, layout: Layout, need: int) -> int:
    """The most letters that the sieve counts for a text, over all cuts of the query."""
    bits = _signed(text, layout)
    program = np.empty(3 * len(query) + 3, np.int64)
    added, moved = cuts(code_points(query), layout, len(text), need, program)
    shared = sum(int(column) in bits for column in program[:added])
    most = shared
    for step in range(added, added + 2 * moved, 2):
        shared += (int(program[step + 1]) in bits) - (int(program[step]) in bits)
        most = max(most, shared)
    return most


def _layout(texts_of_table: list[str]) -> Layout:
    return layout_of(repeats([code_points(text).reshape(1, -1) for text in texts_of_table]))


@patient
@given(query_and_texts(), st.lists(texts(), max_size=5))
def test_the_bound_holds_under_a_layout_of_other_texts(
    case: tuple[str, list[str]], sample: list[str]
) -> None:
    query, written = case
    layout = _layout(sample)
    for text in written:
        shared = LCSseq.similarity(query, text)
        if shared:
            assert shared <= _most_shared(query, text, layout, shared)


def test_letters_of_few_have_a_bit_for_every_repetition_met() -> None:
    layout = _layout(["bananananana", "ananasananas"])
    assert [int(layout[ord(letter), 1]) for letter in "bans"] == [1, 3, 3, 1]


def test_no_two_letters_of_few_share_a_bit() -> None:
    layout = _layout(["abcdefghijklmnopqrstuvwxyz0123456789", "banana"])
    letters = sorted(tuple(layout[ord(x)]) for x in "abcdefghijklmnopqrstuvwxyz0123456789")
    ends = [start + bits for start, bits in letters]
    assert all(end <= start for end, (start, _) in zip(ends, letters[1:], strict=False))


def test_bits_are_shared_evenly_by_very_many_letters() -> None:
    layout = _layout([chr(0x4E00 + place) for place in range(4000)])
    starts = np.bincount(layout[:, 0], minlength=PLACES)
    assert starts[: PLACES - 8].max() <= 5


def test_letters_beyond_their_bits_overflow() -> None:
    assert len(_signed("a" * 200, _layout(["aaaaaa"]))) == 3 + 3 + 1


@patient
@given(texts())
def test_positions_of_the_query_name_every_letter(text: str) -> None:
    queries = prepare(["before", text])
    for place, code in enumerate(code_points(text)):
        slot = int(np.flatnonzero(queries.keys[1] == code + 1)[0])
        assert int(queries.wide[1, slot, place // 64]) >> (place % 64) & 1


@patient
@given(texts(), texts())
def test_equal_texts_have_equal_hashes_and_others_do_not(one: str, two: str) -> None:
    assert (hash_text(one) == hash_text(two)) == (one == two)
