from datetime import date

import pytest
import sqlalchemy as sa

from service.cases.domain import Status
from service.cases.models import Deadline
from service.core import audit
from service.core.audit import AuditHead
from service.core.migrate import import_every_model
from service.demonstration.building import SHARED
from service.demonstration.people import GUESTS, sign_ins_file
from service.demonstration.repository import Demonstration
from service.identity.errors import DemonstrationOpen
from service.identity.models import Organisation, Person
from service.identity.permissions import Actor, Role
from service.identity.secrets import password_fits
from service.recordation.detention.models import Detention
from service.recordation.models import OfficerCard
from service.recordation.outreach.domain import FactorKind
from service.recordation.outreach.usecases.ranking import by_kind
from service.recordation.outreach.usecases.ranking import queue as ranked_queue
from service.registry.domain import EditionState
from service.registry.models import Product, Register
from service.screening.domain import Verdict
from service.screening.models import Screening
from service.screening.schemas import ScreeningOut
from service.screening.usecases.screening import fetch_screening
from service.serving import check
from service.station.base.models import CheckUp, EarlyWarning, Event, TypicalCase
from service.station.base.usecases.checkups import report_of
from service.station.models import StationContact
from tests.db.demonstration.conftest import ROWS, Made


def counts(made: Made) -> dict[str, int]:
    """Return the number of rows of every table of ours, and of the audit chain."""
    with made.database.read() as session:
        return {
            name: session.scalars(sa.select(sa.func.count()).select_from(table)).one()
            for name, table in import_every_model().tables.items()
        } | {"head": session.scalars(sa.select(AuditHead.number)).one()}


def answers(made: Made) -> list[ScreeningOut]:
    with made.database.read() as session:
        owner = Demonstration(session).people()["exporter"]
        actor = Actor(owner.id, owner.organisation_id, owner.role)
        ids = session.scalars(sa.select(Screening.id).order_by(Screening.id)).all()
        return [ScreeningOut.model_validate_json(fetch_screening(session, actor, i)) for i in ids]


def test_a_second_run_changes_nothing(made: Made) -> None:
    before = counts(made)
    passwords = made.again()

    assert counts(made) == before
    assert passwords.keys() == made.passwords.keys()


def test_a_second_run_says_that_nothing_changed(
    made: Made, capsys: pytest.CaptureFixture[str]
) -> None:
    made.again()
    said = capsys.readouterr().out

    assert said.count("此前已载入，未作改动") == 3
    assert "正在准备检索" not in said


def test_the_register_is_complete_up_to_the_last_change(made: Made) -> None:
    with made.database.read() as session:
        row = session.get_one(Register, "XX")

    assert (row.state, row.as_of, row.gaps) == (EditionState.COMPLETE, date(2026, 7, 2), [])
    assert row.total > row.live > 2_000


def test_the_district_is_there_with_its_products(made: Made) -> None:
    with made.database.read() as session:
        organisations = session.scalars(sa.select(Organisation)).all()
        makers = session.scalars(sa.select(Product.organisation_id).distinct()).all()

    assert all(row.demonstration for row in organisations)
    assert len(organisations) == 157
    assert len(makers) == 145


def test_the_first_twelve_screenings_show_every_verdict(made: Made) -> None:
    shown = answers(made)

    assert len(shown) == ROWS
    assert {one.markets["XX"].verdict for one in shown} == set(Verdict) - {Verdict.NOT_SEARCHED}
    elsewhere = {m.verdict for one in shown for code, m in one.markets.items() if code != "XX"}
    assert elsewhere == {Verdict.NOT_SEARCHED}


def test_the_screenings_are_the_exporters_own(made: Made) -> None:
    with made.database.read() as session:
        owner = Demonstration(session).people()["exporter"]
        rows = session.scalars(sa.select(Screening)).all()

    assert {row.organisation_id for row in rows} == {owner.organisation_id}
    assert {row.person_id for row in rows} == {owner.id}


def test_the_station_sees_what_was_shared_with_it(made: Made) -> None:
    from service.core.pagination import Cursor
    from service.screening.repository import Screenings

    with made.database.read() as session:
        clerk = Demonstration(session).people()["clerk"]
        actor = Actor(clerk.id, clerk.organisation_id, clerk.role)
        seen, _ = Screenings(session, actor).page(Cursor())

    assert len(seen) == SHARED


def test_there_is_one_sign_in_for_every_role_that_is_a_group(made: Made) -> None:
    with made.database.read() as session:
        people = session.scalars(sa.select(Person)).all()

    assert {person.role for person in people} == set(Role) - {Role.EXPORTER_STAFF}
    assert all(person.demonstration for person in people)


def test_the_printed_passwords_open_the_accounts(made: Made) -> None:
    passwords = made.again()
    with made.database.read() as session:
        people = Demonstration(session).people()

    assert passwords.keys() == {guest.login for guest in GUESTS}
    assert all(password_fits(word, people[who].password_hash) for who, word in passwords.items())


def test_the_sign_ins_are_kept_where_only_their_owner_reads_them(made: Made) -> None:
    assert sign_ins_file(made.settings).stat().st_mode & 0o777 == 0o600


def test_where_the_sign_ins_are_lost_everybody_gets_a_new_password(made: Made) -> None:
    before = made.again()
    sign_ins_file(made.settings).unlink()

    after = made.again()

    assert after.keys() == before.keys()
    assert not set(after.values()) & set(before.values())


def test_the_audit_chain_holds(made: Made) -> None:
    with made.database.read() as session:
        assert list(audit.verify(session)) == []


def test_it_is_not_served_to_the_network(made: Made) -> None:
    open_wide = made.settings.model_copy(update={"host": "0.0.0.0", "secure_cookies": True})

    with pytest.raises(DemonstrationOpen):
        check(open_wide, made.database)


def test_customs_has_its_detentions_card_calls_and_penalties(made: Made) -> None:
    with made.database.read() as session:
        held = session.scalars(sa.select(Detention).order_by(Detention.id)).all()
        clocks = session.scalars(
            sa.select(Deadline.rule_id).where(Deadline.status == Status.OPEN).distinct()
        ).all()
        filer = Demonstration(session).people()["filer"]
        queue = ranked_queue(session, Actor(filer.id, filer.organisation_id, filer.role))
        cards = session.scalars(sa.select(OfficerCard)).all()

    assert {(one.authority, one.side.value, one.status) for one in held} == {
        ("gacc", "holder", "notified"),
        ("gacc", "exporter", "closed"),
        ("us-cbp", "exporter", "detained"),
    }
    assert {"cn-gacc-notice-response", "us-cbp-importer-7"} <= set(clocks)
    assert len(cards) == 1
    assert len([one for one in queue if one.last]) == 4
    penalised = [one for one in queue if by_kind(one)[FactorKind.PENALTIES].count]
    assert len(penalised) == 5
    assert by_kind(queue[0])[FactorKind.DETENTIONS].count == 3


def test_the_base_has_its_events_warning_typical_case_and_check_up(made: Made) -> None:
    with made.database.read() as session:
        events = session.scalars(sa.select(Event.status).order_by(Event.starts_at)).all()
        warnings = session.scalars(sa.select(EarlyWarning.status)).all()
        told = session.scalars(sa.select(TypicalCase.status)).all()
        checkup = session.scalars(sa.select(CheckUp)).one()
        report = report_of(checkup)
        appraiser = session.scalars(sa.select(StationContact)).one()

    assert appraiser.accreditation
    assert appraiser.body_id
    assert events == ["closed", "announced"]
    assert (warnings, told) == (["sent"], ["published"])
    assert {part["key"] for part in report["sections"] if part["rows"]} >= {
        "screenings",
        "detentions",
    }
