"""A case with its people, and what its guards ask for."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from service.cases.domain import EvidenceKind, Obtained, Scan
from service.cases.models import Evidence
from service.cases.usecases.evidence import add_evidence
from service.core.files import Files
from service.dispute.domain import (
    DisputeKind,
    PartyRole,
    RightKind,
    ServiceLine,
    Side,
    Source,
    TrackKind,
)
from service.dispute.models import DisputeCase, Track
from service.dispute.repository import parties_of
from service.dispute.usecases.mediating import (
    hold_session,
    set_session,
    sign_agreement,
    write_agreement,
)
from service.dispute.usecases.opening import open_case
from service.dispute.usecases.tracking import change_track, move_track, open_track
from tests.db.cases.matters import Cast

NOW = datetime(2026, 9, 28, 2, tzinfo=UTC)
VALUES: dict[str, Any] = {
    "title": "YADEA held at the port",
    "service_line": ServiceLine.MEDIATION,
    "side": Side.HOLDER,
    "dispute_kind": DisputeKind.INFRINGEMENT,
    "right_kind": RightKind.TRADEMARK,
    "source": Source.COUNTER,
    "rights": ["CN 1234567"],
    "jurisdiction": "CN",
}
PARTIES = (
    {"role": PartyRole.APPLICANT, "name": "无锡演示车业有限公司"},
    {"role": PartyRole.RESPONDENT, "name": "Acme Trading LLC"},
)


def make_case(session: Session, cast: Cast, home: Path, **values: Any) -> DisputeCase:
    """Open a case of the owner in the station's hands."""
    return open_case(
        session,
        Files(home),
        cast.owner.actor,
        values=VALUES | values,
        parties=PARTIES,
        station_id=cast.station.organisation_id,
    )


def make_evidence(
    session: Session,
    cast: Cast,
    case: UUID,
    home: Path,
    *,
    part: UUID | None = None,
    content: bytes = b"%PDF-1.7 proof",
    **details: Any,
) -> Evidence:
    """Take a small file in."""
    values = {"title": "证明", "kind": EvidenceKind.DOCUMENT, "obtained": Obtained.NOTARISED}
    return add_evidence(
        session,
        cast.station.actor,
        case,
        Files(home).put([content], limit=1 << 20),
        media_type="application/pdf",
        scan=Scan.NOT_SCANNED,
        name="a.pdf",
        values=values | details,
        part_id=part,
    )


class Mediation:
    """One mediation, led step by step."""

    def __init__(self, session: Session, cast: Cast, home: Path, **values: Any) -> None:
        self.session, self.cast, self.home = session, cast, home
        self.case = make_case(session, cast, home, **values)
        actor = cast.station.actor
        self.track = open_track(session, actor, self.case.id, TrackKind.MEDIATION, detail={})

    def step(self, event: str, *, when: date | None = None, note: str = "") -> Track:
        """Take a step as the mediator."""
        return move_track(
            self.session,
            self.cast.station.actor,
            self.case.id,
            self.track.id,
            event,
            version=self.track.version,
            when=when,
            note=note,
        )

    def told(self, **detail: str) -> None:
        """Enter what the guards ask."""
        change_track(
            self.session,
            self.cast.station.actor,
            self.case.id,
            self.track.id,
            version=self.track.version,
            detail=detail,
        )

    def appoint(self) -> None:
        """Come as far as the mediator's appointment."""
        self.step("invite")
        self.told(respondent_consents="yes", mediator="王芳")
        self.step("appoint", when=date(2026, 9, 28))

    def meet(self) -> None:
        """Hold one meeting."""
        actor, at = self.cast.station.actor, NOW + timedelta(days=1)
        place = (self.session, actor, self.case.id, self.track.id)
        one = set_session(*place, at=at, place="301 室")
        self.step("open")
        came = [{"name": "李四", "identity_checked": True}]
        hold_session(*place, one.id, record="双方到场", recording_agreed=True, attendees=came)

    def sign(self) -> None:
        """Write and sign the agreement."""
        actor = self.cast.station.actor
        place = (self.session, actor, self.case.id, self.track.id)
        write_agreement(*place, {"clauses": "停止使用", "perform_by": date(2026, 12, 1)})
        for party in parties_of(self.session, self.case.id):
            sign_agreement(*place, party.id, on=date(2026, 9, 28))

    def agree(self) -> None:
        """Come as far as the agreement."""
        self.appoint()
        self.meet()
        self.sign()
        self.step("agree", when=date(2026, 9, 28))
