"""My day: what is due, what waits for me, what is new. Each part goes with a permission."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from service.cases.models import Deadline, Thread
from service.cases.reckoning import local_day
from service.cases.repository import Deadlines, Threads
from service.cases.showing import thread_path
from service.core import clock
from service.core.pagination import Cursor
from service.core.text import N_
from service.desk.domain import Part, Row
from service.desk.repository import Queue
from service.dispute.papers.kinds import paper_kinds
from service.dispute.repository_papers import Papers
from service.identity.permissions import ROLES_OF, Actor, OrganisationKind, Permission, Role
from service.notices.domain import message_of
from service.notices.repository import Inbox
from service.notices.wording import told_in_both
from service.recordation.repository import Assets, Filings
from service.recordation.usecases.windows import window_of
from service.rules.authorities import authority
from service.screening.watches import Alerts

SHOWN = 10
"""Lines of one part; the rest is behind its link."""
SOON = timedelta(days=7)
FAR = 400
"""Alerts, notices and filings that are counted at most."""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the day: for whom, what it is called, and how its lines are found."""

    key: str
    permission: Permission
    title: str
    href: str
    empty: str
    rows: Callable[[Session, Actor, date], Sequence[Row]]
    roles: frozenset[Role] | None = None
    """None: everybody who holds the permission."""


def my_day(session: Session, actor: Actor) -> list[Part]:
    """Return the parts of the actor's day, each with its first lines and how many there are."""
    today = local_day(clock.now())
    parts = []
    for section in SECTIONS:
        if actor.can(section.permission) and (not section.roles or actor.role in section.roles):
            rows = section.rows(session, actor, today)
            parts.append(
                Part(
                    section.key,
                    section.title,
                    rows[:SHOWN],
                    len(rows),
                    section.href,
                    section.empty,
                )
            )
    return parts


def _for_me(actor: Actor) -> bool:
    """Say whether only what the actor works on is theirs: staff have many matters of others."""
    staff = ROLES_OF[OrganisationKind.STATION]
    return actor.role in staff and actor.role is not Role.STATION_LEAD


def _clocks(session: Session, actor: Actor, today: date) -> list[Row]:
    until = clock.now() + SOON
    rows = Deadlines(session, actor).due(until=until, mine=_for_me(actor))
    threads = Threads(session, actor).titles(row.thread_id for row in rows)
    return [_clock(row, threads[row.thread_id], today) for row in rows]


def _clock(row: Deadline, thread: Thread, today: date) -> Row:
    late = row.due_on is not None and row.due_on < today
    return Row(
        "", f"/deadlines/{row.id}", on=row.due_on, late=late, texts=row.title, note=thread.number
    )


def _unsigned(session: Session, actor: Actor, _: date) -> list[Row]:
    handler = actor.person_id if _for_me(actor) else None
    return [
        Row(
            "",
            f"/documents/{paper.id}#signatures",
            texts=paper_kinds()[paper.kind].title.model_dump(),
        )
        for paper, _count in Papers(session, actor).unsigned(handler_id=handler)
    ]


def _unassigned(session: Session, actor: Actor, today: date) -> list[Row]:
    waiting = Queue(session, actor).rows(clock.now())
    return [
        Row(
            str(next(iter(one.thread.title_values.values()), "")),
            thread_path(one.thread),
            on=local_day(one.next_due) if one.next_due else None,
            late=one.overdue > 0 and one.next_due is not None and local_day(one.next_due) < today,
            note=one.thread.number,
        )
        for one in waiting
        if one.thread.handler_id is None
    ]


def _notices(session: Session, actor: Actor, _: date) -> list[Row]:
    rows, _next = Inbox(session, actor).page(Cursor(limit=FAR), unread=True)
    return [
        Row(
            "",
            "/notices?unread=true",
            on=local_day(row.notice.created_at),
            texts=_texts(told_in_both(message_of(row.notice.title))),
        )
        for row in rows
    ]


def _texts(told: dict[str, str]) -> dict[str, str]:
    return {tag[:2]: text for tag, text in told.items()}


def _alerts(session: Session, actor: Actor, _: date) -> list[Row]:
    rows, _next = Alerts(session, actor).page(Cursor(limit=FAR), open_only=True)
    return [
        Row(row.text, f"/alerts/{row.id}", on=local_day(row.created_at), note=row.office)
        for row in rows
    ]


def _renewals(session: Session, actor: Actor, today: date) -> list[Row]:
    assets, rows = Assets(session, actor), []
    for filing in Filings(session, actor).kept():
        asset, one = assets.get(filing.asset_id), authority(filing.authority)
        window = window_of(filing, asset, one)
        if window.opens_on and window.opens_on <= today:
            late = window.last_day is not None and window.last_day < today
            rows.append(
                Row(
                    asset.title,
                    f"/filings/{filing.id}",
                    on=window.last_day,
                    late=late,
                    note=one.name.zh,
                )
            )
    return rows


P = Permission
SECTIONS: Sequence[Section] = (
    Section(
        "clocks",
        P.DEADLINE_READ,
        N_("Due within seven days"),
        "/deadlines",
        N_("Nothing is due within seven days."),
        _clocks,
    ),
    Section(
        "unassigned",
        P.CASE_ASSIGN,
        N_("Nobody works on it yet"),
        "/desk/queue",
        N_("Everything is in somebody's hands."),
        _unassigned,
    ),
    Section(
        "signatures",
        P.DOCUMENT_SIGN,
        N_("Signatures are missing"),
        "/cases",
        N_("No signature is missing."),
        _unsigned,
    ),
    Section(
        "notices",
        P.NOTICE_READ,
        N_("Unread notices"),
        "/notices?unread=true",
        N_("No unread notice."),
        _notices,
    ),
    Section(
        "alerts",
        P.WATCH_READ,
        N_("New alerts of watches"),
        "/alerts",
        N_("No new alert."),
        _alerts,
    ),
    Section(
        "renewals",
        P.RECORDATION_READ,
        N_("Recordations to renew"),
        "/renewals",
        N_("No recordation is to be renewed now."),
        _renewals,
    ),
)
"""In the order of the page; a part is shown to who holds its permission."""
