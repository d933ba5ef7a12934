"""Telling people: a clock comes near or was missed, a matter moves on."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from service.cases.domain import OWNER_READS, THREAD_PAGES, Effect
from service.cases.models import Deadline, Thread, TimelineEntry
from service.cases.moves import Move, Table
from service.cases.repository import Clocks
from service.core.text import N_
from service.identity.permissions import Actor, Permission
from service.notices.domain import Message
from service.notices.topics import Topic
from service.notices.usecases.telling import notify

NEAR = N_("{title}: last moment {due}")
MISSED = N_("MISSED: {title}, last moment {due}")
MOVED_ON = N_("{matter}: {step}")
NOW_AT = N_("It now stands at “{state}”.")


def announce(session: Session, deadline: Deadline, at: datetime, *, missed: bool = False) -> None:
    """Tell who works on the thread that a clock runs out, or ran out.

    Once, at the last warning and when it is missed, the leads are told as well, at night too if
    nothing can mend it.
    """
    if deadline.due_at is None:
        return
    last = missed or not deadline.warnings
    due = deadline.due_at.astimezone(ZoneInfo(deadline.time_zone))
    title = f"{deadline.title['zh']} / {deadline.title['en']}"
    what = "missed" if missed else "near"
    notify(
        session,
        event_id=f"deadline.{what}:{deadline.id}:{at.isoformat()}",
        topic=Topic.DEADLINE_MISSED if missed else Topic.DEADLINE_NEAR,
        title=Message(MISSED if missed else NEAR, {"title": title, "due": due}),
        link=f"/deadlines/{deadline.id}",
        subject=("deadline", deadline.id),
        people=[person.id for person in Clocks(session).concerned(deadline, lead=last)],
        urgent=last and deadline.effect is Effect.FATAL,
    )


def announce_move(
    session: Session, actor: Actor, thread: Thread, entry: TimelineEntry, table: Table, row: Move
) -> None:
    """Tell the handler, and the owner where somebody else took the step and it may read it."""
    foreign = actor.organisation_id != thread.organisation_id
    people: list[UUID] = []
    if thread.handler_id is not None and thread.handler_id != actor.person_id:
        people.append(thread.handler_id)
    owner = thread.organisation_id if foreign and row.audience in OWNER_READS else None
    if not people and owner is None:
        return
    values = {name: str(value) for name, value in thread.title_values.items()}
    notify(
        session,
        event_id=f"case.changed:{entry.id}",
        topic=Topic.CASE_CHANGED,
        title=Message(
            MOVED_ON,
            {"matter": Message(thread.title, values), "step": Message(row.label)},
        ),
        text=Message(NOW_AT, {"state": Message(table.states[row.target].label)}),
        link=THREAD_PAGES[thread.kind].format(id=thread.id),
        subject=(thread.kind.value, thread.id),
        people=people,
        organisation_id=owner,
        permission=Permission.DEADLINE_READ,
    )
