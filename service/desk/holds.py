"""Goods that are held become a case with a customs track, or a track of the case there is.

Recordation and dispute are siblings and know nothing of one another; they meet here.
"""

import json
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Body, Depends, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.orm import Session

from service.cases.models import Thread
from service.cases.repository import Deadlines, Threads
from service.cases.usecases.telling import tell
from service.core.db import DbSession
from service.core.errors import FieldError, Invalid
from service.core.files import Files
from service.core.text import N_
from service.dispute.domain import (
    DisputeKind,
    GoodsOutcome,
    RightKind,
    ServiceLine,
    Side,
    Source,
    TrackKind,
)
from service.dispute.models import DisputeCase, Track
from service.dispute.repository import Cases
from service.dispute.usecases.opening import Frozen, freeze, open_case
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
from service.ui.forms import Form, PostedForm, read_form
from service.ui.render import page

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


class HoldCaseIn(BaseModel):
    """The case a detention joins; none for a new one."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{}]})

    case_id: Annotated[UUID | None, Field(title=N_("Case"))] = None


@router.get("/detentions/{detention_id}/case")
def choose_page(
    detention_id: UUID, request: Request, actor: Opener, session: DbSession
) -> Response:
    """Ask which case a detention belongs to: a new one, or one of the enterprise's open ones."""
    return _choice(request, session, actor, detention_id)


@router.post("/detentions/{detention_id}/case")
def open_from_page(
    detention_id: UUID, request: Request, actor: Opener, session: DbSession, sent: PostedForm
) -> Response:
    """Make a detention a case, or join it to one, and open that."""
    try:
        joins = read_form(HoldCaseIn, sent).case_id
        with session.begin_nested():
            case, _ = case_of_hold(session, request.app.state.files, actor, detention_id, joins)
    except Invalid as problem:
        again = Form.after(problem, sent)
        return _choice(request, session, actor, detention_id, again, status=problem.status)
    return RedirectResponse(f"/cases/{case.id}", SEE_OTHER)


def _choice(
    request: Request,
    session: Session,
    actor: Actor,
    detention_id: UUID,
    form: Form | None = None,
    *,
    status: int = 200,
) -> Response:
    thread, row = Detentions(session, actor).to_change(detention_id)
    there = Cases(session, actor).open_of(thread.organisation_id)
    cases = [(str(case.id), f"{one.number} {case.title}".strip()) for one, case in there]
    shown = form or Form()
    return page(request, "desk/hold_case.html", status=status, row=row, cases=cases, form=shown)


@interface.post("/detentions/{detention_id}/case", status_code=201)
def open_from_interface(
    detention_id: UUID,
    request: Request,
    actor: Opener,
    session: DbSession,
    body: Annotated[HoldCaseIn, Body(default_factory=HoldCaseIn)],
) -> HoldCaseOut:
    """Make a detention a case with a customs track, or a track of the case that is named."""
    files = request.app.state.files
    case, track = case_of_hold(session, files, actor, detention_id, body.case_id)
    return HoldCaseOut(case_id=case.id, track_id=track.id)


def case_of_hold(
    session: Session, files: Files, actor: Actor, detention_id: UUID, joins: UUID | None = None
) -> tuple[DisputeCase, Track]:
    """Open a case of a detention, or a track of the case it joins; the detention is frozen there.

    Raises:
        NotFound, PermissionDenied, ThreadClosed: not the actor's to change.
        CaseLinked: there is one already.
        Invalid: the case it shall join is another enterprise's.
    """
    actor.need(Permission.CASE_WRITE)
    thread, row = Detentions(session, actor).to_change(detention_id)
    if thread.case_id is not None:
        raise CaseLinked(N_("Open the case there is."), case=str(thread.case_id))
    frozen = [_frozen(session, actor, row)]
    if joins is not None:
        case = _case_there(session, actor, row, joins)
        freeze(session, files, actor, case.id, frozen)
    else:
        case = open_case(
            session,
            files,
            actor,
            values=_values(row),
            owner_id=row.organisation_id,
            station_id=thread.station_id,
            frozen=frozen,
        )
    place = row.office or authority(row.authority).name.zh
    track = open_track(session, actor, case.id, TrackKind.CUSTOMS, detail={}, body_name=place)
    thread.case_id = case.id
    if case.goods_outcome is GoodsOutcome.NONE:
        case.goods_outcome = GoodsOutcome.HELD
    session.flush()
    session.expire(row, ["case_id"])
    number = session.get_one(Thread, case.id).number
    href = f"/cases/{case.id}"
    tell(session, actor, thread, "detention.case_opened", href=href, number=number)
    return case, track


def _case_there(session: Session, actor: Actor, row: Detention, case_id: UUID) -> DisputeCase:
    thread, case = Cases(session, actor).get(case_id)
    Threads(session, actor).to_change(thread.id)
    if thread.organisation_id != row.organisation_id:
        detail = N_("That case is another enterprise's.")
        raise Invalid(detail, errors=[FieldError("case_id", detail)])
    return case


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
