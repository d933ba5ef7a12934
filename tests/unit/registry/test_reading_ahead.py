"""A source read in a process of its own yields just what it yields here."""

import os
import signal
from multiprocessing import active_children
from pathlib import Path

import pytest

from service.core.errors import Unavailable
from service.registry.errors import BrokenSource
from service.registry.sources.base import Item, Position, Source
from service.registry.sources.opening import open_source
from service.registry.usecases import reading_ahead
from service.registry.usecases.reading_ahead import CHUNK, Records, ahead_of
from tests.generate_uspto import write

RECORDS = 2 * CHUNK + 7


@pytest.fixture(autouse=True)
def everything_is_big(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_ahead, "BIG", 1)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "apc18840407-20231231-01.xml"
    write(path, RECORDS)
    return path


def read(source: Records, start: Position | None = None) -> list[tuple[Position, Item]]:
    return list(source.records(start))


def test_all_of_it_comes_in_order_with_how_far_it_is(file: Path) -> None:
    source, ahead = open_source(file), ahead_of(open_source(file))
    expected = read(source)
    assert not isinstance(ahead, Source)

    assert read(ahead) == expected
    assert (ahead.size, ahead.done) == (source.size, source.done)
    assert read(ahead, expected[CHUNK][0]) == expected[CHUNK + 1 :]


def test_what_stands_before_the_damage_comes_then_the_problem(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-5000])

    (here, expected), (there, found) = (
        _to_the_damage(source) for source in (open_source(file), ahead_of(open_source(file)))
    )

    assert (there.detail, there.members, found) == (here.detail, here.members, expected)
    assert RECORDS - 10 < len(found) < RECORDS


def _to_the_damage(source: Records) -> tuple[BrokenSource, list[tuple[Position, Item]]]:
    found: list[tuple[Position, Item]] = []
    with pytest.raises(BrokenSource) as raised:
        found.extend(source.records(None))
    return raised.value, found


def test_who_reads_no_further_leaves_no_process_behind(file: Path) -> None:
    records = ahead_of(open_source(file)).records(None)
    next(records)
    assert len(active_children()) == 1

    records.close()  # type: ignore[attr-defined]  # a generator

    assert active_children() == []


def test_a_process_that_was_ended_is_told_of(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_ahead, "AHEAD", 1)
    write(file, 10 * CHUNK)
    records = ahead_of(open_source(file)).records(None)
    next(records)
    (child,) = active_children()
    os.kill(child.pid or 0, signal.SIGKILL)

    with pytest.raises(Unavailable, match="ended from outside"):
        list(records)
