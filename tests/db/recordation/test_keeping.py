"""Keeping a recordation alive: changes noticed by themselves, renewals as a chain, lapse, users."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.cases.domain import Status
from service.cases.errors import MoveNotReady
from service.cases.models import Deadline
from service.core import clock
from service.core.errors import Invalid
from service.core.files import Files
from service.core.settings import Settings
from service.recordation.domain import ContactRole, FilingStatus, TaskStatus
from service.recordation.models import AuthorisedUser, ChangeTask, CustomsEntry, Filing, Goods
from service.recordation.repository import Assets, Filings, Holders
from service.recordation.usecases.filings import refile
from service.recordation.usecases.goods import change_goods
from service.recordation.usecases.renewing import (
    apply_office_renewal,
    certify_office_renewal,
    tell_change,
    turn_filings,
)
from service.recordation.usecases.substance import (
    change_holder,
    check_status,
    save_agent,
    save_contact,
)
from service.recordation.usecases.user_sheets import import_users, reject_report
from service.recordation.usecases.users import (
    add_user,
    end_user,
    enter_with_customs,
    listed,
)
from service.recordation.usecases.windows import chain
from service.recordation.usecases.writing import Entry
from service.registry.domain import RightStatus
from service.registry.models import Right
from tests.recordation import NOW, TODAY, Shop, granted, later, make_shop, step

DAY = date(2026, 11, 2)
DUE = date(2026, 12, 14)


def task_of(session: Session, shop: Shop, filing: Filing) -> ChangeTask | None:
    return Filings(session, shop.actor).open_task(filing.id)


def _holder(session: Session, shop: Shop) -> None:
    holder = Holders(session, shop.actor).all()[0]
    change_holder(session, shop.actor, holder, {"name_zh": "新名称有限公司"})


def _contact(session: Session, shop: Shop) -> None:
    holder = Holders(session, shop.actor).all()[0]
    values = {"name": "王五", "phone": "1"}
    save_contact(session, shop.actor, holder, ContactRole.LEGAL, values)


def _goods(session: Session, shop: Shop) -> None:
    goods = session.scalars(sa.select(Goods)).one()
    change_goods(session, shop.actor, goods, {"origin_place": "越南 Vietnam"})


def _user(session: Session, shop: Shop) -> None:
    user = session.scalars(sa.select(AuthorisedUser)).one()
    end_user(session, shop.actor, user, TODAY)


def _agent(session: Session, shop: Shop) -> None:
    values = {"name": "代理所", "valid_to": date(2028, 1, 1)}
    save_agent(session, shop.actor, shop.exporter.organisation_id, "gacc", values)


def _status(session: Session, shop: Shop) -> None:
    asset = shop.asset(session)
    check_status(session, shop.actor, asset, status=RightStatus.INVALIDATED, source="cnipa")


CHANGES: dict[str, tuple[Any, str, str]] = {
    "holder": (_holder, "holder_name_zh", "cn-gacc-change"),
    "contact": (_contact, "legal_contact", "cn-gacc-change"),
    "goods": (_goods, "origin_place", "cn-gacc-change"),
    "authorised user": (_user, "authorised_users", "cn-gacc-change"),
    "representative": (_agent, "agent_name", "cn-gacc-change"),
    "status of the right": (_status, "legal_status", "cn-gacc-cancel-on-lapse"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_any_change_opens_its_task_by_itself(shop: Shop, name: str) -> None:
    change, key, rule = CHANGES[name]
    with shop.database.write() as session:
        filing = granted(session, shop, "gacc")
        assert task_of(session, shop, filing) is None
        change(session, shop)
        task = task_of(session, shop, filing)
        assert task
        assert key in {row["key"] for row in task.differences}
        deadline = session.get_one(Deadline, task.deadline_id)
        assert (deadline.rule_id, deadline.due_on) == (rule, DUE)


def test_a_draft_or_a_pending_filing_has_no_duty(shop: Shop) -> None:
    with shop.database.write() as session:
        _holder(session, shop)
        assert session.scalars(sa.select(ChangeTask)).all() == []


def test_a_second_change_joins_the_open_task_and_undoing_all_closes_it(shop: Shop) -> None:
    with shop.database.write() as session:
        filing = granted(session, shop, "gacc")
        holder = Holders(session, shop.actor).all()[0]
        before = holder.name_zh
        change_holder(session, shop.actor, holder, {"name_zh": "新名称"}, on=date(2026, 10, 30))
        _contact(session, shop)
        task = task_of(session, shop, filing)
        assert task
        assert {row["key"] for row in task.differences} == {"holder_name_zh", "legal_contact"}
        change_holder(session, shop.actor, holder, {"name_zh": before})
        values = {"name": "李四", "phone": "0510-1", "mail": "li@x.cn"}
        save_contact(session, shop.actor, holder, ContactRole.LEGAL, values)
        assert task.status is TaskStatus.NEEDLESS
        deadline = session.get_one(Deadline, task.deadline_id)
        assert (deadline.status, deadline.trigger) == (Status.WAIVED, "2026-10-30")


def test_told_too_late_is_recorded_as_late(shop: Shop) -> None:
    with shop.database.write() as session:
        filing = granted(session, shop, "gacc")
        _holder(session, shop)
        task = task_of(session, shop, filing)
        assert task
        with clock.at(later(60)):
            sent = Entry(when=later(60).date(), receipt_no="C")
            tell_change(session, shop.actor, filing, task.id, sent)
        deadline = session.get_one(Deadline, task.deadline_id)
        assert deadline.status is Status.MET
        assert deadline.missed_at
        assert task_of(session, shop, filing) is None


def test_a_lapse_in_the_registry_is_seen_at_night(shop: Shop) -> None:
    with shop.database.write() as session:
        filing_id = granted(session, shop, "gacc").id
        right = session.get_one(Right, shop.asset(session).right_id)
        right.status = RightStatus.LAPSED
    turn_filings(shop.database)
    turn_filings(shop.database)
    with shop.database.read() as session:
        tasks = session.scalars(sa.select(ChangeTask)).all()
        assert [(task.filing_id, task.lapse) for task in tasks] == [(filing_id, True)]


def test_the_chain_of_a_mark_runs_through_its_office(database: Any, files: Files) -> None:
    shop = make_shop(database, files, right={"expires_on": date(2027, 9, 1)})
    with database.write() as session:
        filing = granted(session, shop, "gacc")
        asset = shop.asset(session)
        assert filing.expires_on == date(2027, 9, 1)
        links = chain(filing, asset, [], TODAY)
        assert [(one.what, one.opens_on, one.last_day) for one in links] == [
            ("right", date(2026, 9, 1), date(2027, 9, 1)),
            ("recordation", date(2027, 3, 1), date(2027, 9, 1)),
        ]
    with clock.at(later(150)):  # 1 April 2027, inside the last six months
        turn_filings(database)
        with database.write() as session:
            filing = session.scalars(sa.select(Filing)).one()
            assert filing.status is FilingStatus.RENEWAL_DUE
            with pytest.raises(MoveNotReady) as caught:
                step(session, shop, filing, "submit_renewal", when=TODAY, receipt_no="R")
            assert "window" in caught.value.detail
            day = later(150).date()
            with pytest.raises(MoveNotReady) as caught:
                step(session, shop, filing, "submit_renewal", when=day, receipt_no="R")
            assert "Renew the right at its office first" in caught.value.detail
            _certify(session, shop, day, date(2037, 9, 1))
            links = chain(filing, shop.asset(session), _renewals(session, shop), day)
            assert [one.done for one in links] == [True, False]
            step(session, shop, filing, "submit_renewal", when=day, receipt_no="R")


def _renewals(session: Session, shop: Shop) -> list[Any]:
    return list(Assets(session, shop.actor).renewals(shop.asset_id))


def _certify(session: Session, shop: Shop, day: date, end: date) -> None:
    asset = shop.asset(session)
    apply_office_renewal(session, shop.actor, asset, applied_on=day)
    certify_office_renewal(
        session,
        shop.actor,
        asset,
        certified_on=day,
        new_end=end,
        certificate_file_id=shop.file(session),
    )


def test_a_late_certificate_means_lapse_and_a_new_filing(database: Any, files: Files) -> None:
    shop = make_shop(database, files, right={"expires_on": date(2027, 9, 1)})
    with database.write() as session:
        granted(session, shop, "gacc")
    with clock.at(later(310)):  # 8 September 2027
        turn_filings(database)
        with database.write() as session:
            filing = session.scalars(sa.select(Filing)).one()
            assert filing.status is FilingStatus.EXPIRED
            _certify(session, shop, later(310).date(), date(2037, 9, 1))
            new = refile(session, shop.actor, filing)
            assert (new.follows_id, new.status) == (filing.id, FilingStatus.DRAFT)
            assert new.answers == filing.answers
            assert len(Filings(session, shop.actor).papers(new.id)) == 4


def test_a_certificate_that_shortens_a_right_is_refused(shop: Shop) -> None:
    with shop.database.write() as session, pytest.raises(Invalid):
        _certify(session, shop, TODAY, date(2030, 1, 1))


def test_the_lists_of_users_tell_who_is_missing_ending_and_over(shop: Shop) -> None:
    with shop.database.write() as session:
        granted(session, shop, "gacc")
        user = session.scalars(sa.select(AuthorisedUser)).one()
        assert [one.missing for one in listed(session, shop.actor)] == [True]
        enter_with_customs(session, shop.actor, user, "gacc", TODAY, removed=False)
        assert [one.missing for one in listed(session, shop.actor)] == [False]
        end_user(session, shop.actor, user, TODAY)
        assert [one.to_remove for one in listed(session, shop.actor)] == [True]
        enter_with_customs(session, shop.actor, user, "gacc", TODAY, removed=True)
        assert [one.to_remove for one in listed(session, shop.actor)] == [False]
        assert session.scalars(sa.select(CustomsEntry)).one().removed_on == TODAY


def test_a_term_that_runs_out_is_noticed_at_night(shop: Shop) -> None:
    with shop.database.write() as session:
        granted(session, shop, "gacc")
    with clock.at(NOW.replace(year=2031, month=1, day=2)):
        turn_filings(shop.database)
        with shop.database.read() as session:
            task = session.scalars(sa.select(ChangeTask)).one()
            assert {row["key"] for row in task.differences} == {"authorised_users"}


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"valid_to": date(2025, 1, 1)}, "valid_to"),
        ({"valid_to": date(2032, 1, 1)}, "valid_to"),
        ({"single_shipment": True}, "contract_no"),
    ],
)
def test_a_user_beyond_term_or_without_its_contract_is_refused(
    shop: Shop, wrong: dict[str, Any], field: str
) -> None:
    values = {"name": "甲", "relation": "oem", "valid_from": TODAY, **wrong}
    with shop.database.write() as session, pytest.raises(Invalid) as caught:
        add_user(session, shop.actor, shop.asset(session), values)
    assert [error.field for error in caught.value.errors] == [field]


def test_a_list_goes_out_and_comes_in_again(shop: Shop, settings: Settings, tmp_path: Path) -> None:
    from service.recordation.packs.letters import user_list

    path = tmp_path / "users.xlsx"
    with shop.database.write() as session:
        path.write_bytes(user_list(session.scalars(sa.select(AuthorisedUser)).all()))
        found = import_users(session, shop.actor, shop.asset(session), path, settings)
    assert (found.added, found.again, found.rejects) == (0, 1, ())
    bad = tmp_path / "bad.csv"
    bad.write_text("name,relation,valid_from\n甲,friend,soon\n", encoding="utf-8")
    with shop.database.write() as session:
        found = import_users(session, shop.actor, shop.asset(session), bad, settings)
    assert [one.row for one in found.rejects] == [2]
    assert reject_report(found).startswith(b"PK")
