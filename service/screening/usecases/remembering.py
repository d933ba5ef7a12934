"""Joining what was decided before to the hits of an answer: when it is made, and when shown."""

from collections.abc import Mapping, Sequence

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
    if actor.organisation_id is None or not answer.hits:
        return answer
    ours = known_as(session, actor)
    notes = decisions_on(session, actor, answer)
    kin = relations(session, actor, answer.hits)
    hits = [
        hit.model_copy(update={"decision": notes.get(hit.hit_id), "relation": kin.get(hit.hit_id)})
        for hit in answer.hits
    ]
    borders = [as_known(one, ours) for one in answer.borders]
    return answer.model_copy(update={"hits": hits, "borders": borders})


def decisions_on(
    session: Session, actor: Actor, answer: ScreeningOut
) -> Mapping[str, DecisionNote]:
    """Return what is decided of the hits of an answer as of now, by hit id."""
    keys = {fold(hit.name) for hit in answer.hits}
    remembered = Decisions(session, actor).remembered(keys) if keys else ()
    found = {hit.hit_id: _fitting(hit, remembered) for hit in answer.hits}
    return {
        hit.hit_id: _note(row, hit, answer)
        for hit in answer.hits
        if (row := found[hit.hit_id]) is not None
    }


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


def relations(session: Session, actor: Actor, hits: Sequence[HitOut]) -> dict[str, Relation]:
    """Return how the actor's organisation stands to the owners of hits, where it does."""
    ours = own_names(session, actor)
    recorded = {(h.mark.office, h.mark.number) for h in hits if h.mark.recorded_with}
    users = authorised_users(session, recorded)
    found = {}
    for hit in hits:
        if ours & set(owner_key(hit.mark.owner).split(OWNERS)):
            found[hit.hit_id] = Relation.SAME_OWNER
        elif ours & users.get((hit.mark.office, hit.mark.number), set()):
            found[hit.hit_id] = Relation.AUTHORISED_USER
    return found
