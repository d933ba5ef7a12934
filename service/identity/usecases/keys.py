"""API keys: shown once, kept as hashes, never wider than their maker."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from service.core import clock
from service.core.errors import FieldError, NotFound
from service.core.text import N_
from service.identity.auditing import note
from service.identity.errors import ScopeTooWide
from service.identity.models import ApiKey
from service.identity.permissions import Actor, Permission
from service.identity.repository import Proofs
from service.identity.secrets import new_token, token_hash

PREFIX = "mp_"


def make_key(
    session: Session,
    actor: Actor,
    *,
    name: str,
    scopes: Sequence[Permission],
    days: int | None = None,
) -> tuple[ApiKey, str]:
    """Make a key for the actor; return its row and the secret, which is not kept.

    A key made with a key ends when that one does, if not before.

    Raises:
        PermissionDenied: the actor's role has no keys.
        ScopeTooWide: a scope that the actor does not have.
    """
    actor.need(Permission.KEY_MANAGE)
    for scope in scopes:
        if not actor.can(scope):
            detail = N_("You do not have the permission {permission} yourself.")
            raise ScopeTooWide(
                detail,
                permission=scope.value,
                errors=[FieldError("scopes", detail, {"permission": scope.value})],
            )
    assert actor.person_id is not None
    secret = new_token(PREFIX)
    now = clock.now()
    asked = now + timedelta(days=days) if days else None
    row = ApiKey(
        person_id=actor.person_id,
        name=name,
        key_hash=token_hash(secret),
        scopes=sorted({scope.value for scope in scopes}),
        created_at=now,
        expires_at=min((end for end in (asked, actor.until) if end), default=None),
    )
    session.add(row)
    session.flush()
    note(session, actor, "key.made", ("api_key", row.id))
    return row, secret


def revoke_key(session: Session, actor: Actor, key_id: UUID) -> ApiKey:
    """Revoke one of the actor's own keys; revoking twice is no error."""
    actor.need(Permission.KEY_MANAGE)
    row = session.get(ApiKey, key_id)
    if row is None or row.person_id != actor.person_id:
        raise NotFound(N_("There is no such key."))
    row.revoked_at = row.revoked_at or clock.now()
    note(session, actor, "key.revoked", ("api_key", row.id))
    return row


def list_keys(session: Session, actor: Actor) -> Sequence[ApiKey]:
    """Return the actor's own keys, newest first."""
    actor.need(Permission.KEY_MANAGE)
    assert actor.person_id is not None
    return Proofs(session).keys_of(actor.person_id)
