"""Search over cases, parties, documents, filings and marks: each room's own filter decides."""

from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

from sqlalchemy.orm import Session

from service.core.errors import FieldError, Invalid
from service.core.pagination import Cursor
from service.core.text import N_
from service.desk.domain import Found, Group, Hit
from service.dispute.repository import Cases
from service.dispute.repository_papers import Papers
from service.identity.permissions import Actor, Permission
from service.recordation.repository import Assets, Filings
from service.registry.repository import MarkFilter, Marks
from service.rules.authorities import authority

SHOWN = 10
"""Hits of one group; whether there are more is told, how many is not counted."""
SHORTEST = 2
LONGEST = 100


def search(
    session: Session, actor: Actor, text: str, groups: Sequence[Group] = tuple(Group)
) -> list[Found]:
    """Return what the actor may see that holds a text, by group.

    Raises:
        Invalid: the text is too short or too long.
    """
    wanted = text.strip()
    if not SHORTEST <= len(wanted) <= LONGEST:
        detail = N_("Enter between {least} and {most} characters.")
        values: dict[str, object] = {"least": SHORTEST, "most": LONGEST}
        raise Invalid(detail, errors=[FieldError("q", detail, values)], **values)
    found = []
    for group in Group:
        permission, look = LOOKS[group]
        if group in groups and actor.can(permission):
            hits = look(session, actor, wanted)
            found.append(Found(group, hits[:SHOWN], len(hits) > SHOWN))
    return found


def _cases(session: Session, actor: Actor, text: str) -> list[Hit]:
    rows = Cases(session, actor).found(text, SHOWN + 1)
    return [Hit(case.title, f"/cases/{case.id}", thread.number) for thread, case in rows]


def _parties(session: Session, actor: Actor, text: str) -> list[Hit]:
    rows = Cases(session, actor).found_parties(text, SHOWN + 1)
    return [Hit(party.name, f"/cases/{thread.id}#parties", thread.number) for thread, party in rows]


def _documents(session: Session, actor: Actor, text: str) -> list[Hit]:
    rows = Papers(session, actor).found(text, SHOWN + 1)
    return [Hit(paper.name, f"/documents/{paper.id}", number) for paper, number in rows]


def _filings(session: Session, actor: Actor, text: str) -> list[Hit]:
    rows = Filings(session, actor).found(text, SHOWN + 1)
    assets = {row.id: row for row in Assets(session, actor).among({f.asset_id for f in rows})}
    return [
        Hit(
            _title(assets, row.asset_id),
            f"/filings/{row.id}",
            " ".join(
                part for part in (authority(row.authority).name.zh, row.recordation_no) if part
            ),
        )
        for row in rows
    ]


def _title(assets: Mapping[UUID, object], key: UUID) -> str:
    return str(getattr(assets.get(key), "title", ""))


def _marks(session: Session, actor: Actor, text: str) -> list[Hit]:  # noqa: ARG001  public facts
    cursor = Cursor(limit=SHOWN + 1)
    marks = Marks(session)
    rows, _ = marks.page(MarkFilter(text=text), cursor)
    if not rows:
        rows, _ = marks.page(MarkFilter(number=text), cursor)
    return [
        Hit(
            row.record.text or row.record.number,
            f"/marks/{row.record.office}/{row.record.number}",
            f"{row.record.office} {row.record.number}",
        )
        for row in rows
    ]


Look = Callable[[Session, Actor, str], list[Hit]]
LOOKS: Mapping[Group, tuple[Permission, Look]] = {
    Group.CASES: (Permission.CASE_READ, _cases),
    Group.PARTIES: (Permission.CASE_READ, _parties),
    Group.DOCUMENTS: (Permission.CASE_READ, _documents),
    Group.FILINGS: (Permission.RECORDATION_READ, _filings),
    Group.MARKS: (Permission.MARK_READ, _marks),
}
"""What each group asks of the reader, and how it is looked through."""
