"""One mark through all eight full authorities: to granted, renewed and changed."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from service.cases.domain import Status
from service.cases.models import Deadline
from service.core import clock
from service.recordation.domain import RoundKind, TaskStatus
from service.recordation.models import ChangeTask, Filing
from service.recordation.repository import Filings, Holders
from service.recordation.usecases.cases import case_of
from service.recordation.usecases.readiness import readiness
from service.recordation.usecases.renewing import (
    apply_office_renewal,
    certify_office_renewal,
    tell_change,
    turn_filings,
)
from service.recordation.usecases.snapshots import hash_of
from service.recordation.usecases.substance import change_holder
from service.recordation.usecases.windows import renewal_of
from service.recordation.usecases.writing import Entry
from tests.recordation import TODAY, Shop, begun, granted, later, rounds, step

EIGHT = ("gacc", "us-cbp", "eu-customs", "gb-hmrc", "tr-customs", "in-customs", "jp-customs")
ALL = (*EIGHT, "kr-customs")
ENDS = {
    "gacc": date(2031, 5, 20),
    "us-cbp": date(2031, 5, 20),
    "eu-customs": date(2027, 11, 2),
    "gb-hmrc": date(2027, 11, 2),
    "tr-customs": date(2027, 11, 2),
    "in-customs": date(2027, 11, 2),
    "jp-customs": date(2030, 11, 2),
    "kr-customs": date(2031, 5, 20),
}


@pytest.mark.parametrize("code", ALL)
def test_the_form_of_every_full_authority_can_be_completed(shop: Shop, code: str) -> None:
    with shop.database.write() as session:
        filing = begun(session, shop, code)
        found = readiness(case_of(session, shop.actor, filing))
    assert [(gap.text, gap.values) for gap in found.gaps] == []
    assert found.score == 100


def test_one_mark_is_granted_renewed_and_changed_with_all_eight(shop: Shop) -> None:
    with shop.database.write() as session:
        filings = {code: granted(session, shop, code) for code in ALL}
        assert {code: one.expires_on for code, one in filings.items()} == ENDS
        for one in filings.values():
            sent = rounds(session, shop, one)[0]
            assert sent.snapshot_hash == hash_of(sent.snapshot)
    _change_everywhere(shop)
    for code in sorted(ALL, key=lambda one: (ENDS[one], one != "gacc", one == "us-cbp")):
        _renew(shop, code)


def _change_everywhere(shop: Shop) -> None:
    with clock.at(later(30)), shop.database.write() as session:
        day = later(28).date()
        holder = Holders(session, shop.actor).all()[0]
        change_holder(
            session,
            shop.actor,
            holder,
            {"address_zh": "无锡市新吴区2号", "address_en": "2 Xinwu Road, Wuxi"},
            on=day,
        )
        tasks = session.scalars(sa.select(ChangeTask)).all()
        assert len(tasks) == len(ALL)
        for task in tasks:
            filing = session.get_one(Filing, task.filing_id)
            keys = {row["key"] for row in task.differences}
            assert keys <= {"holder_address_zh", "holder_address_en"}
            assert keys
            sent = Entry(when=later(30).date(), receipt_no="C-1")
            tell_change(session, shop.actor, filing, task.id, sent)
            assert task.status is TaskStatus.FILED
        gacc = session.scalars(
            sa.select(Deadline).where(Deadline.rule_id == "cn-gacc-change")
        ).one()
        assert (gacc.status, gacc.trigger) == (Status.MET, day.isoformat())


def _renew(shop: Shop, code: str) -> None:
    database = shop.database
    with database.read() as session:
        filing = _filing(session, code)
        window = renewal_of(session, shop.actor, filing)
        ends = filing.expires_on
    assert ends
    assert window.opens_on
    day = max(window.opens_on, ends - timedelta(days=150)) if code != "us-cbp" else ends
    moment = later((day - TODAY).days)
    with clock.at(moment):
        _certify(shop, ends, day)
        turn_filings(database)
    with clock.at(moment), database.write() as session:
        filing = _filing(session, code)
        assert str(filing.status) == "renewal_due"
        step(session, shop, filing, "submit_renewal", when=day, receipt_no="R-2")
        paper = shop.file(session)
        step(session, shop, filing, "renew", when=day, decision_file_id=paper)
        assert str(filing.status) == "renewed"
        assert filing.expires_on
        assert filing.expires_on > ends
        kinds = [one.kind for one in rounds(session, shop, filing)]
        assert kinds[0] is RoundKind.APPLICATION
        assert {RoundKind.RENEWAL, RoundKind.CHANGE} <= set(kinds)
        assert Filings(session, shop.actor).open_task(filing.id) is None


def _certify(shop: Shop, ends: date, day: date) -> None:
    with shop.database.write() as session:
        asset = shop.asset(session)
        if asset.expires_on == ends:
            apply_office_renewal(session, shop.actor, asset, applied_on=day)
            certify_office_renewal(
                session,
                shop.actor,
                asset,
                certified_on=day,
                new_end=date(2041, 5, 20),
                certificate_file_id=shop.file(session),
            )


def _filing(session: object, code: str) -> Filing:
    return session.scalars(  # type: ignore[attr-defined,no-any-return]
        sa.select(Filing).where(Filing.authority == code)
    ).one()
