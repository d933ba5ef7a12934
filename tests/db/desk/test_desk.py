"""The desk shows each person what they may see, and nothing of a stranger: not even a count."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from service.cases.models import Thread
from service.cases.repository import Threads
from service.core import clock
from service.core.db import Database
from service.core.errors import Invalid, PermissionDenied
from service.core.files import Files
from service.core.settings import Settings
from service.desk.domain import Group, Kind
from service.desk.usecases.calendar import entries_of, weeks_of
from service.desk.usecases.day import my_day
from service.desk.usecases.queue import assign_many, team_queue
from service.desk.usecases.searching import search
from service.dispute.domain import TrackKind
from service.dispute.models import Track
from service.dispute.usecases.mediating import set_session
from service.dispute.usecases.tracking import move_track, open_track, refer
from service.identity.permissions import OrganisationKind, Role
from tests.builders import make_organisation, make_person
from tests.db.cases.matters import Cast, make_cast
from tests.db.dispute.casework import NOW, Mediation, make_case, make_evidence
from tests.db.dispute.test_papers import Desk

SECRETS = ("YADEA", "Acme", "人民调解申请书", "Application for people", "2026-0001")
INSIDE = {"owner", "station", "lead", "bureau", "auditor"}


@pytest.fixture
def cast(database: Database) -> Cast:
    return make_cast(database)


class Made:
    """A case with a mediation that has a meeting, a served suit and a paper to sign."""

    def __init__(self, session: Session, cast: Cast, settings: Settings) -> None:
        home = settings.files_folder
        case = Mediation(session, cast, home, facts="仿冒")
        case.appoint()
        actor = cast.station.actor
        place = (session, actor, case.case.id, case.track.id)
        self.meeting = NOW + timedelta(days=3)
        set_session(*place, at=self.meeting, place="301 室")
        self.civil = open_track(session, actor, case.case.id, TrackKind.CIVIL, detail={}).id
        make_evidence(session, cast, case.case.id, home)
        suit = (session, actor, case.case.id, self.civil)
        move_track(*suit, "be_served", version=1, when=date(2026, 9, 28))
        Desk(session, Files(home), case.case.id).make(
            cast.owner, "mediation_application", case.track.id
        )
        self.id, self.track = case.case.id, case.track.id


def test_search_calendar_and_day_show_nobody_a_strangers_things(
    database: Database, cast: Cast, settings: Settings
) -> None:
    stranger_lead = make_person(
        database,
        Role.STATION_LEAD,
        organisation=make_organisation(database, OrganisationKind.STATION),
    )
    with database.write() as session, clock.at(NOW):
        made = Made(session, cast, settings)
        everybody = {**vars(cast), "other lead": stranger_lead}
        for name, who in everybody.items():
            actor = who.actor
            hits = [
                hit
                for text in SECRETS
                for one in search(session, actor, text)
                if one.group is not Group.MARKS
                for hit in one.hits
            ]
            days = (
                entries_of(session, actor, date(2026, 9, 1), date(2026, 12, 31))
                if name != "administrator"
                else {}
            )
            totals = {part.key: part.total for part in my_day(session, actor)}
            inside = name in INSIDE
            assert bool(hits) is inside, name
            assert bool(days) is inside, name
            assert bool(totals.get("clocks")) is (inside and name != "station"), name
            assert bool(totals.get("signatures")) is (name in {"owner", "lead"}), name
        thread = Threads(session, cast.owner.actor).get(made.id)
        civil = session.get_one(Track, made.civil)
        refer(session, cast.station.actor, thread, civil, cast.body.organisation_id)
        found = entries_of(session, cast.body.actor, date(2026, 9, 1), date(2026, 12, 31))
        kinds = {entry.kind for entries in found.values() for entry in entries}
        assert kinds == {Kind.DEADLINE}  # the mediation meeting is not the court's
        documents = search(session, cast.body.actor, "调解", [Group.DOCUMENTS])
        assert [one.hits for one in documents] == [[]]


def test_the_calendar_tells_meetings_from_last_days(
    database: Database, cast: Cast, settings: Settings
) -> None:
    with database.write() as session, clock.at(NOW):
        made = Made(session, cast, settings)
        found = entries_of(session, cast.owner.actor, date(2026, 9, 28), date(2026, 10, 4))
        [meeting] = [e for entries in found.values() for e in entries if e.kind is Kind.MEETING]
        assert (meeting.on, meeting.at) == (date(2026, 10, 1), made.meeting)
        assert (
            entries_of(session, cast.station.actor, date(2026, 9, 28), date(2026, 10, 4), mine=True)
            == {}
        )
    assert len(weeks_of(date(2026, 10, 1), week=True)[0]) == 7
    assert weeks_of(date(2026, 10, 1), week=False)[0][0] == date(2026, 9, 28)


def test_search_finds_by_title_party_number_and_paper_and_takes_no_pattern(
    database: Database, cast: Cast, settings: Settings
) -> None:
    with database.write() as session, clock.at(NOW):
        Made(session, cast, settings)
        actor = cast.owner.actor

        def groups(text: str) -> set[Group]:
            return {one.group for one in search(session, actor, text) if one.hits}

        assert groups("yadea") == {Group.CASES}
        assert groups("acme") == {Group.PARTIES}
        assert groups("申请书") == {Group.DOCUMENTS}
        assert groups("2026-0001") == {Group.CASES, Group.DOCUMENTS}
        assert groups("%%") == groups("__") == set()
        for text in ("", "a", "x" * 101):
            with pytest.raises(Invalid):
                search(session, actor, text)


def test_the_lead_hands_out_many_and_each_line_says_what_became_of_it(
    database: Database, cast: Cast, settings: Settings
) -> None:
    with database.write() as session, clock.at(NOW):
        made = Made(session, cast, settings)
        other = make_case(session, cast, settings.files_folder).id
        lead = cast.lead.actor
        queue = team_queue(session, lead)
        assert queue[0].person is None
        assert [one.thread.id for one in queue[0].rows] == [made.id, other]
        versions = {one.thread.id: one.thread.version for one in queue[0].rows}
        foreign = Thread(
            organisation_id=cast.stranger.organisation_id,
            kind="dispute",
            title="T",
            title_values={},
            opened_at=NOW,
        )
        session.add(foreign)
        session.flush()
        answers = assign_many(
            session,
            lead,
            cast.station.person_id,
            [(made.id, versions[made.id]), (other, 99), (foreign.id, 1)],
        )
        assert [(one.done, one.problem) for one in answers] == [
            (True, ""),
            (False, "stale"),
            (False, "not-found"),
        ]
        again = assign_many(session, lead, cast.station.person_id, [(made.id, versions[made.id])])
        assert again[0].problem == "stale"
        outside = assign_many(session, lead, cast.stranger.person_id, [(other, versions[other])])
        assert outside[0].problem == "not-found"
        hands = {one.person.id: len(one.rows) for one in team_queue(session, lead) if one.person}
        assert hands[cast.station.person_id] == 1
        for who in (cast.owner, cast.station, cast.bureau, cast.auditor, cast.administrator):
            with pytest.raises(PermissionDenied):
                team_queue(session, who.actor)
            with pytest.raises(PermissionDenied):
                assign_many(session, who.actor, cast.station.person_id, [])
