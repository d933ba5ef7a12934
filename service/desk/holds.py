"""Goods that are held become a case with a customs track, in one click.

Recordation and dispute are siblings and know nothing of one another; they meet here.
"""

import json
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel
from sqlalchemy.orm import Session

from service.cases.models import Thread
from service.cases.repository import Deadlines
from service.cases.usecases.telling import tell
from service.core.db import DbSession
from service.core.files import Files
from service.core.text import N_
from service.dispute.domain import DisputeKind, RightKind, ServiceLine, Side, Source, TrackKind
from service.dispute.models import DisputeCase, Track
from service.dispute.usecases.opening import Frozen, open_case
from service.dispute.usecases.tracking import open_track
from service.identity.permissions import Actor, Permission, require
from service.identity.replay import OnceRoute
from service.recordation.detention.domain import Side as HoldSide
from service.recordation.detention.errors import CaseLinked
from service.recordation.detention.models import Detention
from service.recordation.detention.repository import Detentions
from service.recordation.detention.schemas_out import DetentionOut, PaperOut
from service.rules.authorities import RightKind as Recorded
from service.rules.authorities import authority

router = APIRouter(include_in_schema=False)
interface = APIRouter(prefix="/api/v1", tags=["detentions"], route_class=OnceRoute)
Opener = Annotated[Actor, Depends(require(Permission.CASE_WRITE))]
SEE_OTHER = 303
SIDES = {HoldSide.HOLDER: Side.HOLDER, HoldSide.EXPORTER: Side.ACCUSED}
RIGHTS = {
    Recorded.TRADEMARK: RightKind.TRADEMARK,
    Recorded.COPYRIGHT: RightKind.COPYRIGHT,
    Recorded.RELATED: RightKind.COPYRIGHT,
    Recorded.PATENT_INVENTION: RightKind.PATENT,
    Recorded.UTILITY_MODEL: RightKind.PATENT,
    Recorded.DESIGN: RightKind.PATENT,
}


class HoldCaseOut(BaseModel):
    """The case a detention became, and its customs track."""

    case_id: UUID
    track_id: UUID


@router.post("/detentions/{detention_id}/case")
def open_from_page(
    detention_id: UUID, request: Request, actor: Opener, session: DbSession
) -> Response:
    """Make a detention a case, and open it."""
    case, _ = case_of_hold(session, request.app.state.files, actor, detention_id)
    return RedirectResponse(f"/cases/{case.id}", SEE_OTHER)


@interface.post("/detentions/{detention_id}/case", status_code=201)
def open_from_interface(
    detention_id: UUID, request: Request, actor: Opener, session: DbSession
) -> HoldCaseOut:
    """Make a detention a case with a customs track; what is known of it becomes evidence."""
    case, track = case_of_hold(session, request.app.state.files, actor, detention_id)
    return HoldCaseOut(case_id=case.id, track_id=track.id)


def case_of_hold(
    session: Session, files: Files, actor: Actor, detention_id: UUID
) -> tuple[DisputeCase, Track]:
    """Open a case of a detention, with the detention frozen as its first evidence.

    Raises:
        NotFound, PermissionDenied, ThreadClosed: not the actor's to change.
        CaseLinked: there is one already.
    """
    actor.need(Permission.CASE_WRITE)
    thread, row = Detentions(session, actor).to_change(detention_id)
    if row.case_id is not None:
        raise CaseLinked(N_("Open the case there is."), case=str(row.case_id))
    case = open_case(
        session,
        files,
        actor,
        values=_values(row),
        owner_id=row.organisation_id,
        station_id=thread.station_id,
        frozen=[_frozen(session, actor, row)],
    )
    place = row.office or authority(row.authority).name.zh
    track = open_track(session, actor, case.id, TrackKind.CUSTOMS, detail={}, body_name=place)
    row.case_id = case.id
    session.flush()
    number = session.get_one(Thread, case.id).number
    href = f"/cases/{case.id}"
    tell(session, actor, thread, "detention.case_opened", href=href, number=number)
    return case, track


def _values(row: Detention) -> dict[str, Any]:
    one = authority(row.authority)
    return {
        "title": f"{row.goods[:120]} · {row.office or one.short}"[:180],
        "service_line": ServiceLine.LEGAL_SERVICE,
        "side": SIDES[row.side],
        "dispute_kind": DisputeKind.CUSTOMS_HOLD,
        "right_kind": RIGHTS.get(row.right_kind, RightKind.OTHER),
        "source": Source.CUSTOMS,
        "source_kind": "detention",
        "source_id": str(row.id),
        "rights": [row.right_text] if row.right_text else [],
        "jurisdiction": one.market,
        "venue": row.office,
        "urgent": True,
        "amount": row.goods_value,
        "currency": row.currency,
        "goods_at_risk": f"{row.goods} {row.quantity}".strip(),
    }


def _frozen(session: Session, actor: Actor, row: Detention) -> Frozen:
    """Return the detention as it stands: particulars, papers, clocks with their reasons."""
    clocks = [
        {
            "rule": one.rule_id,
            "version": one.rule_version,
            "due": one.due_on,
            "status": one.status,
            "explanation": one.explanation,
        }
        for one in Deadlines(session, actor).of(row.id)
    ]
    papers = Detentions(session, actor).papers(row.id)
    told = {
        "detention": DetentionOut.model_validate(row).model_dump(mode="json"),
        "papers": [PaperOut.model_validate(one).model_dump(mode="json") for one in papers],
        "clocks": clocks,
    }
    content = json.dumps(told, ensure_ascii=False, sort_keys=True, default=str)
    return Frozen(
        name=f"detention-{row.id}.json",
        content=content.encode(),
        title="海关扣留情况 Detention as it stood",
        purpose="立案时的货物、送达文书与期限 Goods, papers served and clocks as of the case",
        source=f"/detentions/{row.id}",
    )
