"""A table of strings finds what a plain function finds, on strings of every script and length."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import LCSseq

from service.matching import containment
from service.matching.index.collect import Postings, find_parts
from service.matching.index.kernels import STRIDE
from service.matching.index.retrieval import found_forms, whole
from service.matching.index.signature import code_points, prepare
from service.matching.index.tables import Gathering, Table, build
from service.matching.kinds import LONGEST, Axis, Family, Kind
from tests.unit.matching.index.strategies import patient, query_and_texts, texts


def _kind(*floors: int) -> Kind:
    """A string kind whose floor changes with the shorter length."""
    table = tuple(floors[min(length, len(floors) - 1)] for length in range(LONGEST + 1))
    return Kind("try", Family.STRING, Axis.VISUAL, "try", "try", table)


def _table(written: list[str]) -> Table:
    gathered = Gathering()
    for mark, text in enumerate(written):
        gathered.add([text], [mark], [1000])
    return build(gathered, scanned=True, hashed=True)


def _plain(query: str, written: list[str], kind: Kind) -> set[str]:
    """What the definition of a string kind says, in integers."""
    found = set()
    for text in written:
        m, n = len(query), len(text)
        if 200 * LCSseq.similarity(query, text) >= kind.floors[min(m, n)] * (m + n):
            found.add(text)
    return found


def _found(query: str, table: Table, kind: Kind) -> set[str]:
    return {table.text(int(form)) for form in found_forms(table, kind, prepare([query]))[0]}


@patient
@given(query_and_texts(), st.lists(st.integers(1, 100), min_size=1, max_size=6))
def test_a_scan_finds_exactly_what_the_plain_function_finds(
    case: tuple[str, list[str]], floors: list[int]
) -> None:
    query, written = case
    kind = _kind(*floors)
    assert _found(query, _table(written), kind) == _plain(query, written, kind)


@patient
@given(query_and_texts(), st.integers(0, 199), st.integers(0, 199), st.integers(1, 6))
def test_a_part_is_found_exactly_where_one_text_stands_in_the_other(
    case: tuple[str, list[str]], begin: int, end: int, least: int
) -> None:
    query, written = case
    written = list({query[min(begin, end) : max(begin, end)] or query, *written, query + "a"})
    table = _table(written)
    laid = table.strings, Postings(table.starts, table.marks, table.shares), prepare([query])
    _, marks, values = find_parts(*laid, whole(least), np.array([700]))
    asked = code_points(query)
    expected = {}
    for mark, text in enumerate(written):
        held = code_points(text)
        starts = (np.array([0, len(side)]) for side in (query, text))
        (one, other), shares = starts, np.array([1000])
        value = containment.best(asked, one, shares - 300, held, other, shares, least)[2]
        short, long = sorted((query, text), key=len)
        if least <= len(short) < len(long) and short in long:
            assert value == containment.inside(*_parts(query, text))
            expected[mark] = value
        else:
            assert value == -1
    assert dict(zip(marks.tolist(), values.tolist(), strict=True)) == expected


def _parts(query: str, text: str) -> tuple[int, int, int, int]:
    """Shares of the shorter and of the longer, 700 for the query, and their lengths."""
    m, n = len(query), len(text)
    return (700, 1000, m, n) if m < n else (1000, 700, n, m)


@patient
@given(query_and_texts(), st.lists(texts(), min_size=1, max_size=4), st.integers(40, 70))
def test_several_queries_in_one_pass_find_what_each_finds_alone(
    case: tuple[str, list[str]], others: list[str], floor: int
) -> None:
    query, written = case
    table, kind = _table([*written, *others]), _kind(floor)
    asked = [query, *others]
    forms, by = found_forms(table, kind, prepare(asked))
    found = {(asked[place], table.text(int(form))) for form, place in zip(forms, by, strict=True)}
    assert found == {(one, text) for one in asked for text in _found(one, table, kind)}


@pytest.mark.parametrize("floor", [40, 50, 66, 67, 70, 100])
@pytest.mark.parametrize("alphabet", ["ab", "abcdefgh", "中国华为科技", "ab中"])
def test_a_scan_over_many_words_finds_what_the_plain_function_finds(
    floor: int, alphabet: str
) -> None:
    written = [
        "".join(alphabet[(number // len(alphabet) ** place) % len(alphabet)] for place in range(n))
        for n in (3, 4, 5, 7)
        for number in range(min(len(alphabet) ** n, 10 * 64 * STRIDE))
    ]
    kind = _kind(floor)
    table = _table(written)
    for query in (written[0], written[len(written) // 2], written[-1], alphabet, alphabet * 20):
        assert _found(query, table, kind) == _plain(query, written, kind)


def test_the_floor_is_met_exactly_at_two_thirds() -> None:
    kind = _kind(66)
    assert _found("abc", _table(["abx", "ayx"]), kind) == {"abx"}


def test_a_third_in_single_precision_would_be_lost_and_is_not() -> None:
    kind = _kind(100)
    assert _found("a" * 190, _table(["a" * 190, "a" * 189]), kind) == {"a" * 190}


@patient
@given(texts(), st.lists(texts(), max_size=20))
def test_equal_finds_a_text_exactly_when_it_is_there(query: str, written: list[str]) -> None:
    number = _table(written).equal(query) if written else -1
    assert (number >= 0) == (query in written)


@patient
@given(st.lists(texts(), max_size=30))
def test_a_table_gives_back_every_text_once(written: list[str]) -> None:
    assert sorted(_table(written).texts()) == sorted(set(written))


@patient
@given(st.lists(st.tuples(texts(12), st.integers(1, 1000)), min_size=1, max_size=30))
def test_postings_name_the_marks_and_shares_of_each_text(pairs: list[tuple[str, int]]) -> None:
    gathered = Gathering()
    for mark, (text, share) in enumerate(pairs):
        gathered.add([text], [mark], [share])
    table = build(gathered, scanned=True, hashed=False)
    kept = set()
    for form, text in enumerate(table.texts()):
        for place in range(table.starts[form], table.starts[form + 1]):
            kept.add((text, int(table.marks[place]), int(table.shares[place])))
    assert kept == {(text, mark, share) for mark, (text, share) in enumerate(pairs)}


def test_texts_of_equal_hash_are_told_apart() -> None:
    table = _table(["one", "two"])
    same = Table(
        table.strings, table.starts, table.marks, table.shares, table.hashes.copy(), table.hashed
    )
    same.hashes[:] = same.hashes[0]
    assert [same.equal("three")] == [-1]
