"""Idempotency keys: the same request sent twice is done once and answered alike.

The stored answer is written in the transaction that does the work, so that neither exists without
the other.
"""

import hashlib
from collections.abc import Callable
from typing import Annotated, TypeVar

from fastapi import Depends, Header, Request, Response
from pydantic import BaseModel
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from service.core import clock
from service.core.db import Database
from service.core.text import N_
from service.identity.errors import KeyReused
from service.identity.models import Replay
from service.identity.permissions import current_actor

Out = TypeVar("Out", bound=BaseModel)


class Once:
    """What one request knows of its idempotency key."""

    def __init__(self, request: Request, response: Response, key: str | None, body: bytes) -> None:
        """Hash what tells requests apart: caller, route, key; and the body."""
        self._response = response
        self._key = None
        if key:
            actor = current_actor(request)
            name = f"{actor.person_id}:{request.method}:{request.url.path}:{key}"
            self._key = hashlib.sha256(name.encode()).hexdigest()
        self._request = hashlib.sha256(body).hexdigest()

    def replayed(self, session: Session, out: type[Out]) -> Out | None:
        """Return the answer given before to this very request, if there was one.

        Raises:
            KeyReused: the key came before with another body.
        """
        row = session.get(Replay, self._key) if self._key else None
        if row is None:
            return None
        if row.request_hash != self._request:
            raise KeyReused(N_("Use a new key for a new request."))
        self._response.status_code = row.status
        self._response.headers["Idempotent-Replayed"] = "true"
        return out.model_validate_json(row.body)

    def keep_first(
        self, database: Database, status: int, body: Out, store: Callable[[Session], object]
    ) -> Out:
        """Keep `body` and what `store` writes in one transaction, and return `body`.

        If the key was used by another request meanwhile, return the answer that one got.

        Raises:
            KeyReused: the key came meanwhile with another body.
        """
        try:
            with database.write() as session:
                if (before := self.replayed(session, type(body))) is None:
                    self._keep(session, status, body)
                    store(session)
                return before or body
        except IntegrityError:  # PostgreSQL lets two write at once; the second waits, then is here
            with database.read() as session:
                before = self.replayed(session, type(body))
            if before is None:
                raise
            return before

    def _keep(self, session: Session, status: int, body: BaseModel) -> None:
        if self._key:
            session.add(
                Replay(
                    key_hash=self._key,
                    request_hash=self._request,
                    status=status,
                    body=body.model_dump_json(),
                    created_at=clock.now(),
                )
            )
            session.flush()


async def once(
    request: Request,
    response: Response,
    idempotency_key: Annotated[
        str | None,
        Header(max_length=200, description="Send the same key again to repeat a request safely."),
    ] = None,
) -> Once:
    """Read the idempotency key of a request."""
    return Once(request, response, idempotency_key, await request.body())


OnceDep = Annotated[Once, Depends(once)]
