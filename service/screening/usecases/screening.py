"""Screening a name: plan, search, judge, word; kept as it was given."""

import hashlib
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from uuid import UUID

import numpy as np
from numpy.typing import NDArray
from sqlalchemy.orm import Session

from service.core import audit, clock
from service.core.db import Database
from service.core.settings import Settings
from service.core.text import N_
from service.core.types import new_id
from service.identity.permissions import Actor, Permission
from service.matching.index.marks import Facts
from service.registry.contents import CONTENTS, read_signs
from service.registry.finder import Finder, of_offices
from service.registry.findings import Findings
from service.registry.indexing import search_or_keep
from service.registry.penalties import Penalties
from service.registry.repository import Marks
from service.registry.schemas.penalties import PenaltyOut
from service.registry.usecases.looking import helps
from service.rules.markets.routes import crossings
from service.screening.answer import make_answer
from service.screening.border import border, names_of
from service.screening.domain import worst_of
from service.screening.errors import ScreeningDamaged
from service.screening.explaining import Explainer
from service.screening.judging import Judged, line
from service.screening.models import Screening
from service.screening.plan import Plan, read_plan
from service.screening.recorded import authorities_listed, recordations
from service.screening.repository import Screenings, register_states
from service.screening.schemas import BorderOut, ScreeningIn, ScreeningOut
from service.screening.tally import Tally, Weighed
from service.screening.usecases.entering import with_equivalents
from service.screening.usecases.papers import ask_for_papers
from service.screening.usecases.remembering import with_decisions
from service.screening.usecases.reopening import reopen_worse
from service.screening.weighing import Scales


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, as it was sent and as it is understood."""

    asked: ScreeningIn
    plan: Plan
    conflicts_only: bool = False
    """Marks that are no conflict are counted and not shown."""


@dataclass(frozen=True, slots=True)
class _Searched:
    """What the names of a question found, and the rows of it that are near enough to be weighed."""

    question: Question
    found: Findings
    rows: NDArray[np.intp]
    facts: Facts
    """What the index keeps of those rows."""
    scales: Scales


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
    question = Question(asked, read_plan(asked, settings))
    return answer_together(database, settings, finder, [question])[0]


def answer_together(
    database: Database, settings: Settings, finder: Finder, questions: Sequence[Question]
) -> list[ScreeningOut]:
    """Work out the answers of several questions, without keeping them.

    Each is what it would be alone; what the register tells is read for all of them at once.

    Raises:
        IndexBuilding, SearchesFull: nothing was searched; try again.
    """
    with finder.turn():
        with database.read() as session:
            states = register_states(session)
            plans = with_equivalents(session, [question.plan for question in questions])
        questions = [
            replace(question, plan=plan) for question, plan in zip(questions, plans, strict=True)
        ]
        searched = [_searched(database, finder, question) for question in questions]
        with database.read() as session:
            tallies = _weighed(session, searched)
            shown = _judged(session, searched, tallies)
            borders = _borders(session, questions, tallies)
    unasked = helps(settings)
    return [
        make_answer(
            new_id(),
            one.question.asked,
            one.question.plan,
            states,
            marks,
            tally=tally,
            borders=way,
            unasked=unasked,
            change=one.found.change,
            at=clock.now(),
        )
        for one, tally, marks, way in zip(searched, tallies, shown, borders, strict=True)
    ]


def _searched(database: Database, finder: Finder, question: Question) -> _Searched:
    plan = question.plan
    offices = {need.office for place in plan.markets for need in place.registers}
    names = [name.prepared for name in plan.names]
    found = search_or_keep(database, finder, names, of_offices(offices))
    scales = Scales(names, plan.goods, plan.markets)
    rows = found.rows(line(), plan.limit, scales.sounds)
    return _Searched(question, found, rows, found.facts(rows), scales)


def _weighed(session: Session, searched: Sequence[_Searched]) -> list[Tally]:
    contents = CONTENTS.of(session, [one.facts for one in searched])
    texts, today = partial(read_signs, session), clock.today()
    return [
        one.scales.weigh(one.found, one.rows, one.facts, contents, texts, today) for one in searched
    ]


def _judged(
    session: Session, searched: Sequence[_Searched], tallies: Sequence[Tally]
) -> list[list[Judged]]:
    """Compare and explain the marks that are shown, the worst first."""
    first = [shown_of(one.question, tally) for one, tally in zip(searched, tallies, strict=True)]
    records = Marks(session).details(sorted({found.key for some in first for found in some}))
    return [
        Explainer(one.question.plan, one.scales, one.found).explained(some, records)
        for one, some in zip(searched, first, strict=True)
    ]


def shown_of(question: Question, tally: Tally) -> list[Weighed]:
    """Return the marks that are shown of those weighed, the worst first.

    The worst of all; but each market with a conflict shows one, while there is room for it.
    """
    end = tally.conflicts if question.conflicts_only else len(tally)
    limit = min(question.plan.limit, end)
    leading = []
    for code in tally.markets:
        row = tally.worst_in(code, 0, limit)
        leading.append(tally.worst_in(code, limit, end) if row is None else row)
    wanted = (*range(min(limit, 1)), *(row for row in leading if row is not None), *range(limit))
    return list(tally.weighed(sorted([*dict.fromkeys(wanted)][:limit])))


def _borders(
    session: Session, questions: Sequence[Question], tallies: Sequence[Tally]
) -> list[list[BorderOut]]:
    """Look up which of the marks found are recorded with customs on the way."""
    listed, on = authorities_listed(session), clock.today()
    found = []
    for question, tally in zip(questions, tallies, strict=True):
        weighed: dict[int, Weighed] = {}
        if listed:
            weighed = {one.key: one for one in tally.weighed(range(tally.conflicts))}
        way = []
        for crossing in crossings(question.plan.route):
            names, role = names_of(crossing.territory), question.asked.brand_role
            there = bool(names & listed)
            recorded = recordations(session, list(weighed), names) if there else []
            made = border(crossing, recorded, weighed, listed=there, role=role, on=on)
            told = _penalties(session, question.plan, made)
            way.append(made.model_copy(update={"penalties": told}))
        found.append(way)
    return found


def _penalties(session: Session, plan: Plan, made: BorderOut) -> list[PenaltyOut]:
    """Return published decisions of that customs about the names or what is recorded there."""
    numbers = {one.recordation_number for one in made.recordations} - {""}
    names = [name.text for name in plan.names]
    rows = Penalties(session).about(made.territory, names, numbers)
    return [PenaltyOut.model_validate(row) for row in rows]


def store(session: Session, actor: Actor, answer: ScreeningOut) -> bytes:
    """Keep an answer as it is given; return it written out, as it can be had again."""
    return store_all(session, actor, [answer])[0]


def store_all(session: Session, actor: Actor, answers: Sequence[ScreeningOut]) -> list[bytes]:
    """Keep answers as they are given, written at once; return them written out."""
    bodies = [answer.model_dump_json().encode() for answer in answers]
    rows = [_kept(actor, answer, body) for answer, body in zip(answers, bodies, strict=True)]
    Screenings(session, actor).add_all(rows)
    reopen_worse(session, answers)
    for row, answer in zip(rows, answers, strict=True):
        ask_for_papers(session, actor, answer)
        audit.record(
            session,
            "screening.run",
            subject=("screening", row.id),
            actor_id=actor.person_id,
            organisation_id=actor.organisation_id,
            answer=row.answer_hash,
        )
    return bodies


def _kept(actor: Actor, answer: ScreeningOut, body: bytes) -> Screening:
    worst = worst_of(one.verdict for one in answer.markets.values())
    return Screening(
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
