"""All SQL of decisions and of the papers that are to be got."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.core.errors import NotFound
from service.core.pagination import Cursor, cut, newest_first
from service.core.text import N_
from service.identity.models import Organisation, Person
from service.identity.permissions import Actor
from service.registry.models import Mark, MarkCustoms
from service.registry.prepared import fold_name
from service.screening.domain import DecisionState
from service.screening.models import Decision, Paper

SHOWN_PAPERS = 200


class Decisions:
    """The decisions of the actor's own organisation."""

    def __init__(self, session: Session, actor: Actor) -> None:
        self._session = session
        self._actor = actor

    def _visible(self) -> sa.Select[Decision]:
        """Start every query here: the tenant filter is written once and nowhere else."""
        query = sa.select(Decision)
        if self._actor.reads_all:
            return query
        return query.where(Decision.organisation_id == self._actor.organisation_id)

    def get(self, decision_id: UUID) -> Decision:
        """Return one; absent and foreign ones raise `NotFound` alike."""
        row = self._session.scalar(self._visible().where(Decision.id == decision_id))
        if row is None:
            raise NotFound(N_("There is no such decision."))
        return row

    def page(self, cursor: Cursor) -> tuple[Sequence[Decision], str | None]:
        """Return some, newest first, withdrawn and replaced ones too."""
        query = newest_first(self._visible(), Decision.id, cursor)
        return cut(list(self._session.scalars(query)), cursor)

    def remembered(self, name_keys: Collection[str]) -> Sequence[Decision]:
        """Return what was decided of these names and is not withdrawn, newest first."""
        query = self._visible().where(
            Decision.name_key.in_(name_keys),
            Decision.state.in_([DecisionState.STANDING, DecisionState.REOPENED]),
        )
        return self._session.scalars(query.order_by(Decision.id.desc())).all()

    def add(self, row: Decision) -> Decision:
        """Store a new one."""
        self._session.add(row)
        self._session.flush()
        return row


class Papers:
    """The papers that the actor's own organisation is to get."""

    def __init__(self, session: Session, actor: Actor) -> None:
        self._session = session
        self._actor = actor

    def _visible(self) -> sa.Select[Paper]:
        query = sa.select(Paper)
        if self._actor.reads_all:
            return query
        return query.where(Paper.organisation_id == self._actor.organisation_id)

    def get(self, paper_id: UUID) -> Paper:
        """Return one; absent and foreign ones raise `NotFound` alike."""
        row = self._session.scalar(self._visible().where(Paper.id == paper_id))
        if row is None:
            raise NotFound(N_("There is no such paper to get."))
        return row

    def all(self) -> Sequence[Paper]:
        """Return them, those still to get first, then newest first."""
        query = self._visible().order_by(Paper.done_at.is_not(None), Paper.id.desc())
        return self._session.scalars(query.limit(SHOWN_PAPERS)).all()


def decided_among(session: Session, since: int, upto: int) -> Sequence[int]:
    """Return the keys of the marks changed in a range of change numbers that anybody decided on."""
    same = sa.and_(Decision.office == Mark.office, Decision.number == Mark.number)
    decided = sa.exists().where(same, Decision.state == DecisionState.STANDING)
    query = sa.select(Mark.id).where(Mark.change > since, Mark.change <= upto, decided)
    return session.scalars(query.order_by(Mark.id)).all()


def standing_on(session: Session, marks: Collection[tuple[str, str]]) -> Sequence[Decision]:
    """Return every organisation's standing decisions on these marks, by office and number."""
    query = sa.select(Decision).where(
        Decision.state == DecisionState.STANDING,
        sa.tuple_(Decision.office, Decision.number).in_(list(marks)),
    )
    return session.scalars(query.order_by(Decision.id)).all()


def standing_among(session: Session, ids: Collection[UUID]) -> Sequence[Decision]:
    """Return those of some decisions that stand."""
    query = sa.select(Decision).where(
        Decision.id.in_(ids), Decision.state == DecisionState.STANDING
    )
    return session.scalars(query.order_by(Decision.id).with_for_update()).all()


def expired_by(session: Session, on: date, most: int) -> Sequence[Decision]:
    """Return some of every organisation's standing decisions whose last day was before a day."""
    query = sa.select(Decision).where(
        Decision.state == DecisionState.STANDING, Decision.expires_on < on
    )
    return session.scalars(query.order_by(Decision.id).limit(most).with_for_update()).all()


def own_names(session: Session, actor: Actor) -> frozenset[str]:
    """Return what the actor's organisation is known by as an owner."""
    row = session.get(Organisation, actor.organisation_id) if actor.organisation_id else None
    names = (row.name_zh, row.name_en) if row else ()
    return frozenset(fold_name(name) for name in names if name)


def names_of(session: Session, people: Collection[UUID | None]) -> dict[UUID, str]:
    """Return the names of people by id, for what is shown now and never stored."""
    query = sa.select(Person.id, Person.name).where(Person.id.in_([one for one in people if one]))
    return {row.id: row.name for row in session.execute(query)}


def authorised_users(
    session: Session, marks: Collection[tuple[str, str]]
) -> dict[tuple[str, str], set[str]]:
    """Return who may use marks by their customs recordations 合法使用人, folded, by mark."""
    query = (
        sa.select(Mark.office, Mark.number, MarkCustoms.authorised_users)
        .join(MarkCustoms, MarkCustoms.mark_id == Mark.id)
        .where(sa.tuple_(Mark.office, Mark.number).in_(list(marks)))
    )
    found: dict[tuple[str, str], set[str]] = {}
    for office, number, users in session.execute(query) if marks else ():
        found.setdefault((office, number), set()).update(map(fold_name, users))
    return found
