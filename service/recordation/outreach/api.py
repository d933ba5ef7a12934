"""The outreach queue as JSON."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from service.core.db import DbSession
from service.identity.replay import OnceRoute
from service.recordation.outreach.access import Reader, Writer
from service.recordation.outreach.repository import Contacts, Enterprises
from service.recordation.outreach.schemas import (
    ContactIn,
    ContactOut,
    FactorOut,
    NumbersOut,
    RankedOut,
)
from service.recordation.outreach.usecases.calling import add_contact
from service.recordation.outreach.usecases.counting import count
from service.recordation.outreach.usecases.ranking import Ranked, queue, ranked

router = APIRouter(prefix="/api/v1", tags=["outreach"], route_class=OnceRoute)


@router.get("/outreach")
def listing(
    actor: Reader, session: DbSession, limit: Annotated[int, Query(ge=1, le=1000)] = 200
) -> list[RankedOut]:
    """List the enterprises one serves, the most exposed first, each factor with its basis."""
    return [_out(one) for one in queue(session, actor)[:limit]]


@router.get("/outreach/statistics")
def statistics(actor: Reader, session: DbSession, since: date | None = None) -> NumbersOut:
    """Count the work: days to granted, rounds of correction, notices, answers in time."""
    return NumbersOut.model_validate(count(session, actor, since))


@router.get("/outreach/{enterprise_id}")
def one(enterprise_id: UUID, actor: Reader, session: DbSession) -> RankedOut:
    """Give one enterprise with its factors."""
    return _out(ranked(session, actor, enterprise_id))


@router.get("/outreach/{enterprise_id}/contacts")
def contacts(enterprise_id: UUID, actor: Reader, session: DbSession) -> list[ContactOut]:
    """List the contacts with an enterprise, newest first."""
    enterprise = Enterprises(session, actor).get(enterprise_id)
    return [ContactOut.model_validate(row) for row, _ in Contacts(session, actor).of(enterprise.id)]


@router.post("/outreach/{enterprise_id}/contacts", status_code=201)
def add(
    enterprise_id: UUID, body: ContactIn, response: Response, actor: Writer, session: DbSession
) -> ContactOut:
    """Keep one contact with an enterprise."""
    values = body.model_dump()
    row = add_contact(session, actor, enterprise_id, text=values.pop("note"), **values)
    response.headers["Location"] = f"/api/v1/outreach/{enterprise_id}/contacts"
    return ContactOut.model_validate(row)


def _out(one: Ranked) -> RankedOut:
    return RankedOut(
        enterprise_id=one.enterprise.id,
        name_zh=one.enterprise.name_zh,
        name_en=one.enterprise.name_en,
        exposure=one.exposure,
        factors=[
            FactorOut(kind=f.kind, count=f.count, times=f.times, basis=list(f.basis))
            for f in one.factors
        ],
        last_on=one.last.on if one.last else None,
        last_result=one.last.result if one.last else None,
        again_on=one.last.again_on if one.last else None,
    )
