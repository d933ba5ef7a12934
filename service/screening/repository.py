"""All SQL of screenings."""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.core.errors import NotFound
from service.core.pagination import Cursor, cut, newest_first
from service.core.text import N_
from service.identity.permissions import Actor
from service.registry.domain import EditionState
from service.registry.models import Register, Share
from service.screening.domain import Gap, RegisterState
from service.screening.models import Screening

KIND = "screening"
"""Kind under which a screening is shared."""


class Screenings:
    """The screenings one actor may see: of the own organisation, or shared with it."""

    def __init__(self, session: Session, actor: Actor) -> None:
        self._session = session
        self._actor = actor

    def _visible(self) -> sa.Select[Screening]:
        """Start every query here: the tenant filter is written once and nowhere else."""
        query = sa.select(Screening)
        if self._actor.reads_all:
            return query
        mine = self._actor.organisation_id
        shared = sa.select(Share.thing_id).where(Share.kind == KIND, Share.organisation_id == mine)
        return query.where(sa.or_(Screening.organisation_id == mine, Screening.id.in_(shared)))

    def get(self, screening_id: UUID) -> Screening:
        """Return the screening; absent and foreign ones raise `NotFound` alike."""
        row = self._session.scalar(self._visible().where(Screening.id == screening_id))
        if row is None:
            raise NotFound(N_("There is no such screening."))
        return row

    def page(self, cursor: Cursor) -> tuple[Sequence[Screening], str | None]:
        """Return some screenings, newest first, without their answers."""
        query = newest_first(self._visible(), Screening.id, cursor)
        query = query.options(sa.orm.defer(Screening.answer))
        return cut(list(self._session.scalars(query)), cursor)

    def of_organisations(self, ids: Sequence[UUID]) -> Sequence[Screening]:
        """Return the screenings of organisations that the actor may see, without their answers."""
        query = self._visible().where(Screening.organisation_id.in_(ids))
        query = query.options(sa.orm.defer(Screening.answer)).order_by(Screening.id)
        return self._session.scalars(query).all()

    def add_all(self, rows: Sequence[Screening]) -> None:
        """Store new screenings."""
        self._session.add_all(rows)
        self._session.flush()


def register_states(session: Session) -> dict[str, RegisterState]:
    """Return what is loaded of each register, by office."""
    return {row.office: _state(row) for row in session.scalars(sa.select(Register))}


def _state(row: Register) -> RegisterState:
    return RegisterState(
        office=row.office,
        marks=row.live,
        edition_on=row.as_of,
        loaded_at=row.updated_at,
        complete=row.state is EditionState.COMPLETE,
        loading=row.state is EditionState.LOADING,
        gaps=tuple(Gap(gap["code"], gap["reason"], gap["values"]) for gap in row.gaps),
    )
