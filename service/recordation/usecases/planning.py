"""The recordation planner: for one right, what every authority would take and give."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from service.core import clock
from service.core.errors import Problem
from service.identity.permissions import Actor
from service.recordation.models import Asset, Filing
from service.recordation.repository import Filings
from service.recordation.usecases.cases import planned_case
from service.recordation.usecases.filings import check_files_there
from service.recordation.usecases.readiness import Readiness, readiness
from service.rules.authorities import (
    Act,
    Authority,
    FeeAnswer,
    Reckoned,
    Standing,
    authorities,
    decision_due,
    fee_for,
    term_end,
)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a filing with one authority would be."""

    authority: Authority
    filing: Filing | None
    readiness: Readiness | None
    """None where no filing can be prepared; `barred` says why."""
    barred: Problem | None
    fee: FeeAnswer
    decision: Reckoned
    """If it were received complete today."""
    term: Reckoned
    """If it were granted today."""


def plan(session: Session, actor: Actor, asset: Asset) -> list[Plan]:
    """Return the plan of a right for every authority that was researched."""
    filings = {row.authority: row for row in Filings(session, actor).of_assets([asset.id])[::-1]}
    return [
        _of(session, actor, asset, one, filings.get(one.code))
        for one in authorities()
        if one.standing is not Standing.NOT_RESEARCHED
    ]


def _of(
    session: Session, actor: Actor, asset: Asset, one: Authority, filing: Filing | None
) -> Plan:
    today, found, barred = clock.today(), None, None
    try:
        check_files_there(one, asset, "")
        found = readiness(planned_case(session, actor, asset, one))
    except Problem as problem:
        barred = problem
    classes = max(len(asset.classes), 1)
    return Plan(
        authority=one,
        filing=filing,
        readiness=found,
        barred=barred,
        fee=fee_for(one, asset.kind, Act.FILING, classes=classes, on=today),
        decision=decision_due(one, today),
        term=term_end(one, asset.kind, today, asset.expires_on),
    )
