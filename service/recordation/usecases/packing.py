"""What a filing's papers are made of, read from the database before anything is set."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from service.core import clock
from service.core.errors import FieldError, Invalid, NotFound
from service.core.text import N_
from service.identity.auditing import note
from service.identity.permissions import Actor
from service.recordation.domain import EDITED, FilingStatus
from service.recordation.models import Filing
from service.recordation.packs.letters import Matter
from service.recordation.packs.rows import pictures_of
from service.recordation.repository import Filings, Users
from service.recordation.usecases.cases import case_of
from service.recordation.usecases.snapshots import differences, snapshot
from service.registry.models import StoredFile
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


def file_of(session: Session, actor: Actor, filing: Filing, file_id: UUID) -> StoredFile:
    """Return a paper, proof, decision or picture of a filing; `NotFound` for any other file."""
    filings, wanted = Filings(session, actor), str(file_id)
    known = {str(file.id) for _, file in filings.papers(filing.id)}
    known |= {
        str(one)
        for row in filings.rounds(filing.id)
        for one in (row.proof_file_id, row.decision_file_id)
    }
    shown = [snapshot(case_of(session, actor, filing), ())]
    shown += [row.snapshot for row in filings.rounds(filing.id)]
    known |= {picture["file_id"] for frozen in shown for _, picture in pictures_of(frozen)}
    known |= {row["file_id"] for frozen in shown for row in frozen["papers"]}
    row = session.get(StoredFile, file_id)
    if row is None or wanted not in known:
        raise NotFound(N_("There is no such file."))
    return row


def note_packed(session: Session, actor: Actor, filing: Filing, sha256: str) -> None:
    """Keep in the audit chain that a pack was made, and its hash."""
    note(session, actor, "filing.packed", ("filing", filing.id), sha256=sha256)
