"""Problem details (RFC 9457): one class per error a caller can act on.

Problem
├── Malformed           400  the request cannot be read at all
├── NotSignedIn         401  nobody is signed in
├── PermissionDenied    403  yours to see, not yours to do
├── NotFound            404  absent, or not yours: the two look the same on purpose
├── Conflict            409  the state of the thing forbids it now
│   └── Stale           412  somebody changed it since you read it
├── TooLarge            413  over a limit that is a setting
├── Invalid             422  a field is wrong; `errors` names each
├── TooMany             429  slow down; `retry_after` seconds
└── Unavailable         503  busy, rebuilding, or an outside register did not answer

Modules derive their own from these in `errors.py`. `title` and `detail` are English sentences that
are message ids; `members` fill the `{name}` places of the translated detail and go on the wire.
"""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import ClassVar

from service.core.text import N_

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class FieldError:
    """One wrong field: a JSON pointer or form field name, a message id, and its values."""

    field: str
    message: str
    values: dict[str, object] = dataclasses.field(default_factory=dict)


class Problem(Exception):
    """An expected failure. `code` and `title` name the kind, `detail` this one case.

    `detail` may hold `{name}` places filled from `members`, so that it can be translated.
    """

    status: ClassVar[HTTPStatus] = HTTPStatus.INTERNAL_SERVER_ERROR
    code: ClassVar[str] = "internal"
    title: ClassVar[str] = N_("Something went wrong")

    def __init__(
        self, detail: str, *, errors: Sequence[FieldError] = (), **members: object
    ) -> None:
        self.detail = detail
        self.errors = tuple(errors)
        self.members = members
        super().__init__(fill(detail, members))


def fill(message: str, values: dict[str, object]) -> str:
    """Put `values` into the `{name}` places of a message; an unknown place is left as it stands."""
    for name, value in values.items():
        message = message.replace("{" + name + "}", str(value))
    return message


class Malformed(Problem):
    """The request cannot be read."""

    status = HTTPStatus.BAD_REQUEST
    code = "malformed"
    title = N_("The request cannot be read")


class NotSignedIn(Problem):
    """Nobody is signed in, or the key is unknown or revoked."""

    status = HTTPStatus.UNAUTHORIZED
    code = "not-signed-in"
    title = N_("Sign in first")


class PermissionDenied(Problem):
    """The caller may see the thing but not do this to it."""

    status = HTTPStatus.FORBIDDEN
    code = "permission-denied"
    title = N_("Not permitted")


class NotFound(Problem):
    """The thing does not exist, or the caller may not know that it does."""

    status = HTTPStatus.NOT_FOUND
    code = "not-found"
    title = N_("Not found")


class Conflict(Problem):
    """The state of the thing forbids the step now."""

    status = HTTPStatus.CONFLICT
    code = "conflict"
    title = N_("Not possible now")


class Stale(Conflict):
    """Somebody changed the thing since the caller read it."""

    status = HTTPStatus.PRECONDITION_FAILED
    code = "stale"
    title = N_("Changed in the meantime")


class TooLarge(Problem):
    """Over a limit; `limit` says which number, the docs say which setting."""

    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    code = "too-large"
    title = N_("Too large")


class Invalid(Problem):
    """A field is wrong; `errors` names each and the way out."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    code = "invalid"
    title = N_("Please correct the marked fields")


class TooMany(Problem):
    """The caller is too fast; `retry_after` seconds."""

    status = HTTPStatus.TOO_MANY_REQUESTS
    code = "too-many"
    title = N_("Too many requests")


class Unavailable(Problem):
    """Busy, rebuilding, or an outside register is silent; `retry_after` seconds where known."""

    status = HTTPStatus.SERVICE_UNAVAILABLE
    code = "unavailable"
    title = N_("Not available now")


def every_problem(root: type[Problem] = Problem) -> dict[str, type[Problem]]:
    """Return all problem classes by code, for the docs page of each and the test of doubles."""
    found = {root.code: root}
    for child in root.__subclasses__():
        found.update(every_problem(child))
    return found
