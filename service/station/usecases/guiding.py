"""Guidance of the bureau 业务指导: notes in a matter, read with a receipt, answered."""

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from service.cases.domain import Audience
from service.cases.repository import Threads
from service.cases.showing import thread_path
from service.cases.usecases.telling import tell
from service.core import clock
from service.core.errors import FieldError, Invalid, NotFound, PermissionDenied
from service.core.text import N_
from service.identity.permissions import Actor, Permission
from service.notices.domain import Message
from service.notices.topics import Topic
from service.notices.usecases.telling import notify
from service.station.models import GuidanceNote
from service.station.repository import GuidanceNotes


def write_note(
    session: Session, actor: Actor, thread_id: UUID, *, text: str, reply_by: date | None = None
) -> GuidanceNote:
    """Leave a note in a matter of a station one guides; nothing else in it changes.

    Raises:
        PermissionDenied, NotFound: not the actor's to guide.
        Invalid: there is nothing in it.
    """
    actor.need(Permission.GUIDANCE_WRITE)
    threads = Threads(session, actor)
    thread = threads.get(thread_id)
    if not threads.sight(thread).whole or thread.station_id is None:
        raise NotFound(N_("There is no such matter."))
    if not text.strip():
        detail = N_("Enter or choose something here.")
        raise Invalid(detail, errors=[FieldError("text", detail)])
    note = GuidanceNotes(session, actor).add(
        GuidanceNote(
            thread_id=thread.id,
            part_id=thread.id,
            audience=Audience.STAFF,
            made_at=clock.now(),
            made_by=actor.person_id,
            text=text.strip()[:10_000],
            reply_by=reply_by,
        )
    )
    tell(session, actor, thread, "guidance.written", audience=Audience.STAFF)
    notify(
        session,
        event_id=f"guidance.written:{note.id}",
        topic=Topic.GUIDANCE_WRITTEN,
        title=Message(N_("The bureau left a note in {number}"), {"number": thread.number}),
        link=f"/threads/{thread.id}/guidance",
        subject=(thread.kind.value, thread.id),
        organisation_id=thread.station_id,
        permission=Permission.INTAKE_DESK,
    )
    return note


def read_note(
    session: Session, actor: Actor, thread_id: UUID, note_id: UUID, *, reply: str = ""
) -> GuidanceNote:
    """Note that the station read a note, the first time it does, and what it answers.

    Raises:
        NotFound: no such note in the actor's sight.
        PermissionDenied: it is for the station that handles the matter to read.
    """
    actor.need(Permission.INTAKE_DESK)
    thread = Threads(session, actor).get(thread_id)
    note = GuidanceNotes(session, actor).get_in(thread_id, note_id)
    if thread.station_id != actor.organisation_id:
        raise PermissionDenied(N_("It was shown to you to read, not to change."))
    if note.read_at is None:
        note.read_at, note.read_by = clock.now(), actor.person_id
        tell(session, actor, thread, "guidance.read", audience=Audience.STAFF)
    if reply.strip():
        note.reply, note.replied_at = reply.strip()[:10_000], clock.now()
        tell(
            session,
            actor,
            thread,
            "guidance.replied",
            audience=Audience.STAFF,
            href=thread_path(thread),
        )
    session.flush()
    return note
