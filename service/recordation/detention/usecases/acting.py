"""Steps of our own: answers to customs, what became of the goods, the end."""

from sqlalchemy.orm import Session

from service.cases.models import Thread
from service.cases.moves import Missing, Move, Step, missing_for
from service.cases.reckoning import ZONE, local_day
from service.cases.usecases.threads import close_thread
from service.core import clock
from service.core.errors import FieldError, Invalid, PermissionDenied
from service.core.text import N_
from service.identity.permissions import Actor, Permission
from service.recordation.detention.domain import Disposal, disposals_at
from service.recordation.detention.entries import StepEntry
from service.recordation.detention.guards import FITS
from service.recordation.detention.models import Detention
from service.recordation.detention.places import zone_of
from service.recordation.detention.repository import Detentions
from service.recordation.detention.tables import table_of
from service.recordation.detention.usecases.stepping import facts_of, make_step
from service.recordation.errors import OfficerOnlyChecks
from service.recordation.repository import check_acts_for, may_act_for
from service.recordation.usecases.moving import is_officer


def offered(session: Session, actor: Actor, detention: Detention) -> tuple[Move, ...]:
    """Return the steps a person may take now: by role, mandate, status, and what exists there."""
    thread = session.get_one(Thread, detention.id)
    acts = not is_officer(session, actor) and may_act_for(session, actor, detention.organisation_id)
    return tuple(
        row
        for row in table_of(detention.side).from_(detention.status)
        if actor.can(row.permission)
        and (row.permission is not Permission.DETENTION_ACT or acts)
        and not any(_unfit(Step(session, actor, thread, detention, row)))
    )


def _unfit(step: Step) -> list[Missing]:
    return [m for name in step.move.guards if name in FITS and (m := FITS[name](step))]


def misses(session: Session, actor: Actor, detention: Detention, row: Move) -> list[Missing]:
    """Return what a step would miss now, but for what is entered with the step itself."""
    thread = session.get_one(Thread, detention.id)
    told = StepEntry(receipt="-", liability_read=True, disposal=Disposal.DESTROYED).values()
    step = Step(session, actor, thread, detention, row, values={**told, "stated_due": "-"})
    return missing_for(step, table_of(detention.side))


def take_step(
    session: Session,
    actor: Actor,
    detention: Detention,
    event: str,
    entry: StepEntry,
    *,
    version: int,
) -> Detention:
    """Take a step that no paper makes, or whose paper is not at hand.

    Raises:
        OfficerOnlyChecks: a customs officer answers for nobody.
        MandateMissing: no power of attorney is in force.
        MoveNotAllowed, MoveNotReady, MoveIncomplete, Stale: see `cases.usecases.moving.move`.
        Invalid: a day still to come, or before the first paper; a disposal that is not done there.
    """
    row = table_of(detention.side).find(detention.status, event)
    actor.need(row.permission)
    if row.permission is Permission.DETENTION_ACT:
        if is_officer(session, actor):
            raise OfficerOnlyChecks(N_("The party or its agent answers customs; enter papers."))
        check_acts_for(session, actor, detention.organisation_id)
    elif row.permission is Permission.DETENTION_CLOSE and is_officer(session, actor):
        raise PermissionDenied(N_("The party or its station closes it."))
    _check_step(session, actor, detention, row, entry)
    make_step(
        session,
        actor,
        detention,
        event,
        version=version,
        when=entry.when,
        note=entry.note,
        proof=entry.receipt,
        facts=facts_of(detention),
        values=entry.values(),
    )
    _keep(detention, entry)
    session.flush()
    if row.target == "closed":
        close_thread(session, actor, session.get_one(Thread, detention.id), note=entry.note)
    return detention


def _check_step(
    session: Session, actor: Actor, detention: Detention, row: Move, entry: StepEntry
) -> None:
    day, here_and_there = entry.when and local_day(entry.when), (ZONE, zone_of(detention))
    errors = []
    if day and all(day > local_day(clock.now(), zone) for zone in here_and_there):
        errors.append(FieldError("when", N_("That day is still to come.")))
    first = next(iter(Detentions(session, actor).papers(detention.id)), None)
    begun = min(local_day(first.served_at, zone) for zone in here_and_there) if first else None
    if day and begun and day < begun and row.event != "present":
        errors.append(FieldError("when", N_("That lies before the first paper.")))
    done = entry.disposal
    if done is not Disposal.NONE and done not in disposals_at(detention.authority):
        errors.append(FieldError("disposal", N_("That is not done there.")))
    if errors:
        raise Invalid(errors[0].message, errors=errors)


def _keep(detention: Detention, entry: StepEntry) -> None:
    """Write into the detention what was entered with a step."""
    if entry.security_amount is not None:
        detention.security_amount = entry.security_amount
    detention.guarantee_number = entry.guarantee_number or detention.guarantee_number
    detention.liability_read = detention.liability_read or entry.liability_read
    if entry.disposal is not Disposal.NONE:
        detention.disposal = entry.disposal
