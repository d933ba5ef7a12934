"""Screening a name: plan, search, judge, word; kept as it was given."""

import hashlib
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy.orm import Session

from service.core import audit, clock
from service.core.db import Database
from service.core.settings import Settings
from service.core.types import new_id
from service.identity.permissions import Actor, Permission
from service.registry.finder import Finder, Finding
from service.registry.repository import Marks
from service.screening.answer import make_answer
from service.screening.domain import RANK
from service.screening.judging import Judged, judge, line
from service.screening.models import Screening
from service.screening.plan import Plan, read_plan
from service.screening.repository import Screenings, register_states
from service.screening.schemas import ScreeningIn, ScreeningOut


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
    answer = answer_screening(database, settings, finder, asked)
    with database.write() as session:
        store(session, actor, answer)
    return answer


def answer_screening(
    database: Database, settings: Settings, finder: Finder, asked: ScreeningIn
) -> ScreeningOut:
    """Work an answer out without keeping it."""
    plan = read_plan(asked, settings)
    with database.read() as session:
        states = register_states(session)
    offices = sorted({need.office for place in plan.markets for need in place.registers})
    findings, change = finder.search(
        [name.prepared for name in plan.names], offices, limit=plan.limit, line=line()
    )
    judged, below = _judge_all(database, plan, findings)
    return make_answer(
        new_id(), asked, plan, states, judged, below=below, change=change, at=clock.now()
    )


def _judge_all(
    database: Database, plan: Plan, findings: Sequence[Finding]
) -> tuple[list[Judged], Mapping[str, int]]:
    """Judge every mark listed; count by market those found below the line and not listed."""
    nearest = _nearest(findings)
    with database.read() as session:
        records = Marks(session).details(list(nearest))
    today = clock.today()
    judged = []
    for key, (_, name) in nearest.items():
        stored = records.get(key)
        if stored is None or not stored.is_live(today):
            continue
        found = judge(
            key,
            stored.record,
            name=name,
            query=plan.names[name].prepared,
            goods=plan.goods,
            markets=plan.markets,
        )
        if found is not None:
            judged.append(found)
    judged.sort(key=lambda one: one.order)
    unlisted = sum(finding.total - len(finding.marks) for finding in findings)
    return judged, Counter({"": unlisted})


def _nearest(findings: Sequence[Finding]) -> dict[int, tuple[float, int]]:
    """Return the best similarity of each mark found and the name that reached it, best first."""
    best: dict[int, tuple[float, int]] = {}
    for name, finding in enumerate(findings):
        for mark in finding.marks:
            if mark.key not in best or mark.similarity > best[mark.key][0]:
                best[mark.key] = (mark.similarity, name)
    return dict(sorted(best.items(), key=lambda item: (-item[1][0], item[0])))


def store(session: Session, actor: Actor, answer: ScreeningOut) -> Screening:
    """Keep an answer as it was given."""
    body = answer.model_dump_json().encode()
    worst = min((one.verdict for one in answer.markets.values()), key=RANK.__getitem__)
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
    """
    actor.need(Permission.SCREENING_READ)
    return zlib.decompress(Screenings(session, actor).get(screening_id).answer)
