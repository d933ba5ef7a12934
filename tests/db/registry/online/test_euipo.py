import logging
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from service.core import clock
from service.core.db import Database
from service.core.errors import Problem
from service.core.jobs.models import JobRow
from service.core.settings import Settings
from service.registry.domain import RefreshState
from service.registry.models import ConnectorMemory, ImportRun
from service.registry.sources.online import euipo_api
from service.registry.usecases import refreshing
from tests.db.registry.online.conftest import Asking
from tests.db.registry.online.running import (
    begin,
    context_of,
    numbers,
    refresh_of,
    refreshed,
    register_of,
    run,
)
from tests.offices.contract import Contract
from tests.offices.euipo import SECRET, Euipo, mark
from tests.offices.serving import (
    Asked,
    Fault,
    Given,
    body,
    drip,
    half,
    open_office,
    status,
    unseen_half,
)

YEARS = 4
"""From 1996 to 1999, which is today in these tests."""


@pytest.fixture
def euipo(contract: Contract | None) -> Iterator[Euipo]:
    marks = [mark(1 + number, f"1997-{1 + number % 12:02}-15") for number in range(30)]
    marks += [mark(101, "1996-04-01"), mark(102, "1999-03-01")]
    with open_office(Euipo(marks, contract)) as office:
        assert isinstance(office, Euipo)
        yield office


def every(euipo: Euipo) -> list[str]:
    return sorted(one["applicationNumber"] for one in euipo.marks)


def test_a_first_refresh_loads_the_whole_register_year_by_year(
    database: Database, asking: Asking, euipo: Euipo
) -> None:
    refresh = refreshed(database, asking(euipo.url), "euipo")

    fact = register_of(database, "EM")
    assert numbers(database) == every(euipo)
    assert (fact.complete, fact.as_of, fact.gaps) == (True, date(1999, 3, 9), ())
    assert (refresh.state, refresh.records, len(refresh.imports)) == ("done", 32, YEARS)


def test_a_window_of_many_marks_is_halved_and_read_by_pages(
    database: Database, asking: Asking, euipo: Euipo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(euipo_api, "MOST", 12)
    euipo.largest = 5

    refreshed(database, asking(euipo.url), "euipo")

    asked = [one.query for one in euipo.asked if one.path == "/trademarks"]
    assert numbers(database) == every(euipo)
    assert max(int(query["page"]) for query in asked) == 2


def test_later_refreshes_ask_for_the_days_since_and_go_on_from_there(
    database: Database, asking: Asking, euipo: Euipo
) -> None:
    settings = asking(euipo.url)
    refreshed(database, settings, "euipo")
    euipo.marks[0] |= {"status": "CANCELLED", "updateDate": "1999-03-11"}
    euipo.marks.append(mark(103, "1999-03-12"))
    before = len(euipo.asked)

    with clock.at(datetime(1999, 3, 13, 9, tzinfo=UTC)):
        again = refreshed(database, settings, "euipo")
        fact = register_of(database, "EM")
        nothing = refreshed(database, settings, "euipo")

    asked = [one.query["query"] for one in euipo.asked[before:] if "query" in one.query]
    assert asked == [
        f"updateDate>=1999-03-{day} and updateDate<1999-03-{day + 1}" for day in (10, 11, 12)
    ]
    assert numbers(database) == every(euipo)
    assert (again.records, fact.complete, fact.as_of) == (2, True, date(1999, 3, 12))
    assert (nothing.state, nothing.records) == ("done", 0)


FAULTS: dict[str, Fault] = {
    "too many requests": status(429, Retry_After="0"),
    "a fault of theirs": status(500),
    "half a body": half,
    "half a body without a length": unseen_half,
    "a slow drip": drip,
    "no JSON": body(b"<html>maintenance</html>"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_after_a_fault_nothing_is_lost_and_nothing_doubled(
    database: Database, asking: Asking, euipo: Euipo, fault: str
) -> None:
    euipo.largest = 10
    euipo.faults.extend([None, None, FAULTS[fault], None, FAULTS[fault], FAULTS[fault]])

    refresh = refreshed(database, asking(euipo.url), "euipo")

    assert numbers(database) == every(euipo)
    assert (refresh.state, refresh.records) == ("done", 32)
    assert register_of(database, "EM").complete


def test_a_token_that_ended_is_renewed_once(
    database: Database, asking: Asking, euipo: Euipo
) -> None:
    def ended(asked: Asked, given: Given) -> Given:
        euipo.expire()
        return given

    euipo.faults.extend([None, None, ended])

    refreshed(database, asking(euipo.url), "euipo")

    assert (numbers(database), euipo.given_out) == (every(euipo), 2)


def test_wrong_credentials_are_told_and_not_tried_for_ever(
    database: Database, asking: Asking, euipo: Euipo
) -> None:
    settings = asking(euipo.url).model_copy(update={"euipo_client_id": "somebody"})
    refresh_id = begin(database, "euipo")

    with pytest.raises(Problem) as raised:
        run(database, settings, refresh_id)

    assert (raised.value.code, raised.value.members["answered"]) == ("office-refused", 401)
    assert refresh_of(database, refresh_id).state is RefreshState.FAILED
    assert len(euipo.asked) == 1


def test_a_changed_shape_stops_the_refresh_before_anything_goes_in(
    database: Database, asking: Asking, euipo: Euipo
) -> None:
    euipo.faults.extend([None, body(b'{"results": [], "total": 0}')])
    refresh_id = begin(database, "euipo")

    with pytest.raises(Problem) as raised:
        run(database, asking(euipo.url), refresh_id)

    assert (raised.value.code, numbers(database)) == ("office-changed", [])


def test_marks_that_move_while_pages_are_read_are_neither_lost_nor_doubled(
    database: Database, asking: Asking, euipo: Euipo
) -> None:
    euipo.largest = 10

    def moved(asked: Asked, given: Given) -> Given:
        euipo.marks[0]["applicationDate"] = "1998-02-01"  # every later one moves up by one
        return given

    euipo.faults.extend([None, None, moved])

    refresh = refreshed(database, asking(euipo.url), "euipo")

    assert numbers(database) == every(euipo)
    assert refresh.state is RefreshState.DONE


def test_what_failed_goes_on_where_it_stopped_and_until_then_says_how_far_it_got(
    database: Database, asking: Asking, euipo: Euipo
) -> None:
    settings = asking(euipo.url)
    euipo.faults.extend([None, None, None, *[status(500)] * settings.outside_tries])
    refresh_id = begin(database, "euipo")
    with pytest.raises(Problem):
        run(database, settings, refresh_id)
    stopped, fact = refresh_of(database, refresh_id), register_of(database, "EM")
    before = len(euipo.asked)

    again = refreshed(database, settings, "euipo")

    assert (stopped.state, stopped.done, stopped.total) == ("failed", 2, YEARS)
    assert [gap.code for gap in fact.gaps] == ["no-full-load", "parts-missing"]
    assert fact.gaps[1].values["missing"] == "3, 4"
    assert (again.id, numbers(database)) == (refresh_id, every(euipo))
    assert len(euipo.asked) - before == 3  # a token and the two years that were missing


class Killed(BaseException):
    """The process ends here."""


@pytest.mark.parametrize("after", [2, 4, 5, 7])
def test_killed_at_any_moment_it_goes_on_without_loss(
    database: Database,
    asking: Asking,
    euipo: Euipo,
    monkeypatch: pytest.MonkeyPatch,
    after: int,
) -> None:
    euipo.largest = 10
    settings = asking(euipo.url)
    refresh_id = begin(database, "euipo")
    left = after
    save = refreshing._Run._save

    def dying(*args: object, **values: object) -> None:
        nonlocal left
        left -= 1
        if not left:
            raise Killed
        save(*args, **values)  # type: ignore[arg-type]

    monkeypatch.setattr(refreshing._Run, "_save", dying)
    with database.read() as session:
        job_id = session.scalars(sa.select(JobRow.id).where(JobRow.name == refreshing.JOB)).one()
    with pytest.raises(Killed):
        refreshing.run_refresh(context_of(database, settings, job_id), refresh_id)
    monkeypatch.undo()

    refresh = run(database, settings, refresh_id)

    assert (refresh.state, numbers(database)) == ("done", every(euipo))
    assert len(refresh.imports) == YEARS
    assert register_of(database, "EM").complete


def test_a_long_pause_ends_the_job_and_goes_on_later_in_every_process(
    database: Database, asking: Asking, euipo: Euipo
) -> None:
    settings = asking(euipo.url)
    euipo.faults.extend([None, None, status(429, Retry_After="600")])
    refresh_id = begin(database, "euipo")

    waiting = run(database, settings, refresh_id)
    with database.read() as session:
        later = session.scalars(sa.select(JobRow).where(JobRow.key == "euipo later")).one()
    with clock.at(clock.now() + timedelta(minutes=11)):
        with database.write() as session:
            session.execute(sa.update(JobRow).values(state="waiting").where(JobRow.id == later.id))
        done = run(database, settings, refresh_id)

    assert (waiting.state, done.state) == ("waiting", "done")
    assert waiting.again_at is not None
    assert later.run_at == waiting.again_at == clock.now() + timedelta(minutes=10)
    assert numbers(database) == every(euipo)


def test_no_secret_is_logged_or_stored(
    database: Database, asking: Asking, euipo: Euipo, caplog: pytest.LogCaptureFixture
) -> None:
    settings = asking(euipo.url)
    euipo.faults.extend([None, *[status(500)] * settings.outside_tries])
    with caplog.at_level(logging.DEBUG), pytest.raises(Problem) as raised:
        refreshed(database, settings, "euipo")

    refreshed(database, settings, "euipo")

    with database.read() as session:
        stored = session.scalars(sa.select(ConnectorMemory)).all()
        runs = session.scalars(sa.select(ImportRun)).all()
        told = [str(vars(row)) for row in [*stored, *runs]]
    seen = " ".join([caplog.text, str(raised.value), repr(settings), *told])
    assert SECRET not in seen
    assert "token-1" not in seen


def test_without_credentials_nothing_is_asked_and_the_way_is_told(
    database: Database, settings: Settings, euipo: Euipo
) -> None:
    refresh_id = begin(database, "euipo")

    with pytest.raises(Problem) as raised:
        run(database, settings.model_copy(update={"euipo_url": euipo.url}), refresh_id)

    assert raised.value.code == "connector-credentials"
    assert "MARKPASS_EUIPO_CLIENT_ID" in str(raised.value)
    assert euipo.asked == []
