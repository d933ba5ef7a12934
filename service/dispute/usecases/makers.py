"""Whose paper it is: the sides that make a kind, and the body that may give an opinion."""

from collections.abc import Sequence
from datetime import date, datetime

from service.cases.reckoning import local_day
from service.core.errors import FieldError
from service.core.text import N_
from service.dispute.errors import BodyNotAccredited, PaperUnfit
from service.dispute.models import StationContact, Track
from service.dispute.papers.facts import Known
from service.dispute.papers.kinds import PaperKind
from service.identity.permissions import ROLES_OF, Actor


def may_make(actor: Actor, kind: PaperKind, track: Track | None) -> bool:
    """Say whether a paper of this kind comes from the actor's side."""
    if not any(actor.role in ROLES_OF[one] for one in kind.makers):
        return False
    return not kind.accredited or (
        track is not None and actor.organisation_id in {track.body_id} - {None}
    )


def check_maker(actor: Actor, kind: PaperKind, known: Known, at: datetime) -> None:
    """Refuse a paper that comes from another side, or at this moment from nobody here.

    Raises:
        PaperUnfit: another side makes it.
        BodyNotAccredited: the roster does not let the body give it that day.
    """
    if not may_make(actor, kind, known.track):
        detail = (
            N_("An appraisal opinion comes from the accredited body the track was referred to.")
            if kind.accredited
            else N_("This document is made by another side.")
        )
        raise PaperUnfit(detail, errors=[FieldError("kind", detail)])
    if (problem := hindrance(kind, known.roster, local_day(at))) is not None:
        raise problem


def hindrance(
    kind: PaperKind, roster: Sequence[StationContact], on: date
) -> BodyNotAccredited | None:
    """Return why a body does not give this paper on a day; None where nothing stands in its way.

    `roster`: what the station that handles the case keeps of the body.
    """
    if not kind.accredited:
        return None
    if not roster:
        return BodyNotAccredited(
            N_(
                "The body is not on the roster of the station that handles the case. The station's "
                "own expert can give a technical opinion."
            )
        )
    last = max((one.accredited_until for one in roster if one.accredited_until), default=None)
    if last is None:
        return BodyNotAccredited(
            N_(
                "The roster of the station does not say that the body is accredited. The station's "
                "own expert can give a technical opinion."
            )
        )
    if last < on:
        return BodyNotAccredited(
            N_(
                "The body's accreditation ended on {until}. The station's own expert can give a "
                "technical opinion."
            ),
            until=last.isoformat(),
        )
    return None
