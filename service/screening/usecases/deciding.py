"""Deciding on a hit, and taking a decision back."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from service.core import clock
from service.core.errors import FieldError, NotFound
from service.core.text import N_
from service.identity.auditing import note
from service.identity.permissions import Actor, Permission
from service.registry.holdings import StoredFiles
from service.registry.prepared import fold
from service.screening.decided import owner_key, rested_on
from service.screening.domain import DecisionKind, DecisionScope, DecisionState
from service.screening.errors import DecisionWrong
from service.screening.models import Decision
from service.screening.remembered import Decisions
from service.screening.schemas import HitOut, ScreeningOut
from service.screening.usecases.papers import ask_for_paper, paper_of_decision
from service.screening.usecases.screening import fetch_screening


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a person decides on a hit."""

    kind: DecisionKind
    reason: str
    scope: DecisionScope = DecisionScope.PAIR
    market: str = ""
    file_id: UUID | None = None
    """Evidence: a stored file of the organisation."""
    expires_on: date | None = None
    """The last day it stands; None: for good."""


def decide(
    session: Session, actor: Actor, screening_id: UUID, hit_id: str, ruling: Ruling
) -> Decision:
    """Decide on a hit of a screening; what was decided before in the same scope is replaced.

    Raises:
        PermissionDenied: the actor decides nothing.
        NotFound: no such screening, hit or file.
        DecisionWrong: a scope that does not fit the hit, or an expiry that has passed.
    """
    actor.need(Permission.DECISION_WRITE)
    answer = ScreeningOut.model_validate_json(fetch_screening(session, actor, screening_id))
    hit = hit_of(answer, hit_id)
    _check(hit, ruling)
    if ruling.file_id is not None:
        StoredFiles(session, actor).own(ruling.file_id)
    assert actor.organisation_id is not None
    row = Decision(
        organisation_id=actor.organisation_id,
        person_id=actor.person_id,
        screening_id=screening_id,
        name_key=fold(hit.name),
        name=hit.name,
        office=hit.mark.office,
        number=hit.mark.number,
        text=hit.mark.text,
        owner_key=owner_key(hit.mark.owner),
        kind=ruling.kind,
        reason=ruling.reason,
        scope=ruling.scope,
        market=ruling.market if ruling.scope is DecisionScope.MARKET else "",
        file_id=ruling.file_id,
        expires_on=ruling.expires_on,
        rested_on=rested_on(hit, answer).stored(),
        state=DecisionState.STANDING,
        reopened_for=[],
        created_at=clock.now(),
    )
    _replace(session, actor, row)
    Decisions(session, actor).add(row)
    paper = paper_of_decision(row.kind)
    if paper is not None and row.file_id is None:
        ask_for_paper(session, actor, paper, row.office, row.number, text=row.text)
    note(session, actor, "decision.made", ("decision", row.id), kind=row.kind.value)
    return row


def hit_of(answer: ScreeningOut, hit_id: str) -> HitOut:
    """Return a hit of an answer by its id; raise `NotFound` where there is none."""
    found = next((hit for hit in answer.hits if hit.hit_id == hit_id), None)
    if found is None:
        raise NotFound(N_("There is no such hit."))
    return found


def _check(hit: HitOut, ruling: Ruling) -> None:
    faults = []
    if ruling.scope is DecisionScope.MARKET and ruling.market not in hit.markets:
        faults.append(FieldError("market", N_("Choose a market in which the mark binds.")))
    if ruling.scope is DecisionScope.OWNER and not owner_key(hit.mark.owner):
        faults.append(FieldError("scope", N_("The register names no owner of this mark.")))
    if ruling.expires_on is not None and ruling.expires_on < clock.today():
        faults.append(FieldError("expires_on", N_("Choose a day that has not passed.")))
    if faults:
        raise DecisionWrong(N_("Please correct the marked fields."), errors=faults)


def _replace(session: Session, actor: Actor, fresh: Decision) -> None:
    for row in Decisions(session, actor).remembered([fresh.name_key]):
        about = (row.scope, row.market, row.owner_key if row.scope is DecisionScope.OWNER else "")
        same = about == (
            fresh.scope,
            fresh.market,
            fresh.owner_key if fresh.scope is DecisionScope.OWNER else "",
        )
        pair = (row.office, row.number) == (fresh.office, fresh.number)
        if same and (pair or row.scope is DecisionScope.OWNER):
            row.state, row.ended_at = DecisionState.REPLACED, clock.now()
    session.flush()


def withdraw_decision(session: Session, actor: Actor, decision_id: UUID) -> Decision:
    """Take a decision back: it is remembered no more. Twice is no error."""
    actor.need(Permission.DECISION_WRITE)
    row = Decisions(session, actor).get(decision_id)
    if row.state in {DecisionState.STANDING, DecisionState.REOPENED}:
        row.state, row.ended_at = DecisionState.WITHDRAWN, clock.now()
        session.flush()
        note(session, actor, "decision.withdrawn", ("decision", row.id))
    return row
