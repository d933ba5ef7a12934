"""Files that must never make an incomplete or undated register look complete and fresh."""

from datetime import timedelta
from pathlib import Path

import pytest

from service.core import clock
from service.core.db import Database
from service.core.settings import Settings
from service.identity.permissions import console
from service.registry.domain import Cut, EditionScope, EditionState
from service.registry.models import Register
from service.registry.problems import DateAhead
from service.registry.usecases.importing import import_file
from service.registry.usecases.requesting import Reading
from tests.register import HEAD, load

US = "US,{n},YADEA {n},registered,12,electric bicycles,Yadea,2020-01-01,2040-01-01,"
CN = "CN,{n},雅迪,registered,12,电动自行车,雅迪,2020-01-01,2040-01-01,"


def register(database: Database, office: str) -> Register:
    with database.read() as session:
        return session.get_one(Register, office)


def test_a_stray_row_in_another_offices_full_file_empties_no_register(
    database: Database, settings: Settings
) -> None:
    load(database, settings, *(US.format(n=n) for n in range(3)), name="us.csv")
    stray = [*(CN.format(n=n) for n in range(3)), US.format(n=9)]
    path: Path = settings.home / "cn.csv"
    path.write_text("\n".join([HEAD, *stray]) + "\n", encoding="utf-8")

    reading = Reading(office="CN", scope=EditionScope.FULL, dated=clock.today())
    import_file(database, settings, path, actor=console(), reading=reading)

    assert register(database, "US").live == 4
    assert register(database, "CN").state is EditionState.COMPLETE


def test_a_full_file_of_several_offices_makes_none_of_them_complete(
    database: Database, settings: Settings
) -> None:
    load(database, settings, US.format(n=1), CN.format(n=1))

    assert {register(database, code).state for code in ("US", "CN")} == {EditionState.PARTIAL}


def test_a_file_of_a_day_to_come_is_refused(database: Database, settings: Settings) -> None:
    with pytest.raises(DateAhead):
        load(database, settings, US.format(n=1), dated=clock.today() + timedelta(days=400))


def test_a_full_file_without_a_date_has_no_day_as_of_which_it_counts(
    database: Database, settings: Settings
) -> None:
    path: Path = settings.home / "undated.csv"
    path.write_text("\n".join([HEAD, US.format(n=1)]) + "\n", encoding="utf-8")

    reading = Reading(scope=EditionScope.FULL)
    import_file(database, settings, path, actor=console(), reading=reading)

    assert register(database, "US").as_of is None


def test_a_file_that_was_cut_makes_no_register_complete_and_empties_none(
    database: Database, settings: Settings
) -> None:
    load(database, settings, *(US.format(n=n) for n in range(3)), name="us.csv")
    path: Path = settings.home / "cut.csv"
    path.write_text("\n".join([HEAD, US.format(n=9)]) + "\n", encoding="utf-8")
    cut = Cut.to([25, 12, 12], None)
    reading = Reading(scope=EditionScope.FULL, dated=clock.today(), cut=cut)
    told = import_file(database, settings, path, actor=console(), reading=reading)

    assert (told.state, told.only_classes) == (EditionState.PARTIAL, [12, 25])
    assert register(database, "US").live == 4
    path.write_text("\n".join([HEAD, CN.format(n=1)]) + "\n", encoding="utf-8")
    import_file(database, settings, path, actor=console(), reading=reading)
    row = register(database, "CN")
    assert row.state is EditionState.PARTIAL
    assert [gap["code"] for gap in row.gaps] == ["no-full-load", "classes-cut"]
