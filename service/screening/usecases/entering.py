"""Entering an equivalent and withdrawing it; the names of a plan with what was entered of them."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from sqlalchemy.orm import Session

from service.core import clock
from service.core.errors import FieldError, Invalid, Problem
from service.core.text import N_
from service.identity.auditing import note
from service.identity.permissions import Actor, Permission
from service.matching.entered import with_rows
from service.matching.meaning import key_of
from service.rules.markets.routes import market_at
from service.screening.equivalent_schemas import EquivalentIn
from service.screening.equivalents import Equivalent, Equivalents, rows_about
from service.screening.judging import EVERYWHERE
from service.screening.plan import Plan


def enter_equivalent(session: Session, actor: Actor, asked: EquivalentIn) -> Equivalent:
    """Enter two names as equivalent, or as found not to be: searches count it from now on.

    Raises:
        PermissionDenied: the actor enters none.
        UnknownMarket: the market is not known.
        Invalid: a name in which nothing can be compared, the same name twice, or entered before.
    """
    actor.need(Permission.EQUIVALENT_WRITE)
    assert actor.organisation_id is not None
    row = Equivalent(
        organisation_id=actor.organisation_id,
        person_id=actor.person_id,
        name=asked.name.strip(),
        name_key=key_of(asked.name),
        other=asked.other.strip(),
        other_key=key_of(asked.other),
        relation=asked.relation,
        market=_market(asked.market.strip()),
        dated_on=asked.dated_on,
        strength=asked.strength,
        source=asked.source.strip(),
        created_at=clock.now(),
    )
    _check(session, actor, row)
    Equivalents(session, actor).add(row)
    note(session, actor, "equivalent.entered", ("equivalent", row.id), strength=row.strength.value)
    return row


def _market(given: str) -> str:
    if given in ("", EVERYWHERE):
        return EVERYWHERE
    try:
        return market_at(given)
    except Problem as problem:
        problem.errors = (FieldError("market", problem.detail, dict(problem.members)),)
        raise


def _check(session: Session, actor: Actor, row: Equivalent) -> None:
    faults = []
    for field, key in (("name", row.name_key), ("other", row.other_key)):
        if not key:
            faults.append(FieldError(field, N_("Enter letters, digits or characters.")))
    if row.name_key == row.other_key and not faults:
        faults.append(FieldError("other", N_("Both names are the same.")))
    if not row.source:
        faults.append(FieldError("source", N_("Name the decision or publication.")))
    if row.dated_on is not None and row.dated_on > clock.today():
        faults.append(FieldError("dated_on", N_("Choose a day that is not in the future.")))
    if not faults and Equivalents(session, actor).same(row):
        faults.append(FieldError("name", N_("Your station has entered this before.")))
    if faults:
        raise Invalid(N_("Please correct the marked fields."), errors=faults)


def withdraw_equivalent(session: Session, actor: Actor, equivalent_id: UUID) -> None:
    """Withdraw what one's station entered; answers given before stay as they were given.

    Raises:
        PermissionDenied: the actor enters none.
        NotFound: there is none in force that the station entered.
    """
    actor.need(Permission.EQUIVALENT_WRITE)
    row = Equivalents(session, actor).own(equivalent_id)
    row.ended_at = clock.now()
    session.flush()
    note(session, actor, "equivalent.withdrawn", ("equivalent", row.id))


def with_equivalents(session: Session, plans: Sequence[Plan]) -> list[Plan]:
    """Return plans whose names ask for what was entered of them too, as of now."""
    keys = {key_of(name.text) for plan in plans for name in plan.names}
    rows = rows_about(session, keys)
    if not rows:
        return list(plans)
    return [
        replace(
            plan,
            names=tuple(
                replace(name, prepared=with_rows(name.prepared, rows)) for name in plan.names
            ),
        )
        for plan in plans
    ]
