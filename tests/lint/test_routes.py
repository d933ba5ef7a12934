"""Every route asks for a permission, or stands in a short list with the reason why not."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import APIRouter, Depends, FastAPI
from fastapi.routing import iter_route_contexts

from service.core.types import TOLD_ONCE
from service.identity.permissions import Permission, current_actor, require
from service.identity.replay import OnceRoute
from tests.lint.routes import OPEN, SIGNED_IN, application, every_access, uses_session

PUBLIC = {
    ("GET", "/"): "leads on: to the desk, to sign-in, or to set-up",
    ("GET", "/sign-in"): "nobody is signed in yet",
    ("POST", "/sign-in"): "nobody is signed in yet",
    ("POST", "/sign-out"): "ends a session that may be over already",
    ("GET", "/setup"): "asks for the console's one-time token",
    ("POST", "/setup"): "asks for the console's one-time token",
    ("GET", "/password"): "asks for a one-time link's token",
    ("POST", "/password"): "asks for a one-time link's token",
    ("GET", "/health/live"): "asked by supervisors, says nothing of the content",
    ("GET", "/health/ready"): "asked by supervisors, says nothing of the content",
    ("GET", "/problems"): "an error must be readable before one has signed in",
    ("GET", "/problems/{code}"): "an error must be readable before one has signed in",
    ("GET", "/api/openapi.json"): "the description of the interface is in the source anyway",
    ("GET", "/calendars/{token}.ics"): "a calendar program has no session: the token is the key",
    ("GET", "/cards/{token}"): "an officer has no account: the token is the key",
    ("GET", "/cards/{token}/card.pdf"): "an officer has no account: the token is the key",
    ("GET", "/cards/{token}/pictures/{file_id}"): "the card's pictures, by the same token",
    ("GET", "/static/{digest}/{name:path}"): "style sheets and scripts of the sign-in page",
}
ANYBODY = {
    ("GET", "/api/v1/desk/day"): "each part asks for its own permission",
    ("GET", "/api/v1/search"): "each group asks for its own permission",
    ("GET", "/desk"): "each part asks for its own permission",
    ("GET", "/search"): "each group asks for its own permission",
    ("GET", "/api/v1/me"): "says who one is",
    ("GET", "/account"): "says who one is",
    ("GET", "/rules"): "tells the law, which is public, and stores nothing",
    ("GET", "/deadlines/compute"): "counts by the law, and stores nothing",
    ("GET", "/api/v1/rules"): "tells the law, which is public, and stores nothing",
    ("POST", "/api/v1/deadlines/compute"): "counts by the law, and stores nothing",
}
"""Open to all who are signed in, whatever their role."""


@pytest.fixture
def app(tmp_path: Path) -> Iterator[FastAPI]:
    """The whole application; nothing is called."""
    app = application(tmp_path)
    yield app
    app.state.database.dispose()


def test_every_route_asks_for_a_permission_or_is_listed_as_public(app: FastAPI) -> None:
    found = {(each.method, each.path) for each in every_access(app) if each.needs == (OPEN,)}
    assert found - PUBLIC.keys() == set()


def test_every_route_open_to_all_who_are_signed_in_is_listed(app: FastAPI) -> None:
    found = {(each.method, each.path) for each in every_access(app) if each.needs == (SIGNED_IN,)}
    assert found - ANYBODY.keys() == set()


def test_nothing_under_the_interface_is_public(app: FastAPI) -> None:
    described = [each for each in every_access(app) if each.path.startswith("/api/v1")]
    assert [each for each in described if each.needs == (OPEN,)] == []


WITHOUT_KEY = {
    "/api/v1/compare": "compares two marks",
    "/api/v1/similar-marks": "searches, and stores nothing",
    "/api/v1/deadlines/compute": "counts by the law",
    "/api/v1/screenings/bulk": "answers line by line; what is streamed cannot be kept",
    "/api/v1/cases/{case_id}/volume": "answers with a file, which is not kept",
    "/api/v1/threads/{thread_id}/evidence/bundle": "answers with a file, which is not kept",
}
"""POST routes that take no key, and why."""


def test_every_post_of_the_interface_honours_an_idempotency_key(app: FastAPI) -> None:
    """The key is claimed and the answer kept in the request's own session (`DbSession`)."""
    deaf = [
        str(route.path)
        for route in iter_route_contexts(app.routes)
        if "POST" in (route.methods or ())
        and str(route.path).startswith("/api/")
        and not (
            isinstance(route.original_route, OnceRoute)
            and uses_session(getattr(route, "dependant"))  # noqa: B009  told of any route
        )
    ]
    assert set(deaf) - WITHOUT_KEY.keys() == set()


def test_every_secret_that_is_answered_is_told_once(app: FastAPI) -> None:
    """An answer is kept for repetition: what must lie in no table has to say so."""
    bodies = app.openapi()["components"]["schemas"]
    told = {
        f"{name}.{member}": bool(about.get(TOLD_ONCE))
        for name, body in bodies.items()
        for member, about in body.get("properties", {}).items()
        if member in {"secret", "token"}
    }
    assert told
    assert [name for name, once in told.items() if not once] == []


def test_no_address_is_served_by_two_routes(app: FastAPI) -> None:
    found = [(each.method, each.path) for each in every_access(app)]
    assert sorted(found) == sorted(set(found))


def test_what_a_route_needs_is_found_through_other_dependencies() -> None:
    def through(actor: object = Depends(require(Permission.MARK_READ))) -> object:
        return actor

    router = APIRouter()
    router.add_api_route("/direct", lambda: None, dependencies=[Depends(current_actor)])
    router.add_api_route("/through", lambda: None, dependencies=[Depends(through)])
    router.add_api_route("/open", lambda: None)
    app = FastAPI(openapi_url=None)
    app.include_router(router)

    assert {each.path: each.needs for each in every_access(app) if "docs" not in each.path} == {
        "/direct": (SIGNED_IN,),
        "/through": ("mark:read",),
        "/open": (OPEN,),
    }
