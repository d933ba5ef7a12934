"""Making an accepted matter of the desk a case: nothing is typed again."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from service.cases.domain import ThreadKind
from service.cases.usecases.moving import move
from service.cases.usecases.telling import tell
from service.core.errors import Stale
from service.core.text import N_
from service.dispute.domain import ServiceLine, Source
from service.dispute.models import DisputeCase
from service.dispute.usecases.opening import case_of_thread
from service.identity.permissions import Actor
from service.identity.repository import Organisations
from service.station.domain import Channel
from service.station.errors import IntakePromoted
from service.station.models import Intake
from service.station.repository import Intakes
from service.station.tables import INTAKE

SOURCES: Mapping[Channel, Source] = {
    Channel.COUNTER: Source.COUNTER,
    Channel.HOTLINE_12345: Source.PHONE,
    Channel.HOTLINE_12315: Source.PHONE,
    Channel.WEB: Source.WEB,
    Channel.VISIT: Source.PATROL,
    Channel.SCREENING: Source.SCREENING,
    Channel.WATCH: Source.WATCH,
    Channel.DETENTION: Source.CUSTOMS,
    Channel.COURT: Source.COURT,
    Channel.OFFICE: Source.OTHER_STATION,
    Channel.OTHER_STATION: Source.OTHER_STATION,
}
COPIED = (
    "title",
    "side",
    "dispute_kind",
    "right_kind",
    "jurisdiction",
    "rights",
    "facts",
    "goods_at_risk",
    "urgent",
    "received_at",
)


def promote(
    session: Session,
    actor: Actor,
    intake_id: UUID,
    *,
    version: int,
    service_line: ServiceLine | None = None,
    owner_id: UUID | None = None,
) -> DisputeCase:
    """Make an intake a case: the same thread, with its evidence, parties, clocks and timeline.

    `service_line`: What the case is for, where it is no longer a consultation.
    `owner_id`: The enterprise whose case it is, where it has an account only now.

    Raises:
        IntakePromoted: it is one already; and whatever `move` raises.
    """
    thread, row = Intakes(session, actor).get(intake_id)
    if thread.kind is not ThreadKind.INTAKE:
        raise IntakePromoted(N_("Go on in the case {number}."), number=thread.number)
    if row.version != version:
        raise Stale(N_("Somebody changed this meanwhile. Open it again."), version=row.version)
    move(session, actor, thread, row, INTAKE, "promote", version=row.version)
    if owner_id is not None:
        thread.organisation_id = Organisations(session).get(owner_id).id
    case = case_of_thread(
        session, actor, thread, values=_values(row, service_line or row.service_line)
    )
    tell(session, actor, thread, "intake.promoted", number=row.number, case=thread.number)
    return case


def _values(row: Intake, line: ServiceLine) -> dict[str, Any]:
    return {
        **{name: getattr(row, name) for name in COPIED},
        "service_line": line,
        "source": SOURCES[row.channel],
        "source_kind": "intake",
        "source_id": row.number,
    }
