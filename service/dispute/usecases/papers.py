"""Making the papers of a case: read, set, kept as a version; and who signed them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from service.cases.models import Thread
from service.cases.reckoning import local_day
from service.cases.repository import Threads
from service.cases.repository_evidence import Items
from service.cases.usecases.telling import tell
from service.core import clock
from service.core.errors import FieldError, Invalid
from service.core.files import Files
from service.core.text import N_
from service.dispute.errors import PaperNotReady, PaperSettled, PaperUnfit
from service.dispute.models import CasePaper, PaperSignature, PaperVersion
from service.dispute.papers.facts import FACTS, Known
from service.dispute.papers.kinds import PaperKind, paper_kinds
from service.dispute.papers.setting import Ready, paper_data, set_pdf, set_word, signers_of
from service.dispute.repository import Agreements, Cases, Sessions
from service.dispute.repository_papers import Papers, Templates, on_roster
from service.dispute.usecases.makers import check_maker
from service.identity.models import Organisation
from service.identity.permissions import Actor, Permission
from service.identity.repository import Organisations
from service.ui.documents.pairs import Pair, Told

LARGEST = 32 << 20
LONGEST = 10_000
"""Characters of one entry."""
LIMIT: dict[str, object] = {"max_length": LONGEST}
OF_TRACK = frozenset({"detail", "sessions", "agreement"})
"""Parts of the page of a track, not of its case."""


@dataclass(frozen=True, slots=True)
class Made:
    """The two files of a version, by SHA-256."""

    pdf: str
    word: str


def kind_of(key: str) -> PaperKind:
    """Return a kind; raise `Invalid` for one there is not."""
    kind = paper_kinds().get(key)
    if kind is None:
        detail = N_("Choose one of the answers offered.")
        raise Invalid(detail, errors=[FieldError("kind", detail)])
    return kind


def known_of(session: Session, actor: Actor, case_id: UUID, track_id: UUID | None) -> Known:
    """Return what a paper could say, as far as the actor may see it."""
    cases = Cases(session, actor)
    thread, case = cases.get(case_id)
    track = cases.track(case_id, track_id)[1] if track_id else None
    part = track.id if track else None
    agreements = Agreements(session, actor).of(thread.id, part) if track else ()
    organisations = Organisations(session)
    return Known(
        thread=thread,
        case=case,
        track=track,
        parties=cases.parties(thread),
        sessions=Sessions(session, actor).of(thread.id, part) if track else (),
        agreement=agreements[0] if agreements else None,
        roster=on_roster(session, thread, track) if track else (),
        evidence=Items(session, actor).of(thread.id),
        enterprise=_name(organisations.get(thread.organisation_id)),
        station=_name(organisations.get(thread.station_id) if thread.station_id else None),
    )


def _name(row: Organisation | None) -> Pair:
    if row is None:
        return {"zh": "", "en": ""}
    return {"zh": row.name_zh or row.name_en, "en": row.name_en or row.name_zh}


def missing_facts(kind: PaperKind, known: Known) -> list[str]:
    """Return the facts without which the paper is not made and which the case does not know."""
    return [name for name in kind.required if not FACTS[name].read(known)]


def where_entered(name: str, known: Known) -> str:
    """Return the page on which a fact is entered."""
    case, anchor = f"/cases/{known.thread.id}", FACTS[name].anchor
    if known.track is not None and anchor in OF_TRACK:
        return f"{case}/tracks/{known.track.id}#{anchor}"
    return f"{case}#{anchor}" if anchor else case


def read_paper(
    session: Session,
    files: Files,
    actor: Actor,
    case_id: UUID,
    kind: PaperKind,
    *,
    track_id: UUID | None,
    entries: Mapping[str, str],
    told: Told,
) -> Ready:
    """Read all that a paper says from the case. Nothing is set or stored yet.

    Raises:
        NotFound, PermissionDenied, ThreadClosed: not the actor's to add to.
        PaperUnfit: the kind does not belong here, or comes from another side.
        BodyNotAccredited: the roster does not let the body give it today.
        PaperNotReady: the case does not know what it must say.
        Invalid: something was not typed.
    """
    actor.need(Permission.DOCUMENT_MAKE)
    known = known_of(session, actor, case_id, track_id)
    Threads(session, actor).to_change(case_id, track_id)
    if not kind.fits(known.track):
        detail = N_("This document does not belong to this case or track.")
        raise PaperUnfit(detail, errors=[FieldError("kind", detail)])
    at = clock.now().replace(microsecond=0)
    check_maker(actor, kind, known, at)
    _check_facts(kind, known)
    typed = _typed(kind, entries)
    own = Templates(session).in_force(kind.key)
    return Ready(
        kind=kind,
        told=told,
        data=paper_data(kind, known, typed, told, at=at),
        signers=signers_of(kind, known),
        reference=known.thread.number or str(known.thread.id)[:8],
        at=at,
        entries=typed,
        template=b"".join(files.read(own.sha256)) if own else None,
        template_sha256=own.sha256 if own else "",
    )


def _check_facts(kind: PaperKind, known: Known) -> None:
    missing = missing_facts(kind, known)
    if missing:
        raise PaperNotReady(
            N_("The case does not say yet: {count}."),
            errors=[FieldError("", FACTS[name].label) for name in missing],
            missing=[where_entered(name, known) for name in missing],
            count=len(missing),
        )


def _typed(kind: PaperKind, entries: Mapping[str, str]) -> dict[str, str]:
    """Return what was typed for the questions of the kind; everything else is left out."""
    typed = {ask.key: entries.get(ask.key, "").strip() for ask in kind.asks}
    errors = [
        FieldError(f"entries.{ask.key}", N_("Enter or choose something here."))
        for ask in kind.asks
        if ask.required and not typed[ask.key]
    ]
    errors += [
        FieldError(f"entries.{key}", N_("Enter at most {max_length} characters."), LIMIT)
        for key, text in typed.items()
        if len(text) > LONGEST
    ]
    if errors:
        raise Invalid(errors[0].message, errors=errors, **errors[0].values)
    return typed


def set_paper(files: Files, ready: Ready) -> Made:
    """Set a paper and store its two files; no database is held meanwhile.

    Raises:
        TemplateRefused: the template does not fit.
    """
    return Made(
        pdf=files.put([set_pdf(ready)], limit=LARGEST).sha256,
        word=files.put([set_word(ready)], limit=LARGEST).sha256,
    )


def keep_paper(
    session: Session,
    actor: Actor,
    case_id: UUID,
    ready: Ready,
    made: Made,
    *,
    track_id: UUID | None,
    paper_id: UUID | None = None,
) -> CasePaper:
    """Keep what was set as a new paper, or as the next version of one; its signatures begin anew.

    Raises:
        NotFound, PermissionDenied, ThreadClosed: not the actor's to add to.
    """
    actor.need(Permission.DOCUMENT_MAKE)
    thread = Threads(session, actor).to_change(case_id, track_id)
    papers = Papers(session, actor)
    paper = papers.get(paper_id) if paper_id else papers.add(_new(actor, thread, ready, track_id))
    paper.versions += 1
    version = PaperVersion(
        paper_id=paper.id,
        number=paper.versions,
        told=ready.told,
        entries=dict(ready.entries),
        template=ready.template_sha256,
        pdf=made.pdf,
        word=made.word,
        made_at=ready.at,
        made_by=actor.person_id,
    )
    places = [
        PaperSignature(role=one.role, name=one.name[:200], party_id=one.party_id)
        for one in ready.signers
    ]
    papers.add_version(version, places)
    _told(session, actor, thread, paper, "paper.made", number=version.number)
    return paper


def _new(actor: Actor, thread: Thread, ready: Ready, track_id: UUID | None) -> CasePaper:
    title = ready.kind.title
    return CasePaper(
        thread_id=thread.id,
        part_id=track_id or thread.id,
        audience=ready.kind.audience,
        kind=ready.kind.key,
        name=f"{title.zh} {title.en}",
        versions=0,
        made_at=ready.at,
        made_by=actor.person_id,
    )


def note_signature(
    session: Session, actor: Actor, paper_id: UUID, signature_id: UUID, *, on: date, proof: str
) -> CasePaper:
    """Note that somebody signed the last version, on which day, and by which paper that is known.

    Raises:
        NotFound, PermissionDenied, ThreadClosed: not the actor's to add to.
        PaperSettled: it was signed already, or the paper was made again since.
        Invalid: a day that is still to come, or no paper.
    """
    actor.need(Permission.DOCUMENT_SIGN)
    papers = Papers(session, actor)
    paper = papers.get(paper_id)
    thread = Threads(session, actor).to_change(paper.thread_id, paper.part_id)
    last = papers.version(paper, paper.versions)
    row = _wanted(papers.signatures(last), signature_id)
    if row.signed_on is not None:
        raise PaperSettled(N_("It was noted already; make the document again to sign anew."))
    errors = []
    if on > local_day(clock.now()):
        errors.append(FieldError("on", N_("That day is still to come.")))
    if not proof.strip():
        errors.append(FieldError("proof", N_("Name the paper that shows the signature.")))
    if errors:
        raise Invalid(errors[0].message, errors=errors)
    row.signed_on, row.proof = on, proof.strip()[:200]
    row.noted_at, row.noted_by = clock.now(), actor.person_id
    session.flush()
    _told(session, actor, thread, paper, "paper.signed", number=last.number)
    return paper


def _wanted(rows: Iterable[PaperSignature], signature_id: UUID) -> PaperSignature:
    for row in rows:
        if row.id == signature_id:
            return row
    raise PaperSettled(N_("The document was made again since: its last version is what is signed."))


def _told(
    session: Session, actor: Actor, thread: Thread, paper: CasePaper, verb: str, *, number: int
) -> None:
    tell(
        session,
        actor,
        thread,
        verb,
        part_id=paper.part_id,
        audience=paper.audience,
        href=f"/documents/{paper.id}",
        paper=paper_kinds()[paper.kind].title.model_dump(),
        number=number,
    )
