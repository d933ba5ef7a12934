"""Answering a consultation: from the knowledge base, in the visitor's language, or in own words."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.orm import Session

from service.cases.books import book_of
from service.cases.domain import Audience
from service.cases.repository import Threads
from service.cases.usecases.telling import tell
from service.core import clock
from service.core.errors import FieldError, Invalid
from service.core.text import N_
from service.identity.permissions import Actor, Permission
from service.station.knowledge import told
from service.station.models import Consultation
from service.station.repository import Consultations
from service.station.usecases.taking import to_change

LONGEST = 40_000
"""Characters of an answer."""


def write_answer(
    session: Session,
    actor: Actor,
    intake_id: UUID,
    *,
    text: str = "",
    guidance: Sequence[str] = (),
    language: str = "zh",
) -> Consultation:
    """Write an answer: own words, and the full text of the guidance named, as it is today.

    `language`: `zh` or `en`, of the guidance.

    Raises:
        NotFound: no such guidance, or no such intake.
        Invalid: there is nothing in it, or too much.
    """
    actor.need(Permission.INTAKE_DESK)
    row = to_change(session, actor, intake_id)
    thread = Threads(session, actor).to_change(row.id)
    found = [told(entry, book_of(session), clock.today()) for entry in guidance]
    parts = [text.strip(), *(one.full_text(language) for one in found)]
    whole = "\n\n".join(part for part in parts if part)
    if not whole or len(whole) > LONGEST:
        detail = N_("Write something, or choose guidance: up to {most} characters in all.")
        raise Invalid(detail, errors=[FieldError("text", detail, {"most": LONGEST})], most=LONGEST)
    answer = Consultations(session, actor).add(
        Consultation(
            thread_id=thread.id,
            part_id=thread.id,
            audience=Audience.OWNER,
            made_at=clock.now(),
            made_by=actor.person_id,
            text=whole,
            guidance=[{"id": one.entry.id, "checked": one.checked.isoformat()} for one in found],
        )
    )
    tell(session, actor, thread, "intake.consulted", audience=Audience.OWNER)
    return answer
