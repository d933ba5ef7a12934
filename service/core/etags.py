"""Optimistic locking over HTTP: the ETag is the version of the row."""

from http import HTTPStatus

from fastapi import Request, Response

from service.core.errors import Problem, Stale
from service.core.text import N_


class VersionRequired(Problem):
    """A change must say which version it changes."""

    status = HTTPStatus.PRECONDITION_REQUIRED
    code = "version-required"
    title = N_("Say which version you change")


def tag(version: int) -> str:
    """Return the ETag of a version."""
    return f'"{version}"'


def set_tag(response: Response, version: int) -> None:
    """Send the ETag of what is answered."""
    response.headers["ETag"] = tag(version)


def check_put(request: Request, version: int | None) -> None:
    """Check the version of what is put; what is not there yet (None) has none to name.

    Raises:
        VersionRequired, Stale: as `check_match`; `Stale` too where `If-Match` names what is gone.
    """
    if version is not None:
        check_match(request, version)
    elif "if-match" in request.headers:
        raise Stale(N_("There is nothing of this name any more."))


def check_match(request: Request, version: int) -> None:
    """Raise unless `If-Match` names `version`: `VersionRequired` without it, `Stale` when older."""
    given = request.headers.get("if-match")
    if given is None:
        raise VersionRequired(N_("Send `If-Match` with the ETag you read."))
    if given != "*" and tag(version) not in [part.strip() for part in given.split(",")]:
        raise Stale(N_("It was changed since you read it. Read it again."), version=version)
