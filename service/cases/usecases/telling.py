"""One function that writes what happened: into the timeline and into the audit chain."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from service.cases.domain import Audience
from service.cases.models import Thread, TimelineEntry
from service.cases.words import VERBS
from service.core import audit, clock
from service.core.errors import FieldError, Invalid
from service.core.text import N_
from service.identity.permissions import Actor

NOTE_LENGTH = 10_000


def tell(
    session: Session,
    actor: Actor | None,
    thread: Thread,
    verb: str,
    *,
    part_id: UUID | None = None,
    audience: Audience = Audience.ALL,
    source: str = "",
    target: str = "",
    note: str = "",
    href: str = "",
    at: datetime | None = None,
    **values: Any,
) -> TimelineEntry:
    """Note in the thread's timeline and in the audit chain that `verb` happened.

    The audit row carries ids and states only, so that names and texts can be erased.

    `actor`: Who did it; None for the clock.
    `verb`: Worded in `cases.words`, or a move's `table.event`.
    `part_id`: The track it belongs to; None for the whole thread.
    `source`: Status before, with `target` after, for a move.
    `values`: Fill the sentence: plain values, or texts as `{"zh": …, "en": …}`.

    Raises:
        LookupError: nobody has worded the verb.
        Invalid: the note is too long.
    """
    if verb not in VERBS:
        raise LookupError(f"the verb {verb} has no sentence")
    if len(note) > NOTE_LENGTH:
        detail = N_("Enter at most {max_length} characters.")
        errors = [FieldError("note", detail, {"max_length": NOTE_LENGTH})]
        raise Invalid(detail, errors=errors, max_length=NOTE_LENGTH)
    entry = TimelineEntry(
        thread_id=thread.id,
        part_id=part_id or thread.id,
        audience=audience,
        verb=verb,
        values=values,
        source=source,
        target=target,
        note=note,
        href=href,
        at=at or clock.now(),
        actor_id=actor.person_id if actor else None,
        organisation_id=actor.organisation_id if actor else None,
    )
    session.add(entry)
    session.flush()
    audit.record(
        session,
        verb,
        subject=(thread.kind.value, thread.id),
        actor_id=entry.actor_id,
        organisation_id=entry.organisation_id,
        entry=str(entry.id),
        part=str(entry.part_id),
        source=source,
        target=target,
    )
    return entry


def add_note(
    session: Session,
    actor: Actor,
    thread: Thread,
    text: str,
    *,
    part_id: UUID | None = None,
    audience: Audience = Audience.ALL,
) -> TimelineEntry:
    """Write a note into the timeline.

    Raises:
        Invalid: there is nothing in it, or too much.
    """
    if not text.strip():
        detail = N_("Enter or choose something here.")
        raise Invalid(detail, errors=[FieldError("note", detail)])
    return tell(
        session, actor, thread, "note.added", part_id=part_id, audience=audience, note=text.strip()
    )
