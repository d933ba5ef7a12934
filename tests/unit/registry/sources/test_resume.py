"""Positions: a reading that was cut off anywhere goes on exactly behind the last item."""

import json
from itertools import pairwise
from pathlib import Path

import pytest

from service.registry.sources import Position, open_source
from tests.generate_uspto import chunks
from tests.unit.registry.sources.support import ALL, FILES, packed


@pytest.mark.parametrize("name", ALL)
def test_from_every_position_the_rest_is_the_same(name: str) -> None:
    source = open_source(FILES / name, office="CN")
    whole = list(source.records())
    tails = [list(source.records(position)) for position, _ in whole]
    assert tails == [whole[number + 1 :] for number in range(len(whole))]


@pytest.mark.parametrize("name", ALL)
def test_positions_only_ever_grow(name: str) -> None:
    positions = [position for position, _ in open_source(FILES / name, office="CN").records()]
    assert all(one < other for one, other in pairwise(positions))


def test_a_position_survives_json() -> None:
    position = Position(3, 70_000, 2)
    assert Position(*json.loads(json.dumps(position))) == position


def test_a_reading_goes_on_from_a_position_kept_as_json() -> None:
    source = open_source(FILES / "sheet_zh.csv", office="CN")
    whole = list(source.records())
    kept = json.loads(json.dumps(whole[4][0]))
    assert list(open_source(FILES / "sheet_zh.csv", office="CN").records(kept)) == whole[5:]


def test_a_reading_goes_on_in_the_middle_of_an_archive(tmp_path: Path) -> None:
    parts = {f"apc23011{at}.xml": "".join(chunks(12, seed=at)) for at in range(3)}
    path = packed(tmp_path / "any.zip", parts)
    source = open_source(path)
    whole = list(source.records())
    assert (len(whole), list(source.records(whole[17][0]))) == (36, whole[18:])


@pytest.mark.parametrize("name", ALL)
def test_progress_ends_at_the_size(name: str) -> None:
    source = open_source(FILES / name, office="CN")
    list(source.records())
    assert source.done == source.size
