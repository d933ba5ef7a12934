"""Connectors as they stand, refreshes on request, and papers of a case fetched while one waits."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar
from uuid import UUID

from sqlalchemy.orm import Session

from service.core.db import Database
from service.core.errors import NotFound, Unavailable
from service.core.outgoing import ComeBack
from service.core.settings import Settings
from service.core.text import N_
from service.identity.permissions import Actor, Permission
from service.registry.connectors import (
    Connector,
    asking,
    connector,
    connectors,
    need_ready,
    of_offices,
)
from service.registry.models import ConnectorMemory, Refresh
from service.registry.refreshes import Refreshes
from service.registry.sources.online.tsdr_api import Paper, TsdrApi
from service.registry.usecases.refreshing import begin_refresh

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Standing:
    """A connector, what it knows, and its last refresh."""

    connector: Connector
    known: ConnectorMemory
    latest: Refresh | None


def every_connector(session: Session, settings: Settings, actor: Actor) -> list[Standing]:
    """Return every connector of the installation as it stands."""
    actor.need(Permission.REGISTER_READ)
    return [_standing(session, one) for one in connectors(settings)]


def one_connector(session: Session, settings: Settings, actor: Actor, name: str) -> Standing:
    """Return a connector as it stands; raise `NotFound` for a name that is none's."""
    actor.need(Permission.REGISTER_READ)
    return _standing(session, connector(settings, name))


def look_now(session: Session, settings: Settings, actor: Actor, name: str) -> UUID:
    """Begin a refresh on request; raise `NotFound` or `NoCredentials`."""
    actor.need(Permission.IMPORT_RUN)
    need_ready(connector(settings, name))
    return begin_refresh(session, actor, name)


def helps(settings: Settings) -> Mapping[str, Connector]:
    """Return the connectors that lack credentials, by the office that is not asked for it."""
    return {one.office: one for one in of_offices(settings) if not one.ready}


def papers_of_case(
    database: Database, settings: Settings, actor: Actor, number: str
) -> Sequence[Paper]:
    """Return the documents of a case of the USPTO."""
    actor.need(Permission.MARK_READ)
    found = _at_tsdr(database, settings, lambda api: api.papers(number))
    if found is None:
        raise NotFound(N_("The office knows no such case."))
    return found


def paper_of_case(
    database: Database, settings: Settings, actor: Actor, number: str, paper: str
) -> bytes:
    """Return one document of a case of the USPTO, as PDF."""
    actor.need(Permission.MARK_READ)
    found = _at_tsdr(database, settings, lambda api: api.paper(number, paper))
    if found is None:
        raise NotFound(N_("The office knows no such case."))
    return found


def _at_tsdr(database: Database, settings: Settings, ask: Callable[[TsdrApi], T]) -> T:
    """Ask TSDR while somebody waits: what cannot be had soon is not waited for."""
    try:
        with asking(database, settings, "tsdr", Path()) as line:
            assert isinstance(line.adapter, TsdrApi)
            return ask(line.adapter)
    except ComeBack as later:
        seconds = int(later.pause.total_seconds()) + 1
        detail = N_("Try again in {retry_after} seconds.")
        raise Unavailable(detail, retry_after=seconds) from later


def _standing(session: Session, one: Connector) -> Standing:
    refreshes = Refreshes(session)
    return Standing(one, refreshes.memory(one.name), refreshes.latest(one.name))
