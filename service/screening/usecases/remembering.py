"""Joining what was decided before to the hits of an answer: when it is made, and when shown."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from sqlalchemy.orm import Session

from service.core import clock
from service.identity.permissions import Actor
from service.registry.prepared import fold
from service.screening.border import as_known
from service.screening.decided import OWNERS, owner_key, reopenings, rested_of, rested_on
from service.screening.domain import DecisionScope, DecisionState, Relation, Reopening
from service.screening.models import Decision
from service.screening.recorded import known_as
from service.screening.remembered import Decisions, authorised_users, own_names
from service.screening.schemas import DecisionNote, HitOut, ScreeningOut


def with_decisions(session: Session, actor: Actor, answer: ScreeningOut) -> ScreeningOut:
    """Return a fresh answer with what the actor's organisation decided of its hits before.

    Verdicts stay as they are: a decision is a person's word beside the register's. Whether the
    organisation stands on the lists of customs on the way is told with it.
    """
    return with_decisions_on(session, actor, [answer])[0]


def with_decisions_on(
    session: Session, actor: Actor, answers: Sequence[ScreeningOut]
) -> list[ScreeningOut]:
    """Return several fresh answers as `with_decisions` returns one."""
    if actor.organisation_id is None:
        return list(answers)
    hits = [hit for answer in answers for hit in answer.hits]
    known = _Known(
        known_as(session, actor),
        own_names(session, actor),
        authorised_users(session, {mark_of(hit) for hit in hits if hit.mark.recorded_with}),
        _remembered(session, actor, hits),
    )
    return [_joined(answer, known) if answer.hits else answer for answer in answers]


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of an organisation and of the marks in some answers."""

    listed_as: frozenset[str]
    owner_names: frozenset[str]
    users: Mapping[tuple[str, str], Set[str]]
    remembered: Sequence[Decision]


def _joined(answer: ScreeningOut, known: _Known) -> ScreeningOut:
    hits = []
    for hit in answer.hits:
        row = _fitting(hit, known.remembered)
        told = _note(row, hit, answer) if row else None
        hits.append(hit.model_copy(update={"decision": told, "relation": _relation(hit, known)}))
    borders = [as_known(one, known.listed_as) for one in answer.borders]
    return answer.model_copy(update={"hits": hits, "borders": borders})


def decisions_on(
    session: Session, actor: Actor, answer: ScreeningOut
) -> Mapping[str, DecisionNote]:
    """Return what is decided of the hits of an answer as of now, by hit id."""
    remembered = _remembered(session, actor, answer.hits)
    found = {hit.hit_id: _fitting(hit, remembered) for hit in answer.hits}
    return {
        hit.hit_id: _note(row, hit, answer)
        for hit in answer.hits
        if (row := found[hit.hit_id]) is not None
    }


def _remembered(session: Session, actor: Actor, hits: Sequence[HitOut]) -> Sequence[Decision]:
    keys = {fold(hit.name) for hit in hits}
    return Decisions(session, actor).remembered(keys) if keys else ()


def _fitting(hit: HitOut, remembered: Sequence[Decision]) -> Decision | None:
    """Return the newest decision that is about a hit, the narrowest scope first."""
    fitting = [row for row in remembered if _is_about(row, hit)]
    order = list(DecisionScope)
    return min(fitting, key=lambda row: order.index(row.scope), default=None)


def _is_about(row: Decision, hit: HitOut) -> bool:
    if row.name_key != fold(hit.name):
        return False
    if row.scope is DecisionScope.OWNER:
        return bool(row.owner_key) and row.owner_key == owner_key(hit.mark.owner)
    same = (row.office, row.number) == (hit.mark.office, hit.mark.number)
    return same and (row.scope is DecisionScope.PAIR or row.market in hit.markets)


def _note(row: Decision, hit: HitOut, answer: ScreeningOut) -> DecisionNote:
    why = {
        *map(Reopening, row.reopened_for if row.state is DecisionState.REOPENED else ()),
        *reopenings(
            row.scope,
            rested_of(row.rested_on),
            rested_on(hit, answer),
            expires_on=row.expires_on,
            on=clock.today(),
        ),
    }
    return DecisionNote(
        decision_id=row.id,
        kind=row.kind,
        scope=row.scope,
        market=row.market,
        reason=row.reason,
        person_id=row.person_id,
        at=row.created_at,
        expires_on=row.expires_on,
        reopened=[reason for reason in Reopening if reason in why],
    )


def mark_of(hit: HitOut) -> tuple[str, str]:
    """Return office and number of the mark of a hit."""
    return hit.mark.office, hit.mark.number


def _relation(hit: HitOut, known: _Known) -> Relation | None:
    """Return how the organisation stands to the owner of a hit, where the register shows it."""
    if known.owner_names & set(owner_key(hit.mark.owner).split(OWNERS)):
        return Relation.SAME_OWNER
    if known.owner_names & known.users.get(mark_of(hit), frozenset()):
        return Relation.AUTHORISED_USER
    return None
