"""Nobody has answered: by working hours, first who works on it is told, then the leads."""

from sqlalchemy.orm import Session

from service.cases.books import book_of
from service.cases.models import Thread
from service.cases.usecases.telling import tell
from service.core import clock
from service.core.text import N_
from service.notices.domain import Message
from service.notices.topics import Topic
from service.notices.usecases.telling import notify
from service.recordation.detention import words as _worded  # noqa: F401  names the verbs
from service.recordation.detention.hours import LEVELS, Level, Told, level_after, working_time
from service.recordation.detention.models import Detention
from service.recordation.detention.repository import Waiting

UNANSWERED = N_("Customs waits for an answer: {goods}")
HOURS_GONE = N_("{hours} working hours are gone since service, and nobody has answered.")


def escalate(session: Session) -> int:
    """Tell whoever is to be told by now, once for each level; return how many detentions it was.

    Running it twice tells nothing twice.
    """
    now, book, waiting, touched = clock.now(), book_of(session), Waiting(session), 0
    for row in waiting.all():
        if row.waits_since is None:
            continue
        reached = level_after(working_time(row.waits_since, now, book))
        if reached > row.escalated:
            row.escalated = reached
            _tell(session, waiting, row, LEVELS[reached - 1], reached)
            touched += 1
    session.flush()
    return touched


def _tell(session: Session, waiting: Waiting, row: Detention, level: Level, number: int) -> None:
    thread = session.get_one(Thread, row.id)
    leads = level.told is Told.LEADS
    tell(session, None, thread, "detention.unanswered", hours=level.hours)
    notify(
        session,
        event_id=f"detention.unanswered:{row.id}:{row.waits_since}:{number}"[:200],
        topic=Topic.DETENTION_UNANSWERED,
        title=Message(UNANSWERED, {"goods": row.goods[:120]}),
        text=Message(HOURS_GONE, {"hours": level.hours}),
        link=f"/detentions/{row.id}",
        subject=("detention", row.id),
        people=list(waiting.people(thread, leads=leads)),
        urgent=leads,
    )
