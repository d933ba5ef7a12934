"""Bodies of the identity API."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from service.core.text import N_
from service.core.types import ToldOnce
from service.identity.permissions import Permission, Role


class MeOut(BaseModel):
    """Who is calling, and what they may do."""

    person_id: UUID | None
    organisation_id: UUID | None
    role: Role
    permissions: list[Permission]


class KeyIn(BaseModel):
    """A key to make."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"name": "ERP", "scopes": ["screening:run"], "days": 365}]},
    )

    name: Annotated[str, Field(min_length=1, max_length=100, title=N_("Name of the key"))]
    scopes: Annotated[list[Permission], Field(min_length=1, title=N_("Permissions"))]
    days: Annotated[
        int | None,
        Field(ge=1, le=3650, title=N_("Days of life"), description="None: until revoked."),
    ] = None


class KeyOut(BaseModel):
    """A key, without its secret."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    name: str
    scopes: list[str]
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    used_at: datetime | None


class KeyMade(KeyOut):
    """A new key: `secret` is shown this once."""

    secret: ToldOnce


class KeyList(BaseModel):
    """One's own keys, newest first."""

    items: list[KeyOut]


class SignInForm(BaseModel):
    """What the sign-in page sends."""

    login: Annotated[str, Field(max_length=200, title=N_("Login"))]
    password: Annotated[str, Field(max_length=1000, title=N_("Password"))]
    next: str = "/"


class SetupForm(BaseModel):
    """What the setup page sends."""

    token: Annotated[str, Field(max_length=200, title=N_("Token from the console"))]
    login: Annotated[str, Field(max_length=200, title=N_("Login"))]
    name: Annotated[str, Field(max_length=200, title=N_("Name"))]
    password: Annotated[str, Field(max_length=1000, title=N_("Password"))]


class AuditOut(BaseModel):
    """One row of the audit chain: ids only."""

    model_config = ConfigDict(from_attributes=True)

    number: int
    at: datetime
    verb: str
    actor_id: UUID | None
    organisation_id: UUID | None
    subject_kind: str
    subject_id: str
    detail: dict[str, Any]
    hash: str


class FaultOut(BaseModel):
    """A place where the chain does not hold."""

    model_config = ConfigDict(from_attributes=True)

    number: int
    what: str


class AuditCheckOut(BaseModel):
    """What a check of the whole chain came to; no faults: it holds."""

    model_config = ConfigDict(from_attributes=True)

    rows: int
    faults: list[FaultOut]
