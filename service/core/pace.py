"""How fast an outside service may be asked: one row of the database holds every process."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from service.core import clock
from service.core.db import Base, Database
from service.core.jobs.models import insert_unless_there
from service.core.types import UtcDateTime

MINUTE = timedelta(minutes=1)


class Pace(Base):
    """The next moment at which a service may be asked again."""

    __tablename__ = "pace"

    name: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    next_at: Mapped[datetime] = mapped_column(UtcDateTime)


def take_turn(database: Database, name: str, per_minute: int) -> timedelta:
    """Reserve the next turn of the service `name`; return how long to wait for it.

    Turns lie evenly, `per_minute` of them, whichever processes take them.
    """
    with database.write() as session:
        row = _row(session, name)
        turn = max(row.next_at, clock.now())
        row.next_at = turn + MINUTE / per_minute
        return turn - clock.now()


def hold_back(database: Database, name: str, pause: timedelta) -> None:
    """Give out no turn of the service `name` within `pause` from now: it asked for quiet."""
    with database.write() as session:
        row = _row(session, name)
        row.next_at = max(row.next_at, clock.now() + pause)


def _row(session: Session, name: str) -> Pace:
    insert_unless_there(session, Pace, name=name, next_at=clock.now())
    return session.get_one(Pace, name, with_for_update=True, populate_existing=True)
