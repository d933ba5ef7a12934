import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from service.core.settings import Settings
from service.registry.commands import import_, registers
from tests.db.registry.sheets import sheet

A = {"number": "1", "text": "YADEA"}
BAD = {"number": "", "text": "AIMA"}


@pytest.fixture
def command(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> typer.Typer:
    monkeypatch.setenv("MARKPASS_HOME", str(settings.home))
    monkeypatch.setenv("MARKPASS_DATABASE_URL", settings.database_url)
    monkeypatch.setenv("COLUMNS", "200")
    app = typer.Typer()
    app.command("import")(import_)
    app.command("registers")(registers)
    return app


def run(app: typer.Typer, *words: str | Path, code: int = 0) -> str:
    result = CliRunner().invoke(app, [str(word) for word in words])
    assert result.exit_code == code, (result.output, result.exception)
    return result.output


def test_an_import_tells_what_went_in(command: typer.Typer, tmp_path: Path) -> None:
    told = run(command, "import", sheet(tmp_path / "a.csv", [A]), "--full")

    assert "a.csv: sheet-csv, 1 records, The whole register, Complete" in told
    assert "a.csv：sheet-csv，1 条记录，整个注册簿，完整" in told
    assert "XX: 1 added" in told


def test_the_second_import_says_that_nothing_changed(command: typer.Typer, tmp_path: Path) -> None:
    path = sheet(tmp_path / "a.csv", [A])
    run(command, "import", path)

    assert "Imported before; nothing changed." in run(command, "import", path)


def test_records_left_out_give_code_3_and_their_place(command: typer.Typer, tmp_path: Path) -> None:
    told = run(command, "import", sheet(tmp_path / "a.csv", [A, BAD]), code=3)

    assert "line 3" in told


def test_a_file_that_cannot_be_read_gives_code_2_and_the_others_go_in(
    command: typer.Typer, tmp_path: Path
) -> None:
    wrong = tmp_path / "wrong.csv"
    wrong.write_text("some words\n", encoding="utf-8")

    told = run(command, "import", wrong, sheet(tmp_path / "a.csv", [A]), code=2)

    assert "wrong.csv" in told
    assert "no register file known here" in told
    assert "可识别的注册簿文件" in told
    assert "XX: 1 added" in told


def test_a_file_that_is_not_there_is_told_in_both_languages_and_the_others_go_in(
    command: typer.Typer, tmp_path: Path
) -> None:
    told = run(command, "import", tmp_path / "none", sheet(tmp_path / "a.csv", [A]), code=2)

    assert "There is no file" in told
    assert "没有文件" in told
    assert "XX: 1 added" in told


def test_a_heading_is_mapped_once_and_kept(command: typer.Typer, tmp_path: Path) -> None:
    first, second = tmp_path / "1.csv", tmp_path / "2.csv"
    first.write_text("Büro,Nr,Wort\nXX,1,YADEA\n", encoding="utf-8")
    second.write_text("Büro,Nr,Wort\nXX,2,AIMA\n", encoding="utf-8")
    maps = [word for pair in ("Büro=office", "Nr=number", "Wort=text") for word in ("--map", pair)]

    run(command, "import", first, *maps)

    assert "XX: 1 added" in run(command, "import", second)


def test_registers_are_told_as_json(command: typer.Typer, tmp_path: Path) -> None:
    run(command, "import", sheet(tmp_path / "a.csv", [A]), "--full", "--dated", "2026-05-01")

    told = json.loads(run(command, "registers", "--json"))

    assert [(one["office"], one["state"], one["as_of"]) for one in told] == [
        ("XX", "complete", "2026-05-01")
    ]


def test_registers_are_told_as_a_table_with_what_is_missing(
    command: typer.Typer, tmp_path: Path
) -> None:
    run(command, "import", sheet(tmp_path / "a.csv", [A]))

    assert "Partial" in run(command, "registers")


def test_without_a_register_the_way_to_one_is_told(command: typer.Typer) -> None:
    assert "markpass import" in run(command, "registers")


def test_a_list_of_penalty_decisions_is_told_by_its_content(
    command: typer.Typer, tmp_path: Path
) -> None:
    path = tmp_path / "decisions.csv"
    row = "甲公司,YADEA,沪关知罚〔2026〕7号"
    head = "当事人,商标,决定书文号,处罚日期"
    path.write_text(f"{head}\n{row},2026-03-01\n{row},never\n", encoding="utf-8")

    told = run(command, "import", path, code=3)

    assert "decisions.csv: penalty decisions, 1 added" in told
    assert "line 3" in told
