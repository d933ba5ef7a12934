"""Calendar feeds: an address nobody guesses, kept as a hash, ended at will."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.orm import Session

from service.cases.domain import FeedScope
from service.cases.ics import calendar_of
from service.cases.models import CalendarFeed
from service.cases.repository import Deadlines, Feeds, Threads
from service.core import clock
from service.core.errors import NotFound
from service.core.text import N_
from service.identity.auditing import note
from service.identity.models import Person
from service.identity.permissions import Actor, Permission, Role
from service.identity.secrets import new_token, token_hash
from service.ui.i18n import Language

PATH = "/calendars/{token}.ics"


def make_feed(session: Session, actor: Actor, scope: FeedScope) -> tuple[CalendarFeed, str]:
    """Make a feed; return it with its path, which is shown this once.

    Raises:
        PermissionDenied: the actor sees no deadlines, or is no person.
    """
    actor.need(Permission.DEADLINE_READ)
    if actor.person_id is None:
        raise NotFound(N_("There is no such person."))
    token = new_token()
    row = CalendarFeed(
        person_id=actor.person_id,
        scope=scope,
        token_hash=token_hash(token),
        created_at=clock.now(),
    )
    Feeds(session).add(row)
    note(session, actor, "feed.made", ("feed", row.id), scope=scope.value)
    return row, PATH.format(token=token)


def feeds_of(session: Session, actor: Actor) -> Sequence[CalendarFeed]:
    """Return the actor's own feeds that still open."""
    return Feeds(session).of_person(actor.person_id) if actor.person_id else ()


def revoke_feed(session: Session, actor: Actor, feed_id: UUID) -> None:
    """End a feed of the actor's own.

    Raises:
        NotFound: absent, ended or somebody else's.
    """
    for row in feeds_of(session, actor):
        if row.id == feed_id:
            row.revoked_at = clock.now()
            note(session, actor, "feed.revoked", ("feed", row.id))
            return
    raise NotFound(N_("There is no such feed."))


def read_feed(session: Session, token: str, base: str) -> bytes:
    """Return the calendar a token opens: what its maker may see now.

    Raises:
        NotFound: unknown, ended, or its maker is no longer active or sees no deadlines.
    """
    found = Feeds(session).opened_by(token_hash(token))
    if found is None or not (actor := _actor(found[1])).can(Permission.DEADLINE_READ):
        raise NotFound(N_("There is no such feed."))
    feed, person = found
    rows = Deadlines(session, actor).due(mine=feed.scope is FeedScope.MINE)
    threads = Threads(session, actor).titles(row.thread_id for row in rows)
    language = Language(person.language) if person.language else Language.ZH_HANS
    return calendar_of(rows, threads, language, base)


def _actor(person: Person) -> Actor:
    return Actor(
        person.id,
        person.organisation_id,
        person.role,
        reads_all=person.role is Role.AUDITOR,
    )
