"""Two invented months of the station's work, so that its report has figures.

Each step is taken at its own moment by the use cases that people's forms call.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from service.core import clock
from service.core.db import Database
from service.demonstration.files import read_rows
from service.demonstration.repository import Demonstration
from service.dispute.domain import DisputeKind, RightKind, ServiceLine, Side, TrackKind
from service.dispute.repository import parties_of
from service.dispute.usecases.mediating import (
    hold_session,
    set_session,
    sign_agreement,
    write_agreement,
)
from service.dispute.usecases.tracking import change_track, move_track, open_track
from service.identity.permissions import Actor
from service.report.usecases.issuing import issue_report
from service.station.domain import Channel, Conflict, FollowWay, Rating
from service.station.models import Intake
from service.station.usecases.checking import check_intake, clear_check
from service.station.usecases.consulting import write_answer
from service.station.usecases.following import note_follow_up
from service.station.usecases.moving import move_intake
from service.station.usecases.promoting import promote
from service.station.usecases.taking import take_in

ISSUED = "2026-09"
"""The month whose report is issued; the next is there to read."""


@dataclass(frozen=True, slots=True)
class Matter:
    """One matter: when it came, from whom, which way, and what became of it."""

    on: date
    code: str
    """Enterprise in `organisations.csv`; empty: a walk-in."""
    channel: Channel
    line: ServiceLine
    market: str
    title: str
    ends: str
    """`answer`, `promote`, `agree`, `fail`, `turn_down`, `pass_on`; empty: it still waits."""
    days: int
    """Until it was accepted or turned down."""
    rating: Rating | None


def matters() -> list[Matter]:
    """Return the matters of `matters.csv`, in order of their days."""
    return [
        Matter(
            on=date.fromisoformat(row["on"]),
            code=row["code"],
            channel=Channel(row["channel"]),
            line=ServiceLine(row["line"]),
            market=row["market"],
            title=row["title"],
            ends=row["ends"],
            days=int(row["days"]),
            rating=Rating(row["rating"]) if row["rating"] else None,
        )
        for row in read_rows("matters.csv")
    ]


def fill_station(database: Database) -> None:
    """Make the station's two months and issue the first, once; a second run changes nothing."""
    with database.read() as session:
        if Demonstration(session).worked():
            return
    with database.write() as session:
        demonstration = Demonstration(session)
        people = demonstration.people()
        if "lead" not in people:
            return
        lead = people["lead"]
        by_code = demonstration.enterprises()
        owners = {
            row["code"]: by_code[row["uscc"]]
            for row in read_rows("organisations.csv")
            if row["uscc"] in by_code
        }
        work = Work(session, Actor(lead.id, lead.organisation_id, lead.role), owners)
        for number, matter in enumerate(matters(), start=1):
            work.through(number, matter)
        with clock.at(_at(date(2026, 10, 8))):
            issue_report(session, work.lead, period=ISSUED)


def _at(on: date, hours: int = 2) -> datetime:
    """Return a moment of a day: ten in the morning in Beijing unless told."""
    return datetime(on.year, on.month, on.day, hours, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Work:
    """The lead at work: the demonstration has one person do all steps."""

    session: Session
    lead: Actor
    owners: Mapping[str, UUID]

    def through(self, number: int, matter: Matter) -> None:
        """Take a matter in and lead it to where it ends."""
        with clock.at(_at(matter.on)):
            row = take_in(
                self.session,
                self.lead,
                values=_values(number, matter),
                opponents=(f"演示·对方{number}",),
                owner_id=self.owners.get(matter.code),
            )
        if not matter.ends:
            return
        with clock.at(_at(matter.on + timedelta(days=matter.days))):
            self._decide(matter, row)
        if matter.rating is not None:
            with clock.at(_at(matter.on + timedelta(days=matter.days + 9))):
                self._ask(matter, row)

    def _decide(self, matter: Matter, row: Intake) -> None:
        if matter.ends in {"turn_down", "pass_on"}:
            goal = {"passed_to": "演示区市场监督管理局"} if matter.ends == "pass_on" else {}
            self._move(row, matter.ends, note="演示", **goal)
            return
        check_intake(self.session, self.lead, row.id)
        if row.conflict is Conflict.FOUND:
            clear_check(self.session, self.lead, row.id, note="同一企业的另一事项")
        self._move(row, "accept")
        if matter.ends == "answer":
            write_answer(self.session, self.lead, row.id, text="演示答复：先筛查，再备案。")
            self._move(row, "answer")
            self._move(row, "close")
            return
        promote(self.session, self.lead, row.id, version=row.version)
        if matter.ends in {"agree", "fail"}:
            self._mediate(matter, row.id)

    def _move(self, row: Intake, event: str, **told: Any) -> None:
        move_intake(self.session, self.lead, row.id, event, version=row.version, **told)

    def _mediate(self, matter: Matter, case_id: UUID) -> None:
        """Mediate as far as the agreement, or until it fails."""
        on = matter.on + timedelta(days=matter.days)
        track = open_track(self.session, self.lead, case_id, TrackKind.MEDIATION, detail={})
        place = (self.session, self.lead, case_id, track.id)
        move_track(*place, "invite", version=track.version)
        detail = {"respondent_consents": "yes", "mediator": "演示·调解员"}
        change_track(*place, version=track.version, detail=detail)
        move_track(*place, "appoint", version=track.version, when=on)
        meeting = set_session(*place, at=_at(on, 6), place="演示调解室")
        move_track(*place, "open", version=track.version)
        came = [{"name": "演示·双方", "identity_checked": True}]
        hold_session(*place, meeting.id, record="演示笔录", recording_agreed=True, attendees=came)
        if matter.ends == "fail":
            move_track(*place, "fail", version=track.version, note="演示：分歧过大")
            return
        write_agreement(
            *place, {"clauses": "演示：停止使用", "perform_by": on + timedelta(days=30)}
        )
        for party in parties_of(self.session, case_id):
            sign_agreement(*place, party.id, on=on)
        move_track(*place, "agree", version=track.version, when=on)

    def _ask(self, matter: Matter, row: Intake) -> None:
        values = {
            "on": matter.on + timedelta(days=matter.days + 9),
            "way": FollowWay.PHONE,
            "spoke_with": "演示·联系人",
            "rating": matter.rating,
            "note": "",
        }
        note_follow_up(self.session, self.lead, row.id, values)


def _values(number: int, matter: Matter) -> dict[str, Any]:
    return {
        "channel": matter.channel,
        "service_line": matter.line,
        "title": matter.title,
        "visitor": f"演示·来访人{number}",
        "contact": "演示",
        "side": Side.HOLDER,
        "dispute_kind": DisputeKind.INFRINGEMENT,
        "right_kind": RightKind.TRADEMARK,
        "jurisdiction": matter.market,
        "rights": [],
        "marks": [],
        "references": [],
    }
