"""The work ledger 工作台账: a line for every matter and case opened in a period."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from service.cases.models import Thread, TimelineEntry
from service.core.pagination import Cursor, decode
from service.dispute.models import DisputeCase, Party
from service.identity.models import Organisation
from service.identity.permissions import Actor, Permission
from service.report.domain import Dimension, Scope
from service.report.repository import Counts, Ledger, Opened
from service.report.repository.ledger import LEDGER, keys_of
from service.station.models import Intake

AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the ledger."""

    thread: Thread
    intake: Intake | None
    case: DisputeCase | None
    owner: Organisation
    keys: Mapping[Dimension, str]
    parties: Sequence[Party]
    steps: Sequence[TimelineEntry]
    person: str

    @property
    def number(self) -> str:
        """The number of the matter, or of the case it became."""
        return self.thread.number

    @property
    def opened_at(self) -> datetime:
        """When it came in."""
        return self.intake.received_at if self.intake else self.thread.opened_at


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of the ledger, and how many lines the actor may not read."""

    entries: Sequence[Entry]
    total: int
    hidden: int
    following: str | None


def hidden_in(session: Session, actor: Actor, scope: Scope) -> int:
    """Return how many lines of the ledger are counted that the actor may not read."""
    counts = Counts(session)
    return counts.count(LEDGER, scope) - counts.openable(LEDGER, scope, actor)


def ledger_page(session: Session, actor: Actor, scope: Scope, cursor: Cursor) -> Sheet:
    """Return a page of the ledger, the newest first."""
    actor.need(Permission.REPORT_READ)
    ledger = Ledger(session, actor)
    rows, following = ledger.page(scope, cursor)
    total = Counts(session).count(LEDGER, scope)
    hidden = hidden_in(session, actor, scope)
    return Sheet(_entries(session, ledger, rows), total, hidden, following)


def whole_ledger(session: Session, actor: Actor, scope: Scope) -> Iterator[Entry]:
    """Yield all lines the actor may read, the newest first."""
    after: str | None = None
    while True:
        cursor = Cursor(after=decode(after) if after else None, limit=AT_ONCE)
        page = ledger_page(session, actor, scope, cursor)
        yield from page.entries
        if page.following is None:
            return
        after = page.following


def _entries(session: Session, ledger: Ledger, rows: Sequence[Opened]) -> list[Entry]:
    threads = [one.thread for one in rows if one.thread is not None]
    ids: list[UUID] = [one.id for one in threads]
    intakes, cases = ledger.intakes(ids), ledger.cases(ids)
    parties, steps = ledger.parties(ids), ledger.steps(ids)
    owners, keys = ledger.owners(threads), keys_of(session, ids)
    return [
        Entry(
            thread=thread,
            intake=intakes.get(thread.id),
            case=cases.get(thread.id),
            owner=owners[thread.organisation_id],
            keys=keys[thread.id],
            parties=parties.get(thread.id, ()),
            steps=steps.get(thread.id, ()),
            person=row.person,
        )
        for thread, row in zip(threads, rows, strict=True)
    ]
