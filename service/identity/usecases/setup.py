"""The first administrator, made with a one-time token from the console."""

from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.core import clock
from service.core.text import N_
from service.identity.errors import SetupClosed
from service.identity.models import Organisation, Person, Setup
from service.identity.permissions import OrganisationKind, Role, console
from service.identity.repository import Proofs
from service.identity.secrets import new_token, token_hash
from service.identity.usecases.organisations import add_organisation
from service.identity.usecases.people import add_person

SETUP_LIFE = timedelta(hours=24)


def open_setup(session: Session) -> str | None:
    """Return a fresh one-time token for the first administrator, or None where there is one."""
    if Proofs(session).administrators():
        return None
    now = clock.now()
    session.execute(sa.delete(Setup).where(Setup.used_at.is_(None)))
    token = new_token()
    session.add(Setup(token_hash=token_hash(token), created_at=now, expires_at=now + SETUP_LIFE))
    return token


def complete_setup(session: Session, *, token: str, login: str, name: str, password: str) -> Person:
    """Make the first administrator with the console's token; it works once.

    Raises:
        SetupClosed: wrong, used or old token, or an administrator exists.
    """
    proofs = Proofs(session)
    row = proofs.setup(token_hash(token), clock.now())
    if row is None or proofs.administrators():
        raise SetupClosed(N_("Run `markpass setup` for a new token."))
    row.used_at = clock.now()
    actor = console()
    operator = session.scalars(
        sa.select(Organisation).where(Organisation.kind == OrganisationKind.OPERATOR)
    ).first() or add_organisation(
        session, actor, kind=OrganisationKind.OPERATOR, name_zh="系统运营方", name_en="Operator"
    )
    return add_person(
        session,
        actor,
        organisation_id=operator.id,
        login=login,
        name=name,
        role=Role.ADMINISTRATOR,
        password=password,
    )
