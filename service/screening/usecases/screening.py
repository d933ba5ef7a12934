"""Screening a name: plan, search, judge, word; kept as it was given."""

import hashlib
import zlib
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.orm import Session

from service.core import audit, clock
from service.core.db import Database
from service.core.settings import Settings
from service.core.text import N_
from service.core.types import new_id
from service.identity.permissions import Actor, Permission
from service.registry.finder import Finder, IndexBuilding
from service.registry.indexing import ask_to_keep
from service.registry.nearest import Nearest
from service.registry.outlines import read_outlines
from service.registry.penalties import Penalties
from service.registry.repository import Marks
from service.registry.schemas.penalties import PenaltyOut
from service.registry.usecases.looking import helps
from service.rules.markets.routes import crossings
from service.screening.answer import make_answer
from service.screening.border import border, names_of
from service.screening.domain import RANK, BrandRole, Verdict, worst_of
from service.screening.errors import ScreeningDamaged
from service.screening.judging import Judged, judge, line
from service.screening.models import Screening
from service.screening.plan import Plan, read_plan
from service.screening.recorded import authorities_listed, recordations
from service.screening.repository import Screenings, register_states
from service.screening.schemas import BorderOut, ScreeningIn, ScreeningOut
from service.screening.usecases.papers import ask_for_papers
from service.screening.usecases.remembering import with_decisions
from service.screening.weighing import Scales, Tally


def run_screening(
    database: Database, settings: Settings, finder: Finder, actor: Actor, asked: ScreeningIn
) -> ScreeningOut:
    """Screen a brand family and keep the answer.

    Reading, matching and wording hold no lock; only storing takes a short write transaction.

    Raises:
        PermissionDenied: the actor screens nothing.
        NoName, NameTooLong, NoMarket, UnknownMarket, UnreadableGoods, …: see `read_plan`.
        IndexBuilding, SearchesFull: nothing was searched; try again.
    """
    actor.need(Permission.SCREENING_RUN)
    fresh = answer_screening(database, settings, finder, asked)
    with database.read() as session:
        answer = with_decisions(session, actor, fresh)
    with database.write() as session:
        store(session, actor, answer)
    return answer


def answer_screening(
    database: Database, settings: Settings, finder: Finder, asked: ScreeningIn
) -> ScreeningOut:
    """Work an answer out without keeping it."""
    plan = read_plan(asked, settings)
    with finder.turn():
        with database.read() as session:
            states = register_states(session)
        offices = sorted({need.office for place in plan.markets for need in place.registers})
        found = _searched(database, finder, plan, offices)
        rows = found.rows(line(), plan.limit)
        scales = Scales([name.prepared for name in plan.names], plan.goods, plan.markets)
        with database.read() as session:
            outlines = read_outlines(session, found.keys[rows].tolist())
            tally = scales.weigh(found, rows, outlines, clock.today())
            shown = _judged(session, plan, tally, scales)
            way = _borders(session, plan, tally, asked.brand_role)
    return make_answer(
        new_id(),
        asked,
        plan,
        states,
        shown,
        tally=tally,
        borders=way,
        unasked=helps(settings),
        change=found.change,
        at=clock.now(),
    )


def _borders(session: Session, plan: Plan, tally: Tally, role: BrandRole) -> list[BorderOut]:
    """Look up which of the marks found are recorded with customs on the way."""
    clear = RANK[Verdict.NO_CONFLICT_FOUND]
    weighed = {one.key: one for one in tally.weighed if one.rank < clear}
    listed = authorities_listed(session)
    way = []
    for crossing in crossings(plan.route):
        names = names_of(crossing.territory)
        found = recordations(session, list(weighed), names) if names & listed else []
        made = border(
            crossing, found, weighed, listed=bool(names & listed), role=role, on=clock.today()
        )
        way.append(made.model_copy(update={"penalties": _penalties(session, plan, made)}))
    return way


def _penalties(session: Session, plan: Plan, made: BorderOut) -> list[PenaltyOut]:
    """Return published decisions of that customs about the names or what is recorded there."""
    numbers = {one.recordation_number for one in made.recordations} - {""}
    names = [name.text for name in plan.names]
    rows = Penalties(session).about(made.territory, names, numbers)
    return [PenaltyOut.model_validate(row) for row in rows]


def _searched(database: Database, finder: Finder, plan: Plan, offices: Sequence[str]) -> Nearest:
    try:
        return finder.search([name.prepared for name in plan.names], offices)
    except IndexBuilding:
        ask_to_keep(database)
        raise


def _judged(session: Session, plan: Plan, tally: Tally, scales: Scales) -> list[Judged]:
    """Compare and explain the marks that are shown, the worst first."""
    first = tally.weighed[: plan.limit]
    records = Marks(session).details([one.key for one in first])
    shown = [
        judge(
            one.key,
            records[one.key].record,
            name=one.name,
            query=plan.names[one.name].prepared,
            markets=plan.markets,
            related=scales.related,
        )
        for one in first
        if one.key in records
    ]
    return [one for one in shown if one is not None]


def store(session: Session, actor: Actor, answer: ScreeningOut) -> Screening:
    """Keep an answer as it was given."""
    body = answer.model_dump_json().encode()
    worst = worst_of(one.verdict for one in answer.markets.values())
    row = Screening(
        id=answer.screening_id,
        organisation_id=actor.organisation_id,
        person_id=actor.person_id,
        names=answer.input.names,
        reference=answer.input.reference,
        markets=list(answer.markets),
        verdict=worst,
        engine=answer.engine,
        change=answer.change,
        answer=zlib.compress(body, level=3),
        answer_hash=hashlib.sha256(body).hexdigest(),
        created_at=answer.at,
    )
    Screenings(session, actor).add(row)
    ask_for_papers(session, actor, answer)
    audit.record(
        session,
        "screening.run",
        subject=("screening", row.id),
        actor_id=actor.person_id,
        organisation_id=actor.organisation_id,
        answer=row.answer_hash,
    )
    return row


def fetch_screening(session: Session, actor: Actor, screening_id: UUID) -> bytes:
    """Return a kept answer, byte for byte as it was given.

    Raises:
        NotFound: there is none, or it is not the actor's to see.
        ScreeningDamaged: what is stored is not what was given.
    """
    actor.need(Permission.SCREENING_READ)
    row = Screenings(session, actor).get(screening_id)
    try:
        body = zlib.decompress(row.answer)
    except zlib.error:
        body = b""
    if hashlib.sha256(body).hexdigest() != row.answer_hash:
        detail = N_("The kept answer of the screening {screening_id} is damaged.")
        raise ScreeningDamaged(detail, screening_id=str(screening_id))
    return body
