"""Whatever happens to the files, the last good set is opened or a damage is reported."""

import shutil
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from service.matching.index import Death, Index, IndexBusy, IndexDamaged, MarkRow, build, verify
from service.matching.index.files import Mapped, write_arrays
from service.matching.index.manifest import building, read_manifest
from tests.unit.matching.index.names import IDENTITY, QUERIES, row


@pytest.fixture(scope="module")
def rows() -> list[MarkRow]:
    return [row(key) for key in range(60)]


@pytest.fixture(scope="module")
def old_and_new(tmp_path_factory: pytest.TempPathFactory, rows: list[MarkRow]) -> tuple[Path, Path]:
    """A set, and a copy of its folder after a merge."""
    old = tmp_path_factory.mktemp("old") / "index"
    build(old, IDENTITY, rows, change=1, workers=1, segment_marks=25)
    new = old.parent / "new"
    shutil.copytree(old, new)
    index = Index(new, IDENTITY)
    index.append([Death(3, 2), row(400, 3, "SUNSET HOTEL")], upto=3)
    index.merge()
    return old, new


def _new_files(old: Path, new: Path) -> list[Path]:
    """Files that the merge wrote, in the order a builder writes them: the manifest last."""
    made = [
        path
        for path in new.iterdir()
        if path.suffix == ".arrays" and not (old / path.name).exists()
    ]
    return [*sorted(made), new / "manifest.json"]


def _cuts(size: int) -> list[int]:
    """Bytes at which a write is broken off."""
    return sorted({0, 1, 7, 16, 64, size // 3, size // 2, size - 64, size - 1})


def test_a_write_broken_off_at_any_byte_leaves_the_last_good_set(
    old_and_new: tuple[Path, Path], tmp_path: Path
) -> None:
    old, new = old_and_new
    good = Index(old, IDENTITY).search(QUERIES[0])
    written = _new_files(old, new)
    for number, file in enumerate(written):
        data = file.read_bytes()
        for cut in _cuts(len(data)):
            folder = tmp_path / f"{number}-{cut}"
            shutil.copytree(old, folder)
            for whole in written[:number]:
                shutil.copy(whole, folder / whole.name)
            (folder / f"{file.name}.part").write_bytes(data[:cut])
            assert Index(folder, IDENTITY).search(QUERIES[0]) == good
            shutil.rmtree(folder)


def test_what_a_broken_build_left_is_swept_by_the_next(
    old_and_new: tuple[Path, Path], tmp_path: Path, rows: list[MarkRow]
) -> None:
    folder = tmp_path / "index"
    shutil.copytree(old_and_new[0], folder)
    (folder / "segment-0.arrays.part").write_bytes(b"half")
    (folder / "segment-1.arrays").write_bytes(b"whole, never named")
    build(folder, IDENTITY, rows, change=2, workers=1)
    assert {path.name for path in folder.iterdir()} == {
        *read_manifest(folder).names(),
        "manifest.json",
        "lock",
    }


@pytest.mark.parametrize("cut", [0, 10, 100, -100, -1])
def test_a_segment_cut_short_is_never_opened(
    cut: int, old_and_new: tuple[Path, Path], tmp_path: Path
) -> None:
    folder = tmp_path / "index"
    shutil.copytree(old_and_new[0], folder)
    file = folder / read_manifest(folder).segments[0].name
    file.write_bytes(file.read_bytes()[:cut])
    with pytest.raises(IndexDamaged):
        Index(folder, IDENTITY)


@pytest.mark.parametrize("part", [0.0, 0.1, 0.3, 0.5, 0.7, 0.9])
def test_a_changed_byte_is_found_by_verify(
    part: float, old_and_new: tuple[Path, Path], tmp_path: Path
) -> None:
    folder = tmp_path / "index"
    shutil.copytree(old_and_new[0], folder)
    file = folder / read_manifest(folder).segments[1].name
    whole = Mapped(file)
    array = list(whole.arrays)[int(part * len(whole.arrays))]
    data = bytearray(file.read_bytes())
    places = [place for place in range(len(data)) if place % 64 == 0]
    at = places[int(part * (len(places) - 1))]
    data[at] ^= 0x40
    file.write_bytes(bytes(data))
    assert array
    with pytest.raises(IndexDamaged):
        verify(folder)


def test_a_missing_segment_is_damage(old_and_new: tuple[Path, Path], tmp_path: Path) -> None:
    folder = tmp_path / "index"
    shutil.copytree(old_and_new[0], folder)
    (folder / read_manifest(folder).segments[0].name).unlink()
    with pytest.raises(IndexDamaged, match="missing"):
        Index(folder, IDENTITY)


def test_segments_exchanged_for_each_other_are_damage(
    old_and_new: tuple[Path, Path], tmp_path: Path
) -> None:
    folder = tmp_path / "index"
    shutil.copytree(old_and_new[0], folder)
    first, second = (folder / record.name for record in read_manifest(folder).segments[:2])
    shutil.copy(second, first)
    with pytest.raises(IndexDamaged, match="not the file"):
        Index(folder, IDENTITY)


@pytest.mark.parametrize("place", [0, 70, 200, -2])
def test_a_changed_manifest_is_damage(
    place: int, old_and_new: tuple[Path, Path], tmp_path: Path
) -> None:
    folder = tmp_path / "index"
    shutil.copytree(old_and_new[0], folder)
    data = bytearray((folder / "manifest.json").read_bytes())
    data[place] ^= 1
    (folder / "manifest.json").write_bytes(bytes(data))
    with pytest.raises(IndexDamaged):
        Index(folder, IDENTITY)


def test_a_whole_set_verifies(old_and_new: tuple[Path, Path]) -> None:
    assert verify(old_and_new[1]).change == 3


def test_there_is_one_builder_at_a_time(
    old_and_new: tuple[Path, Path], tmp_path: Path, rows: list[MarkRow]
) -> None:
    with building(tmp_path), pytest.raises(IndexBusy):
        build(tmp_path, IDENTITY, rows, change=1, workers=1)


def test_arrays_come_back_as_they_were_written(tmp_path: Path) -> None:
    arrays: dict[str, NDArray[np.generic]] = {
        "a": np.arange(5, dtype=np.int64),
        "empty": np.empty((4, 0), np.uint64),
        "flat": np.array([[1, 2], [3, 4]], np.uint16),
    }
    write_arrays(tmp_path / "x", arrays)
    back = Mapped(tmp_path / "x").arrays
    assert all(np.array_equal(back[name], array) for name, array in arrays.items())


def test_arrays_begin_where_words_are_read_at_once(tmp_path: Path) -> None:
    write_arrays(tmp_path / "x", {"a": np.arange(3, dtype=np.uint8), "b": np.arange(3)})
    places = [
        array.__array_interface__["data"][0] for array in Mapped(tmp_path / "x").arrays.values()
    ]
    assert [place % 64 for place in places] == [0, 0]
