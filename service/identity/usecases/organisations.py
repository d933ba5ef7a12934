"""Organisations: adding and changing them, and how they stand to one another."""

from typing import Any
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from service.core import clock
from service.core.errors import FieldError, Invalid
from service.core.text import N_
from service.identity.auditing import note
from service.identity.codes import CODES, written
from service.identity.domain import BRANCHES_OF, LINKS, Link
from service.identity.errors import OrganisationTaken
from service.identity.models import Organisation
from service.identity.permissions import Actor, OrganisationKind, Permission
from service.identity.repository import Organisations

LINK_FIELDS = {link: f"{link.value}_id" for link in Link}


def add_organisation(
    session: Session, actor: Actor, *, kind: OrganisationKind, name_zh: str, **details: Any
) -> Organisation:
    """Add an organisation; `details` are its other columns.

    Raises:
        PermissionDenied: the actor does not manage organisations.
        Invalid: a code, the branch or a link does not fit; each is named.
        OrganisationTaken: another organisation has the credit code.
    """
    actor.need(Permission.ORGANISATION_MANAGE)
    row = Organisation(kind=kind, name_zh=name_zh, created_at=clock.now())
    _put(session, row, details)
    session.add(row)
    _flush(session)
    note(session, actor, "organisation.added", ("organisation", row.id), kind=kind.value)
    return row


def change_organisation(
    session: Session, actor: Actor, row: Organisation, values: dict[str, Any]
) -> Organisation:
    """Change an organisation the actor sees: its own, or any where it manages them.

    Links, and a credit code once given, are changed by who manages organisations only.

    Raises:
        PermissionDenied, Invalid, OrganisationTaken: as `add_organisation` does.
    """
    actor.need(Permission.ORGANISATION_EDIT)
    if not actor.can(Permission.ORGANISATION_MANAGE):
        _check_reserved(row, values)
    before = {name: getattr(row, name) for name in values}
    _put(session, row, values)
    changed = sorted(name for name, value in before.items() if getattr(row, name) != value)
    if changed:
        _flush(session)
        note(session, actor, "organisation.changed", ("organisation", row.id), fields=changed)
    return row


def _check_reserved(row: Organisation, values: dict[str, Any]) -> None:
    reserved = [*LINK_FIELDS.values(), *(["uscc"] if row.uscc else [])]
    detail = N_("Only an administrator changes this.")
    faults = [
        FieldError(name, detail)
        for name in reserved
        if name in values and (values[name] or None) != getattr(row, name)
    ]
    if faults:
        raise Invalid(N_("Please correct the marked fields."), errors=faults)


def _put(session: Session, row: Organisation, values: dict[str, Any]) -> None:
    """Put the values into the row, codes as offices write them, or refuse them all."""
    values = values | {name: written(values[name] or "") for name in CODES if name in values}
    with session.no_autoflush:
        faults = [
            *_wrong_codes(values),
            *_wrong_branch(row.kind, values),
            *_wrong_links(session, row, values),
        ]
        if faults:
            raise Invalid(N_("Please correct the marked fields."), errors=faults)
        if uscc := values.get("uscc"):
            _check_free(session, row, uscc)
    if "uscc" in values:
        values["uscc"] = values["uscc"] or None
    for name, value in values.items():
        setattr(row, name, value)


def _wrong_codes(values: dict[str, Any]) -> list[FieldError]:
    found = ((name, code.fault(values[name])) for name, code in CODES.items() if values.get(name))
    return [FieldError(name, fault) for name, fault in found if fault]


def _wrong_branch(kind: OrganisationKind, values: dict[str, Any]) -> list[FieldError]:
    branch = values.get("branch")
    if branch is None or branch in BRANCHES_OF.get(kind, ()):
        return []
    return [FieldError("branch", N_("This does not fit the kind of organisation."))]


def _wrong_links(session: Session, row: Organisation, values: dict[str, Any]) -> list[FieldError]:
    found = (
        (name, _link_fault(session, row, link, values[name]))
        for link, name in LINK_FIELDS.items()
        if values.get(name)
    )
    return [FieldError(name, fault) for name, fault in found if fault]


def _link_fault(session: Session, row: Organisation, link: Link, target_id: UUID) -> str | None:
    """Return what is wrong with a link: a message id, or None."""
    ends, target = LINKS[link], session.get(Organisation, target_id)
    if target is None:
        return N_("There is no such organisation.")
    if row.kind is not ends.source or target.kind is not ends.target:
        return N_("Such a link does not lead from or to an organisation of this kind.")
    if link is Link.PARENT and (
        target.id == row.id
        or target.parent_id
        or (row.id and Organisations(session).linked_to(row.id, link))
    ):
        return N_("A centre with stations below it has none above it.")
    return None


def _check_free(session: Session, row: Organisation, uscc: str) -> None:
    other = Organisations(session).of_code(uscc)
    if other is not None and other.id != row.id:
        raise _taken()


def _flush(session: Session) -> None:
    try:
        session.flush()
    except IntegrityError:  # somebody else took the code since the question above
        raise _taken() from None


def _taken() -> OrganisationTaken:
    detail = N_("Another organisation has this credit code.")
    return OrganisationTaken(detail, errors=[FieldError("uscc", detail)])
