from collections.abc import Iterator
from pathlib import Path

import pytest

from service.core.db import Database
from service.core.settings import Settings
from tests.db.registry.online.conftest import Asking
from tests.db.registry.online.running import numbers, refreshed
from tests.offices.serving import Asked, Given, Office, half, open_office, status
from tests.register import HEAD

FOLDER = "folder-XX"


def sheet(*names: str) -> bytes:
    rows = [f"XX,{name},MARK {name},registered,12,bicycles,Owner,,," for name in names]
    return "\n".join([HEAD, *rows, ""]).encode()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "bulk" / "XX"
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def watching(asking: Asking, folder: Path) -> Settings:
    return asking("").model_copy(update={"bulk_folder": folder.parent})


@pytest.fixture
def office() -> Iterator[Office]:
    def answers(asked: Asked) -> Given:
        if asked.path not in {"/990309.csv", "/all.csv"}:
            return Given(404)
        if asked.headers.get("if-none-match") == '"one"':
            return Given(304, headers={"ETag": '"one"'})
        return Given(body=sheet("7", "8"), media="text/csv", headers={"ETag": '"one"'})

    with open_office(Office(answers)) as office:
        yield office


def test_files_are_read_in_order_once_and_again_when_they_change(
    database: Database, watching: Settings, folder: Path
) -> None:
    (folder / "b.csv").write_bytes(sheet("2"))
    (folder / "a.csv").write_bytes(sheet("1"))
    (folder / "c.csv.part").write_bytes(sheet("9"))

    first = refreshed(database, watching, FOLDER)
    nothing = refreshed(database, watching, FOLDER)
    (folder / "b.csv").write_bytes(sheet("2", "3"))
    again = refreshed(database, watching, FOLDER)

    assert numbers(database) == ["1", "2", "3"]
    assert [len(one.imports) for one in (first, nothing, again)] == [2, 0, 1]


def test_a_file_that_cannot_be_read_is_told_and_keeps_no_other_back(
    database: Database, watching: Settings, folder: Path
) -> None:
    (folder / "a.csv").write_bytes(b"\x00\x01\x02 no register")
    (folder / "b.csv").write_bytes(sheet("1"))

    refresh = refreshed(database, watching, FOLDER)

    assert (refresh.state, len(refresh.notes), numbers(database)) == ("done", 1, ["1"])


def test_an_address_is_asked_conditionally_and_a_cut_answer_begun_anew(
    database: Database, watching: Settings, folder: Path, office: Office
) -> None:
    (folder / "urls.txt").write_text(f"# daily\n{office.url}/all.csv\n")
    office.faults.extend([half, status(500)])

    first = refreshed(database, watching, FOLDER)
    again = refreshed(database, watching, FOLDER)

    assert numbers(database) == ["7", "8"]
    assert [len(one.imports) for one in (first, again)] == [1, 0]
    assert office.asked[-1].headers["if-none-match"] == '"one"'


def test_a_dated_address_stands_for_each_day_since_the_last_found(
    database: Database, watching: Settings, folder: Path, office: Office
) -> None:
    (folder / "urls.txt").write_text(f"{office.url}/{{date:%y%m%d}}.csv\n")

    first = refreshed(database, watching, FOLDER)
    before = len(office.asked)
    refreshed(database, watching, FOLDER)

    assert (before, numbers(database), first.notes) == (14, ["7", "8"], [])
    assert [asked.path for asked in office.asked[before:]] == [
        "/990307.csv",
        "/990308.csv",
        "/990309.csv",
        "/990310.csv",
    ]


def test_an_address_without_a_file_is_told(
    database: Database, watching: Settings, folder: Path, office: Office
) -> None:
    (folder / "urls.txt").write_text(f"{office.url}/none.csv\n")

    refresh = refreshed(database, watching, FOLDER)

    assert [note["values"]["answered"] for note in refresh.notes] == ["404"]
