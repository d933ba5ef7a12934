"""One GACC ex officio detention hour by hour, over Golden Week and its make-up Saturday."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.cases.errors import MoveNotReady
from service.cases.models import Deadline, Thread, TimelineEntry
from service.cases.usecases.scanning import scan
from service.core import clock
from service.core.db import Database
from service.core.settings import Settings
from service.notices.models import Delivery, Notice
from service.recordation.detention.domain import CostKind, Disposal, Side
from service.recordation.detention.models import Detention
from service.recordation.detention.papers import PaperKind
from service.recordation.detention.security import asked_of
from service.recordation.detention.usecases.acting import misses, offered
from service.recordation.detention.usecases.escalating import escalate
from service.recordation.detention.usecases.keeping import add_cost, settle_cost
from tests.builders import Someone
from tests.detentions import (
    SERVED,
    Harbour,
    at,
    clocks,
    evidence,
    held,
    make_harbour,
    paper,
    served,
    step,
)

K = PaperKind
EXPORTER = Side.EXPORTER


@pytest.fixture
def harbour(database: Database) -> Harbour:
    return make_harbour(database)


def told(session: Session, row: Detention) -> dict[int, set[str]]:
    """Return who was told that nobody answered, by level."""
    found: dict[int, set[str]] = {}
    rows = session.execute(
        sa.select(Notice.event_id, Delivery.person_id)
        .join(Delivery, Delivery.notice_id == Notice.id)
        .where(Notice.event_id.startswith(f"detention.unanswered:{row.id}"))
    )
    for event_id, person_id in rows:
        found.setdefault(int(event_id.rpartition(":")[2]), set()).add(str(person_id))
    return found


def ids(*people: Someone) -> set[str]:
    return {str(one.person_id) for one in people}


def test_the_holders_three_days_and_all_that_follows(harbour: Harbour) -> None:
    with harbour.database.write() as session:
        with clock.at(SERVED + timedelta(minutes=2)):
            row = held(session, harbour.owner)
        assert row.status == "notified"
        due = {"cn-gacc-notice-response": (date(2026, 10, 10), "open", "fatal")}
        assert clocks(session, row) == due  # 1 to 7 October are closed; 8, 9 and Saturday 10 count
        [first] = session.scalars(sa.select(Deadline).where(Deadline.thread_id == row.id))
        assert first.due_at == at(10, 10, 23, 59)
        assert "10月10日" in first.explanation["zh"] or "2026-10-10" in first.explanation["zh"]
        assert first.computed is not None
        assert first.computed["rule_id"] == first.rule_id

        everybody = ids(harbour.owner, harbour.staff)
        station = ids(harbour.lead)
        for moment, level, people in (
            (at(9, 30, 17, 30), 0, set()),  # fifty minutes of work are gone
            (at(10, 5, 12), 0, set()),  # the holiday counts nothing
            (at(10, 8, 10, 9), 0, set()),
            (at(10, 8, 10, 10), 1, everybody),  # two working hours
            (at(10, 8, 12, 10), 2, everybody | station),
            (at(10, 8, 16, 10), 3, everybody | station),
            (at(10, 9, 15, 39), 3, everybody | station),
        ):
            with clock.at(moment):
                escalate(session)
                escalate(session)
                scan(session)
            assert row.escalated == level, moment
            assert told(session, row).get(level, set()) == people, moment

        with clock.at(at(10, 9, 15, 40)):
            _apply(session, harbour, row)
        assert row.status == "applied"
        assert row.waits_since is None
        assert clocks(session, row)["cn-gacc-notice-response"][1] == "met"
        with clock.at(at(10, 12)):
            assert escalate(session) == 0
            served(session, harbour.owner, row, K.DETENTION, at(10, 10, 10))
        assert clocks(session, row) == {
            "cn-gacc-notice-response": (date(2026, 10, 10), "met", "fatal"),
            "cn-gacc-investigation": (date(2026, 11, 20), "open", "awaited"),
            "cn-gacc-court-notice-50": (date(2026, 12, 18), "open", "fatal"),
        }
        _held_for_the_court(session, harbour, row)


def _apply(session: Session, harbour: Harbour, row: Detention) -> None:
    """Apply: the security by tiers, the warning read, the receipt."""
    asked = asked_of(row, clock.today())
    assert asked is not None
    assert asked.amount == Decimal(90000)
    assert asked.rule.rule_id == "cn-gacc-security-tiers"
    assert asked.guarantee is not None
    apply = next(m for m in offered(session, harbour.owner.actor, row) if m.event == "apply")
    assert len(misses(session, harbour.owner.actor, row, apply)) == 1  # the security
    with pytest.raises(MoveNotReady) as refused:
        step(session, harbour.owner, row, "apply", security_amount=asked.amount, receipt="R1")
    [error] = refused.value.errors
    assert "cannot determine" in error.message
    step(
        session,
        harbour.owner,
        row,
        "apply",
        security_amount=asked.amount,
        receipt="R1",
        liability_read=True,
    )
    assert row.security_amount == asked.amount


def _held_for_the_court(session: Session, harbour: Harbour, row: Detention) -> None:
    """Not determined; the court's notice comes in time, its judgment, destruction, the end."""
    owner = harbour.owner
    with clock.at(at(11, 19)):
        served(session, owner, row, K.FOUND_UNKNOWN, at(11, 18, 9))
        assert clocks(session, row)["cn-gacc-investigation"][1] == "met"
        assert clocks(session, row)["cn-gacc-court-notice-50"][1] == "open"
    with clock.at(at(12, 17)):
        step(session, owner, row, "sue", receipt="（2026）苏02民初99号")
        served(session, owner, row, K.COURT_ASSISTANCE, at(12, 17, 9))
        assert clocks(session, row)["cn-gacc-court-notice-50"][1] == "met"
        step(session, owner, row, "win", when=date(2026, 12, 17))
        cost = {"kind": CostKind.SECURITY, "amount": Decimal(90000), "paid_on": date(2026, 10, 9)}
        security = add_cost(session, owner.actor, row.id, cost)
        step(session, owner, row, "dispose", disposal=Disposal.DESTROYED)
        with pytest.raises(MoveNotReady) as refused:
            step(session, owner, row, "close")
        assert "Security has not come back" in refused.value.errors[0].message
        day = date(2026, 12, 17)
        settle_cost(session, owner.actor, row.id, security.id, paid_on=None, returned_on=day)
        step(session, owner, row, "close")
        assert session.get_one(Thread, row.id).closed_at is not None
    verbs = session.scalars(
        sa.select(TimelineEntry.verb).where(
            TimelineEntry.thread_id == row.id, TimelineEntry.verb.startswith("detention_holder.")
        )
    ).all()
    steps = [
        "notify",
        "apply",
        "detain",
        "find_unknown",
        "sue",
        "court_holds",
        "win",
        "dispose",
        "close",
    ]
    assert sorted(verbs) == sorted(f"detention_holder.{one}" for one in steps)


def test_the_exporters_declaration_defence_and_remedies(
    harbour: Harbour, settings: Settings
) -> None:
    first = paper(K.STATUS_REQUEST, SERVED, stated_due=date(2026, 10, 9))
    owner = harbour.owner
    with harbour.database.write() as session:
        with clock.at(SERVED):
            row = held(
                session, harbour.handler, first, owner_id=owner.organisation_id, side=EXPORTER
            )
            assert row.status == "asked"
            assert clocks(session, row) == {"stated:declare": (date(2026, 10, 9), "open", "fatal")}
        with clock.at(at(10, 9, 16)):
            step(session, owner, row, "declare", receipt="R2")
            assert clocks(session, row)["stated:declare"][1] == "met"
        with clock.at(at(10, 10, 11)):
            served(session, owner, row, K.DETENTION, at(10, 10, 10))
        assert clocks(session, row) == {
            "stated:declare": (date(2026, 10, 9), "met", "fatal"),
            "cn-gacc-investigation": (date(2026, 11, 20), "open", "awaited"),
            "cn-gacc-court-notice-50": (date(2026, 12, 18), "open", "awaited"),
            "cn-gacc-reconsider": (date(2026, 12, 9), "open", "fatal"),
            "cn-adm-suit-direct": (date(2027, 4, 12), "open", "fatal"),  # 10 April is a Saturday
        }
        events = [m.event for m in offered(session, owner.actor, row)]
        assert "offer_security" not in events  # a mark: no release on counter-security
        with clock.at(at(10, 12)):
            with pytest.raises(MoveNotReady):
                step(
                    session, owner, row, "contest", when=date(2026, 10, 12), receipt="R3"
                )  # no evidence yet
            evidence(session, owner, row, settings.files_folder)
            step(session, owner, row, "contest", when=date(2026, 10, 12), receipt="R3")
        _fined(session, harbour, row)


def _fined(session: Session, harbour: Harbour, row: Detention) -> None:
    """Found to infringe; hearing, fine, reconsideration, what became of the goods."""
    owner = harbour.owner
    with clock.at(at(11, 30, 17)):
        served(session, owner, row, K.FOUND_INFRINGING, at(11, 18, 9))
        served(session, owner, row, K.PENALTY_NOTICE, at(11, 20, 9))
        assert clocks(session, row)["cn-gacc-hearing"] == (date(2026, 11, 27), "open", "fatal")
        step(session, owner, row, "ask_hearing", when=date(2026, 11, 26), receipt="R4")
        assert clocks(session, row)["cn-gacc-hearing"][1] == "met"
        served(session, owner, row, K.PENALTY_DECISION, at(11, 30, 9))
        assert clocks(session, row)["cn-gacc-fine-due"][0] == date(2026, 12, 15)
        assert clocks(session, row)["cn-gacc-reconsider"][0] == date(2027, 1, 29)
        with pytest.raises(MoveNotReady):
            step(session, owner, row, "pay_fine")
        fine = {"kind": CostKind.FINE, "amount": Decimal(20000), "paid_on": date(2026, 11, 30)}
        add_cost(session, owner.actor, row.id, fine)
        step(session, owner, row, "pay_fine")
        step(session, owner, row, "reconsider", receipt="R5")
        told_now = clocks(session, row)
        assert told_now["cn-gacc-fine-due"][1] == "met"
        assert told_now["cn-gacc-reconsider"][1] == "met"
        assert told_now["cn-adm-suit-direct"][1] == "waived"
    with clock.at(at(2, 10, year=2027)):
        step(session, owner, row, "reconsidered", when=date(2027, 2, 1))
        assert clocks(session, row)["cn-adm-suit-after"][1] == "open"
        step(session, owner, row, "sue", when=date(2027, 2, 5), receipt="R6")
        step(session, owner, row, "dispose", disposal=Disposal.CHARITY)
        step(session, owner, row, "close")
    assert row.status == "closed"
