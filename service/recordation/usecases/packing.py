"""What a filing's papers are made of, read from the database before anything is set."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from service.core import clock
from service.core.errors import FieldError, Invalid
from service.core.text import N_
from service.identity.auditing import note
from service.identity.permissions import Actor
from service.recordation.domain import EDITED, FilingStatus
from service.recordation.models import Filing
from service.recordation.packs.letters import Matter
from service.recordation.repository import Filings, Users
from service.recordation.usecases.cases import case_of
from service.recordation.usecases.snapshots import differences, snapshot
from service.rules.authorities import Authority, authority


@dataclass(frozen=True, slots=True)
class ToPack:
    """A frozen filing, or a draft as it stands."""

    frozen: dict[str, Any]
    authority: Authority
    reference: str
    draft: bool


def to_pack(session: Session, actor: Actor, filing: Filing) -> ToPack:
    """Return what is packed: what was last sent, or the draft while it can be changed."""
    filings = Filings(session, actor)
    rounds = filings.rounds(filing.id)
    if rounds and filing.status not in (*EDITED, FilingStatus.RENEWAL_DUE):
        frozen, draft = rounds[-1].snapshot, False
    else:
        papers = filings.papers(filing.id)
        frozen, draft = snapshot(case_of(session, actor, filing), papers), True
    return ToPack(frozen, authority(filing.authority), str(filing.id)[:13], draft)


def matter_of(
    session: Session, actor: Actor, filing: Filing, *, user_id: UUID | None = None
) -> Matter:
    """Return what a letter of a filing is about.

    Raises:
        Invalid: the user is not one of this right.
    """
    filings, case = Filings(session, actor), case_of(session, actor, filing)
    task, substance = filings.open_task(filing.id), case.substance
    user = Users(session, actor).get(user_id) if user_id else None
    if user is not None and user.asset_id != filing.asset_id:
        detail = N_("There is no such authorised user.")
        raise Invalid(detail, errors=[FieldError("user", detail)])
    if user is None and substance.users:
        user = substance.users[0]
    rounds = filings.rounds(filing.id)
    found = differences(rounds[-1].snapshot, case) if rounds and not task else []
    return Matter(
        authority=case.authority,
        filing=filing,
        asset=substance.asset,
        holder=substance.holder,
        agent=substance.agent,
        users=substance.users,
        differences=task.differences if task else found,
        at=clock.now().replace(microsecond=0),
        user=user,
    )


def note_packed(session: Session, actor: Actor, filing: Filing, sha256: str) -> None:
    """Keep in the audit chain that a pack was made, and its hash."""
    note(session, actor, "filing.packed", ("filing", filing.id), sha256=sha256)
