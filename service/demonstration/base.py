"""The demonstration at the station's base: events, warning, typical case, check-up, roster.

Made once, in one transaction, by the use cases people use; days count from the day it is made.
"""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from service.core import clock
from service.core.db import Database
from service.core.files import Files
from service.core.settings import Settings
from service.demonstration.repository import Demonstration
from service.dispute.domain import (
    ContactKind,
    DisputeKind,
    PartyRole,
    RightKind,
    ServiceLine,
    Side,
    Source,
)
from service.dispute.usecases.opening import open_case
from service.dispute.usecases.tracking import move_case
from service.identity.domain import Branch, OrganisationKind
from service.identity.models import Person
from service.identity.permissions import Actor
from service.identity.repository import Organisations
from service.station.base.domain import EventKind, WarningKind
from service.station.base.models import TypicalCase
from service.station.base.schemas_warnings import Wave
from service.station.base.usecases.attending import enter_line, sign_up
from service.station.base.usecases.checkups import give_consent, make_checkup
from service.station.base.usecases.events import move_event, plan_event
from service.station.base.usecases.typical_cases import (
    change_typical_case,
    draft_typical_case,
    move_typical_case,
)
from service.station.base.usecases.warnings import (
    change_warning,
    draft_warning,
    move_warning,
    offers,
)
from service.station.models import StationContact
from service.station.schemas_people import ContactIn
from service.station.usecases.staffing import save_entry
from service.ui.i18n import ZONE

ACTING = frozenset({"exporter", "clerk", "worker", "lead"})
VISITORS = (
    ("演示·李", "演示配件厂", "0510-0000001", 5),
    ("演示·周", "演示车业", "0510-0000002", 4),
    ("演示·吴", "", "0510-0000003", None),
)
"""Name, organisation, telephone, satisfaction of who came without an account."""
PARTIES = ("演示甲车业有限公司", "Demonstration Trading LLC")
FACTS = (
    "演示甲车业有限公司在境外参展前发现，"
    "Demonstration Trading LLC 已就其使用多年的商标提出注册申请，"
    "经办人演示·王，联系电话 0510-00000009。工作站指导其收集在先使用证据并委托当地代理人提出异议。"
)
TEXT = (
    "某车业企业在境外参展前发现，当地一贸易商已就其使用多年的商标提出注册申请。"
    "工作站指导企业收集在先使用证据，并委托当地代理人提出异议。"
)
LESSON = "先注册，后出海；监测越早，代价越小。"
DAYS = 3650
"""How far back and ahead a changed rule is looked for: some rule began within ten years."""


def fill_base(database: Database, settings: Settings) -> None:
    """Make events, warning, typical case, check-up and the roster's institution once.

    Nothing is made where they are there, or where somebody who acts is no longer among the people.
    """
    with database.write() as session:
        demonstration = Demonstration(session)
        people = demonstration.people()
        if demonstration.at_base() or not set(people) >= ACTING:
            return
        cast = {login: _actor(people[login]) for login in ACTING}
        _events(session, cast["clerk"], cast["exporter"])
        _warn(session, cast["clerk"])
        _tell_case(session, Files(settings.files_folder), cast)
        _check_up(session, cast["worker"], cast["exporter"])
        _accredit(session, cast["lead"])


def _actor(person: Person) -> Actor:
    return Actor(person.id, person.organisation_id, person.role)


def _at(days: int, hour: int) -> datetime:
    day = clock.now().astimezone(ZONE).date() + timedelta(days=days)
    return datetime.combine(day, time(hour), tzinfo=ZONE)


def _events(session: Session, clerk: Actor, exporter: Actor) -> None:
    """Hold a lesson in law ten days ago, and announce a salon in ten days."""
    lesson = plan_event(session, clerk, _event(session, EventKind.LEGAL_EDUCATION, -10))
    move_event(session, clerk, lesson.id, "hold", version=lesson.version)
    for name, company, phone, satisfaction in VISITORS:
        line = {"name": name, "company": company, "phone": phone, "organisation_id": None}
        told = {"satisfaction": satisfaction, "remark": "", "present": True}
        enter_line(session, clerk, lesson.id, line | told)
    move_event(session, clerk, lesson.id, "close", version=lesson.version)
    salon = plan_event(session, clerk, _event(session, EventKind.SALON, 10))
    move_event(session, clerk, salon.id, "announce", version=salon.version)
    sign_up(session, exporter, salon.id, phone="0510-0000004")


def _event(session: Session, kind: EventKind, days: int) -> dict[str, object]:
    organisations = Organisations(session)
    bodies = [
        one.id
        for one in organisations.of_kind(OrganisationKind.BODY)
        if one.branch is Branch.PROCURATORATE
    ]
    if kind is EventKind.SALON:
        bodies += [one.id for one in organisations.of_kind(OrganisationKind.CUSTOMS)]
    titles = {
        EventKind.SALON: "关企沙龙：知识产权海关保护备案（演示）",
        EventKind.LEGAL_EDUCATION: "检察官讲商标犯罪（演示）",
    }
    return {
        "kind": kind,
        "title": titles[kind],
        "about": "",
        "place": "演示园区路演厅",
        "hosts": ["演示园区知识产权维权工作站"],
        "body_ids": bodies,
        "starts_at": _at(days, 14),
        "ends_at": _at(days, 16),
        "hours": None,
        "seats": 40 if kind is EventKind.SALON else None,
    }


def _warn(session: Session, clerk: Actor) -> None:
    """Warn of the rule that changes last, of those that concern a market of the catalogue."""
    wave = Wave(days=DAYS)
    found = offers(session, clerk, WarningKind.RULE, wave)
    if not found:
        return
    row = draft_warning(session, clerk, WarningKind.RULE, found[-1].key, wave)
    about = {"marks": [], "markets": ["XX", *row.markets], "classes": [], "hs": []}
    told = {"title": row.title, "text": row.text, **about}
    change_warning(session, clerk, row.id, told, version=row.version)
    move_warning(session, clerk, row.id, "send", version=row.version)


def _tell_case(session: Session, files: Files, cast: Mapping[str, Actor]) -> None:
    """Take a case of the exporter through the station, and tell it without names."""
    worker, lead = cast["worker"], cast["lead"]
    case = open_case(
        session,
        files,
        worker,
        values={
            "title": f"{PARTIES[0]}境外商标被抢注",
            "service_line": ServiceLine.LEGAL_SERVICE,
            "side": Side.HOLDER,
            "dispute_kind": DisputeKind.OWNERSHIP,
            "right_kind": RightKind.TRADEMARK,
            "source": Source.COUNTER,
            "facts": FACTS,
            "rights": [],
            "jurisdiction": "CN",
        },
        parties=[
            {"role": PartyRole.APPLICANT, "name": PARTIES[0]},
            {"role": PartyRole.RESPONDENT, "name": PARTIES[1]},
        ],
        owner_id=cast["exporter"].organisation_id,
    )
    move_case(session, worker, case.id, "accept", version=case.version)
    note = "异议由当地代理人继续办理。"
    move_case(session, worker, case.id, "pass_on", version=case.version, note=note)
    row = draft_typical_case(session, worker, case.id, hides_marks=True)
    _publish(session, worker, lead, row)


def _publish(session: Session, worker: Actor, lead: Actor, row: TypicalCase) -> None:
    told = {
        "title": {"zh": "出海商标被抢注案（演示）", "en": "A mark filed by a stranger abroad"},
        "text": {"zh": TEXT, "en": ""},
        "lesson": {"zh": LESSON, "en": "Register before you ship; watch, and it costs less."},
        "hides_marks": True,
        "guidance": "abroad-guidance",
    }
    change_typical_case(session, worker, row.id, told, version=row.version)
    move_typical_case(session, worker, row.id, "hand_in", version=row.version)
    move_typical_case(session, lead, row.id, "publish", version=row.version)


def _check_up(session: Session, worker: Actor, exporter: Actor) -> None:
    """Check the enterprise that signs in up, with its consent."""
    give_consent(session, exporter, watches=True, decisions=True)
    enterprise: UUID | None = exporter.organisation_id
    assert enterprise is not None
    make_checkup(session, worker, enterprise)


def _accredit(session: Session, lead: Actor) -> None:
    """Put the appraisal institutions of the district on the roster, accredited for three years."""
    for body in Organisations(session).of_kind(OrganisationKind.BODY):
        if body.branch is Branch.APPRAISAL:
            told = ContactIn(
                kind=ContactKind.OUTSIDE,
                name=body.name_zh,
                body_id=body.id,
                service="商标、外观设计同一性鉴定（演示）",
                accreditation="演鉴〔2026〕1号",
                accredited_by="演示知识产权鉴定名录",
                accredited_until=_at(3 * 365, 0).date(),
            )
            save_entry(session, lead, StationContact, told.model_dump())
