"""Taking evidence in, sealing it, handing it on, verifying it: each step a link of its chain."""

import hashlib
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from service.cases.custody import event_out, faults_of, link
from service.cases.domain import Audience, CopyOf, Custody, Scan
from service.cases.errors import EvidenceDamaged, EvidenceSealed
from service.cases.models import Thread
from service.cases.models_evidence import CustodyEvent, Evidence
from service.cases.repository import Threads
from service.cases.repository_evidence import Items
from service.cases.usecases.telling import tell
from service.core import clock
from service.core.errors import FieldError, Invalid
from service.core.files import Files, Stored
from service.core.text import N_
from service.identity.permissions import Actor, Permission


def add_evidence(
    session: Session,
    actor: Actor,
    thread_id: UUID,
    stored: Stored,
    *,
    media_type: str,
    scan: Scan,
    name: str,
    values: Mapping[str, Any],
    part_id: UUID | None = None,
    audience: Audience = Audience.ALL,
    first: Custody = Custody.RECEIVED,
) -> Evidence:
    """Take a stored file in as evidence of a thread, or of one part of it.

    `values` are `title`, `purpose`, `kind`, `obtained`, `source`, `copy_of`, `original_id`.

    Raises:
        NotFound, PermissionDenied, ThreadClosed: not the actor's to add to.
        Invalid: a copy without its original, or an original of another matter.
    """
    actor.need(Permission.EVIDENCE_WRITE)
    thread = Threads(session, actor).to_change(thread_id, part_id)
    items = Items(session, actor)
    original, copy_of = values.get("original_id"), values.get("copy_of", CopyOf.ORIGINAL)
    if (copy_of is not CopyOf.ORIGINAL) != (original is not None):
        detail = N_("Name the original it belongs to, or call it an original.")
        raise Invalid(detail, errors=[FieldError("original_id", detail)])
    if original is not None and items.get(original).thread_id != thread.id:
        detail = N_("The original belongs to another matter.")
        raise Invalid(detail, errors=[FieldError("original_id", detail)])
    item = Evidence(
        **{**values, "copy_of": copy_of},
        thread_id=thread.id,
        part_id=part_id or thread.id,
        audience=audience,
        number=items.next_number(thread.id),
        sha256=stored.sha256,
        size=stored.size,
        media_type=media_type,
        name=name[:200],
        scan=scan,
        head=stored.sha256,
        events=0,
        added_at=clock.now(),
        added_by=actor.person_id,
    )
    items.add(item)
    note_custody(session, actor, item, first, purpose=str(values.get("purpose", ""))[:200])
    _told(session, actor, thread, item, "evidence.added")
    return item


def note_custody(
    session: Session, actor: Actor, item: Evidence, event: Custody, **detail: str
) -> CustodyEvent:
    """Add a link to the chain of an item."""
    row = CustodyEvent(
        evidence_id=item.id,
        number=item.events + 1,
        event=event,
        at=clock.now(),
        actor_id=actor.person_id,
        detail={"role": actor.role.value, **{k: v for k, v in detail.items() if v}},
        sha256=item.sha256,
    )
    row.hash = link(item.head, event_out(row))
    item.events, item.head = row.number, row.hash
    session.add(row)
    session.flush()
    return row


def seal(session: Session, actor: Actor, item: Evidence, *, number: str, place: str = "") -> None:
    """Seal an item under a number: from now on it is opened for an export only.

    Raises:
        EvidenceSealed: it is sealed already.
        Invalid: no number.
    """
    actor.need(Permission.EVIDENCE_EXPORT)
    thread = Threads(session, actor).to_change(item.thread_id, item.part_id)
    if item.seal:
        raise EvidenceSealed(N_("It is under the seal {seal}."), seal=item.seal)
    if not number.strip():
        detail = N_("Give the number of the seal.")
        raise Invalid(detail, errors=[FieldError("seal", detail)])
    _seal(session, actor, thread, item, number=number.strip(), place=place)


def put_under_seal(session: Session, actor: Actor, item: Evidence, *, number: str) -> None:
    """Seal what was taken in just now, as the desk does with the original of a message.

    Whoever may add an item may have it sealed as it comes; sealing later is for who exports.
    """
    thread = Threads(session, actor).to_change(item.thread_id, item.part_id)
    _seal(session, actor, thread, item, number=number)


def _seal(
    session: Session, actor: Actor, thread: Thread, item: Evidence, *, number: str, place: str = ""
) -> None:
    item.seal = number
    note_custody(session, actor, item, Custody.SEALED, seal=number, place=place)
    _told(session, actor, thread, item, "evidence.sealed")


def hand_over(
    session: Session, actor: Actor, item: Evidence, event: Custody, **detail: str
) -> None:
    """Note that an item was handed over, copied or returned: `from`, `to`, `place`, `purpose`."""
    actor.need(Permission.EVIDENCE_WRITE)
    Threads(session, actor).to_change(item.thread_id, item.part_id)
    if event not in {Custody.TRANSFERRED, Custody.COPIED, Custody.RETURNED, Custody.COLLECTED}:
        detail_text = N_("Choose one of the answers offered.")
        raise Invalid(detail_text, errors=[FieldError("event", detail_text)])
    note_custody(session, actor, item, event, **detail)


def open_item(session: Session, actor: Actor, item: Evidence, files: Files) -> None:
    """Note that an item is viewed, after its chain and content were found whole.

    Raises:
        EvidenceSealed: it is under seal.
        EvidenceDamaged: content or chain is not what was taken in; nothing is shown.
    """
    actor.need(Permission.EVIDENCE_READ)
    if item.seal and not actor.can(Permission.EVIDENCE_EXPORT):
        raise EvidenceSealed(N_("It is under the seal {seal}."), seal=item.seal)
    check(session, actor, item, files)
    note_custody(session, actor, item, Custody.VIEWED)


def check(session: Session, actor: Actor, item: Evidence, files: Files) -> None:
    """Raise `EvidenceDamaged` unless content and chain of an item hold."""
    found = faults(session, actor, item, files)
    if found:
        raise EvidenceDamaged(
            N_("Evidence {number} does not hold: {faults}."),
            number=item.number,
            faults="; ".join(found),
        )


def faults(session: Session, actor: Actor, item: Evidence, files: Files) -> list[str]:
    """Return all that is wrong with an item; nothing means that it is whole."""
    found = faults_of(item, Items(session, actor).chain(item))
    path = files.path(item.sha256)
    if not path.is_file():
        return ["the content is missing", *found]
    if sha256_of(files, item.sha256) != item.sha256:
        return ["the content is not what was taken in", *found]
    return found


def verify_item(session: Session, actor: Actor, item: Evidence, files: Files) -> list[str]:
    """Return what `faults` finds; that an item holds becomes a link of its chain.

    Who only reads (auditor, bureau) verifies and leaves the chain as it is.
    """
    found = faults(session, actor, item, files)
    if not found and actor.can(Permission.EVIDENCE_WRITE):
        note_custody(session, actor, item, Custody.VERIFIED)
    return found


def sha256_of(files: Files, sha256: str) -> str:
    """Return the SHA-256 of what is stored under a name."""
    with files.path(sha256).open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _told(session: Session, actor: Actor, thread: Thread, item: Evidence, verb: str) -> None:
    tell(
        session,
        actor,
        thread,
        verb,
        part_id=item.part_id,
        audience=item.audience,
        number=item.number,
        href=f"/evidence/{item.id}",
    )
