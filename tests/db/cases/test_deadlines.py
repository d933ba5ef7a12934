from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from service.cases import jobs
from service.cases.domain import Effect, Gap, Status
from service.cases.errors import ClockRunsOn, DeadlineSettled, MissedStays
from service.cases.models import Deadline
from service.cases.repository import Deadlines, Timeline
from service.cases.usecases.clocks import (
    confirm,
    extend,
    meet_deadline,
    pause,
    resume,
    waive,
)
from service.cases.usecases.correcting import fix_due, move_trigger
from service.cases.usecases.deadlines import open_deadline, open_standard, open_stated
from service.cases.usecases.scanning import scan
from service.cases.usecases.years import enter_year, reckon_some
from service.core import clock
from service.core.db import Database
from service.core.errors import Invalid, PermissionDenied
from service.notices.models import Delivery
from service.rules.errors import DateBeforeTrigger, FactRefused
from tests.db.cases.matters import ANSWER, Cast, make_cast, make_deadline, make_thread

assert jobs
BEIJING = ZoneInfo("Asia/Shanghai")
SEPTEMBER = datetime(2026, 9, 30, 8, tzinfo=UTC)


@pytest.fixture
def cast(database: Database) -> Cast:
    return make_cast(database)


def verbs(database: Database, cast: Cast, deadline: Deadline) -> list[str]:
    with database.read() as session:
        rows = Timeline(session, cast.owner.actor).of(deadline.thread_id)
        return [row.verb.removeprefix("deadline.") for row in rows if "deadline." in row.verb]


def test_a_rules_answer_is_frozen_with_all_it_rests_on(database: Database, cast: Cast) -> None:
    with database.write() as session, clock.at(SEPTEMBER):
        found = make_deadline(session, cast, proof="回执 7")
    assert found.due_on == date(2026, 10, 10)  # Golden Week, and Saturday 10 October is worked
    assert found.due_at is not None
    assert found.due_at.astimezone(BEIJING).hour == 23
    assert found.effect is Effect.FATAL
    assert found.rule_version.startswith("cn-gacc-notice-response@")
    assert "10月10日" in found.explanation["zh"]
    assert "10 October" in found.explanation["en"]
    assert found.computed is not None
    assert found.computed["basis"]
    assert verbs(database, cast, found) == ["opened"]


def test_the_same_rule_and_event_is_one_clock(database: Database, cast: Cast) -> None:
    with database.write() as session:
        first = make_deadline(session, cast)
        thread = session.get_one(type(make_thread(session, cast)), first.thread_id)
        again = open_deadline(
            session,
            cast.owner.actor,
            thread,
            first.rule_id,
            trigger=date(2026, 9, 30),
            event="notice",
        )
        assert again.id == first.id


@pytest.mark.parametrize(
    ("rule", "facts", "gap", "status"),
    [
        ("no-such-rule", {}, Gap.NOT_RESEARCHED, Status.OPEN),
        ("cn-gacc-modes", {}, Gap.NOT_RESEARCHED, Status.OPEN),
    ],
)
def test_a_rule_nobody_researched_is_a_clock_without_a_date(
    database: Database,
    cast: Cast,
    rule: str,
    facts: dict[str, str],
    gap: Gap,
    status: Status,
) -> None:
    with database.write() as session:
        found = make_deadline(session, cast, rule=rule, facts=facts)
        assert (found.gap, found.status, found.due_on) == (gap, status, None)
        assert found.gap_reason["message"]
        assert found.id in {row.id for row in Deadlines(session, cast.owner.actor).due()}
        with pytest.raises(DeadlineSettled):
            confirm(session, cast.owner.actor, found)
    assert verbs(database, cast, found) == ["without_date"]


def test_a_wrong_fact_or_day_is_refused(database: Database, cast: Cast) -> None:
    with database.write() as session:
        with pytest.raises(FactRefused):
            make_deadline(session, cast, facts={"perishabel": "yes"})
        with pytest.raises((DateBeforeTrigger, FactRefused)):
            make_deadline(session, cast, trigger=date(1900, 1, 1))


def test_done_in_time_is_met_and_done_late_stays_missed(database: Database, cast: Cast) -> None:
    with database.write() as session, clock.at(datetime(2026, 10, 12, tzinfo=UTC)):
        on_time, late = make_deadline(session, cast), make_deadline(session, cast)
        meet_deadline(session, cast.owner.actor, on_time, when=date(2026, 10, 10))
        meet_deadline(session, cast.owner.actor, late, when=date(2026, 10, 11), proof="EMS 1")
        with pytest.raises(DeadlineSettled):
            meet_deadline(session, cast.owner.actor, on_time)
        with pytest.raises(Invalid):
            meet_deadline(
                session,
                cast.owner.actor,
                make_deadline(session, cast),
                when=date(2026, 10, 14),
            )
    assert (on_time.status, on_time.missed_at) == (Status.MET, None)
    assert (late.status, late.missed_at) == (Status.MET, late.due_at)
    assert verbs(database, cast, late)[-1] == "met_late"


def test_a_missed_fatal_deadline_cannot_be_hidden(database: Database, cast: Cast) -> None:
    with database.write() as session, clock.at(SEPTEMBER):
        found = make_deadline(session, cast)
    with database.write() as session, clock.at(datetime(2026, 10, 10, 16, 5, tzinfo=UTC)):
        found = session.get_one(Deadline, found.id)
        assert scan(session) == 1
        assert scan(session) == 0
        assert found.status is Status.MISSED
        with pytest.raises(MissedStays):
            waive(session, cast.owner.actor, found, reason="never mind")
        assert found.id in {row.id for row in Deadlines(session, cast.owner.actor).due()}
        meet_deadline(session, cast.owner.actor, found)
        assert found.missed_at is not None
    assert verbs(database, cast, found)[-2:] == ["missed", "met_late"]


def test_a_corrected_trigger_lets_it_run_again_and_keeps_the_miss(
    database: Database, cast: Cast
) -> None:
    with database.write() as session, clock.at(SEPTEMBER):
        found = make_deadline(session, cast)
    with database.write() as session, clock.at(datetime(2026, 10, 10, 16, 5, tzinfo=UTC)):
        found = session.get_one(Deadline, found.id)
        scan(session)
        with pytest.raises(Invalid):
            move_trigger(session, cast.owner.actor, found, trigger=date(2026, 10, 9), reason="")
        move_trigger(
            session,
            cast.owner.actor,
            found,
            trigger=date(2026, 10, 9),
            reason="served on the 9th",
        )
        assert (found.status, found.due_on) == (Status.OPEN, date(2026, 10, 13))
        assert found.missed_at is not None


def test_reminders_come_at_fractions_in_working_hours_and_the_lead_is_told_last(
    database: Database, cast: Cast
) -> None:
    with database.write() as session, clock.at(SEPTEMBER):
        found = make_deadline(session, cast)
        moments = [datetime.fromisoformat(each).astimezone(BEIJING) for each in found.warnings]
    assert moments
    assert all(9 <= moment.hour < 18 for moment in moments)
    closed = {date(2026, 10, day) for day in range(1, 8)}
    assert not closed & {moment.date() for moment in moments}
    with database.write() as session, clock.at(moments[-1]):
        assert scan(session) == 1
        found = session.get_one(Deadline, found.id)
        assert (found.warn_at, found.warnings) == (None, [])
        assert found.escalated_at is not None
        told = set(session.scalars(sa.select(Delivery.person_id)))
        assert told == {cast.lead.person_id}
    assert verbs(database, cast, found) == ["opened", "warned", "escalated"]


def test_the_law_does_not_pause_and_a_standard_of_ours_does(database: Database, cast: Cast) -> None:
    with database.write() as session, clock.at(SEPTEMBER):
        law = make_deadline(session, cast)
        with pytest.raises(ClockRunsOn):
            pause(session, cast.owner.actor, law, reason="papers asked for")
        ours = open_standard(
            session,
            cast.owner.actor,
            make_thread(session, cast),
            ANSWER,
            trigger=date(2026, 9, 28),
            event="asked",
        )
        assert ours.due_on == date(2026, 10, 10)  # 29, 30 September; 8, 9, 10 October
        pause(session, cast.owner.actor, ours, reason="papers", on=date(2026, 9, 29))
        assert ours.status is Status.PAUSED
        with pytest.raises(DeadlineSettled):
            pause(session, cast.owner.actor, ours, reason="again")
        resume(session, cast.owner.actor, ours, on=date(2026, 10, 12))
        assert ours.due_on == date(2026, 10, 16)  # four working days were left
        assert ours.pauses == [{"from": "2026-09-29", "to": "2026-10-12", "reason": "papers"}]
    with database.write() as session, clock.at(datetime(2026, 10, 11, tzinfo=UTC)):
        scan(session)
        assert session.get_one(Deadline, ours.id).status is Status.OPEN


def test_a_paused_clock_is_never_marked_missed(database: Database, cast: Cast) -> None:
    with database.write() as session, clock.at(SEPTEMBER):
        ours = open_standard(
            session,
            cast.owner.actor,
            make_thread(session, cast),
            ANSWER,
            trigger=SEPTEMBER.date(),
            event="asked",
        )
        pause(session, cast.owner.actor, ours, reason="papers")
    with database.write() as session, clock.at(SEPTEMBER + timedelta(days=60)):
        scan(session)
        assert session.get_one(Deadline, ours.id).status is Status.PAUSED


def test_an_extension_follows_the_rule_and_ends_with_it(database: Database, cast: Cast) -> None:
    with database.write() as session, clock.at(datetime(2026, 5, 14, tzinfo=UTC)):
        facts = {"member_state": "DE"}
        found = make_deadline(
            session, cast, rule="eu-det-confirm", trigger=date(2026, 5, 13), facts=facts
        )
        before = found.due_on
        assert found.effect is Effect.EXTENDABLE
        with pytest.raises(Invalid):
            extend(session, cast.owner.actor, found, reason=" ")
        extend(session, cast.owner.actor, found, reason="granted by customs")
        assert before is not None
        assert found.due_on is not None
        assert found.due_on > before
        with pytest.raises(ClockRunsOn):
            extend(session, cast.owner.actor, found, reason="once more")
        fatal = make_deadline(session, cast)
        with pytest.raises(ClockRunsOn):
            extend(session, cast.owner.actor, fatal, reason="please")


def test_a_day_printed_on_a_paper_needs_the_paper(database: Database, cast: Cast) -> None:
    title = {"zh": "申报知识产权状况", "en": "Declare the IP status"}
    with database.write() as session, clock.at(SEPTEMBER):
        thread = make_thread(session, cast)
        with pytest.raises(Invalid):
            open_stated(
                session,
                cast.owner.actor,
                thread,
                title=title,
                due=date(2026, 10, 5),
                event="asked",
            )
        with pytest.raises(Invalid):
            open_stated(
                session,
                cast.owner.actor,
                thread,
                title=title,
                due=date(2026, 9, 1),
                event="asked",
                proof="通知书",
            )
        found = open_stated(
            session,
            cast.owner.actor,
            thread,
            title=title,
            due=datetime(2026, 10, 5, 17, tzinfo=BEIJING),
            event="asked",
            proof="通知书 12 号",
        )
        assert found.confirmed_by == cast.owner.person_id
        assert found.due_at == datetime(2026, 10, 5, 9, tzinfo=UTC)


def test_a_person_confirms_or_fixes_and_the_reckoning_stays(database: Database, cast: Cast) -> None:
    with database.write() as session, clock.at(SEPTEMBER):
        found = make_deadline(session, cast)
        confirm(session, cast.owner.actor, found)
        assert found.confirmed_by == cast.owner.person_id
        with pytest.raises(Invalid):
            fix_due(session, cast.owner.actor, found, due=date(2026, 10, 8), reason="")
        fix_due(session, cast.owner.actor, found, due=date(2026, 10, 8), reason="as printed")
        assert found.due_on == date(2026, 10, 8)
        assert found.computed is not None
        assert found.computed["due"] == "2026-10-10"


def test_what_starts_from_a_deadline_moves_with_it(database: Database, cast: Cast) -> None:
    with database.write() as session, clock.at(datetime(2026, 3, 2, tzinfo=UTC)):
        first = make_deadline(session, cast, rule="cn-tm-opposition", trigger=date(2026, 3, 6))
        thread = session.get_one(type(make_thread(session, cast)), first.thread_id)
        second = open_deadline(
            session,
            cast.owner.actor,
            thread,
            "cn-tm-opp-decision",
            trigger=date(2026, 3, 6),
            event="end of opposition",
            after=first,
        )
        assert second.effect is Effect.AWAITED
        assert second.trigger == first.due_on.isoformat() if first.due_on else ""
        before = second.due_on
        move_trigger(
            session,
            cast.owner.actor,
            first,
            trigger=date(2026, 3, 20),
            reason="published later",
        )
        assert second.due_on is not None
        assert before is not None
        assert second.due_on > before
    assert verbs(database, cast, first)[-2:] == ["moved", "moved"]


def test_a_year_entered_moves_provisional_dates_and_says_why(
    database: Database, cast: Cast
) -> None:
    with database.write() as session, clock.at(datetime(2027, 1, 28, tzinfo=UTC)):
        found = make_deadline(session, cast, trigger=date(2027, 2, 4))
        untouched = make_deadline(session, cast, trigger=date(2026, 9, 7))
        before, provisional = found.due_on, found.provisional
        assert provisional
        confirm(session, cast.owner.actor, found)
        with pytest.raises(PermissionDenied):
            enter_year(
                session,
                cast.owner.actor,
                calendar="cn",
                year=2027,
                notice="n",
                closed=[date(2027, 2, 5)],
                working=[],
            )
        enter_year(
            session,
            cast.administrator.actor,
            calendar="cn",
            year=2027,
            notice="国务院办公厅关于2027年部分节假日安排的通知",
            closed=[date(2027, 2, day) for day in range(5, 15)],
            working=[date(2027, 2, 20)],
        )
        assert reckon_some(session, None) is None
        assert not found.provisional
        assert found.due_on == date(2027, 2, 17)
        assert found.due_on != before
        assert found.confirmed_at is None
        assert "2027" in found.explanation["zh"]
        assert "It was" in found.explanation["en"]
        assert untouched.due_on == date(2026, 9, 10)
    assert verbs(database, cast, found) == ["opened", "confirmed", "moved"]
    assert verbs(database, cast, untouched) == ["opened"]


@pytest.mark.parametrize(
    ("calendar", "closed", "working"),
    [
        ("xx", [date(2027, 1, 1)], []),
        ("cn", [], []),
        ("cn", [date(2026, 1, 1)], []),
        ("cn", [date(2027, 1, 1)], [date(2027, 1, 1)]),
        ("cn", [date(2027, 1, 1) + timedelta(days=n) for n in range(90)], []),
    ],
)
def test_a_year_that_makes_no_sense_is_refused(
    database: Database, cast: Cast, calendar: str, closed: list[date], working: list[date]
) -> None:
    with database.write() as session, pytest.raises(Invalid):
        enter_year(
            session,
            cast.administrator.actor,
            calendar=calendar,
            year=2027,
            notice="n",
            closed=closed,
            working=working,
        )
