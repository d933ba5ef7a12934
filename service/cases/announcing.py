"""Telling the people a clock concerns."""

from sqlalchemy.orm import Session

from service.cases.models import Deadline
from service.cases.repository import Clocks
from service.core import audit


def announce(session: Session, deadline: Deadline, topic: str, *, lead: bool) -> None:
    """Tell the people a clock concerns; who was told is in the audit chain."""
    for person in Clocks(session).concerned(deadline, lead=lead):
        audit.record(session, topic, subject=("deadline", deadline.id), person=str(person.id))
