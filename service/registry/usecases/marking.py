"""Entering and correcting single marks by hand, in a register that files fill."""

from collections.abc import Callable

from sqlalchemy.orm import Session

from service.core.errors import FieldError, Invalid
from service.core.text import N_
from service.identity.auditing import note
from service.identity.permissions import Actor, Permission
from service.registry.domain import MarkRecord
from service.registry.prepared import Prepared, prepare
from service.registry.problems import MarkNewer
from service.registry.records import StoredMark
from service.registry.repository import Marks
from service.registry.store import Writer


def enter_mark(
    session: Session, actor: Actor, record: MarkRecord, check: Callable[[int | None], None]
) -> StoredMark:
    """Store a mark entered by hand, and return it as it is stored.

    Args:
        session: A writing session.
        actor: Who enters it.
        record: The whole mark.
        check: Called with the change number of the mark as it stands, None where it is new, while
            nobody else can change it; raises where the caller means another state.

    Raises:
        Invalid: The number is none.
        MarkNewer: The register holds a newer state, which stays.
    """
    actor.need(Permission.MARK_WRITE)
    prepared = _prepared(record)
    writer = Writer(session)
    key = writer.key_of(prepared)
    before = Marks(session).by_id(key) if key is not None else None
    check(before.change if before else None)
    tally = writer.put([prepared])[record.office]
    if before is not None and tally.older:
        raise _newer(before, record)
    stored = Marks(session).get(record.office, prepared.number)
    if not tally.unchanged:
        note(session, actor, "mark.entered", ("mark", stored.id))
    return stored


def _prepared(record: MarkRecord) -> Prepared:
    try:
        return prepare(record)
    except ValueError as fault:
        field, detail = _FAULTS[str(fault)]
        raise Invalid(detail, errors=[FieldError(field, detail)]) from None


_FAULTS = {
    "bad-number": ("number", N_("This is not the number of a mark.")),
    "bad-class": ("classes", N_("Nice classes go from 1 to 45.")),
}


def _newer(before: StoredMark, record: MarkRecord) -> MarkNewer:
    held = str(before.record.updated_on)
    if record.updated_on is None:
        detail = N_("The register holds a state of {held}: say of which day yours is.")
    else:
        detail = N_("The register holds a state of {held}, which is newer, and keeps it.")
    return MarkNewer(detail, held=held, errors=[FieldError("updated_on", detail, {"held": held})])
