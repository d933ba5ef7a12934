"""Tables of organisations, people, sessions and keys."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from service.core.db import Base
from service.core.types import Choice, Json, UtcDateTime, new_id
from service.identity.domain import Branch, Link
from service.identity.permissions import OrganisationKind, Role


class Organisation(Base):
    """An exporter, station, bureau, customs house or other body: the tenant of its rows."""

    __tablename__ = "organisation"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[OrganisationKind] = mapped_column(Choice(OrganisationKind), index=True)
    name_zh: Mapped[str] = mapped_column(sa.String(200))
    name_en: Mapped[str] = mapped_column(sa.String(200), default="")
    uscc: Mapped[str | None] = mapped_column(sa.String(18), unique=True)
    """Unified social credit code 统一社会信用代码."""
    eori: Mapped[str] = mapped_column(sa.String(17), default="")
    customs_code: Mapped[str] = mapped_column(sa.String(10), default="")
    """Customs registration code 海关注册编码."""
    iec: Mapped[str] = mapped_column(sa.String(10), default="")
    """India's Importer-Exporter Code."""
    tax_number: Mapped[str] = mapped_column(sa.String(30), default="")
    """Of a country that asks for its own; in China it is the USCC."""
    country: Mapped[str] = mapped_column(sa.String(2), default="CN")
    address: Mapped[str] = mapped_column(sa.String(500), default="")
    """As on the licence."""
    address_en: Mapped[str] = mapped_column(sa.String(500), default="")
    park: Mapped[str] = mapped_column(sa.String(200), default="")
    branch: Mapped[Branch | None] = mapped_column(Choice(Branch))
    parent_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    operator_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    supervisor_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    served_by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    """These four are the links of `Link`."""
    demonstration: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  SQLAlchemy reads it so

    def linked(self, link: Link) -> UUID | None:
        """Return the organisation that `link` leads to."""
        found: UUID | None = getattr(self, f"{link.value}_id")
        return found


class Person(Base):
    """Somebody who can sign in. Erasure empties name and login and keeps the id."""

    __tablename__ = "person"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    organisation_id: Mapped[UUID] = mapped_column(sa.ForeignKey("organisation.id"), index=True)
    login: Mapped[str | None] = mapped_column(sa.String(200), unique=True)
    name: Mapped[str] = mapped_column(sa.String(200))
    email: Mapped[str] = mapped_column(sa.String(254), default="")
    language: Mapped[str] = mapped_column(sa.String(10), default="")
    role: Mapped[Role] = mapped_column(Choice(Role))
    password_hash: Mapped[str] = mapped_column(sa.String(200), default="")
    active: Mapped[bool] = mapped_column(default=True)
    demonstration: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    erased_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  SQLAlchemy reads it so


class SignIn(Base):
    """A signed-in browser. The cookie holds a random token; the row holds only its hash."""

    __tablename__ = "sign_in"

    token_hash: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("person.id", ondelete="CASCADE"), index=True
    )
    csrf_token: Mapped[str] = mapped_column(sa.String(64))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class SignInTry(Base):
    """A failed sign-in, kept for throttling: hash of the login or of the address."""

    __tablename__ = "sign_in_try"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    key_hash: Mapped[str] = mapped_column(sa.String(64))
    at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (sa.Index(None, "key_hash", "at"),)


class ApiKey(Base):
    """A key for programs: shown once, kept as a hash, cut down to scopes."""

    __tablename__ = "api_key"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("person.id", ondelete="CASCADE"), index=True
    )
    name: Mapped[str] = mapped_column(sa.String(100))
    key_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    scopes: Mapped[list[str]] = mapped_column(Json)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Setup(Base):
    """The one-time token by which the first administrator is made (printed on the console)."""

    __tablename__ = "setup"

    token_hash: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class PasswordLink(Base):
    """A one-time link by which a person sets a password: made by who manages people."""

    __tablename__ = "password_link"

    token_hash: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(
        sa.ForeignKey("person.id", ondelete="CASCADE"), index=True
    )
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class Replay(Base):
    """The stored answer of a request sent with an `Idempotency-Key`."""

    __tablename__ = "replay"

    key_hash: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    """Hash of actor, route and key: one caller's key never answers another's."""
    request_hash: Mapped[str] = mapped_column(sa.String(64))
    status: Mapped[int]
    headers: Mapped[dict[str, str]] = mapped_column(Json)
    body: Mapped[bytes] = mapped_column(sa.LargeBinary)
    """As answered, compressed with zlib, but for what is told once."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
