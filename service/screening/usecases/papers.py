"""Papers to be got: where the owner is ourselves, or we hold a licence or a consent."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy.orm import Session

from service.core import clock
from service.core.jobs.models import insert_unless_there
from service.core.types import new_id
from service.identity.auditing import note
from service.identity.permissions import Actor, Permission
from service.registry.holdings import StoredFiles
from service.screening.domain import DecisionKind, PaperKind, Relation
from service.screening.models import Paper
from service.screening.remembered import Papers
from service.screening.schemas import ScreeningOut

OF_RELATION: Mapping[Relation, PaperKind] = {
    Relation.SAME_OWNER: PaperKind.PROOF_OF_OWNER,
    Relation.AUTHORISED_USER: PaperKind.AUTHORISATION,
}
OF_DECISION: Mapping[DecisionKind, PaperKind] = {
    DecisionKind.CONSENT_HELD: PaperKind.CONSENT,
    DecisionKind.LICENCE_HELD: PaperKind.LICENCE,
    DecisionKind.NEEDS_EVIDENCE: PaperKind.EVIDENCE,
}


def paper_of_decision(kind: DecisionKind) -> PaperKind | None:
    """Return the paper that a decision asks for while none is given with it."""
    return OF_DECISION.get(kind)


def ask_for_papers(session: Session, actor: Actor, answer: ScreeningOut) -> None:
    """Ask for the papers that show how the organisation stands to the owners of hits."""
    for hit in answer.hits:
        if hit.relation is not None:
            kind = OF_RELATION[hit.relation]
            ask_for_paper(session, actor, kind, hit.mark.office, hit.mark.number, hit.mark.text)


def ask_for_paper(
    session: Session, actor: Actor, kind: PaperKind, office: str, number: str, text: str
) -> None:
    """Ask for a paper about a mark, once for each organisation."""
    insert_unless_there(
        session,
        Paper,
        id=new_id(),
        organisation_id=actor.organisation_id,
        kind=kind,
        office=office,
        number=number,
        text=text,
        created_at=clock.now(),
        done_at=None,
        file_id=None,
    )


def settle_paper(session: Session, actor: Actor, paper_id: UUID, file_id: UUID) -> Paper:
    """Note that a paper was got: the file it is in.

    Raises:
        NotFound: no such paper, or no such file of the organisation.
    """
    actor.need(Permission.DECISION_WRITE)
    row = Papers(session, actor).get(paper_id)
    StoredFiles(session, actor).own(file_id)
    row.file_id, row.done_at = file_id, clock.now()
    session.flush()
    note(session, actor, "paper.got", ("paper", row.id), kind=row.kind.value)
    return row
