"""The cockpit: what to do now, what is left of every clock, who has not answered."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from service.cases.books import book_of
from service.cases.repository import Deadlines, Threads, Timeline
from service.cases.repository_evidence import Items
from service.cases.showing import events_of
from service.core import clock
from service.core.db import DbSession
from service.identity.permissions import Actor, Permission
from service.recordation.detention import domain as d
from service.recordation.detention.access import Reader
from service.recordation.detention.clocks import PATENTS
from service.recordation.detention.letters import letters_for
from service.recordation.detention.models import Detention
from service.recordation.detention.papers import PAPERS
from service.recordation.detention.places import zone_of
from service.recordation.detention.repository import Detentions
from service.recordation.detention.security import asked_of, guarantee
from service.recordation.detention.showing import (
    NEXT,
    STATUS_TAGS,
    asks_of,
    choices,
    countdowns,
    dateless,
    law_of,
    settled,
)
from service.recordation.detention.tables import WAITS
from service.recordation.detention.usecases.acting import misses, offered
from service.recordation.detention.usecases.receiving import made_by_paper, paper_steps
from service.recordation.repository import may_act_for
from service.rules.authorities import authority
from service.rules.authorities.showing import RIGHT_NAMES
from service.ui.forms import Form
from service.ui.i18n import language_of
from service.ui.render import page

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Again:
    """The form that was refused: which one of the page, as it was sent, and the status."""

    taken: str = ""
    form: Form = field(default_factory=Form)
    status: int = 200


@router.get("/detentions/{detention_id}")
def cockpit_page(
    request: Request, detention_id: UUID, actor: Reader, session: DbSession
) -> Response:
    """Show the cockpit: what to do now, what is left of every clock, who has not answered."""
    return cockpit(request, actor, session, Detentions(session, actor).get(detention_id))


def cockpit(
    request: Request,
    actor: Actor,
    session: Session,
    row: Detention,
    again: Again | None = None,
) -> Response:
    """Answer the cockpit; `again` is the form that was refused."""
    again = again or Again()
    thread = Threads(session, actor).get(row.id)
    writes = Threads(session, actor).sight(thread).writes and thread.closed_at is None
    one = authority(row.authority)
    return page(
        request,
        "detention/cockpit.html",
        status=again.status,
        form=again.form,
        taken=again.taken,
        row=row,
        thread=thread,
        authority=one,
        zone=zone_of(row),
        tag=STATUS_TAGS[row.side][row.status],
        next_act=NEXT.get((row.side, row.status), ""),
        waits=row.status in WAITS[row.side],
        warns=row.side is d.Side.HOLDER
        and row.authority == d.GACC
        and row.status in {"entered", "notified"},
        enters=writes and actor.can(Permission.DETENTION_ENTER),
        lacks_mandate=writes
        and actor.can(Permission.DETENTION_ACT)
        and not may_act_for(session, actor, row.organisation_id),
        links_case=writes and actor.can(Permission.CASE_WRITE) and row.case_id is None,
        asked=asked_of(row, clock.today()),
        general=guarantee(clock.today()) if row.authority == d.GACC else None,
        law=law_of(one, row.side, clock.today()),
        letters=letters_for(row),
        names=d,
        rights=RIGHT_NAMES,
        patents=row.right_kind in PATENTS,
        paper_names={kind: each.label for kind, each in PAPERS.items()},
        choices=choices,
        disposals=[(k.value, n) for k, n in d.DISPOSALS.items() if k in _disposals(row)],
        **_clocks(request, actor, session, row),
        **_work(request, actor, session, row, writes=writes),
    )


def _disposals(row: Detention) -> frozenset[d.Disposal]:
    return d.disposals_at(row.authority)


def _clocks(request: Request, actor: Actor, session: Session, row: Detention) -> dict[str, Any]:
    clocks = Deadlines(session, actor).of(row.id)
    language = language_of(request)
    return {
        "countdowns": countdowns(clocks, clock.now(), language, book_of(session)),
        "dateless": dateless(clocks),
        "settled": settled(clocks),
        "events": events_of(session, Timeline(session, actor).of(row.id), language),
    }


def _work(
    request: Request, actor: Actor, session: Session, row: Detention, *, writes: bool
) -> dict[str, Any]:
    detentions = Detentions(session, actor)
    moves = offered(session, actor, row) if writes else ()
    kinds = paper_steps(row) if writes else []
    return {
        "moves": [
            (move, misses(session, actor, row, move), asks_of(move.event))
            for move in sorted(moves, key=lambda one: made_by_paper(row.side, one.event))
        ],
        "by_paper": {m.event for m in moves if made_by_paper(row.side, m.event)},
        "papers_next": [(kind.value, PAPERS[kind].label) for kind in PAPERS if kind in kinds],
        "papers": detentions.papers(row.id),
        "contacts": detentions.contacts(row.id),
        "costs": detentions.costs(row.id),
        "evidence": Items(session, actor).of(row.id),
        "limit": request.app.state.settings.upload_bytes,
    }
