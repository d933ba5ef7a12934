"""Steps of a filing: who may take which, and the move itself."""

from sqlalchemy.orm import Session

from service.cases.moves import Move
from service.cases.usecases.moving import move
from service.cases.usecases.threads import close_thread
from service.core import clock
from service.core.errors import FieldError, Invalid
from service.core.text import N_
from service.identity.models import Organisation
from service.identity.permissions import Actor, OrganisationKind, Permission
from service.recordation.domain import FilingStatus
from service.recordation.errors import OfficerOnlyChecks
from service.recordation.models import Filing
from service.recordation.repository import check_acts_for, may_act_for, usable_file
from service.recordation.usecases.cases import thread_of
from service.recordation.usecases.ways import BY_CLOCK, FILING
from service.recordation.usecases.writing import EFFECTS, Entry, Taken, facts_of

S = FilingStatus


def offered(session: Session, actor: Actor, filing: Filing) -> tuple[Move, ...]:
    """Return the steps a person may take now by role, mandate and status."""
    mine = acts_for(session, actor, filing)
    return tuple(
        row
        for row in FILING.from_(filing.status)
        if row.event not in BY_CLOCK
        and actor.can(row.permission)
        and (row.permission is Permission.FILING_CHECK or mine)
    )


def acts_for(session: Session, actor: Actor, filing: Filing) -> bool:
    """Say whether the actor may prepare and file: its owner, or under a power of attorney."""
    if is_officer(session, actor):
        return False
    return may_act_for(session, actor, filing.organisation_id)


def is_officer(session: Session, actor: Actor) -> bool:
    """Say whether the actor is of a customs house: it checks and guides, and files nothing."""
    if actor.organisation_id is None:
        return False
    organisation = session.get(Organisation, actor.organisation_id)
    return organisation is not None and organisation.kind is OrganisationKind.CUSTOMS


def take_step(
    session: Session, actor: Actor, filing: Filing, event: str, entry: Entry, *, version: int
) -> Filing:
    """Take a step of a filing; timeline, audit, clocks and what is kept of it in one transaction.

    Raises:
        MoveNotAllowed, MoveNotReady, MoveIncomplete, Stale: see `cases.usecases.moving.move`.
        MandateMissing: the power of attorney has ended, or there never was one.
        OfficerOnlyChecks: a customs officer files nothing.
        Invalid: a date out of order.
    """
    row = FILING.find(filing.status, event)
    actor.need(row.permission)
    if row.permission is not Permission.FILING_CHECK:
        if is_officer(session, actor):
            raise OfficerOnlyChecks(
                N_("Return it with reasons; the exporter or its agent files it.")
            )
        check_acts_for(session, actor, filing.organisation_id)
    _check_dates(filing, entry)
    for file_id in (entry.proof_file_id, entry.decision_file_id):
        if file_id is not None:
            usable_file(session, actor, file_id, filing.organisation_id)
    thread = thread_of(session, actor, filing)
    sent = EFFECTS.get(event)
    move(
        session,
        actor,
        thread,
        filing,
        FILING,
        event,
        version=version,
        when=entry.when,
        note=entry.note,
        proof=entry.receipt_no or entry.application_no,
        facts=facts_of(filing),
        values=entry.values(),
    )
    if sent:
        sent(Taken(session, actor, filing, entry))
    filing.updated_at = clock.now()
    session.flush()
    if not FILING.open(filing.status):
        close_thread(session, actor, thread, note=entry.note)
    return filing


def _check_dates(filing: Filing, entry: Entry) -> None:
    today = clock.today()
    ahead = [name for name in ("when", "paid_on") if (day := getattr(entry, name)) and day > today]
    if ahead:
        detail = N_("That day is still to come.")
        raise Invalid(detail, errors=[FieldError(name, detail) for name in ahead])
    if entry.expires_on and entry.effective_on and entry.expires_on < entry.effective_on:
        detail = N_("The end lies before the beginning.")
        raise Invalid(detail, errors=[FieldError("expires_on", detail)])
    if entry.when and filing.received_on and entry.when < filing.received_on:
        detail = N_("That day lies before the submission.")
        raise Invalid(detail, errors=[FieldError("when", detail)])
    if entry.correction_due and entry.when and entry.correction_due < entry.when:
        detail = N_("The last day lies before the notice.")
        raise Invalid(detail, errors=[FieldError("correction_due", detail)])
