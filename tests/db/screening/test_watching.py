"""From an import to an alert: what a watch finds is what a screening finds, told once."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime
from threading import Event
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from service.core import clock
from service.core.db import Database
from service.core.files import Files
from service.core.jobs import JobContext, State
from service.core.jobs.models import JobRow
from service.core.settings import Settings
from service.identity.models import Person
from service.identity.permissions import Role
from service.main import create_app
from service.notices.models import Delivery, Notice
from service.registry.finder import Finder
from service.screening.domain import AlertStage, Verdict
from service.screening.models import Alert, Watch
from service.screening.schemas import RouteIn, ScreeningIn
from service.screening.usecases import alerting
from service.screening.usecases.alerting import run_watches
from service.screening.usecases.keeping_watch import add_watch, end_watch
from service.screening.usecases.screening import answer_screening
from service.screening.watch_schemas import WatchIn
from service.screening.watches import watched_up_to
from tests.builders import Someone, make_organisation, make_person
from tests.client import Browser
from tests.db.screening.families import HAN, LATIN, fill
from tests.register import HEAD, load

BEFORE = ("XX,1,YADEA,registered,12,electric bicycles,Yadea Group,2020-01-01,2040-01-01,",)
NAMES = WatchIn(names=["YADEA", "雅迪"], goods=["class:12"], owners=["Yadea Group"])


@pytest.fixture
def owner(database: Database, settings: Settings) -> Someone:
    load(database, settings, *BEFORE, name="before.csv")
    return make_person(database, Role.EXPORTER_OWNER)


def watch(database: Database, settings: Settings, owner: Someone, asked: WatchIn = NAMES) -> Watch:
    with database.write() as session:
        return add_watch(session, settings, owner.actor, asked)


def bring(database: Database, settings: Settings, *rows: str) -> None:
    """Import these rows, and hold what is new against the watches."""
    load(database, settings, *BEFORE, *rows, name=f"{uuid4().hex}.csv")
    look(database, settings)


def look(database: Database, settings: Settings) -> None:
    job_id = uuid4()
    with database.write() as session:
        session.add(
            JobRow(
                id=job_id,
                name="watch.run",
                args={},
                state=State.RUNNING,
                priority=1,
                enqueued_at=clock.now(),
            )
        )
    files = Files(settings.files_folder)
    run_watches(JobContext(job_id, database, settings, files, Event()))


def alerts(database: Database) -> Sequence[Alert]:
    with database.read() as session:
        return session.scalars(sa.select(Alert).order_by(Alert.number, Alert.id)).all()


def notices(database: Database) -> int:
    with database.read() as session:
        return session.scalars(sa.select(sa.func.count()).select_from(Notice)).one()


def test_a_new_mark_is_found_and_one_that_was_there_before_is_not(
    database: Database, settings: Settings, owner: Someone
) -> None:
    watch(database, settings, owner)
    look(database, settings)
    assert alerts(database) == []

    bring(
        database,
        settings,
        "XX,2,YADEAS,filed,12,electric bicycles,Stranger Ltd,2026-01-01,,",
        "XX,3,SUNRA,filed,12,electric bicycles,Stranger Ltd,2026-01-01,,",
    )

    (found,) = alerts(database)
    assert (found.number, found.stage, found.verdict in {"blocked", "high"}) == (
        "2",
        AlertStage.FILED,
        True,
    )
    assert found.markets.keys() == {"XX"}


def test_ones_own_mark_filed_by_a_stranger_is_squatting_and_ones_own_filing_is_nothing(
    database: Database, settings: Settings, owner: Someone
) -> None:
    watch(database, settings, owner)
    bring(
        database,
        settings,
        "XX,2,YADEA,filed,12,electric bicycles,Stranger Ltd,2026-01-01,,",
        "XX,3,YADEA,filed,12,electric bicycles,YADEA GROUP,2026-01-01,,",
    )

    assert [(found.number, found.squatting) for found in alerts(database)] == [("2", True)]


def test_a_name_one_only_means_to_use_is_not_squatted(
    database: Database, settings: Settings, owner: Someone
) -> None:
    watch(database, settings, owner, NAMES.model_copy(update={"own": False}))
    bring(database, settings, "XX,2,YADEA,filed,12,electric bicycles,Other,2026-01-01,,")

    assert [found.squatting for found in alerts(database)] == [False]


def test_each_stage_of_a_mark_is_told_once(
    database: Database, settings: Settings, owner: Someone
) -> None:
    watch(database, settings, owner)
    row = "XX,2,YADEAS,{},12,electric {},Stranger Ltd,2026-01-01,,"
    for status, goods in (("filed", "bicycles"), ("filed", "cars"), ("published", "cars")):
        bring(database, settings, row.format(status, goods))
    look(database, settings)

    assert [found.stage for found in alerts(database)] == [AlertStage.FILED, AlertStage.PUBLISHED]
    assert notices(database) == 2


def test_a_mark_that_is_dead_or_milder_than_asked_is_not_told(
    database: Database, settings: Settings, owner: Someone
) -> None:
    watch(database, settings, owner, NAMES.model_copy(update={"least": Verdict.BLOCKED}))
    bring(
        database,
        settings,
        "XX,2,YADEA,cancelled,12,electric bicycles,Stranger Ltd,2026-01-01,,",
        "XX,3,YADIA,filed,25,clothing,Stranger Ltd,2026-01-01,,",
    )

    assert alerts(database) == []


def test_an_ended_watch_finds_nothing_more(
    database: Database, settings: Settings, owner: Someone
) -> None:
    row = watch(database, settings, owner)
    with database.write() as session:
        end_watch(session, owner.actor, row.id)
    bring(database, settings, "XX,2,YADEA,filed,12,electric bicycles,Stranger,2026-01-01,,")

    assert alerts(database) == []


def test_a_kill_between_alerts_and_progress_tells_nothing_twice(
    database: Database, settings: Settings, owner: Someone, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch(database, settings, owner)

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    fresh = "XX,2,YADEA,filed,12,electric bicycles,Other,2026-01-01,,"
    with monkeypatch.context() as killed:
        killed.setattr(alerting, "set_watched", die)
        with pytest.raises(KeyboardInterrupt):
            bring(database, settings, fresh)
    assert len(alerts(database)) == 1
    look(database, settings)

    assert (len(alerts(database)), notices(database)) == (1, 1)
    with database.read() as session:
        assert watched_up_to(session) is not None


def test_very_many_are_told_together(
    database: Database, settings: Settings, owner: Someone
) -> None:
    watch(database, settings, owner)
    rows = (f"XX,{n},YADEA,filed,12,electric bicycles,S {n},2026-01-01,," for n in range(2, 20))
    bring(database, settings, *rows)

    assert (len(alerts(database)), notices(database)) == (18, 1)


@pytest.mark.parametrize("seed", [3, 8])
def test_a_watch_finds_what_a_screening_finds(
    database: Database, settings: Settings, seed: int
) -> None:
    fill(database, seed, marks=120, offices=("US", "CN", "XX"))
    load(database, settings, *BEFORE, name="before.csv")
    house = make_person(database, Role.EXPORTER_OWNER)
    asked = WatchIn(names=[LATIN[0], HAN[0]], goods=["class:12"], least=Verdict.LOW)
    with database.write() as session:
        made = add_watch(session, settings, house.actor, asked)
        session.execute(sa.text("UPDATE watch_progress SET change = 0"))
    look(database, settings)

    route = RouteIn(origin="XX", destinations=["XX"])
    screened = answer_screening(
        database,
        settings,
        Finder(database, settings),
        ScreeningIn(names=asked.names, goods=asked.goods, route=route, limit=1000),
    )
    conflicts = {
        (hit.mark.office, hit.mark.number): hit.verdict.value
        for hit in screened.hits
        if hit.verdict is not Verdict.NO_CONFLICT_FOUND
    }
    found = {(one.office, one.number): one.verdict.value for one in alerts(database)}
    assert found == conflicts
    assert isinstance(made.id, UUID)


def test_from_an_import_to_the_email_and_the_page(database: Database, settings: Settings) -> None:
    """An application published in the United States: imported, found, mailed, opened by the link.

    Its opposition period runs, so the last day to oppose stands in the mail and on the page.
    """
    house = make_organisation(database, name_zh="无锡雅迪", name_en="Wuxi Yadea")
    owner = make_person(database, Role.EXPORTER_OWNER, organisation=house)
    with database.write() as session:
        person = session.get_one(Person, owner.person_id)
        person.email, person.language = "owner@example.com", "en"
    moment = datetime(2026, 11, 27, 3, 0, tzinfo=UTC)
    head = HEAD.replace("registration_date", "publication_date")
    file = settings.home / "us.csv"
    file.write_text(
        f"{head}\nUS,1,OTHER,registered,12,cars,A,2020-01-01,2040-01-01,\n", encoding="utf-8"
    )
    published = "US,2,YADEA,published,12,electric bicycles,Stranger LLC,2026-11-24,,"
    with clock.at(moment):
        import_rows(database, settings, file)
        watch(database, settings, owner, WatchIn(names=["YADEA"], goods=["class:12"]))
        file = settings.home / "us2.csv"
        file.write_text(
            f"{head}\nUS,1,OTHER,registered,12,cars,A,2020-01-01,2040-01-01,\n{published}\n",
            encoding="utf-8",
        )
        import_rows(database, settings, file)
        look(database, settings)
        deliver_all(database, settings)

    (found,) = alerts(database)
    assert (found.squatting, found.published_on) == (True, date(2026, 11, 24))
    assert found.opposition is not None
    assert found.opposition["due"] == "2026-12-24"
    (mail,) = settings.mail_folder.glob("*.eml")
    text = mail.read_text("utf-8")
    assert "Your mark is filed by a stranger" in text
    assert "24 Dec 2026" in text
    app = create_app(settings, run_jobs=False)
    with clock.at(moment):
        browser = Browser(app, owner)
        assert "1 unread" in browser.get("/watches").text
        (link,) = re.findall(r"http://\S+(/alerts/[0-9a-f-]+)", text)
        page = browser.get(link).text
    app.state.database.dispose()
    assert link == f"/alerts/{found.id}"
    assert "YADEA" in page
    assert "Stranger LLC" in page
    assert "24 Dec 2026" in page


def import_rows(database: Database, settings: Settings, file: Any) -> None:
    from service.identity.permissions import console
    from service.registry.domain import EditionScope
    from service.registry.usecases.importing import import_file
    from service.registry.usecases.requesting import Reading

    reading = Reading(scope=EditionScope.FULL, dated=clock.today())
    import_file(database, settings, file, actor=console(), reading=reading)


def deliver_all(database: Database, settings: Settings) -> None:
    from service.notices.usecases.sending import deliver

    with database.read() as session:
        waiting = session.scalars(sa.select(Delivery.id).where(Delivery.state == "waiting")).all()
    for delivery_id in waiting:
        deliver(database, settings, delivery_id)
