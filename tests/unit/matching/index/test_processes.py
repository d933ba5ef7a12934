"""Other processes: killed while they write, and building with several at once."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from service.matching.index import Index, MarkRow, Progress, build, read_progress, verify
from tests.unit.matching.index.names import IDENTITY, QUERIES, oracle, row

MERGING = """
import sys
from pathlib import Path
from service.matching.index import Death, Index
from tests.unit.matching.index.names import IDENTITY, row
index = Index(Path(sys.argv[1]), IDENTITY)
print("ready", flush=True)
while True:
    number = index.covered + 1
    index.append([row(1000 + number, number)], upto=number)
    index.merge()
"""


def _environment() -> dict[str, str]:
    return os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}


def test_killed_at_any_moment_it_leaves_a_good_set(tmp_path: Path) -> None:
    rows = [row(key) for key in range(40)]
    build(tmp_path, IDENTITY, rows, change=1, workers=1)
    for wait in (0.0, 0.013, 0.031, 0.057, 0.1):
        before = verify(tmp_path).change
        child = subprocess.Popen(
            [sys.executable, "-c", MERGING, str(tmp_path)],
            stdout=subprocess.PIPE,
            env=_environment(),
        )
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(wait)
        child.kill()
        child.wait()
        child.stdout.close()
        covered = verify(tmp_path).change
        living = [*rows, *(row(1000 + number, number) for number in range(2, covered + 1))]
        found = [list(result.marks) for result in Index(tmp_path, IDENTITY).search_many(QUERIES)]
        assert covered >= before
        assert found == oracle(living)


def test_several_processes_build_what_one_builds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(sys.path))
    rows: list[MarkRow] = [row(key) for key in range(90)]
    told: list[Progress] = []
    for name, workers in (("one", 1), ("two", 2)):
        build(
            tmp_path / name,
            IDENTITY,
            rows,
            change=1,
            total=90,
            workers=workers,
            segment_marks=40,
            tell=told.append,
        )
    one, two = (Index(tmp_path / name, IDENTITY) for name in ("one", "two"))
    assert one.search_many(QUERIES) == two.search_many(QUERIES)
    assert [progress.done for progress in told][:3] == [40, 80, 90]


BUILDING = """
import sys
from pathlib import Path
from service.matching.index import build
from tests.unit.matching.index.names import IDENTITY, row
if __name__ == "__main__":
    rows = (row(key) for key in range(100_000_000))
    print("ready", flush=True)
    build(Path(sys.argv[1]), IDENTITY, rows, change=2, workers=2, segment_marks=400)
"""


def test_a_killed_build_writes_nothing_more(tmp_path: Path) -> None:
    folder, program = tmp_path / "index", tmp_path / "program.py"
    program.write_text(BUILDING)
    build(folder, IDENTITY, [row(1)], change=1, workers=1)
    child = subprocess.Popen(
        [sys.executable, str(program), str(folder)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
    )
    assert child.stdout is not None
    child.stdout.readline()
    while len(list(folder.glob("*.arrays"))) < 4:
        time.sleep(0.05)
    child.kill()
    child.wait()
    child.stdout.close()
    time.sleep(0.5)  # the workers see that it is gone
    before = sorted(folder.iterdir())
    time.sleep(1)
    assert sorted(folder.iterdir()) == before
    assert verify(folder).change == 1


def test_a_build_tells_other_processes_how_far_it_is(tmp_path: Path) -> None:
    seen: list[Progress | None] = []
    build(
        tmp_path,
        IDENTITY,
        [row(key) for key in range(9)],
        change=1,
        total=9,
        workers=1,
        segment_marks=4,
        tell=lambda _: seen.append(read_progress(tmp_path)),
    )
    assert [progress.done for progress in seen if progress] == [4, 8, 9]


def test_a_killed_build_is_not_taken_for_one_under_way(tmp_path: Path) -> None:
    (tmp_path / "progress.json").write_text('{"done": 5, "total": 9, "seconds": 1.0}')
    (tmp_path / "lock").touch()
    assert read_progress(tmp_path) is None


def test_after_a_build_there_is_no_progress(tmp_path: Path) -> None:
    build(tmp_path, IDENTITY, [row(1)], change=1, workers=1)
    assert read_progress(tmp_path) is None


MAPS = Path("/proc/self/smaps")
"""Where Linux tells what becomes of mapped pages; nowhere to be read elsewhere."""

if MAPS.exists():

    def test_two_processes_share_the_pages_of_a_set(tmp_path: Path) -> None:
        build(tmp_path, IDENTITY, [row(key) for key in range(300)], change=1, workers=1)
        index = Index(tmp_path, IDENTITY)
        index.search_many(QUERIES)
        private = 0
        inside = False
        for line in MAPS.read_text().splitlines():
            if "-" in line.split(" ", 1)[0]:
                inside = str(tmp_path) in line
            elif inside and line.startswith("Private_Dirty"):
                private += int(line.split()[1])
        assert private == 0
