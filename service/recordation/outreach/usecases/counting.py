"""The work counted as Wuxi Customs reports it."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from service.cases.domain import Status
from service.identity.permissions import Actor, Permission
from service.recordation.domain import LIVE, RoundKind
from service.recordation.models import Filing, FilingRound
from service.recordation.outreach.domain import Spell, share, spell
from service.recordation.outreach.repository import (
    Contacts,
    Enterprises,
    notices_of,
    rounds_of,
)
from service.recordation.repository import Filings

FIRST = frozenset({RoundKind.APPLICATION, RoundKind.CORRECTION})
SETTLED = frozenset({Status.MET, Status.MISSED})


@dataclass(frozen=True, slots=True)
class Numbers:
    """What outreach came to. Shares are in [0, 1]; None where there was nothing to share."""

    enterprises: int
    called_on: int
    granted: Spell
    """Recordations granted, and the days from the first gap list (the day of the draft)."""
    rounds_per_grant: float | None
    """Rounds of correction for each recordation granted."""
    in_force: int
    notices: int
    """Notices in detentions of these enterprises, each with the clock it is answered in."""
    notices_per_recordation: float | None
    answered: int
    """Of the notices whose clock is over, those answered in time."""
    answered_of: int
    answered_share: float | None


def count(session: Session, actor: Actor, since: date | None = None) -> Numbers:
    """Count the work for the enterprises the actor serves, from a day on."""
    actor.need(Permission.OUTREACH_READ)
    ids = [row.id for row in Enterprises(session, actor).all()]
    filings = Filings(session, actor).all(Filing.organisation_id.in_(ids))
    rounds: dict[object, list[FilingRound]] = {}
    for row in rounds_of(session, [one.id for one in filings]):
        rounds.setdefault(row.filing_id, []).append(row)
    days, corrections = [], 0
    for filing in filings:
        granted = _granted_on(rounds.get(filing.id, []), since)
        if granted is not None:
            days.append((granted - filing.created_at.date()).days)
            corrections += sum(
                one.kind is RoundKind.CORRECTION for one in rounds.get(filing.id, [])
            )
    in_force = sum(one.status in LIVE for one in filings)
    notices = notices_of(session, actor, ids, since)
    over = [one for one in notices if one.status in SETTLED]
    answered = sum(one.status is Status.MET and one.missed_at is None for one in over)
    return Numbers(
        enterprises=len(ids),
        called_on=len(Contacts(session, actor).last(ids)),
        granted=spell(days),
        rounds_per_grant=round(corrections / len(days), 2) if days else None,
        in_force=in_force,
        notices=len(notices),
        notices_per_recordation=round(len(notices) / in_force, 2) if in_force else None,
        answered=answered,
        answered_of=len(over),
        answered_share=share(answered, len(over)),
    )


def _granted_on(rounds: list[FilingRound], since: date | None) -> date | None:
    """Return when an application was granted; a renewal is another thing."""
    granted = [
        one.decided_on for one in rounds if one.kind in FIRST and one.granted and one.decided_on
    ]
    first = min(granted, default=None)
    return None if first is None or (since is not None and first < since) else first
