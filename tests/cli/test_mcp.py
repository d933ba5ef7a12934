import asyncio
import os
import sys
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import pytest
from mcp.client.client import Client
from mcp.client.stdio import StdioServerParameters, stdio_client

from service.core.db import Database
from service.core.errors import NotSignedIn
from service.core.settings import Settings
from service.identity.models import ApiKey
from service.identity.permissions import Role
from service.mcp_server import make_server
from tests.builders import make_person
from tests.cli.conftest import Call
from tests.client import key_of
from tests.register import load

Ask = Callable[..., tuple[bool, Any]]

T = TypeVar("T")


def apart(work: Coroutine[Any, Any, T]) -> T:
    """Run in a thread of its own: a browser test of the same process may have left a loop here."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


@pytest.fixture
def key(database: Database, settings: Settings) -> str:
    load(database, settings)
    return key_of(database, make_person(database, Role.EXPORTER_STAFF))


@pytest.fixture
def ask(database: Database, settings: Settings, key: str) -> Ask:
    """Call a tool as an assistant does; say whether it is an error, and what came."""

    def asked(name: str, **arguments: Any) -> tuple[bool, Any]:
        async def call() -> tuple[bool, Any]:
            async with Client(make_server(settings, database, key)) as client:
                result = await client.call_tool(name, arguments)
                told = result.structured_content or result.content[0].text  # type: ignore[union-attr]
                return bool(result.is_error), told

        return apart(call())

    return asked


def test_an_assistant_screens_and_has_a_hit_explained(ask: Ask) -> None:
    wrong, answer = ask("screen", names=["YADEA"], destinations=["XX"], goods=["class:12"])
    hit = answer["hits"][0]
    _, again = ask("explain", screening_id=answer["screening_id"])
    _, explained = ask("explain", screening_id=answer["screening_id"], hit=hit["hit_id"])

    assert not wrong
    assert answer["markets"]["XX"]["verdict"] == "high"
    assert answer["not_searched"]
    assert again == answer
    assert explained["hit"] == hit


def test_an_assistant_compares_and_computes_a_date(ask: Ask) -> None:
    _, compared = ask("compare", a="RODA", b="ODA")
    facts = {"member_state": "DE", "perishable": "yes"}
    _, date = ask("deadline", rule_id="eu-det-confirm", trigger="2026-05-13", facts=facts)

    assert set(compared["axes"]) == {"visual", "aural", "conceptual"}
    assert date["basis"] or date["rule"]


def test_a_problem_is_told_in_both_languages(ask: Ask) -> None:
    wrong, told = ask("screen", names=["YADEA"], destinations=["Atlantis"])
    absent, nothing = ask("explain", screening_id="00000000-0000-7000-8000-000000000000")

    assert (wrong, absent) == (True, True)
    assert "market-unknown" in told
    assert "not-found" in nothing


def test_a_key_does_no_more_than_its_scopes_and_nothing_once_revoked(
    database: Database, key: str, ask: Ask
) -> None:
    import sqlalchemy as sa

    with database.write() as session:
        session.execute(sa.update(ApiKey).values(scopes=["mark:read"]))
    wrong, scope = ask("compare", a="RODA", b="ODA")
    with database.write() as session:
        session.execute(sa.delete(ApiKey))
    gone, revoked = ask("compare", a="RODA", b="ODA")

    assert (wrong, "permission-denied" in scope) == (True, True)
    assert (gone, "not-signed-in" in revoked) == (True, True)


def test_without_a_key_the_command_does_not_start(
    database: Database, markpass: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MARKPASS_API_KEY", "mp_nobody")

    with pytest.raises(NotSignedIn):
        markpass("mcp")


def test_the_command_serves_over_standard_input_and_output(settings: Settings, key: str) -> None:
    environment = {
        **os.environ,
        "MARKPASS_HOME": str(settings.home),
        "MARKPASS_DATABASE_URL": settings.database_url,
        "MARKPASS_API_KEY": key,
    }
    command = StdioServerParameters(
        command=sys.executable, args=["-m", "service.cli", "mcp"], env=environment
    )

    async def names() -> list[str]:
        async with Client(stdio_client(command)) as client:
            return [tool.name for tool in (await client.list_tools()).tools]

    assert apart(names()) == ["screen", "compare", "explain", "deadline"]
