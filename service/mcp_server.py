"""Tools for assistants (Model Context Protocol): screen, compare, explain, compute a deadline.

Every call acts as the person whose API key the process was given, with that key's scopes: the key
is looked up again for each call, so a revoked one stops at once. Answers are those of the API.
"""

import json
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar
from uuid import UUID

import anyio.to_thread
from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from pydantic import BaseModel, ValidationError

from service import __version__
from service.cases.books import book_of
from service.core.db import Database
from service.core.errors import NotSignedIn, Problem
from service.core.settings import Settings
from service.core.text import N_
from service.identity.permissions import Actor
from service.identity.usecases.signing_in import recognise_key
from service.registry.finder import Finder
from service.rules.evaluator import compute
from service.rules.reading import read_trigger
from service.rules.wire import computed_out
from service.screening.catalogue import wrong_fields
from service.screening.results import said
from service.screening.schemas import CompareIn, ScreeningIn
from service.screening.usecases.comparing import compare_marks
from service.screening.usecases.screening import fetch_screening, run_screening

INSTRUCTIONS = (
    "Markpass 标通 screens brand names against the trade mark registers loaded in this "
    "installation. Always tell what was not searched (`not_searched`) beside a verdict, and that "
    "this is a search aid with dates and sources, not legal advice."
)
HITS = 10
"""Hits given with a screening unless more are asked for; `explain` has them all."""
Answer = dict[str, Any]
Model = TypeVar("Model", bound=BaseModel)


class Tools:
    """What the tools do, for the holder of one key."""

    def __init__(self, settings: Settings, database: Database, key: str) -> None:
        self._settings, self._database, self._key = settings, database, key
        self._finder = Finder(database, settings)

    def screen(
        self,
        names: list[str],
        destinations: list[str],
        goods: list[str] | None = None,
        origin: str = "CN",
        hits: int = HITS,
    ) -> Answer:
        """Screen a brand family for every market on its route, and keep the answer.

        Per market a verdict with its sentence, the marks found, and what was not searched.
        `goods` are `class:12`, `hs:8711.60`, `group:1204` or words.
        """
        route = {"origin": origin, "destinations": destinations}
        values = {"names": names, "goods": goods or [], "route": route, "limit": hits}
        asked = _read(ScreeningIn, values)
        answer = run_screening(self._database, self._settings, self._finder, self._actor(), asked)
        return answer.model_dump(mode="json")

    def compare(self, a: str, b: str) -> Answer:
        """Compare two marks on the visual, aural and conceptual axes; no register is searched."""
        asked = _read(CompareIn, {"a": a, "b": b})
        return compare_marks(self._actor(), asked).model_dump(mode="json")

    def explain(self, screening_id: UUID, hit: str = "") -> Answer:
        """Give a kept screening again: all of it, or only the hit named by its `hit_id`."""
        actor = self._actor()
        with self._database.read() as session:
            answer: Answer = json.loads(fetch_screening(session, actor, screening_id))
        if not hit:
            return answer
        found = [one for one in answer["hits"] if one["hit_id"] == hit]
        if not found:
            raise Problem(N_("The screening has no hit {hit}."), hit=hit[:40])
        return {"screening_id": answer["screening_id"], "hit": found[0]}

    def deadline(self, rule_id: str, trigger: str, facts: dict[str, str] | None = None) -> Answer:
        """Compute a date by a rule of the library and say why it is that date.

        `trigger` is the day, or the moment of ISO 8601, of the event that starts the period. A
        rule that was not researched says so; no date is ever assumed.
        """
        self._actor()
        with self._database.read() as session:
            book = book_of(session)
        return computed_out(compute(rule_id, read_trigger(trigger), facts or {}, book=book))

    def _actor(self) -> Actor:
        proof = recognise_key(self._database, self._key) if self._key else None
        if proof is None:
            raise NotSignedIn(N_("This API key is unknown, expired or revoked."))
        return proof.actor


def make_server(settings: Settings, database: Database, key: str) -> MCPServer[Any]:
    """Return the server with its tools, acting as the holder of `key`."""
    server: MCPServer[Any] = MCPServer(
        "markpass", "Markpass 标通", instructions=INSTRUCTIONS, version=__version__
    )
    tools = Tools(settings, database, key)

    @server.tool(description=Tools.screen.__doc__)
    async def screen(
        names: list[str],
        destinations: list[str],
        goods: list[str] | None = None,
        origin: str = "CN",
        hits: int = HITS,
    ) -> Answer:
        return await _told(partial(tools.screen, names, destinations, goods, origin, hits))

    @server.tool(description=Tools.compare.__doc__)
    async def compare(a: str, b: str) -> Answer:
        return await _told(partial(tools.compare, a, b))

    @server.tool(description=Tools.explain.__doc__)
    async def explain(screening_id: UUID, hit: str = "") -> Answer:
        return await _told(partial(tools.explain, screening_id, hit))

    @server.tool(description=Tools.deadline.__doc__)
    async def deadline(rule_id: str, trigger: str, facts: dict[str, str] | None = None) -> Answer:
        return await _told(partial(tools.deadline, rule_id, trigger, facts))

    return server


async def _told(work: Callable[[], Answer]) -> Answer:
    """Do the work in a thread; tell a problem in both languages as the tool's error."""
    try:
        return await anyio.to_thread.run_sync(work)
    except Problem as problem:
        words = said(problem)
        raise ToolError(f"{problem.code}: " + " / ".join(words.values())) from None


def _read(model: type[Model], values: dict[str, Any]) -> Model:
    try:
        return model.model_validate(values)
    except ValidationError as fault:
        raise wrong_fields(fault, model) from None
