"""Idempotency keys: the same POST sent twice is done once and answered alike.

Every router of the interface makes its routes of `OnceRoute`. The key is claimed by the first
statement of the request's session, and the answer is written before that session commits: key,
work and answer are there together or not at all. A twin waits for the claim of the first, so it
never does the work a second time; what it gets then is the first one's answer.
"""

import hashlib
import json
import operator
import zlib
from collections.abc import Callable, Coroutine
from functools import reduce
from typing import Annotated, Any

import sqlalchemy as sa
from fastapi import Depends, Header, Request, Response
from fastapi.routing import APIRoute
from pydantic import BaseModel
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile

from service.core import clock
from service.core.db import Database, database_of
from service.core.errors import Problem
from service.core.files import CHUNK
from service.core.text import N_
from service.core.types import TOLD_ONCE
from service.identity.errors import KeyReused
from service.identity.models import Replay
from service.identity.permissions import Actor, current_actor_or_none
from service.ui.problems import answer

KEPT = ("content-type", "location", "etag", "content-disposition")
"""Headers that are answered again."""


class Answered(Exception):
    """The request was done before: its answer is given again (see `on_answered`)."""

    def __init__(self, once: "Once") -> None:
        self.once = once
        super().__init__("answered before")


class Once:
    """One request with an idempotency key, from its claim to its answer."""

    def __init__(self, actor: Actor, request: Request, key: str, body_hash: str) -> None:
        """Hash what tells requests apart: caller and what they may, route, key; and the body."""
        scopes = sorted(actor.scopes) if actor.scopes is not None else None
        told = [
            str(actor.person_id),
            actor.role,
            scopes,
            request.method,
            request.url.path,
            request.url.query,
            key,
        ]
        self._key = hashlib.sha256(json.dumps(told).encode()).hexdigest()
        self._body_hash = body_hash
        self._session: Session | None = None

    def claim(self, session: Session, connection: sa.Connection) -> None:
        """Take the key as the first thing a session does; raise `Answered` when it is taken."""
        claim = sa.insert(Replay).values(
            key_hash=self._key,
            request_hash=self._body_hash,
            status=0,
            headers={},
            body=b"",
            created_at=clock.now(),
        )
        try:
            connection.execute(claim)
        except IntegrityError:
            raise Answered(self) from None
        self._session = session

    def keep(self, response: Response, told_once: "Places") -> None:
        """Write the answer beside the claim, in the transaction that did the work.

        Args:
            response: The whole answer; one that is streamed cannot be kept.
            told_once: Places in the answer that are left empty.
        """
        body = getattr(response, "body", None)
        if self._session is None or body is None:
            return
        headers = {name: response.headers[name] for name in KEPT if name in response.headers}
        self._session.execute(
            sa.update(Replay)
            .where(Replay.key_hash == self._key)
            .values(
                status=response.status_code,
                headers=headers,
                body=zlib.compress(_blanked(body, told_once)),
            )
        )

    def recall(self, database: Database) -> None:
        """Raise `Answered` when the answer is there already, before any work is begun."""
        with database.read() as session:
            if session.get(Replay, self._key) is not None:
                raise Answered(self)

    def again(self, database: Database) -> Response:
        """Return the answer that was given.

        Raises:
            KeyReused: the key came before with another body.
        """
        with database.read() as session:
            row = session.get_one(Replay, self._key)
        if row.request_hash != self._body_hash:
            raise KeyReused(N_("Use a new key for a new request."))
        headers = {**row.headers, "Idempotent-Replayed": "true"}
        return Response(zlib.decompress(row.body) if row.body else b"", row.status, headers)


Places = tuple[tuple[str, ...], ...]
"""Where secrets lie in an answer: the names of members from the outside in."""


def _blanked(body: bytes, told_once: Places) -> bytes:
    """Return a body without what is told once: it lies in no table, readable or not."""
    if not told_once:
        return body
    answer = json.loads(body)
    for *outer, name in told_once:
        reduce(operator.getitem, outer, answer)[name] = ""
    return json.dumps(answer, ensure_ascii=False).encode()


def _told_once(model: object) -> Places:
    """Return where an answer's model holds what is told once."""
    if not (isinstance(model, type) and issubclass(model, BaseModel)):
        return ()
    found: list[tuple[str, ...]] = []
    for name, field in model.model_fields.items():
        extra = field.json_schema_extra
        if isinstance(extra, dict) and extra.get(TOLD_ONCE):
            found.append((name,))
        found += [(name, *inner) for inner in _told_once(field.annotation)]
    return tuple(found)


async def _digest(request: Request) -> str:
    """Return the hash of what was sent; of a form that of its fields, whatever parts it in."""
    digest = hashlib.sha256()
    if "form" not in request.headers.get("content-type", ""):
        digest.update(await request.body())
        return digest.hexdigest()
    for name, value in (await request.form()).multi_items():
        if not isinstance(value, UploadFile):
            digest.update(json.dumps([name, value]).encode())
            continue
        digest.update(json.dumps([name, value.filename, value.size]).encode())
        while chunk := await value.read(CHUNK):
            digest.update(chunk)
        await value.seek(0)
    return digest.hexdigest()


async def _recall(
    request: Request,
    idempotency_key: Annotated[
        str | None,
        Header(max_length=200, description="Send the same key again to repeat a request safely."),
    ] = None,
) -> None:
    """Answer a request that was done; else let the first statement of its session claim the key."""
    actor = current_actor_or_none(request)
    if not idempotency_key or actor is None:  # without an actor the route itself refuses
        return
    once = Once(actor, request, idempotency_key, await _digest(request))
    await run_in_threadpool(once.recall, database_of(request))
    request.state.once, request.state.on_begin = once, once.claim


def on_answered(request: Request, error: Exception) -> Response:
    """Give the kept answer of a request that was done before."""
    assert isinstance(error, Answered)
    try:
        return error.once.again(database_of(request))
    except Problem as problem:
        return answer(request, problem)


class OnceRoute(APIRoute):
    """A route of the interface; its POST honours `Idempotency-Key`."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        """Put the look for an earlier answer before everything the endpoint itself needs."""
        if "POST" in (options.get("methods") or ()):
            options["dependencies"] = [*(options.get("dependencies") or ()), Depends(_recall)]
        super().__init__(path, endpoint, **options)

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Wrap the handler: what it answers is kept before its session commits."""
        handle, told_once = super().get_route_handler(), _told_once(self.response_model)

        async def handled_once(request: Request) -> Response:
            response = await handle(request)
            once: Once | None = getattr(request.state, "once", None)
            if once is not None:
                await run_in_threadpool(once.keep, response, told_once)
            return response

        return handled_once
