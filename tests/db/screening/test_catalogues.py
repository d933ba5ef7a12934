import csv
import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import openpyxl
import pypdf
import pytest
import sqlalchemy as sa

from service.core.db import Database
from service.core.errors import Problem
from service.core.files import Files
from service.core.settings import Settings
from service.registry.domain import EditionScope
from service.screening.catalogue_models import CatalogueState
from service.screening.catalogue_results import answers, lines, missing_of, rejects
from service.screening.catalogues import Catalogues
from service.screening.models import Catalogue, CatalogueRow, Screening
from service.screening.template import template_workbook
from service.screening.usecases.cataloguing import cancel_catalogue
from tests.builders import Someone, make_person
from tests.db.screening.catalogues import order, run, screened
from tests.register import load

SHEET = (
    "name_zh,name_latin,goods,sku\n雅迪,YADEA,class:12,EB-1\n,ZZQQXX,class:12,EB-2\n,OK,nine,EB-3\n"
)
ROOT = Path(__file__).parents[3]


@pytest.fixture
def someone(database: Database, settings: Settings) -> Someone:
    load(database, settings)
    return make_person(database)


def rows_of(database: Database, someone: Someone, row: Catalogue) -> list[CatalogueRow]:
    with database.read() as session:
        return list(Catalogues(session, someone.actor).every_row(row.id))


def test_every_row_is_screened_and_its_answer_kept(
    database: Database, settings: Settings, someone: Someone
) -> None:
    row = screened(database, settings, someone.actor, SHEET)

    found = rows_of(database, someone, row)
    assert (row.state, row.rows, row.done, row.rejected) == ("done", 3, 3, 0)
    assert [(one.place, one.reference, one.verdict) for one in found] == [
        (2, "EB-1", "high"),
        (3, "EB-2", "not_searched"),
        (4, "EB-3", "not_searched"),
    ]
    assert row.worst == {"high": 1, "not_searched": 2}
    assert found[1].markets["XX"]["verdict"] == "no_conflict_found"
    assert found[1].markets["CN"]["verdict"] == "not_searched"
    assert found[0].markets["XX"]["closest"].startswith("XX ")


def test_a_row_that_cannot_be_screened_is_kept_with_the_reason_and_keeps_none_back(
    database: Database, settings: Settings, someone: Someone
) -> None:
    sheet = "name,to\n=cmd,XX\nSUNRA,Atlantis\nYADEA,XX\n"

    row = screened(database, settings, someone.actor, sheet)

    with database.read() as session:
        told = list(csv.reader(io.StringIO("".join(rejects(session, someone.actor, row.id)))))
        table = "".join(lines(session, someone.actor, row.id))
    assert (row.done, row.rejected) == (3, 1)
    assert told[1][:4] == ["3", "", "SUNRA", "market-unknown"]
    assert "Atlantis" in told[1][5]
    assert "'=cmd" in table


def test_the_answers_are_those_that_were_given(
    database: Database, settings: Settings, someone: Someone
) -> None:
    row = screened(database, settings, someone.actor, SHEET)

    with database.read() as session:
        found = [json.loads(line) for line in answers(session, someone.actor, row.id)]
        kept = set(session.scalars(sa.select(Screening.id)))
    assert [one["row"] for one in found] == [2, 3, 4]
    assert {one["screening_id"] for one in found} == {str(key) for key in kept}
    assert found[0]["markets"]["XX"]["verdict"] == "high"


def test_workbook_and_report_have_a_sheet_for_each_market_with_reasons(
    database: Database, settings: Settings, someone: Someone
) -> None:
    row = screened(database, settings, someone.actor, SHEET)

    files = Files(settings.files_folder)
    book = openpyxl.load_workbook(io.BytesIO(b"".join(files.read(row.files["xlsx"]))))
    overview, market = book.worksheets[0], book.worksheets[-1]
    report = pypdf.PdfReader(io.BytesIO(b"".join(files.read(row.files["pdf"]))))
    text = "".join(page.extract_text() for page in report.pages)
    conflicts = list(market.iter_rows(min_row=2, values_only=True))
    assert (overview.max_row, market.title[:2]) == (1 + 3 * len(book.worksheets[1:]), "XX")
    assert conflicts[0][4] in {"YADEA", "雅迪"}
    assert conflicts[0][12]
    assert "YADEA" in text
    assert "not legal advice" in text


def test_what_was_not_searched_is_told_for_every_market_of_the_rows(
    database: Database, settings: Settings, someone: Someone
) -> None:
    row = screened(database, settings, someone.actor, "name,to\nYADEA,XX\nSUNRA,US\nAIMA,US\n")

    with database.read() as session:
        told = missing_of(session, Catalogues(session, someone.actor).every_row(row.id))
    never = [one["en"] for one in told if "never loaded" in one["en"]]
    assert {one.split(" (")[1][:2] for one in never} == {"CN", "US", "WO"}
    assert len(told) == len({one["zh"] for one in told})


def test_columns_mean_what_a_person_says(
    database: Database, settings: Settings, someone: Someone
) -> None:
    sheet = "what,nr,name\nYADEA,7,ignored\n"

    row = order(database, settings, someone.actor, sheet, what="name_latin", nr="sku", name="")

    assert row.job_id
    run(database, settings, row.job_id, row.id)
    (found,) = rows_of(database, someone, row)
    assert (found.names, found.reference) == (["YADEA"], "7")


def test_the_empty_sheet_is_read_back(
    database: Database, settings: Settings, someone: Someone, tmp_path: Path
) -> None:
    from service.screening.catalogue import Defaults, read_catalogue, read_outline

    path = tmp_path / "t.xlsx"
    path.write_bytes(template_workbook())

    outline = read_outline(path, settings)
    rows = list(read_catalogue(path, settings, Defaults()))
    assert outline.columns == ("sku", "name_zh", "name_latin", "goods", "from", "to")
    assert rows[0].asked.names == ["示例牌", "SHILIPAI"]
    assert rows[0].asked.route.destinations == ["US", "DE"]


def test_as_many_run_as_the_setting_allows(
    database: Database, settings: Settings, someone: Someone
) -> None:
    order(database, settings, someone.actor, SHEET)

    with pytest.raises(Problem) as raised:
        order(database, settings, someone.actor, SHEET)

    assert raised.value.code == "catalogue-running"


def test_a_catalogue_called_back_keeps_what_is_done_and_does_not_run(
    database: Database, settings: Settings, someone: Someone
) -> None:
    row = order(database, settings, someone.actor, SHEET)
    with database.write() as session:
        cancel_catalogue(session, someone.actor, row.id)

    assert row.job_id
    run(database, settings, row.job_id, row.id)

    with database.read() as session:
        again = Catalogues(session, someone.actor).get(row.id)
    assert (again.state, again.done) == (CatalogueState.CANCELLED, 0)


def test_a_row_is_clear_only_where_every_market_of_its_route_was_searched(
    database: Database, settings: Settings, someone: Someone
) -> None:
    row = screened(database, settings, someone.actor, "name,from\nQWXV,XX\nQWXV,CN\n")

    found = [one.verdict for one in rows_of(database, someone, row)]
    assert found == ["no_conflict_found", "not_searched"]


def test_a_register_that_is_not_whole_leaves_no_row_clear(
    database: Database, settings: Settings
) -> None:
    load(database, settings, scope=EditionScope.UNKNOWN)
    someone = make_person(database)

    row = screened(database, settings, someone.actor, SHEET)

    assert row.worst == {"high": 1, "not_searched": 2}


ROWS = 130


def kill_twice(settings: Settings, row: Catalogue) -> int:
    """Run the catalogue in processes that are killed when some more rows are there."""
    killed = 0
    for rows in (ROWS // 5, ROWS * 3 // 5):
        command = [sys.executable, "-m", "tests.db.screening.catalogues", settings.database_url]
        arguments = [str(settings.home), str(row.job_id), str(row.id), str(rows)]
        environment = {**os.environ, "PYTHONWARNINGS": "ignore"}
        child = subprocess.run([*command, *arguments], cwd=ROOT, env=environment, check=False)
        killed += child.returncode == -signal.SIGKILL
    return killed


def test_killed_twice_it_goes_on_and_no_row_is_lost_or_doubled(
    database: Database, settings: Settings
) -> None:
    marks = [f"XX,{n},MARK{n} LTD,registered,12,bicycles,Owner {n},,," for n in range(40)]
    load(database, settings, *marks, scope=EditionScope.FULL)
    someone = make_person(database)
    sheet = "name,sku\n" + "".join(f"MARK{n} LTD,S{n}\n" for n in range(ROWS))
    row = order(database, settings, someone.actor, sheet)

    killed = kill_twice(settings, row)
    assert row.job_id
    run(database, settings, row.job_id, row.id)

    found = rows_of(database, someone, row)
    with database.read() as session:
        kept = session.scalar(sa.select(sa.func.count()).select_from(Screening))
        again = Catalogues(session, someone.actor).get(row.id)
    assert killed == 2
    assert [one.place for one in found] == list(range(2, ROWS + 2))
    assert (again.done, again.state, kept) == (ROWS, "done", ROWS)
    assert len({one.screening_id for one in found}) == ROWS
