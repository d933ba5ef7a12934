"""Goods that are held, the people around them and the papers that come, for tests."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.cases.domain import EvidenceKind, Obtained, Scan
from service.cases.models import Deadline
from service.cases.usecases.evidence import add_evidence
from service.core.db import Database
from service.core.files import Files
from service.identity.models import Organisation
from service.identity.permissions import OrganisationKind, Role
from service.recordation.detention.domain import Mode, Side
from service.recordation.detention.entries import PaperEntry, StepEntry
from service.recordation.detention.models import Detention
from service.recordation.detention.papers import PaperKind
from service.recordation.detention.usecases.acting import take_step
from service.recordation.detention.usecases.entering import enter_detention
from service.recordation.detention.usecases.receiving import receive_paper
from service.rules.authorities import RightKind
from tests.builders import Someone, make_organisation, make_person

CHINA = ZoneInfo("Asia/Shanghai")
SERVED = datetime(2026, 9, 30, 16, 40, tzinfo=CHINA)
"""Wednesday before Golden Week; 10 October, a Saturday, is worked."""
GOODS: dict[str, Any] = {
    "authority": "gacc",
    "side": Side.HOLDER,
    "mode": Mode.EX_OFFICIO,
    "office": "上海海关",
    "declaration_no": "222920260000012345",
    "consignor": "义乌某贸易有限公司",
    "goods": "电动自行车 electric bicycles",
    "quantity": "200",
    "goods_value": Decimal(180000),
    "mark_used": "YADEE",
    "right_kind": RightKind.TRADEMARK,
}


def at(month: int, day: int, hour: int = 10, minute: int = 0, *, year: int = 2026) -> datetime:
    """Return a moment in China."""
    return datetime(year, month, day, hour, minute, tzinfo=CHINA)


@dataclass
class Harbour:
    """An exporter, the station that serves it, and its people."""

    database: Database
    owner: Someone
    staff: Someone
    handler: Someone
    lead: Someone
    station: Organisation = field(repr=False)


def make_harbour(database: Database) -> Harbour:
    """Make an exporter with an owner and staff, served by a station with a liaison and a lead."""
    station = make_organisation(database, OrganisationKind.STATION)
    owner = make_person(database, Role.EXPORTER_OWNER)
    with database.write() as session:
        house = session.get_one(Organisation, owner.organisation_id)
        house.served_by_id = station.id
    return Harbour(
        database=database,
        owner=owner,
        staff=make_person(database, Role.EXPORTER_STAFF, organisation=house),
        handler=make_person(database, Role.STATION_LIAISON, organisation=station),
        lead=make_person(database, Role.STATION_LEAD, organisation=station),
        station=station,
    )


def paper(kind: PaperKind, served_at: datetime, **more: Any) -> PaperEntry:
    """Return a paper with a number."""
    return PaperEntry(**{"kind": kind, "served_at": served_at, "number": "锡关知12号", **more})


def held(
    session: Session,
    who: Someone,
    first: PaperEntry | None = None,
    *,
    owner_id: UUID | None = None,
    **values: Any,
) -> Detention:
    """Enter goods that are held, by default for the holder before Golden Week."""
    entry = first or paper(PaperKind.STATUS_REQUEST, SERVED)
    return enter_detention(session, who.actor, entry, {**GOODS, **values}, owner_id=owner_id)


def step(session: Session, who: Someone, row: Detention, event: str, **entry: Any) -> Detention:
    """Take a step."""
    return take_step(session, who.actor, row, event, StepEntry(**entry), version=row.version)


def served(
    session: Session, who: Someone, row: Detention, kind: PaperKind, when: datetime, **more: Any
) -> None:
    """Enter a further paper."""
    receive_paper(session, who.actor, row, paper(kind, when, **more), version=row.version)


def clocks(session: Session, row: Detention) -> dict[str, tuple[date | None, str, str]]:
    """Return the clocks of a detention by rule: last day, status, effect; the newest of each."""
    rows = session.scalars(
        sa.select(Deadline).where(Deadline.thread_id == row.id).order_by(Deadline.id)
    )
    return {one.rule_id: (one.due_on, one.status.value, one.effect.value) for one in rows}


def evidence(session: Session, who: Someone, row: Detention, home: Path) -> None:
    """Take a small file in as evidence."""
    add_evidence(
        session,
        who.actor,
        row.id,
        Files(home).put([b"%PDF-1.7 proof"], limit=1 << 20),
        media_type="application/pdf",
        scan=Scan.NOT_SCANNED,
        name="a.pdf",
        values={
            "title": "商标授权书",
            "purpose": "证明有权使用",
            "kind": EvidenceKind.DOCUMENT,
            "obtained": Obtained.RECEIVED,
        },
    )
