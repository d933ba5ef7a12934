"""Authorised users 合法使用人: who may put the right on goods, and whether customs knows it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from service.core import clock
from service.core.errors import FieldError, Invalid
from service.core.text import N_
from service.identity.auditing import note
from service.identity.permissions import Actor, Permission
from service.recordation.domain import LIVE
from service.recordation.models import Asset, AuthorisedUser, CustomsEntry, Filing
from service.recordation.repository import Assets, Filings, Users, check_acts_for, usable_file
from service.recordation.usecases.changes import notice_changes
from service.recordation.usecases.facts import valid_users
from service.rules.authorities import authority

SOON = timedelta(days=60)
"""How long before its end an authorisation is listed as ending (our own standard)."""


@dataclass(frozen=True, slots=True)
class Entered:
    """How a user stands with one authority where the right is recorded."""

    authority: str
    entry: CustomsEntry | None

    @property
    def there(self) -> bool:
        """Whether the user stands in its system."""
        return self.entry is not None and self.entry.removed_on is None


@dataclass(frozen=True, slots=True)
class Listed:
    """An authorised user with the right, and how it stands with customs."""

    user: AuthorisedUser
    asset: Asset
    valid: bool
    ends_soon: bool
    entries: tuple[Entered, ...]

    @property
    def missing(self) -> bool:
        """Valid, and not entered with an authority where the right is recorded: goods get held."""
        return self.valid and any(not each.there for each in self.entries)

    @property
    def to_remove(self) -> bool:
        """Over, and still in a system of customs."""
        return not self.valid and any(each.there for each in self.entries)


def listed(session: Session, actor: Actor, asset_id: UUID | None = None) -> list[Listed]:
    """Return the users of all rights, or of one, with how they stand."""
    users = Users(session, actor)
    where = [AuthorisedUser.asset_id == asset_id] if asset_id else []
    rows = users.all(*where)
    entries = users.entries([row.id for row in rows])
    assets = {one.id: one for one in Assets(session, actor).all()}
    recorded: dict[UUID, list[str]] = {}
    for filing in Filings(session, actor).all(Filing.status.in_(LIVE)):
        recorded.setdefault(filing.asset_id, []).append(filing.authority)
    return [
        Listed(
            user=row,
            asset=assets[row.asset_id],
            valid=bool(valid_users([row])),
            ends_soon=_ends_soon(row),
            entries=_entries(row, entries, recorded.get(row.asset_id, [])),
        )
        for row in rows
    ]


def _entries(
    row: AuthorisedUser, entries: Mapping[tuple[UUID, str], CustomsEntry], codes: Sequence[str]
) -> tuple[Entered, ...]:
    known = dict.fromkeys([*codes, *(code for user, code in entries if user == row.id)])
    return tuple(Entered(code, entries.get((row.id, code))) for code in known)


def _ends_soon(row: AuthorisedUser) -> bool:
    today = clock.today()
    return row.valid_to is not None and today <= row.valid_to <= today + SOON


def add_user(
    session: Session, actor: Actor, asset: Asset, values: Mapping[str, Any]
) -> AuthorisedUser:
    """Add an authorised user of a right. A filed recordation has its change noticed.

    Raises:
        Invalid: the term or a single shipment is not told in full.
    """
    actor.need(Permission.RECORDATION_WRITE)
    check_acts_for(session, actor, asset.organisation_id)
    _check(session, actor, asset, values)
    now = clock.now()
    user = AuthorisedUser(
        organisation_id=asset.organisation_id,
        asset_id=asset.id,
        created_at=now,
        updated_at=now,
        **values,
    )
    Users(session, actor).add(user)
    note(session, actor, "authorised-user.added", ("authorised-user", user.id))
    notice_changes(session, actor, [asset.id], on=_begins(user))
    return user


def _begins(user: AuthorisedUser) -> date:
    return min(user.valid_from, clock.today())


def change_user(
    session: Session, actor: Actor, user: AuthorisedUser, values: Mapping[str, Any]
) -> AuthorisedUser:
    """Change scope or term of an authorised user."""
    actor.need(Permission.RECORDATION_WRITE)
    asset = Assets(session, actor).get(user.asset_id)
    _check(session, actor, asset, values)
    for name, value in values.items():
        setattr(user, name, value)
    _done(session, actor, user, "authorised-user.changed")
    return user


def end_user(session: Session, actor: Actor, user: AuthorisedUser, on: date) -> None:
    """End an authorisation before its term."""
    actor.need(Permission.RECORDATION_WRITE)
    if on < user.valid_from:
        detail = N_("The end lies before the beginning.")
        raise Invalid(detail, errors=[FieldError("ended_on", detail)])
    user.ended_on = on
    _done(session, actor, user, "authorised-user.ended")


def enter_with_customs(
    session: Session, actor: Actor, user: AuthorisedUser, code: str, on: date, *, removed: bool
) -> CustomsEntry:
    """Note since when a user stands in an authority's system, or that it was taken out."""
    actor.need(Permission.FILING_FILE)
    one = authority(code)
    if on > clock.today():
        detail = N_("That day is still to come.")
        raise Invalid(detail, errors=[FieldError("on", detail)])
    entry = session.get(CustomsEntry, (user.id, one.code))
    if entry is None:
        if removed:
            detail = N_("It was never entered there.")
            raise Invalid(detail, errors=[FieldError("authority", detail)])
        entry = CustomsEntry(user_id=user.id, authority=one.code, entered_on=on)
        session.add(entry)
    if removed:
        entry.removed_on = on
    else:
        entry.entered_on, entry.removed_on = on, None
    session.flush()
    note(session, actor, "authorised-user.entered", ("authorised-user", user.id), at=one.code)
    return entry


def _check(session: Session, actor: Actor, asset: Asset, values: Mapping[str, Any]) -> None:
    errors, valid_to = [], values.get("valid_to")
    if valid_to and valid_to < values["valid_from"]:
        errors.append(FieldError("valid_to", N_("The end lies before the beginning.")))
    if valid_to and asset.expires_on and valid_to > asset.expires_on:
        text = N_("The right itself ends on {day}: nobody is authorised beyond it.")
        errors.append(FieldError("valid_to", text, {"day": asset.expires_on.isoformat()}))
    if values.get("single_shipment") and not values.get("contract_no"):
        text = N_("For a single shipment give the number of the contract.")
        errors.append(FieldError("contract_no", text))
    if errors:
        raise Invalid(N_("Please correct the marked fields."), errors=errors)
    if values.get("proof_file_id"):
        usable_file(session, actor, values["proof_file_id"], asset.organisation_id)


def _done(session: Session, actor: Actor, user: AuthorisedUser, verb: str) -> None:
    user.updated_at = clock.now()
    session.flush()
    note(session, actor, verb, ("authorised-user", user.id))
    notice_changes(session, actor, [user.asset_id])
