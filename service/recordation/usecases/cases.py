"""Reading a filing with all it rests on, and who acts when the clock does."""

from sqlalchemy.orm import Session

from service.cases.models import Thread
from service.cases.repository import Threads
from service.identity.permissions import Actor, Role
from service.recordation.models import Asset, Filing
from service.recordation.repository import Assets, Filings
from service.recordation.usecases.facts import substance_of
from service.recordation.usecases.readiness import Case
from service.rules.authorities import Authority, authority


def case_of(session: Session, actor: Actor, filing: Filing) -> Case:
    """Return a filing with its authority, its substance and its papers."""
    asset = Assets(session, actor).get(filing.asset_id)
    papers = {paper.key for paper, _ in Filings(session, actor).papers(filing.id)}
    return Case(
        authority=authority(filing.authority),
        substance=substance_of(session, actor, asset, filing.authority),
        answers=dict(filing.answers),
        states=filing.states,
        papers=frozenset(papers),
        filing=filing,
    )


def planned_case(session: Session, actor: Actor, asset: Asset, one: Authority) -> Case:
    """Return what a filing of a right with an authority would rest on, before it is begun."""
    return Case(authority=one, substance=substance_of(session, actor, asset, one.code))


def thread_of(session: Session, actor: Actor, filing: Filing) -> Thread:
    """Return the thread of a filing."""
    return Threads(session, actor).get(filing.id)


def by_clock(filing: Filing) -> Actor:
    """Return who acts when a day comes: nobody in person, within the owner's organisation."""
    return Actor(person_id=None, organisation_id=filing.organisation_id, role=Role.EXPORTER_OWNER)
