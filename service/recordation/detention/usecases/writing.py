"""What a letter of a detention is made of, read from the database before anything is set."""

from sqlalchemy.orm import Session

from service.cases.repository_evidence import Items
from service.core import clock
from service.core.errors import NotFound
from service.core.text import N_
from service.identity.models import Organisation
from service.identity.permissions import Actor
from service.recordation.detention.letters import LETTERS
from service.recordation.detention.matters import Letter, Matter
from service.recordation.detention.models import Detention
from service.recordation.detention.repository import Detentions
from service.recordation.detention.security import asked_of, guarantee
from service.recordation.domain import LIVE
from service.recordation.models import Asset, Filing, Holder
from service.recordation.repository import Agents, Filings
from service.rules.authorities import authority


def letter_of(detention: Detention, key: str) -> Letter:
    """Return a kind of letter; raise `NotFound` where the detention is not answered with it."""
    letter = LETTERS.get(key)
    if letter is None or not letter.fits(detention):
        raise NotFound(N_("There is no such paper."))
    return letter


def matter_of(session: Session, actor: Actor, detention: Detention) -> Matter:
    """Return what the letters of a detention are about."""
    asset = session.get(Asset, detention.asset_id) if detention.asset_id else None
    holder = session.get(Holder, asset.holder_id) if asset and asset.holder_id else None
    owner = session.get_one(Organisation, detention.organisation_id)
    names = (holder.name_zh, holder.name_en) if holder else (owner.name_zh, owner.name_en)
    filings = (
        Filings(session, actor).all(
            Filing.asset_id == asset.id,
            Filing.authority == detention.authority,
            Filing.status.in_(LIVE),
        )
        if asset
        else ()
    )
    agent = Agents(session, actor).before(detention.organisation_id, detention.authority)
    return Matter(
        authority=authority(detention.authority),
        detention=detention,
        papers=Detentions(session, actor).papers(detention.id),
        owner={"zh": names[0], "en": names[1] or names[0]},
        at=clock.now().replace(microsecond=0),
        asset=asset,
        holder=holder,
        agent=agent,
        recordation_no=filings[-1].recordation_no if filings else "",
        evidence=Items(session, actor).of(detention.id),
        asked=asked_of(detention, clock.today()),
        guarantee=guarantee(clock.today()),
    )
