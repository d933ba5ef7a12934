"""A station with a month of work of every kind that the report counts, and who stands around it."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from service.cases.domain import Act, Confidentiality, Effect
from service.cases.usecases.acting import act_on_deadline
from service.cases.usecases.deadlines import open_deadline
from service.cases.usecases.threads import set_confidentiality
from service.core import clock
from service.core.db import Database
from service.core.files import Files
from service.dispute.domain import DisputeKind, Outcome, RightKind, ServiceLine, Side, TrackKind
from service.dispute.usecases.tracking import open_track
from service.identity.domain import Branch
from service.identity.models import Organisation
from service.identity.permissions import OrganisationKind, Role
from service.recordation.domain import Scope
from service.recordation.usecases.mandates import give_mandate
from service.recordation.usecases.moving import take_step
from service.recordation.usecases.writing import Entry
from service.station.base.domain import EventKind
from service.station.base.domain import Source as EventSource
from service.station.base.models import Event, EventAttendance
from service.station.domain import Channel, FollowWay, Rating
from service.station.models import Intake
from service.station.usecases.checking import check_intake
from service.station.usecases.consulting import write_answer
from service.station.usecases.following import note_follow_up
from service.station.usecases.moving import move_intake
from service.station.usecases.promoting import promote
from service.station.usecases.taking import take_in
from tests.builders import Someone, make_organisation, make_person
from tests.db.cases.matters import Cast
from tests.db.dispute.casework import NOW, Mediation
from tests.detentions import GOODS
from tests.recordation import begun, complete_substance, make_shop, step

MONTH = "2026-09"
INTAKE: dict[str, Any] = {
    "channel": Channel.COUNTER,
    "service_line": ServiceLine.CONSULTATION,
    "title": "三轮车商标被仿冒",
    "visitor": "无锡演示车业有限公司",
    "contact": "0510-0000000",
    "side": Side.HOLDER,
    "dispute_kind": DisputeKind.INFRINGEMENT,
    "right_kind": RightKind.TRADEMARK,
    "jurisdiction": "DE",
    "rights": [],
    "marks": ["演示"],
    "references": [],
}


@dataclass
class World:
    """Who is there. `other` is a second station under the same centre, in another park."""

    cast: Cast
    centre: Someone
    other: Someone
    park: Someone
    liaison: Someone

    @property
    def station(self) -> Someone:
        """Somebody of the station the work is of."""
        return self.cast.station


def make_world(database: Database, home: Path) -> World:
    """Make everybody and the work of September 2026."""
    world = _people(database)
    files = Files(home)
    with clock.at(NOW - timedelta(days=3)):
        shop = make_shop(database, files, full=False)
    with database.write() as session:
        house = session.get_one(Organisation, shop.exporter.organisation_id)
        house.served_by_id, house.branch = world.station.organisation_id, Branch.PARTS_MAKER
    with database.write() as session:
        _desk(session, world)
        _cases(session, world, home)
    with database.write() as session, clock.at(NOW):
        complete_substance(session, shop, shop.asset(session))
        _recordation(session, world, shop)
        _detention(session, world)
        _base(session, world)
    return world


def _people(database: Database) -> World:
    bureau = make_person(database, Role.BUREAU_GUIDE)
    park = make_person(database, Role.BODY_CONTACT)
    centre = make_organisation(database, OrganisationKind.STATION)
    links = {"supervisor_id": bureau.organisation_id, "parent_id": centre.id}
    station = make_organisation(
        database, OrganisationKind.STATION, park="锡山园区", operator_id=None, **links
    )
    other = make_organisation(database, OrganisationKind.STATION, **links)
    owner = make_person(database, Role.EXPORTER_OWNER)
    with database.write() as session:
        session.get_one(Organisation, station.id).operator_id = park.organisation_id
        house = session.get_one(Organisation, owner.organisation_id)
        house.served_by_id, house.branch = station.id, Branch.VEHICLE_MAKER
        house.park = "锡山园区"
    cast = Cast(
        owner=owner,
        station=make_person(database, Role.STATION_EXPERT, organisation=station),
        lead=make_person(database, Role.STATION_LEAD, organisation=station),
        bureau=bureau,
        stranger=make_person(database, Role.STATION_LEAD),
        body=make_person(database, Role.BODY_CONTACT),
        auditor=make_person(database, Role.AUDITOR),
        administrator=make_person(database, Role.ADMINISTRATOR),
    )
    return World(
        cast=cast,
        centre=make_person(database, Role.STATION_LEAD, organisation=centre),
        other=make_person(database, Role.STATION_LEAD, organisation=other),
        park=park,
        liaison=make_person(database, Role.STATION_LIAISON, organisation=station),
    )


def _taken(session: Session, who: Someone, world: World | None = None, **values: Any) -> Intake:
    owner = world.cast.owner.organisation_id if world else None
    opponents = ("Acme Trading LLC",)
    return take_in(session, who.actor, values=INTAKE | values, opponents=opponents, owner_id=owner)


def _moved(session: Session, who: Someone, row: Intake, event: str, **told: Any) -> None:
    move_intake(session, who.actor, row.id, event, version=row.version, **told)


def _accepted(session: Session, who: Someone, row: Intake) -> None:
    check_intake(session, who.actor, row.id)
    if row.conflict.value == "found":
        row.conflict = type(row.conflict).CLEARED
        session.flush()
    _moved(session, who, row, "accept")


def _desk(session: Session, world: World) -> None:
    """Take in six matters: answered, promoted, turned down, passed on, waiting; one elsewhere."""
    lead = world.cast.lead
    with clock.at(NOW - timedelta(days=40)):
        _taken(session, lead, title="Before the month")
    with clock.at(NOW - timedelta(days=4)):
        consulted = _taken(session, lead, world)
        called = {"channel": Channel.HOTLINE_12345, "service_line": ServiceLine.MEDIATION}
        promoted = _taken(session, lead, world, title="B", jurisdiction="US", **called)
        refused = _taken(session, lead, title="C", marks=["C"])
        passed = _taken(session, lead, title="D", marks=["D"])
        _taken(session, lead, title="E", marks=["E"])
        _taken(session, world.other, title="F", marks=["F"])
    with clock.at(NOW - timedelta(days=2)):
        _accepted(session, lead, consulted)
        write_answer(session, lead.actor, consulted.id, text="先检索。")
        _moved(session, lead, consulted, "answer")
        _accepted(session, lead, promoted)
        promote(session, lead.actor, promoted.id, version=promoted.version)
        _moved(session, lead, refused, "turn_down", note="不属受理范围")
        _moved(session, lead, passed, "pass_on", note="移送", passed_to="市场监督管理局")
        _followed(session, lead, consulted, Rating.SATISFIED)
        _followed(session, lead, consulted, None)
        _followed(session, lead, promoted, Rating.DISSATISFIED)


def _followed(session: Session, who: Someone, row: Intake, rating: Rating | None) -> None:
    asked = {"on": date(2026, 9, 26), "way": FollowWay.PHONE, "spoke_with": "李经理"}
    note_follow_up(session, who.actor, row.id, {**asked, "rating": rating, "note": ""})


def _cases(session: Session, world: World, home: Path) -> None:
    """Mediate twice, once with agreement; seal one case; keep a clock late and let one run."""
    cast = world.cast
    with clock.at(NOW):
        agreed = Mediation(session, cast, home)
        agreed.agree()
        failed = Mediation(session, cast, home, jurisdiction="US")
        failed.appoint()
        failed.step("fail", note="分歧过大")
        sealed = Mediation(session, cast, home)
        thread = world_thread(session, sealed)
        set_confidentiality(session, cast.lead.actor, thread, Confidentiality.SEALED)
        open_track(session, cast.station.actor, agreed.case.id, TrackKind.CIVIL, detail={})
        agreed.case.outcome = Outcome.AGREED
        for event, day in (("late", date(2026, 9, 10)), ("kept", date(2026, 9, 23))):
            row = open_deadline(
                session,
                cast.station.actor,
                world_thread(session, agreed),
                "cn-gacc-notice-response",
                trigger=day,
                event=event,
                effect=Effect.FATAL,
            )
            act_on_deadline(
                session,
                cast.station.actor,
                row.id,
                act=Act.MEET,
                version=row.version,
                day="2026-09-28",
                reason="回执",
            )


def _base(session: Session, world: World) -> None:
    """Hold an event with two of three there, cancel another, and send a warning."""
    shared: dict[str, Any] = {
        "station_id": world.station.organisation_id,
        "kind": EventKind.SALON,
        "place": "锡山",
        "hosts": [],
        "starts_at": NOW,
        "ends_at": NOW + timedelta(hours=3),
        "hours": Decimal("2.5"),
        "created_at": NOW,
    }
    held_one = Event(**shared, status="closed", title="关企沙龙")
    session.add_all([held_one, Event(**shared, status="cancelled", title="取消的沙龙")])
    session.flush()
    for signed_in in (NOW, NOW, None):
        line = {"event_id": held_one.id, "name": "张三", "source": EventSource.DOOR}
        session.add(EventAttendance(**line, made_at=NOW, signed_in_at=signed_in))
    session.flush()


def world_thread(session: Session, case: Mediation) -> Any:
    """Return the thread of a case."""
    from service.cases.models import Thread

    return session.get_one(Thread, case.case.id)


def _recordation(session: Session, world: World, shop: Any) -> None:
    """Check a filing twice, returned and fit, and see it granted."""
    give_mandate(
        session,
        shop.actor,
        to_id=world.station.organisation_id,
        scope=Scope.CHECK,
        valid_from=NOW.date(),
    )
    filing, on = begun(session, shop, "gacc"), NOW.date()
    step(session, shop, filing, "complete")
    for event, note in (("send_back", "补正"), ("confirm", "")):
        take_step(
            session,
            world.liaison.actor,
            filing,
            event,
            Entry(note=note),
            version=filing.version,
        )
        if event == "send_back":
            step(session, shop, filing, "complete")
    step(session, shop, filing, "submit", when=on, receipt_no="R")
    step(session, shop, filing, "grant", when=on, decision_file_id=shop.file(session))


def _detention(session: Session, world: World) -> None:
    """Hold goods of the exporter."""
    from service.recordation.detention.papers import PaperKind
    from tests.detentions import at, held, paper

    first = paper(PaperKind.STATUS_REQUEST, at(9, 24))
    row = held(session, world.cast.owner, first, goods=GOODS["goods"])
    clocks = act_clock(session, row.id)
    act_on_deadline(
        session,
        world.cast.owner.actor,
        clocks.id,
        act=Act.MEET,
        version=clocks.version,
        day="2026-09-28",
        reason="回执",
    )


def act_clock(session: Session, detention_id: Any) -> Any:
    """Return the clock of a detention that cannot be mended."""
    import sqlalchemy as sa

    from service.cases.models import Deadline

    return session.scalars(
        sa.select(Deadline).where(
            Deadline.thread_id == detention_id, Deadline.effect == Effect.FATAL
        )
    ).first()
