"""An index with changes finds what the oracle finds among the marks that live."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.matching.exhaustive import Found
from service.matching.index import (
    Change,
    Death,
    Identity,
    Index,
    IndexBehind,
    IndexForeign,
    IndexMissing,
    MarkRow,
    build,
    read_manifest,
    verify,
)
from service.matching.index import index as index_module
from tests.unit.matching.index.names import IDENTITY, QUERIES, oracle, row


def _built(folder: Path, rows: list[MarkRow], change: int = 1, segment_marks: int = 40) -> Index:
    build(folder, IDENTITY, rows, change=change, workers=1, segment_marks=segment_marks)
    return Index(folder, IDENTITY)


def _found(index: Index) -> list[list[Found]]:
    return [list(index.search(query).marks) for query in QUERIES]


@pytest.fixture
def base() -> list[MarkRow]:
    return [row(key) for key in range(100)]


def test_a_built_index_finds_what_the_oracle_finds(tmp_path: Path, base: list[MarkRow]) -> None:
    assert _found(_built(tmp_path, base)) == oracle(base)


def test_many_queries_at_once_find_what_each_finds_alone(
    tmp_path: Path, base: list[MarkRow]
) -> None:
    index = _built(tmp_path, base)
    assert index.search_many(QUERIES) == [index.search(query) for query in QUERIES]


_CHANGES = st.lists(
    st.tuples(st.sampled_from(["set", "die", "refresh", "merge"]), st.integers(0, 70)), max_size=25
)


@settings(deadline=None, max_examples=30)
@given(_CHANGES)
def test_after_any_changes_the_living_marks_are_found_and_no_others(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int]]
) -> None:
    living = {key: row(key) for key in range(60)}
    index = _built(tmp_path_factory.mktemp("set"), list(living.values()))
    for number, (step, key) in enumerate(steps, start=2):
        if step == "refresh":
            index.refresh()
        elif step == "merge":
            index.merge()
        elif step == "set":
            living[key] = row(key, number)
            index.append([living[key]], upto=number)
        else:
            living.pop(key, None)
            index.append([Death(key, number)], upto=number)
    assert _found(index) == oracle(list(living.values()))


def test_a_change_is_found_as_soon_as_it_is_appended(tmp_path: Path, base: list[MarkRow]) -> None:
    index = _built(tmp_path, base)
    index.append([row(500, 2, "SUNSET HOTEL")], upto=2)
    assert index.search(QUERIES[0]).marks[0] == Found(
        500, 1.0, 1.0, index.search(QUERIES[0]).marks[0].kinds
    )


def test_a_search_names_the_change_it_searched_to(tmp_path: Path, base: list[MarkRow]) -> None:
    index = _built(tmp_path, base)
    index.append([], upto=17)
    assert index.search(QUERIES[0]).change == 17


def test_a_search_that_needs_a_later_change_is_refused(tmp_path: Path, base: list[MarkRow]) -> None:
    index = _built(tmp_path, base)
    with pytest.raises(IndexBehind):
        index.search(QUERIES[0], at_least=2)


def test_changes_already_covered_are_passed_over(tmp_path: Path, base: list[MarkRow]) -> None:
    index = _built(tmp_path, base, change=5)
    index.append([Death(3, 4), Death(3, 5)], upto=5)
    assert _found(index) == oracle(base)


def test_of_several_changes_of_a_mark_the_last_counts(tmp_path: Path, base: list[MarkRow]) -> None:
    index = _built(tmp_path, base)
    index.append([row(3, 4, "KOLIBRI"), Death(3, 3), row(3, 2, "SUN")], upto=4)
    assert _found(index) == oracle([row(3, 4, "KOLIBRI"), *base[:3], *base[4:]])


def test_a_change_beyond_the_number_to_cover_is_refused(
    tmp_path: Path, base: list[MarkRow]
) -> None:
    index = _built(tmp_path, base)
    with pytest.raises(ValueError, match="newer"):
        index.append([Death(3, 9)], upto=8)


def test_two_processes_see_each_other_s_merges(tmp_path: Path, base: list[MarkRow]) -> None:
    one = _built(tmp_path, base)
    two = Index(tmp_path, IDENTITY)
    changes: list[Change] = [row(200, 2, "SUNSET"), Death(4, 3)]
    one.append(changes, upto=3)
    one.merge()
    two.append([row(201, 4, "HOTEL SUNSET")], upto=4)
    two.refresh()
    rows = [kept for kept in base if kept.key != 4]
    assert _found(two) == oracle([*rows, row(200, 2, "SUNSET"), row(201, 4, "HOTEL SUNSET")])


def test_a_refresh_keeps_changes_that_the_newer_set_lacks(
    tmp_path: Path, base: list[MarkRow]
) -> None:
    one = _built(tmp_path, base)
    two = Index(tmp_path, IDENTITY)
    two.append([Death(1, 2), Death(2, 3)], upto=3)
    one.append([Death(1, 2)], upto=2)
    one.merge()
    assert (two.refresh(), two.covered, two.status().waiting) == (True, 3, 1)


def test_a_set_rebuilt_from_an_older_state_lowers_the_number_covered(
    tmp_path: Path, base: list[MarkRow]
) -> None:
    index = _built(tmp_path, base, change=9)
    build(tmp_path, IDENTITY, base, change=4, workers=1)
    assert (index.refresh(), index.covered) == (True, 4)


def test_a_refresh_without_a_newer_set_does_nothing(tmp_path: Path, base: list[MarkRow]) -> None:
    assert not _built(tmp_path, base).refresh()


def test_a_merge_without_changes_writes_nothing(tmp_path: Path, base: list[MarkRow]) -> None:
    index = _built(tmp_path, base)
    before = read_manifest(tmp_path)
    assert (index.merge(), read_manifest(tmp_path)) == (False, before)


def test_a_merge_leaves_only_the_files_of_the_new_set(tmp_path: Path, base: list[MarkRow]) -> None:
    index = _built(tmp_path, base)
    index.append([row(300, 2), Death(5, 3)], upto=3)
    index.merge()
    files = {path.name for path in tmp_path.iterdir()}
    assert files == read_manifest(tmp_path).names() | {"manifest.json", "lock"}


def test_large_segments_stay_and_their_dead_are_noted(
    tmp_path: Path, base: list[MarkRow], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index_module, "SEGMENT_MARKS", 60)
    index = _built(tmp_path, base, segment_marks=50)
    before = {record.name for record in read_manifest(tmp_path).segments}
    index.append([Death(5, 2), Death(70, 3)], upto=3)
    index.merge()
    manifest = verify(tmp_path)
    assert {record.name for record in manifest.segments} == before
    assert _found(Index(tmp_path, IDENTITY)) == oracle(
        [kept for kept in base if kept.key not in {5, 70}]
    )


def test_a_search_under_way_keeps_its_set_after_the_files_went(
    tmp_path: Path, base: list[MarkRow]
) -> None:
    index = _built(tmp_path, base)
    build(tmp_path, IDENTITY, [row(1, 2)], change=2, workers=1)
    assert _found(index) == oracle(base)


@pytest.mark.parametrize("name", ["database", "forms", "engine"])
def test_an_index_of_another_origin_is_never_opened(
    name: str, tmp_path: Path, base: list[MarkRow]
) -> None:
    _built(tmp_path, base)
    fields = {"database": "d1", "forms": "1", "engine": "e1"} | {name: "other"}
    with pytest.raises(IndexForeign, match=name):
        Index(tmp_path, Identity(**fields))


def test_a_folder_without_a_set_is_missing(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing):
        Index(tmp_path / "nowhere", IDENTITY)


def test_an_index_of_no_marks_finds_nothing(tmp_path: Path) -> None:
    assert [result.total for result in _built(tmp_path, []).search_many(QUERIES)] == [0] * 5


def test_the_status_counts_living_marks_and_waiting_changes(
    tmp_path: Path, base: list[MarkRow]
) -> None:
    index = _built(tmp_path, base)
    index.append([Death(1, 2), row(900, 3)], upto=3)
    status = index.status()
    assert (status.marks, status.waiting, status.segments) == (100, 2, 3)
