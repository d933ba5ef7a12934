import csv
import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl import Workbook

from service.core.db import Database
from service.core.errors import Invalid, Problem
from service.core.settings import Settings
from service.registry.errors import SourceProblem
from service.screening import bulk
from service.screening.catalogue import HEADINGS, SUMMARY
from service.screening.errors import CatalogueColumns, CatalogueTooLong
from service.ui.documents.sheets import FORMULA
from tests.cli.conftest import Call
from tests.register import load

ROWS = "name_zh,name_latin,goods,from,to,sku\n雅迪,YADEA,8711.60,XX,XX,A1\n,QWOXTZ,,XX,XX,A2\n"

pytestmark = pytest.mark.usefixtures("register")


def lines_of(path: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in Path(path).read_text("utf-8").splitlines()]


def table_of(path: str) -> list[dict[str, str]]:
    with Path(path).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def screened(markpass: Call, text: str, *arguments: str, code: int = 0) -> list[dict[str, Any]]:
    Path("c.csv").write_text(text, encoding="utf-8")
    markpass("screen", "--catalogue", "c.csv", "-o", "r.jsonl", *arguments, code=code)
    return lines_of("r.jsonl")


def test_a_result_has_one_whole_answer_a_line_in_the_order_of_the_rows(markpass: Call) -> None:
    lines = screened(markpass, ROWS)

    assert [(line["row"], line["sku"]) for line in lines] == [(2, "A1"), (3, "A2")]
    assert lines[0]["markets"]["XX"]["verdict"] == "blocked"


def test_hits_stand_in_rank_order(markpass: Call) -> None:
    verdicts = ["blocked", "high", "medium", "low", "no_conflict_found"]

    hits = screened(markpass, ROWS)[0]["hits"]

    order = [(verdicts.index(hit["verdict"]), -hit["risk"]) for hit in hits]
    assert len(order) > 1
    assert all(one <= two for one, two in pairwise(order))


def test_hits_below_the_line_are_listed_up_to_the_limit(markpass: Call) -> None:
    few, many = (
        screened(markpass, "name\nYARD\n", "--limit", limit)[0]["hits"] for limit in ("1", "200")
    )

    assert len(few) == 1
    assert "no_conflict_found" in {hit["verdict"] for hit in many}


def test_rows_without_market_and_goods_are_screened_against_every_register(markpass: Call) -> None:
    line = screened(markpass, "name\nYADEA\n")[0]

    assert list(line["markets"]) == ["XX", "CN"]
    assert line["hits"][0]["mark"]["text"] == "YADEA"


def test_options_serve_rows_that_do_not_say(markpass: Call) -> None:
    line = screened(markpass, ROWS, "--to", "VN", "--goods", "class:12")[1]

    assert (list(line["markets"]), line["input"]["goods"]) == (["XX"], ["class:12"])


def test_a_row_that_cannot_be_screened_is_named_and_the_others_go_on(markpass: Call) -> None:
    text = "name,to,sku\nYADEA,Narnia,1\n😀,XX,2\nYADEA,XX,3\n,,\nYADEA,XX," + "x" * 300 + "\n"

    lines = screened(markpass, text, code=2)

    told = [line.get("error", {}).get("code", "") for line in lines]
    assert told == ["market-unknown", "screening-no-name", "", "invalid"]
    assert all({"zh-Hans", "en"} <= line["error"].keys() for line in lines if "error" in line)


@pytest.mark.parametrize("heading", HEADINGS)
def test_headings_people_write_are_understood(markpass: Call, heading: str) -> None:
    column = HEADINGS[heading]
    value = {"goods": "class:12", "from": "XX", "to": "XX", "sku": "A"}.get(column, "YADEA")
    other = "" if column.startswith("name") else ",name"

    line = screened(markpass, f"{heading}{other}\n{value}{',YADEA' if other else ''}\n")[0]

    told = line["input"] | line["input"]["route"] | {"sku": line["sku"]}
    assert value in json.dumps(told, ensure_ascii=False)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_catalogue_may_come_in_any_usual_encoding(markpass: Call, encoding: str) -> None:
    Path("c.csv").write_bytes("商标名称,目标市场\n雅迪,XX\n新日,XX；US\n".encode(encoding))

    markpass("screen", "--catalogue", "c.csv", "-o", "r.jsonl")

    lines = lines_of("r.jsonl")
    assert [line["names"] for line in lines] == [["雅迪"], ["新日"]]
    assert list(lines[1]["markets"]) == ["XX", "US", "CN"]


def test_a_catalogue_may_be_a_workbook_and_its_result_too(markpass: Call) -> None:
    book = Workbook()
    assert book.active is not None
    for row in (("品牌1", "品牌2", "目的国"), ("雅迪", "YADEA", "XX")):
        book.active.append(row)
    book.save("c.xlsx")

    markpass("screen", "--catalogue", "c.xlsx", "-o", "r.xlsx")

    sheet = openpyxl.load_workbook("r.xlsx").active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == SUMMARY
    assert rows[1][2:4] == ("雅迪 / YADEA", "XX")


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", "\r", "＝"])
@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_no_cell_is_taken_for_a_formula(
    markpass: Call, database: Database, settings: Settings, begin: str, ending: str
) -> None:
    row = f'XX,8,"{begin}QWOXTZ",registered,12,bicycles,"{begin}cmd()",2020-01-01,2040-01-01,'
    load(database, settings, row, name="bad.csv")
    sheet = Workbook()
    assert sheet.active is not None
    sheet.active.append(("name", "sku"))
    sheet.active.append((f"'{begin}QWOXTZ"[1:], f"{begin}1+1"))
    for cell in sheet.active[2]:
        cell.data_type = "s"
    sheet.save("c.xlsx")

    markpass("screen", "--catalogue", "c.xlsx", "-o", f"r{ending}", "--to", "XX")

    if ending == ".csv":
        cells = [cell for line in table_of("r.csv") for cell in line.values()]
    else:
        written = openpyxl.load_workbook("r.xlsx").active
        assert written is not None
        assert all(cell.data_type != "f" for line in written.iter_rows() for cell in line)
        cells = [str(cell.value or "") for line in written.iter_rows() for cell in line]
    assert any("QWOXTZ" in cell for cell in cells)
    assert [cell for cell in cells if cell.startswith(FORMULA)] == []


def test_a_long_catalogue_is_shared_between_processes_in_order(
    markpass: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "ALONE", 5)
    monkeypatch.setenv("MARKPASS_SEARCHES_AT_ONCE", "2")
    text = "name,sku\n" + "".join(f"YADEA{n},S{n}\n" for n in range(24))

    lines = screened(markpass, text, "--limit", "1")

    assert [line["sku"] for line in lines] == [f"S{n}" for n in range(24)]
    assert len({line["screening_id"] for line in lines}) == 24


BAD: list[tuple[bytes, type[Problem]]] = [
    (b"", SourceProblem),
    (b"colour,size\nred,1\n", CatalogueColumns),
    (b"PK\x03\x04 not a workbook", SourceProblem),
    (b"name\n" + b'"' + b"x" * 200_000, SourceProblem),
]


@pytest.mark.parametrize(("content", "problem"), BAD)
def test_a_file_that_is_no_catalogue_is_a_problem_and_leaves_nothing(
    markpass: Call, content: bytes, problem: type[Problem]
) -> None:
    Path("c.csv").write_bytes(content)

    with pytest.raises(problem):
        markpass("screen", "--catalogue", "c.csv", "-o", "r.csv")

    assert sorted(path.name for path in Path().iterdir()) == ["c.csv", "home"]


def test_too_long_a_catalogue_is_a_problem(markpass: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MARKPASS_CATALOGUE_ROWS", "3")
    Path("c.csv").write_text("name\n" + "YADEA\n" * 4)

    with pytest.raises(CatalogueTooLong):
        markpass("screen", "--catalogue", "c.csv")


@pytest.mark.parametrize(
    "arguments",
    [
        ("--catalogue", "c.csv", "YADEA"),
        ("--catalogue", "c.csv", "--json"),
        ("--catalogue", "c.csv", "-o", "c.csv"),
        ("--catalogue", "c.csv", "-o", "r.pdf"),
        ("--catalogue", "c.csv", "-o", "nowhere/r.csv"),
    ],
)
def test_options_that_do_not_go_together_are_a_problem(
    markpass: Call, arguments: tuple[str, ...]
) -> None:
    Path("c.csv").write_text("name\nYADEA\n")

    with pytest.raises(Invalid) as raised:
        markpass("screen", *arguments)

    assert raised.value.errors
    assert Path("c.csv").read_text() == "name\nYADEA\n"


def test_a_catalogue_that_is_not_there_is_a_problem(markpass: Call) -> None:
    with pytest.raises(SourceProblem, match=r"no file nowhere\.csv"):
        markpass("screen", "--catalogue", "nowhere.csv")


def heard() -> None:
    """Let Ctrl-C be heard: a suite begun in the background of a shell has it ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_an_interrupted_run_leaves_no_result(settings: Settings, tmp_path: Path) -> None:
    catalogue, result = tmp_path / "c.csv", tmp_path / "r.csv"
    catalogue.write_text("name\n" + "".join(f"YADEA{n}\n" for n in range(5000)))
    environment = os.environ | {
        "MARKPASS_HOME": str(settings.home),
        "MARKPASS_DATABASE_URL": settings.database_url,
    }
    arguments = ["screen", "--catalogue", str(catalogue), "-o", str(result), "--to", "XX"]
    command = [sys.executable, "-m", "service.cli", *arguments]
    with subprocess.Popen(
        command, env=environment, start_new_session=True, preexec_fn=heard
    ) as process:
        part = tmp_path / ".r.csv.part"
        deadline = time.monotonic() + 60
        while not part.exists() and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.05)
        time.sleep(1)
        for _ in range(6):  # as people do: Ctrl-C once more when nothing happens
            os.killpg(process.pid, signal.SIGINT)
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=20)
                break

    assert process.returncode == 130
    assert not result.exists()
    assert not part.exists()
