"""All SQL of papers: what was made, behind the filter of `cases.sight`, and own templates."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.cases.models import Thread
from service.cases.repository import Rows
from service.core.errors import NotFound
from service.core.text import N_
from service.dispute.models import Track
from service.dispute.models_papers import CasePaper, PaperSignature, PaperTemplate, PaperVersion
from service.dispute.models_roster import StationContact


class Papers(Rows[CasePaper]):
    """The papers one actor may see."""

    model = CasePaper
    absent = N_("There is no such document.")

    def versions(self, paper: CasePaper) -> Sequence[PaperVersion]:
        """Return its versions, newest first."""
        return self._session.scalars(
            sa.select(PaperVersion)
            .where(PaperVersion.paper_id == paper.id)
            .order_by(PaperVersion.number.desc())
        ).all()

    def version(self, paper: CasePaper, number: int) -> PaperVersion:
        """Return one version; raise `NotFound` where it was never made."""
        row = self._session.scalar(
            sa.select(PaperVersion).where(
                PaperVersion.paper_id == paper.id, PaperVersion.number == number
            )
        )
        if row is None:
            raise NotFound(self.absent)
        return row

    def signatures(self, version: PaperVersion) -> Sequence[PaperSignature]:
        """Return who must sign a version, in the order of the paper."""
        return self._session.scalars(
            sa.select(PaperSignature)
            .where(PaperSignature.version_id == version.id)
            .order_by(PaperSignature.id)
        ).all()

    def unsigned(self, *, handler_id: UUID | None = None) -> Sequence[tuple[CasePaper, int]]:
        """Return papers of open cases whose last version lacks signatures, and how many.

        With `handler_id` only of the cases this person works on.
        """
        seen = self._visible().subquery()
        threads = sa.select(Thread.id).where(Thread.closed_at.is_(None))
        if handler_id is not None:
            threads = threads.where(Thread.handler_id == handler_id)
        lacking = sa.func.count(PaperSignature.id)
        rows = self._session.execute(
            sa.select(CasePaper, lacking)
            .join(
                PaperVersion,
                sa.and_(
                    PaperVersion.paper_id == CasePaper.id,
                    PaperVersion.number == CasePaper.versions,
                ),
            )
            .join(PaperSignature, PaperSignature.version_id == PaperVersion.id)
            .where(
                CasePaper.id.in_(sa.select(seen.c.id)),
                CasePaper.thread_id.in_(threads),
                PaperSignature.signed_on.is_(None),
            )
            .group_by(CasePaper.id)
            .order_by(CasePaper.id.desc())
        )
        return [(row[0], row[1]) for row in rows]

    def found(self, text: str, limit: int) -> Sequence[tuple[CasePaper, str]]:
        """Return papers whose title holds a text, or whose case has the number, newest first."""
        named = CasePaper.name.icontains(text, autoescape=True)
        rows = self._session.execute(
            self._visible()
            .join(Thread, Thread.id == CasePaper.thread_id)
            .add_columns(Thread.number)
            .where(sa.or_(named, Thread.number.icontains(text, autoescape=True)))
            .order_by(CasePaper.id.desc())
            .limit(limit)
        )
        return [(row[0], row[1]) for row in rows]

    def add_version(self, row: PaperVersion, signatures: Sequence[PaperSignature]) -> None:
        """Store a version with the places for its signatures."""
        self._session.add(row)
        self._session.flush()
        for each in signatures:
            each.version_id = row.id
        self._session.add_all(signatures)
        self._session.flush()


def on_roster(session: Session, thread: Thread, track: Track) -> Sequence[StationContact]:
    """Return what the station that handles a case keeps of the body its track was referred to.

    The roster is the station's own; the body is told only what of it concerns itself.
    """
    if track.body_id is None:
        return ()  # else it would be every institution without an account
    return session.scalars(
        sa.select(StationContact)
        .where(
            StationContact.organisation_id == thread.station_id,
            StationContact.body_id == track.body_id,
            StationContact.active.is_(True),
        )
        .order_by(StationContact.id)
    ).all()


@dataclass(frozen=True, slots=True)
class Templates:
    """Word templates of our own. They hold no case; administrators see them all."""

    session: Session

    def in_force(self, kind: str) -> PaperTemplate | None:
        """Return the template that stands in for the built-in one, if there is any."""
        return self.session.scalars(
            sa.select(PaperTemplate)
            .where(PaperTemplate.kind == kind, PaperTemplate.ended_at.is_(None))
            .order_by(PaperTemplate.id.desc())
        ).first()

    def all(self) -> Sequence[PaperTemplate]:
        """Return those in force, by kind."""
        return self.session.scalars(
            sa.select(PaperTemplate)
            .where(PaperTemplate.ended_at.is_(None))
            .order_by(PaperTemplate.kind, PaperTemplate.id)
        ).all()

    def get(self, template_id: UUID) -> PaperTemplate:
        """Return one in force; `NotFound` for any other."""
        row = self.session.get(PaperTemplate, template_id)
        if row is None or row.ended_at is not None:
            raise NotFound(N_("There is no such template."))
        return row

    def add(self, row: PaperTemplate) -> None:
        """Store a template."""
        self.session.add(row)
        self.session.flush()


def made_in(session: Session, thread_id: UUID) -> Sequence[CasePaper]:
    """Return every paper of a case that was looked up already, for its guards."""
    return session.scalars(
        sa.select(CasePaper).where(CasePaper.thread_id == thread_id).order_by(CasePaper.id)
    ).all()
