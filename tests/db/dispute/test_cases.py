from datetime import UTC, date, datetime

import pytest

from service.cases.domain import Custody, Status
from service.cases.errors import MoveNotReady, ThreadClosed
from service.cases.repository import Clocks, Deadlines, Threads, Timeline
from service.cases.repository_evidence import Items
from service.cases.usecases.scanning import scan
from service.core import clock
from service.core.db import Database
from service.core.errors import Invalid, NotFound, PermissionDenied, Stale
from service.core.pagination import Cursor
from service.core.settings import Settings
from service.dispute.clashes import clashes
from service.dispute.domain import (
    DisputeKind,
    GoodsOutcome,
    Outcome,
    PartyRole,
    RightKind,
    TrackKind,
)
from service.dispute.errors import TrackUnfit
from service.dispute.repository import Cases, Proposals, parties_of
from service.dispute.usecases.mediating import propose, set_session
from service.dispute.usecases.opening import Frozen, open_case
from service.dispute.usecases.tracking import (
    add_party,
    move_case,
    move_track,
    open_track,
    refer,
    say_outcome,
)
from tests.db.cases.matters import Cast, make_cast
from tests.db.dispute.casework import NOW, VALUES, Mediation, make_case, make_evidence


@pytest.fixture
def cast(database: Database) -> Cast:
    return make_cast(database)


def test_a_case_is_opened_with_a_number_its_parties_and_what_was_frozen(
    database: Database, cast: Cast, settings: Settings
) -> None:
    from service.core.files import Files

    files = Files(settings.files_folder)
    frozen = Frozen("a.json", b'{"verdict": "high"}', "Answer", "what was seen", "/screenings/1")
    with database.write() as session, clock.at(NOW):
        first, second = (
            open_case(
                session,
                files,
                cast.owner.actor,
                values=VALUES,
                parties=[{"role": PartyRole.RESPONDENT, "name": "Acme"}],
                station_id=cast.station.organisation_id,
                frozen=[frozen],
            )
            for _ in range(2)
        )
        numbers = [Threads(session, cast.owner.actor).get(c.id).number for c in (first, second)]
        assert numbers == ["2026-0001", "2026-0002"]
        [item] = Items(session, cast.owner.actor).of(first.id)
        assert b"".join(files.read(item.sha256)) == frozen.content
        [link] = Items(session, cast.owner.actor).chain(item)
        assert link.event is Custody.COLLECTED


def test_a_station_opens_for_an_enterprise_and_nobody_else_opens_for_itself(
    database: Database, cast: Cast, settings: Settings
) -> None:
    from service.core.files import Files

    files = Files(settings.files_folder)
    with database.write() as session, clock.at(NOW):
        with pytest.raises(Invalid):
            open_case(session, files, cast.station.actor, values=VALUES)
        case = open_case(
            session,
            files,
            cast.station.actor,
            values=VALUES,
            owner_id=cast.owner.organisation_id,
        )
        thread = Threads(session, cast.owner.actor).get(case.id)
        assert thread.station_id == cast.station.organisation_id
        with pytest.raises(PermissionDenied):
            open_case(session, files, cast.bureau.actor, values=VALUES)


def test_mediation_goes_from_the_request_to_the_courts_confirmation(
    database: Database, cast: Cast, settings: Settings
) -> None:
    with database.write() as session, clock.at(NOW):
        case = Mediation(session, cast, settings.files_folder)
        case.agree()
        clocks = {c.rule_id: c for c in Clocks(session).of_part(case.case.id, case.track.id)}
        assert clocks["mediation.term"].status is Status.MET
        assert clocks["cn-med-confirm"].due_on == date(2026, 10, 28)
        with pytest.raises(MoveNotReady) as refused:
            case.step("ask_confirmation", when=date(2026, 9, 28))
        assert len(refused.value.errors) == 2  # no proof, no court
        make_evidence(session, cast, case.case.id, settings.files_folder, part=case.track.id)
        case.told(court="无锡市中级人民法院")
        case.step("ask_confirmation", when=date(2026, 9, 28))
        assert clocks["cn-med-confirm"].status is Status.MET
        case.step("accept_confirmation", when=date(2026, 9, 28))
        assert case.step("confirm").status == "confirmed"


@pytest.mark.parametrize("how", ["detail", "kind"])
def test_no_court_confirms_who_owns_a_right(
    database: Database, cast: Cast, settings: Settings, how: str
) -> None:
    kind = DisputeKind.OWNERSHIP if how == "kind" else DisputeKind.INFRINGEMENT
    with database.write() as session, clock.at(NOW):
        case = Mediation(session, cast, settings.files_folder, dispute_kind=kind)
        case.agree()
        make_evidence(session, cast, case.case.id, settings.files_folder, part=case.track.id)
        case.told(court="法院", about_ownership="yes" if how == "detail" else "no")
        with pytest.raises(MoveNotReady) as refused:
            case.step("ask_confirmation", when=date(2026, 9, 28))
        [error] = refused.value.errors
        assert "who owns" in error.message


def test_after_thirty_days_no_joint_request_is_possible(
    database: Database, cast: Cast, settings: Settings
) -> None:
    with database.write() as session, clock.at(NOW):
        case = Mediation(session, cast, settings.files_folder)
        case.agree()
        make_evidence(session, cast, case.case.id, settings.files_folder, part=case.track.id)
        case.told(court="法院")
    with database.write() as session, clock.at(datetime(2026, 10, 29, tzinfo=UTC)):
        scan(session)
        with pytest.raises(MoveNotReady) as refused:
            move_track(
                session,
                cast.station.actor,
                case.case.id,
                case.track.id,
                "ask_confirmation",
                version=case.track.version,
                when=date(2026, 10, 29),
            )
        assert "is over" in refused.value.errors[0].message


def test_an_administrative_mediation_of_a_trademark_dispute_is_about_damages_only(
    database: Database, cast: Cast, settings: Settings
) -> None:
    told = {"mediation_kind": "administrative", "respondent_consents": "yes"}
    with database.write() as session, clock.at(NOW):
        patent = Mediation(session, cast, settings.files_folder, right_kind=RightKind.PATENT)
        case = Mediation(session, cast, settings.files_folder)
        for one in (patent, case):
            one.step("invite")
            one.told(**told, mediator="区市场监管局")
        assert patent.step("appoint", when=date(2026, 9, 28)).status == "appointed"
        with pytest.raises(MoveNotReady):
            case.step("appoint", when=date(2026, 9, 28))
        case.told(damages_only="yes")
        assert case.step("appoint", when=date(2026, 9, 28)).status == "appointed"


def test_nobody_is_mediated_against_their_will_and_a_suspension_stops_our_clock(
    database: Database, cast: Cast, settings: Settings
) -> None:
    with database.write() as session, clock.at(NOW):
        case = Mediation(session, cast, settings.files_folder)
        case.step("invite")
        with pytest.raises(MoveNotReady) as refused:
            case.step("appoint", when=date(2026, 9, 28))
        assert len(refused.value.errors) == 2
        case.told(respondent_consents="yes", mediator="王芳")
        case.step("appoint", when=date(2026, 9, 28))
        case.meet()
        case.step("suspend", note="appraisal")
        [term] = [
            c
            for c in Clocks(session).of_part(case.case.id, case.track.id)
            if c.rule_id == "mediation.term"
        ]
        assert term.status is Status.PAUSED
    with database.write() as session, clock.at(datetime(2026, 10, 8, 2, tzinfo=UTC)):
        move_track(
            session,
            cast.station.actor,
            case.case.id,
            case.track.id,
            "resume",
            version=case.track.version,
        )
        term = session.get_one(type(term), term.id)
        assert (term.status, term.due_on) == (Status.OPEN, date(2026, 11, 7))


def test_proposals_stay_between_parties_and_mediator(
    database: Database, cast: Cast, settings: Settings
) -> None:
    with database.write() as session, clock.at(NOW):
        case = Mediation(session, cast, settings.files_folder)
        place = (session, cast.station.actor, case.case.id, case.track.id)
        propose(*place, by="申请人", text="赔偿五万元")
        other = open_track(session, cast.station.actor, case.case.id, TrackKind.CIVIL, detail={})
        thread = Threads(session, cast.owner.actor).get(case.case.id)
        refer(session, cast.station.actor, thread, other, cast.body.organisation_id)
        readers = {
            name: len(Proposals(session, who.actor).of(case.case.id))
            for name, who in vars(cast).items()
        }
        assert readers == {
            "owner": 1,
            "station": 1,
            "lead": 1,
            "bureau": 0,
            "stranger": 0,
            "body": 0,
            "auditor": 1,
            "administrator": 0,
        }
        told = Timeline(session, cast.bureau.actor).of(case.case.id)
        assert "mediation.proposed" not in {row.verb for row in told}


def test_a_body_sees_the_track_referred_to_it_and_nothing_else(
    database: Database, cast: Cast, settings: Settings
) -> None:
    with database.write() as session, clock.at(NOW):
        case = Mediation(session, cast, settings.files_folder)
        civil = open_track(session, cast.station.actor, case.case.id, TrackKind.CIVIL, detail={})
        thread = Threads(session, cast.owner.actor).get(case.case.id)
        refer(session, cast.station.actor, thread, civil, cast.body.organisation_id)
        mine = Cases(session, cast.body.actor)
        assert [row.id for row in mine.tracks(thread)] == [civil.id]
        with pytest.raises(NotFound):
            mine.track(case.case.id, case.track.id)
        with pytest.raises(NotFound):
            move_track(session, cast.body.actor, case.case.id, case.track.id, "invite", version=1)
        make_evidence(session, cast, case.case.id, settings.files_folder)
        assert Items(session, cast.body.actor).of(case.case.id) == []
        assert Deadlines(session, cast.body.actor).of(case.case.id) == []


def test_tracks_run_side_by_side_and_a_clash_is_seen(
    database: Database, cast: Cast, settings: Settings
) -> None:
    with database.write() as session, clock.at(NOW):
        case = Mediation(session, cast, settings.files_folder)
        case.appoint()
        actor = cast.station.actor
        civil = open_track(session, actor, case.case.id, TrackKind.CIVIL, detail={})
        make_evidence(session, cast, case.case.id, settings.files_folder)
        move_track(
            session,
            actor,
            case.case.id,
            civil.id,
            "be_served",
            version=1,
            when=date(2026, 9, 28),
        )
        set_session(
            session,
            actor,
            case.case.id,
            case.track.id,
            at=datetime(2026, 10, 20, 1, tzinfo=UTC),
            place="301 室",
        )
        found = clashes(Deadlines(session, actor).of(case.case.id))
        assert {(c.first.rule_id, c.second.title["en"]) for c in found} == {
            ("cn-answer", "Mediation meeting"),
            ("cn-answer", "Time for the mediation"),
        }


def test_adjudication_is_for_patents_only(
    database: Database, cast: Cast, settings: Settings
) -> None:
    with database.write() as session, clock.at(NOW):
        mark = make_case(session, cast, settings.files_folder)
        patent = make_case(session, cast, settings.files_folder, right_kind=RightKind.PATENT)
        with pytest.raises(TrackUnfit):
            open_track(session, cast.station.actor, mark.id, TrackKind.ADJUDICATION, detail={})
        kept = open_track(session, cast.station.actor, patent.id, TrackKind.ADJUDICATION, detail={})
        assert kept.status == "opened"
        with pytest.raises(Invalid):
            open_track(
                session, cast.station.actor, mark.id, TrackKind.PLATFORM, detail={"platform": "x"}
            )


def test_a_platforms_own_clock_runs_and_an_unknown_one_says_not_researched(
    database: Database, cast: Cast, settings: Settings
) -> None:
    with database.write() as session, clock.at(NOW):
        case = make_case(session, cast, settings.files_folder)
        found = {}
        for platform in ("taobao", "temu", "other"):
            track = open_track(
                session,
                cast.station.actor,
                case.id,
                TrackKind.PLATFORM,
                detail={"platform": platform},
            )
            move_track(
                session,
                cast.station.actor,
                case.id,
                track.id,
                "be_noticed",
                version=1,
                when=NOW,
            )
            [found[platform]] = Clocks(session).of_part(case.id, track.id)
        assert found["taobao"].rule_id == "taobao-notice"
        assert found["temu"].due_at is not None
        assert (found["other"].due_on, found["other"].gap) == (None, "not_researched")


@pytest.mark.parametrize(
    ("office", "rule"), [("CN", "cn-tm-opposition"), ("US", "us-opp"), ("KE", "opposition-period")]
)
def test_an_opposition_follows_its_office(
    database: Database, cast: Cast, settings: Settings, office: str, rule: str
) -> None:
    with database.write() as session, clock.at(NOW):
        case = make_case(session, cast, settings.files_folder)
        track = open_track(
            session,
            cast.station.actor,
            case.id,
            TrackKind.OPPOSITION,
            detail={"office": office},
        )
        place = (session, cast.station.actor, case.id, track.id)
        move_track(*place, "publish", version=1, when=date(2026, 9, 1))
        [running] = Clocks(session).of_part(case.id, track.id)
        assert running.rule_id == rule
        assert (running.due_on is None) is (office == "KE")


def test_a_case_closes_when_nothing_is_open_and_says_how_it_ended(
    database: Database, cast: Cast, settings: Settings
) -> None:
    with database.write() as session, clock.at(NOW):
        case = Mediation(session, cast, settings.files_folder)
        case.appoint()
        lead = cast.lead.actor
        one = move_case(session, lead, case.case.id, "accept", version=case.case.version)
        with pytest.raises(PermissionDenied):
            move_case(session, cast.owner.actor, one.id, "close", version=one.version)
        with pytest.raises(MoveNotReady) as refused:
            move_case(session, lead, one.id, "close", version=one.version)
        assert len(refused.value.errors) == 3
        case.step("withdraw", note="settled outside")
        with pytest.raises(Stale):
            say_outcome(
                session,
                lead,
                one.id,
                version=99,
                outcome=Outcome.SETTLED,
                reason="",
                goods=GoodsOutcome.RETURNED,
            )
        for goods in (GoodsOutcome.HELD, GoodsOutcome.RETURNED):
            with pytest.raises(MoveNotReady):
                move_case(session, lead, one.id, "close", version=one.version)
            say_outcome(
                session,
                lead,
                one.id,
                version=one.version,
                outcome=Outcome.SETTLED,
                reason="goods go home",
                goods=goods,
            )
        move_case(session, lead, one.id, "close", version=one.version)
        with pytest.raises(ThreadClosed):
            add_party(session, lead, one.id, {"role": PartyRole.THIRD, "name": "x"})
        with pytest.raises(Invalid):
            move_case(session, lead, one.id, "reopen", version=one.version)
        again = move_case(session, lead, one.id, "reopen", version=one.version, note="appeal")
        assert again.status == "accepted"


def test_lists_find_by_title_party_number_state_and_handler(
    database: Database, cast: Cast, settings: Settings
) -> None:
    with database.write() as session, clock.at(NOW):
        case = make_case(session, cast, settings.files_folder)
        cases = Cases(session, cast.station.actor)
        for query in ({"q": "yadea"}, {"q": "Acme"}, {"q": "2026-0001"}, {"status": "received"}):
            rows, _ = cases.page(Cursor(), **query)  # type: ignore[arg-type]
            assert [found.id for _, found in rows] == [case.id], query
        assert cases.page(Cursor(), status="closed")[0] == []
        assert cases.page(Cursor(), mine=True)[0] == []
        assert Cases(session, cast.stranger.actor).page(Cursor())[0] == []


def test_only_the_end_of_an_identity_number_is_kept(
    database: Database, cast: Cast, settings: Settings
) -> None:
    with database.write() as session, clock.at(NOW):
        case = make_case(session, cast, settings.files_folder)
        add_party(
            session,
            cast.station.actor,
            case.id,
            {"role": PartyRole.THIRD, "name": "李四", "identity": "320200199001011234"},
        )
        kept = parties_of(session, case.id)[-1].identity
        assert (kept[-4:], set(kept[:-4]), len(kept)) == ("1234", {"*"}, 18)
