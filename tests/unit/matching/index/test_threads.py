"""Searches and changes at the same time: every search sees one whole state."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from service.matching.index import Death, Index, MarkRow, Result, build
from tests.unit.matching.index.names import IDENTITY, QUERIES, oracle, row

STEPS = 60


def _states() -> list[list[MarkRow]]:
    """The living marks after each change: mark 7 is renamed, the mark before it dies, in turn."""
    living = {key: row(key) for key in range(80)}
    states = [list(living.values())]
    for number in range(2, STEPS + 2):
        if number % 2:
            living[7] = row(7, number, "SUNSET HOTEL")
        else:
            living.pop(number // 2 + 10, None)
        states.append(list(living.values()))
    return states


def _append(index: Index) -> None:
    for number in range(2, STEPS + 2):
        change = row(7, number, "SUNSET HOTEL") if number % 2 else Death(number // 2 + 10, number)
        index.append([change], upto=number)
        if number % 20 == 0:
            index.merge()


def test_a_search_during_changes_sees_exactly_the_state_it_names(tmp_path: Path) -> None:
    states = _states()
    build(tmp_path, IDENTITY, states[0], change=1, workers=1, segment_marks=30)
    index = Index(tmp_path, IDENTITY)
    index.search(QUERIES[0])  # kernels are compiled before the writer begins
    with ThreadPoolExecutor(4) as pool:
        writer = pool.submit(_append, index)
        seen: list[Result] = []
        while not writer.done():
            seen += pool.map(lambda _: index.search(QUERIES[0]), range(3))
        writer.result()
    expected = {change: oracle(states[change - 1])[0] for change in {one.change for one in seen}}
    assert len(expected) > 1
    assert all(list(one.marks) == expected[one.change] for one in seen)
