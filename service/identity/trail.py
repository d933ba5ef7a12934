"""Reading the audit chain: ids only, newest first. What wrote it is `core.audit`."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.core.audit import AuditEvent, AuditHead, Fault, verify
from service.core.pagination import Cursor, cut, newest_first
from service.identity.permissions import Actor, Permission

SHOWN_FAULTS = 20


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to look for; blank: everything."""

    verb: str = ""
    """A whole verb, or its thing: `person` finds `person.locked`."""
    actor_id: UUID | None = None
    subject_id: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check of the whole chain came to."""

    rows: int
    faults: Sequence[Fault]
    """The first of them: an empty list means that the chain holds."""


@dataclass(frozen=True, slots=True)
class Trail:
    """The audit chain, for who may read it: every organisation's rows, ids and no names."""

    session: Session
    actor: Actor

    def page(self, cursor: Cursor, wanted: Wanted) -> tuple[Sequence[AuditEvent], str | None]:
        """Return some rows, newest first, and the cursor of the next page."""
        self.actor.need(Permission.AUDIT_READ)
        query = sa.select(AuditEvent)
        if wanted.verb:
            verb = AuditEvent.verb
            query = query.where(
                sa.or_(verb == wanted.verb, verb.startswith(f"{wanted.verb}.", autoescape=True))
            )
        if wanted.actor_id:
            query = query.where(AuditEvent.actor_id == wanted.actor_id)
        if wanted.subject_id:
            query = query.where(AuditEvent.subject_id == wanted.subject_id)
        rows = self.session.scalars(newest_first(query, AuditEvent.number, cursor)).all()
        return cut(list(rows), cursor, "number")

    def check(self) -> Checked:
        """Check the whole chain, from the first row to the head."""
        self.actor.need(Permission.AUDIT_READ)
        faults = list(islice(verify(self.session), SHOWN_FAULTS))
        return Checked(self.session.scalars(sa.select(AuditHead.number)).one(), faults)
