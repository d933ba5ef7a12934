"""Failures on the wire: problem+json for programs, a page for people, in both languages."""

import logging
from collections.abc import Sequence
from http import HTTPStatus

from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from service.core.errors import MEDIA_TYPE, FieldError, Invalid, Malformed, NotFound, Problem, Stale
from service.core.text import N_
from service.ui.forms import SENTENCES, UNKNOWN_FAULT
from service.ui.i18n import Language, language_of, translator
from service.ui.render import problem_page

log = logging.getLogger(__name__)
API = "/api/"


class MethodNotAllowed(Problem):
    """The address exists, but not for this method."""

    status = HTTPStatus.METHOD_NOT_ALLOWED
    code = "method-not-allowed"
    title = N_("This address does not take that method")


class Unsupported(Problem):
    """Any other refusal of the framework."""

    status = HTTPStatus.BAD_REQUEST
    code = "unsupported"
    title = N_("The request cannot be served")


def answer(request: Request, problem: Problem) -> Response:
    """Give the problem as JSON under `/api/`, else as a page."""
    if request.url.path.startswith(API):
        return problem_json(request, problem)
    return problem_page(request, problem)


def problem_json(request: Request, problem: Problem) -> JSONResponse:
    """Return RFC 9457 in the caller's language, with both languages under `translations`."""
    texts = {tag.value: _texts(problem, tag) for tag in Language}
    headers = {"Vary": "Accept-Language"}
    if (wait := problem.members.get("retry_after")) is not None:
        headers["Retry-After"] = str(wait)
    body = {
        "type": f"/problems/{problem.code}",
        "status": problem.status.value,
        "instance": request.url.path,
        **{name: _plain(value) for name, value in problem.members.items()},
        **texts[language_of(request).value],
        "code": problem.code,
        "translations": texts,
    }
    return JSONResponse(body, problem.status, headers, media_type=MEDIA_TYPE)


def _texts(problem: Problem, language: Language) -> dict[str, object]:
    words = translator(language)
    texts: dict[str, object] = {
        "title": words.text(problem.title),
        "detail": words.text(problem.detail, **problem.members),
    }
    if problem.errors:
        texts["errors"] = [
            {"field": error.field, "message": words.text(error.message, **error.values)}
            for error in problem.errors
        ]
    return texts


def _plain(value: object) -> object:
    if isinstance(value, str | int | float | bool | None):
        return value
    if isinstance(value, dict):
        return {str(name): _plain(part) for name, part in value.items()}
    if isinstance(value, Sequence | set | frozenset):
        return [_plain(part) for part in value]
    return str(value)


def on_problem(request: Request, error: Exception) -> Response:
    """Answer a `Problem`."""
    assert isinstance(error, Problem)
    return answer(request, error)


def on_validation(request: Request, error: Exception) -> Response:
    """Answer a body or query that does not fit its schema: one entry per wrong field."""
    assert isinstance(error, RequestValidationError)
    if any(fault["type"] == "json_invalid" for fault in error.errors()):
        return answer(request, Malformed(N_("The body is no valid JSON.")))
    faults = [
        FieldError(
            ".".join(str(part) for part in fault["loc"][1:]) or str(fault["loc"][0]),
            SENTENCES.get(fault["type"], UNKNOWN_FAULT),
            {k: v for k, v in fault.get("ctx", {}).items() if isinstance(v, str | int | float)},
        )
        for fault in error.errors()
    ]
    return answer(request, Invalid(N_("Some fields are missing or wrong."), errors=faults))


def on_http(request: Request, error: Exception) -> Response:
    """Answer what the framework refuses by itself: unknown address, wrong method."""
    assert isinstance(error, HTTPException)
    if error.status_code == HTTPStatus.NOT_FOUND:
        return answer(request, NotFound(N_("There is no such page.")))
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        allowed = (error.headers or {}).get("Allow", "")
        problem = MethodNotAllowed(N_("Allowed here: {allowed}."), allowed=allowed)
        response = answer(request, problem)
        response.headers["Allow"] = allowed
        return response
    return answer(request, Unsupported(N_("Check the request and send it again.")))


def on_stale(request: Request, error: Exception) -> Response:  # noqa: ARG001  the handler's shape
    """Answer two changes of one row at the same moment: the later one is told to read again."""
    return answer(request, Stale(N_("It was changed since you read it. Read it again.")))


def on_surprise(request: Request, error: Exception) -> Response:
    """Answer a fault of ours without telling its inside; the log has it under the same id."""
    number = getattr(request.state, "request_id", "")
    log.exception("unexpected failure, request %s", number, exc_info=error)
    return answer(
        request,
        Problem(N_("It is our fault. Tell us the number {request_id}."), request_id=number),
    )
