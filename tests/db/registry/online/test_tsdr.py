from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from service.core import clock
from service.core.db import Database
from service.core.errors import Problem
from service.core.files import Files
from service.core.settings import Settings
from service.identity.permissions import console
from service.registry.connectors import asking as line_to
from service.registry.sources.online.tsdr_api import TsdrApi
from service.registry.usecases.scheduling import keep_cases
from tests.db.registry.online.conftest import Asking
from tests.db.registry.online.running import begin, numbers, refreshed, register_of, run
from tests.db.registry.online.test_euipo import FAULTS
from tests.offices.serving import body, open_office, status
from tests.offices.tsdr import Tsdr
from tests.unit.registry.sources.support import FILES

NOW = datetime(2026, 11, 28, 9, tzinfo=UTC)
CASE = (FILES / "st96.xml").read_bytes()
FIRST = "90000001"


@pytest.fixture(autouse=True)
def this_year() -> Iterator[None]:
    with clock.at(NOW):
        yield


def case(number: str) -> bytes:
    return CASE.replace(FIRST.encode(), number.encode())


@pytest.fixture
def tsdr() -> Iterator[Tsdr]:
    cases = {str(90000001 + number): case(str(90000001 + number)) for number in range(45)}
    with open_office(Tsdr(cases)) as office:
        assert isinstance(office, Tsdr)
        yield office


def keep(database: Database, *cases: str) -> None:
    with database.write() as session:
        keep_cases(session, console(), cases)


def paths(tsdr: Tsdr) -> list[str]:
    return [asked.path.rpartition("/")[2] for asked in tsdr.asked]


def test_the_cases_named_are_asked_for_together_and_go_in(
    database: Database, asking: Asking, tsdr: Tsdr
) -> None:
    keep(database, *tsdr.cases)

    refresh = refreshed(database, asking(tsdr.url), "tsdr")

    assert numbers(database) == sorted(tsdr.cases)
    assert (refresh.state, refresh.records, refresh.requests) == ("done", 45, 4)
    assert not register_of(database, "US").complete


@pytest.mark.parametrize("fault", FAULTS)
def test_after_a_fault_no_case_is_lost_and_none_doubled(
    database: Database, asking: Asking, tsdr: Tsdr, fault: str
) -> None:
    keep(database, *tsdr.cases)
    if fault == "no JSON":
        tsdr.faults.extend([None, body(CASE[:900])])
    else:
        tsdr.faults.extend([None, FAULTS[fault], None, FAULTS[fault], FAULTS[fault]])

    refresh = refreshed(database, asking(tsdr.url), "tsdr")

    assert numbers(database) == sorted(tsdr.cases)
    assert refresh.records == len(tsdr.cases)


def test_where_several_cannot_be_asked_for_together_they_are_asked_for_one_by_one(
    database: Database, asking: Asking, tsdr: Tsdr
) -> None:
    tsdr.together = False
    keep(database, *list(tsdr.cases)[:3])

    refreshed(database, asking(tsdr.url), "tsdr")

    assert paths(tsdr) == ["info.json", "xml", "info.xml", "info.xml", "info.xml"]
    assert numbers(database) == list(tsdr.cases)[:3]


def test_a_case_the_office_does_not_know_is_told(
    database: Database, asking: Asking, tsdr: Tsdr
) -> None:
    keep(database, FIRST, "99999999")

    refresh = refreshed(database, asking(tsdr.url), "tsdr")

    assert numbers(database) == [FIRST]
    assert [note["values"] for note in refresh.notes] == [{"number": "99999999"}]


def test_nothing_is_asked_again_until_the_office_has_updated_or_a_case_is_named(
    database: Database, asking: Asking, tsdr: Tsdr
) -> None:
    settings = asking(tsdr.url)
    keep(database, *list(tsdr.cases)[:2])
    refreshed(database, settings, "tsdr")

    refreshed(database, settings, "tsdr")
    quiet = paths(tsdr)[2:]
    keep(database, list(tsdr.cases)[2])
    refreshed(database, settings, "tsdr")
    named = paths(tsdr)[2 + len(quiet) :]
    tsdr.updated = "1999-03-11T04:00:00Z"
    refreshed(database, settings, "tsdr")

    assert quiet == ["info.json"]
    assert named == ["info.json", "xml"]
    assert [asked.query["sn"].count(",") for asked in tsdr.asked if asked.query] == [1, 0, 2]


def test_an_update_that_did_not_come_is_answered_from_the_cache_after_asking(
    database: Database, asking: Asking, tsdr: Tsdr
) -> None:
    keep(database, FIRST)
    settings = asking(tsdr.url)
    for _ in range(2):
        refreshed(database, settings, "tsdr")

    again = [one for one in tsdr.asked if one.path == "/last-update/info.json"][1]
    assert again.headers["if-none-match"] == f'"{tsdr.updated}"'


def test_a_key_that_is_refused_and_a_changed_shape_are_told(
    database: Database, asking: Asking, tsdr: Tsdr
) -> None:
    keep(database, FIRST)
    told = []
    for faults in ([None, status(403)], [body(b"<Case><Number>90000001</Number></Case>")]):
        tsdr.faults.extend(faults)
        with pytest.raises(Problem) as raised:
            run(database, asking(tsdr.url), begin(database, "tsdr"))
        told.append(raised.value.code)

    assert told == ["office-refused", "office-changed"]
    assert numbers(database) == []


def test_the_papers_of_a_case_are_listed_and_fetched(
    database: Database, asking: Asking, tsdr: Tsdr, tmp_path: Path
) -> None:
    with line_to(database, asking(tsdr.url), "tsdr", tmp_path) as line:
        api = line.adapter
        assert isinstance(api, TsdrApi)
        papers = api.papers(FIRST)
        assert papers is not None
        assert [(one.id, one.title, one.pages) for one in papers] == [
            ("ORC2004", "Registration", 2)
        ]
        assert api.paper(FIRST, "ORC2004") == b"%PDF-1.7 a certificate"
        assert api.papers("99999999") is None


@pytest.mark.data
@pytest.mark.parametrize(
    "name", ["sn76044902.xml", "rn2178784-ST-962.2.1.xml", "rn2178784-ST-961_D3.xml"]
)
def test_recorded_answers_of_the_office_go_in(
    database: Database, asking: Asking, data_folder: Path, name: str
) -> None:
    number = "76044902" if name.startswith("sn") else "74631225"
    recorded = (data_folder / "uspto-tsdr-st66-st96" / name).read_bytes()
    with open_office(Tsdr({number: recorded})) as office:
        office.faults.extend([None, *FAULTS_OF_A_BAD_DAY])
        keep(database, number)
        refreshed(database, asking(office.url), "tsdr")

    assert numbers(database) == [number]


FAULTS_OF_A_BAD_DAY = [
    FAULTS[name] for name in ("half a body", "too many requests", "a fault of theirs")
]


def test_a_number_that_is_none_is_refused(database: Database) -> None:
    with pytest.raises(Problem) as raised:
        keep(database, "12")

    assert [error.field for error in raised.value.errors] == ["numbers"]


def test_files_are_kept_under_their_content(database: Database, asking: Asking, tsdr: Tsdr) -> None:
    settings: Settings = asking(tsdr.url)
    keep(database, FIRST)
    refreshed(database, settings, "tsdr")

    (name,) = Files(settings.files_folder).names()
    content = b"".join(Files(settings.files_folder).read(name))
    assert FIRST.encode() in content
