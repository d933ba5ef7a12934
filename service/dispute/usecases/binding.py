"""Binding the volume of a case: what is in it, what is missing, and the one PDF."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from service.cases.domain import EVIDENCE_KINDS, Custody
from service.cases.models import Thread
from service.cases.models_evidence import Evidence
from service.cases.repository_evidence import Items
from service.cases.usecases.evidence import check, note_custody
from service.cases.usecases.telling import tell
from service.core import clock
from service.core.errors import NotFound
from service.core.files import Files
from service.core.text import N_
from service.dispute.domain import OUTCOMES, SERVICE_LINES, TRACK_KINDS
from service.dispute.models import CasePaper, DisputeCase
from service.dispute.papers.completeness import Lacking, lacking
from service.dispute.papers.facts import FACTS, Known, day
from service.dispute.papers.kinds import paper_kinds
from service.dispute.papers.volume import PDF, PICTURES, Apart, Part, Volume
from service.dispute.repository import Cases
from service.dispute.repository_papers import Papers, made_in
from service.dispute.usecases.papers import known_of
from service.identity.permissions import Actor, Permission
from service.identity.repository import names_of
from service.ui.documents.pairs import Pair, both

SEALED, NOT_BOUND = N_("under seal"), N_("no paper: kept as a file")


@dataclass(frozen=True, slots=True)
class Contents:
    """What the volume of a case would hold now, as far as the actor sees it."""

    thread: Thread
    case: DisputeCase
    papers: Sequence[CasePaper]
    evidence: Sequence[Evidence]
    missing: Sequence[Lacking]


def contents_of(session: Session, actor: Actor, case_id: UUID) -> Contents:
    """Return the papers and evidence of a case, and which papers are missing.

    Raises:
        NotFound: not the actor's, or only one track of it is.
    """
    actor.need(Permission.CASE_READ)
    cases = Cases(session, actor)
    thread, case = cases.get(case_id)
    if not cases.whole(thread):
        raise NotFound(N_("There is no such case."))
    order = list(paper_kinds())
    papers = sorted(
        Papers(session, actor).of(thread.id), key=lambda row: (order.index(row.kind), row.id)
    )
    return Contents(
        thread,
        case,
        papers,
        Items(session, actor).of(thread.id),
        lacking(case, cases.tracks(thread), made_in(session, thread.id)),
    )


def gather_volume(session: Session, files: Files, actor: Actor, case_id: UUID) -> Volume:
    """Return all that is bound; every piece of evidence is verified, and its copy noted.

    Raises:
        EvidenceDamaged: a piece does not hold; nothing is given out.
        NotFound: not the actor's.
    """
    actor.need(Permission.EVIDENCE_EXPORT)
    found = contents_of(session, actor, case_id)
    papers, parts, apart = Papers(session, actor), list[Part](), list[Apart]()
    for paper in found.papers:
        last = papers.version(paper, paper.versions)
        title = paper_kinds()[paper.kind].title.model_dump()
        content = b"".join(files.read(last.pdf))
        parts.append(Part(title, both(N_("Case document")), last.made_at, content))
    for item in found.evidence:
        name = f"{item.number}. {item.title}"
        if item.seal or item.media_type not in PICTURES | {PDF}:
            apart.append(Apart(name, SEALED if item.seal else NOT_BOUND))
            continue
        check(session, actor, item, files)
        note_custody(session, actor, item, Custody.COPIED, purpose="volume")
        sort = both(EVIDENCE_KINDS[item.kind])
        content = b"".join(files.read(item.sha256))
        parts.append(Part(name, sort, item.added_at, content, item.media_type))
    tell(session, actor, found.thread, "volume.bound", count=len(parts))
    known = known_of(session, actor, case_id, None)
    return _volume(session, found, known, parts, apart)


def _volume(
    session: Session, found: Contents, known: Known, parts: list[Part], apart: list[Apart]
) -> Volume:
    thread, case = found.thread, found.case
    handler = thread.handler_id
    name = names_of(session, [handler]).get(str(handler), "") if handler else ""
    facts = ("number", "case_title", "station", "enterprise", "applicant", "respondent")
    cover = [(FACTS[fact].label, FACTS[fact].read(known)) for fact in facts]
    cover += [
        (N_("Service"), both(SERVICE_LINES[case.service_line])),
        (N_("Handler"), name),
        (N_("Received on"), day(case.received_at)),
        (N_("Closed on"), day(thread.closed_at)),
        (N_("Outcome"), both(OUTCOMES[case.outcome]) if case.outcome else ""),
        RETENTION,
    ]
    return Volume(
        reference=thread.number or str(thread.id)[:8],
        title=case.title,
        at=(thread.closed_at or clock.now()).replace(microsecond=0),
        cover=cover,
        back=[(N_("Papers"), str(len(parts))), RETENTION],
        parts=parts,
        apart=apart,
        missing=[named(one) for one in found.missing],
    )


RETENTION = (N_("Kept for"), both(N_("Not researched")))
"""No rule the project holds a source of says for how long; so no period is printed."""


def named(one: Lacking) -> Pair:
    """Return what a missing paper is called, and of which track."""
    way = both(TRACK_KINDS[one.track.kind]) if one.track else both(N_("Case"))
    title = one.kind.title
    return {"zh": f"{title.zh}（{way['zh']}）", "en": f"{title.en} ({way['en']})"}
