"""What belongs to one organisation changes nothing that a stranger sees: lists, counts, search.

Routes about one thing are under test in `test_permissions`. Here every other page and answer is
read by strangers before the owner has anything and after: they must be the same, byte by byte.
"""

import re
from datetime import UTC, datetime

import httpx2 as httpx
import pytest
from fastapi import FastAPI

from service.core import clock
from service.identity.permissions import Role
from tests.api.test_permissions import OF_NOBODY, PARAMETER, address, calls, owner
from tests.builders import make_person
from tests.client import Browser, Program
from tests.register import load

__all__ = ["owner"]

STRANGERS = (Role.EXPORTER_OWNER, Role.STATION_LEAD, Role.BUREAU_GUIDE)
FOR_ALL = frozenset({"/health", "/ready"})
"""Pages that tell everybody the same about the installation."""
CHOICES = frozenset({"/account", "/cases/new", "/events/new", "/intakes/new"}) | {
    "/recordation/mandates"
}
"""Forms in which an organisation is chosen by its name; and when one's own key was used."""
NAMED = frozenset({"organisation_id", "enterprise_id"})
CHANCE = re.compile(rb'nonce="[^"]*"|^PK.*', re.S)
"""What differs from answer to answer: the nonce of a page's scripts; a sheet's own clock."""
ASKED = {"q": "YADEA", "query": "YADEA", "text": "YADEA"}


def seen(app: FastAPI, readers: dict[Role, tuple[Browser, Program]]) -> dict[str, bytes]:
    """Return what strangers read on every route that names nothing of anybody's."""
    found = {}
    for role, (browser, program) in readers.items():
        for access in calls(app):
            names = set(PARAMETER.findall(access.path))
            if access.method != "GET" or access.path in FOR_ALL or not names <= OF_NOBODY.keys():
                continue
            client = program.client if access.path.startswith("/api/") else browser.client
            answer: httpx.Response = client.request(
                "GET", address(access.path, OF_NOBODY), params=ASKED, follow_redirects=False
            )
            found[f"{role} {access.path}"] = CHANCE.sub(b"", answer.content)
    return found


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_what_others_have_changes_nothing_a_stranger_sees(
    app: FastAPI, request: pytest.FixtureRequest
) -> None:
    strangers = {role: make_person(app.state.database, role) for role in STRANGERS}
    readers = {role: (Browser(app, who), Program(app, who)) for role, who in strangers.items()}
    moment = datetime(2026, 9, 30, 2, tzinfo=UTC)
    load(app.state.database, app.state.settings)
    with clock.at(moment):
        before = seen(app, readers)
    things = request.getfixturevalue("owner").things
    with clock.at(moment):
        after = seen(app, readers)

    assert len(before) > 150
    changed = {place for place, content in before.items() if content != after[place]}
    leaks = {
        (place, name)
        for place in changed
        for name, value in things.items()
        if name not in NAMED and value.encode() in after[place]
    }
    assert {place.partition(" ")[2] for place in changed} <= CHOICES
    assert leaks == set()
