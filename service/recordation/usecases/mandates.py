"""What an exporter lets others do: check and guide, or file under a power of attorney."""

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from service.cases.domain import Audience
from service.cases.models import Thread
from service.cases.repository import Threads
from service.cases.usecases.threads import let_in, let_out
from service.core import clock
from service.core.errors import FieldError, Invalid
from service.core.text import N_
from service.identity.auditing import note
from service.identity.permissions import Actor, OrganisationKind, Permission
from service.identity.repository import Organisations
from service.recordation.detention.repository import Detentions
from service.recordation.domain import Scope
from service.recordation.models import Filing, Mandate
from service.recordation.repository import Filings, Mandates
from service.recordation.usecases.substance import owner_of
from service.registry.holdings import StoredFiles

TAKERS = {
    Scope.CHECK: frozenset({OrganisationKind.CUSTOMS, OrganisationKind.STATION}),
    Scope.FILE: frozenset({OrganisationKind.STATION}),
}
"""Who may be given which mandate: customs officers check, they never file."""


def give_mandate(
    session: Session,
    actor: Actor,
    *,
    to_id: UUID,
    scope: Scope,
    valid_from: date,
    valid_to: date | None = None,
    poa_file_id: UUID | None = None,
) -> Mandate:
    """Let an organisation check, or file under a power of attorney with a last day.

    Raises:
        Invalid: not such an organisation, or a power of attorney without paper or last day.
    """
    actor.need(Permission.MANDATE_GIVE)
    taker = Organisations(session).get(to_id)
    _check(scope, taker.kind, valid_from, valid_to, poa_file_id)
    if poa_file_id is not None:
        StoredFiles(session, actor).own(poa_file_id)
    mandate = Mandate(
        organisation_id=owner_of(actor),
        to_id=taker.id,
        scope=scope,
        poa_file_id=poa_file_id,
        valid_from=valid_from,
        valid_to=valid_to,
        given_by=actor.person_id,
        given_at=clock.now(),
    )
    session.add(mandate)
    session.flush()
    note(session, actor, "mandate.given", ("mandate", mandate.id), to=str(taker.id))
    for thread in _threads(session, actor, mandate):
        let_in(
            session,
            actor,
            thread,
            organisation_id=taker.id,
            audience=Audience.OWNER,
            writes=True,
        )
    return mandate


def _threads(session: Session, actor: Actor, mandate: Mandate) -> list[Thread]:
    """Return the threads a mandate is about: every filing and every detention of the giver."""
    filings = Filings(session, actor).all(Filing.organisation_id == mandate.organisation_id)
    detentions = Detentions(session, actor).owned_by(mandate.organisation_id)
    threads = Threads(session, actor)
    ids = [*(row.id for row in filings), *(row.id for row in detentions)]
    return [threads.get(one) for one in ids]


def _check(
    scope: Scope,
    kind: OrganisationKind,
    valid_from: date,
    valid_to: date | None,
    poa_file_id: UUID | None,
) -> None:
    errors = []
    if kind not in TAKERS[scope]:
        errors.append(
            FieldError("to_id", N_("Only a station files for exporters; customs checks."))
        )
    if scope is Scope.FILE and valid_to is None:
        errors.append(FieldError("valid_to", N_("Give the last day of the power of attorney.")))
    if scope is Scope.FILE and poa_file_id is None:
        errors.append(FieldError("poa", N_("Add the signed power of attorney.")))
    if valid_to is not None and valid_to < valid_from:
        errors.append(FieldError("valid_to", N_("The end lies before the beginning.")))
    if errors:
        raise Invalid(N_("Please correct the marked fields."), errors=errors)


def revoke_mandate(session: Session, actor: Actor, mandate: Mandate) -> None:
    """Take a mandate back at once; who had no other is let out of all."""
    actor.need(Permission.MANDATE_GIVE)
    if mandate.revoked_at is not None:
        return
    mandate.revoked_at = clock.now()
    session.flush()
    note(session, actor, "mandate.revoked", ("mandate", mandate.id), to=str(mandate.to_id))
    held = Mandates(session, actor).held(mandate.organisation_id)
    if any(one.to_id == mandate.to_id for one in held):
        return
    for thread in _threads(session, actor, mandate):
        for grant in Threads(session, actor).grants(thread):
            if grant.organisation_id == mandate.to_id:
                let_out(session, actor, thread, grant.id)
