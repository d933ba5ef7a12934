"""Holding new and changed marks against all watches, and telling whom it concerns."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from service.core import clock
from service.core.db import Database
from service.core.jobs import JobContext, Queue, job
from service.core.jobs.models import insert_unless_there
from service.core.text import N_
from service.core.types import new_id
from service.identity.permissions import Permission
from service.notices.domain import Message
from service.notices.topics import Topic
from service.notices.usecases.telling import notify
from service.registry.arrivals import arrivals
from service.registry.repository import Marks, SignRow
from service.screening.domain import AlertStage
from service.screening.models import Alert, Watch
from service.screening.reach import markets_loaded
from service.screening.remembered import decided_among
from service.screening.repository import register_states
from service.screening.usecases.reopening import reopen_changed
from service.screening.watches import (
    every_watch,
    names_of_organisations,
    portion,
    set_watched,
    watched_up_to,
)
from service.screening.watching import Lookout, Sighting
from service.screening.words import STAGE_WORDS

PORTION = 100_000
"""Marks held against the watches at a time."""
BATCH = 250
"""Watches whose alerts are written in one transaction."""
CHANGED = 500
"""Changed marks that are looked up among decisions in one transaction."""
SINGLY = 10
"""Alerts of one organisation in one batch that are told one by one; more are told together."""
PRESSING = timedelta(days=7)
"""Time left to oppose below which an alert is urgent."""


@job("watch.run", queue=Queue.UPKEEP, cron="*/5 * * * *")
def run_watches(context: JobContext) -> None:
    """Hold what changed since the last time against all watches and decisions.

    A kill at any moment repeats a portion at most: an alert is there once, and so is its notice.
    """
    while (since := _since(context.database)) is not None:
        with context.database.read() as session:
            rows, upto = portion(session, since, PORTION)
        _reopen(context, since, upto)
        hold(context, rows)
        with context.database.write() as session:
            set_watched(session, upto, clock.now())


def _since(database: Database) -> int | None:
    """Return the change number to go on from; None where nothing is new, or nobody ever watched."""
    with database.read() as session:
        since = watched_up_to(session)
        return since if since is not None and since < Marks(session).newest_change() else None


def _reopen(context: JobContext, since: int, upto: int) -> None:
    """Open decisions again whose mark changed in a range of change numbers."""
    with context.database.read() as session:
        keys = decided_among(session, since, upto)
    for at in range(0, len(keys), CHANGED):
        with context.database.write() as session:
            stored = Marks(session).details(keys[at : at + CHANGED])
            reopen_changed(session, [one.record for one in stored.values()])
        context.check()


def hold(context: JobContext, rows: Sequence[SignRow]) -> None:
    """Hold some changed marks against all watches."""
    today = clock.today()
    live = [row for row in rows if row.is_live(today)]
    with context.database.read() as session:
        watches = every_watch(session)
    if live and watches:
        _watch(context, live, watches, today)


def _watch(
    context: JobContext, live: Sequence[SignRow], watches: Sequence[Watch], today: date
) -> None:
    with arrivals(live) as arrived, context.database.read() as session:
        lookout = Lookout(
            session,
            context.settings,
            arrived,
            markets_loaded(register_states(session)),
            today,
            names_of_organisations(session, {watch.organisation_id for watch in watches}),
        )
        if not lookout.markets:
            return
        for at in range(0, len(watches), BATCH):
            found = list(lookout.sightings(watches[at : at + BATCH]))
            with context.database.write() as writing:
                alert(writing, found)
            context.report(min(at + BATCH, len(watches)), len(watches))


def alert(session: Session, found: Sequence[Sighting]) -> None:
    """Store what was found, each mark once for each watch and stage, and tell it."""
    fresh: dict[UUID, list[Alert]] = defaultdict(list)
    for one in found:
        alert_id = new_id()
        columns = one.columns()
        if insert_unless_there(
            session, Alert, id=alert_id, created_at=clock.now(), closed_at=None, **columns
        ):
            fresh[one.watch.organisation_id].append(session.get_one(Alert, alert_id))
    for organisation_id, alerts in fresh.items():
        for some in [alerts] if len(alerts) > SINGLY else [[each] for each in alerts]:
            _tell(session, organisation_id, some)


def _tell(session: Session, organisation_id: UUID, alerts: Sequence[Alert]) -> None:
    first = alerts[0]
    title, text, link = _one(first) if len(alerts) == 1 else _many(alerts)
    notify(
        session,
        event_id=f"watch.alert:{first.id}",
        topic=Topic.WATCH_ALERT,
        title=title,
        text=text,
        link=link,
        subject=("alert", first.id),
        organisation_id=organisation_id,
        permission=Permission.WATCH_READ,
        urgent=any(_presses(each) for each in alerts),
    )


def _one(found: Alert) -> tuple[Message, Message, str]:
    mark = f"{found.text} ({found.office} {found.number})"
    sentence = N_("Your mark is filed by a stranger: {mark}, {stage}")
    if not found.squatting:
        sentence = N_("A watch finds {mark}, {stage}")
    title = Message(sentence, {"mark": mark, "stage": Message(STAGE_WORDS[found.stage])})
    owner: dict[str, str | date] = {"owner": found.owner or "—"}
    if found.opposition is None:
        return title, Message(N_("Owner: {owner}."), {**owner}), f"/alerts/{found.id}"
    due = date.fromisoformat(found.opposition["due"])
    text = Message(N_("Owner: {owner}. Last day to oppose: {due}."), {**owner, "due": due})
    return title, text, f"/alerts/{found.id}"


def _many(alerts: Sequence[Alert]) -> tuple[Message, Message, str]:
    squatting = sum(each.squatting for each in alerts)
    days = [date.fromisoformat(each.opposition["due"]) for each in alerts if each.opposition]
    title = Message(N_("Your watches find {count} marks"), {"count": len(alerts)})
    text = Message(N_("Own marks filed by strangers: {count}."), {"count": squatting})
    if days:
        text = Message(
            N_("Own marks filed by strangers: {count}. First last day to oppose: {due}."),
            {"count": squatting, "due": min(days)},
        )
    return title, text, "/alerts"


def _presses(found: Alert) -> bool:
    if found.opposition is None or found.stage is not AlertStage.PUBLISHED:
        return False
    left = date.fromisoformat(found.opposition["due"]) - clock.today()
    return timedelta(0) <= left < PRESSING
