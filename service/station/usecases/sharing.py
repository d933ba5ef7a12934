"""Letting people into a matter, and out again."""

from uuid import UUID

from sqlalchemy.orm import Session

from service.cases.domain import Audience
from service.cases.models import Thread, ThreadAccess
from service.cases.repository import Threads
from service.cases.usecases.threads import let_in, let_out
from service.core.errors import FieldError, Invalid, NotFound
from service.core.text import N_
from service.identity.permissions import Actor, Permission


def whole_thread(session: Session, actor: Actor, thread_id: UUID) -> Thread:
    """Return a matter the actor sees as a whole; of one track of it, this is nobody's business.

    Raises:
        NotFound: absent, foreign, or seen in part only.
    """
    threads = Threads(session, actor)
    thread = threads.get(thread_id)
    if not threads.sight(thread).whole:
        raise NotFound(N_("There is no such matter."))
    return thread


def let_into(
    session: Session,
    actor: Actor,
    thread_id: UUID,
    *,
    organisation_id: UUID | None = None,
    person_id: UUID | None = None,
    audience: Audience = Audience.ALL,
    writes: bool = False,
) -> ThreadAccess:
    """Let one person or one organisation into a matter.

    Raises:
        Invalid: both are named, or none, or more would be shown than the actor's side may show.
        NotFound, PermissionDenied, ThreadClosed: not the actor's to share.
    """
    actor.need(Permission.CASE_REFER)
    thread = Threads(session, actor).to_change(thread_id)
    if (organisation_id is None) == (person_id is None):
        detail = N_("Name a person, or an organisation.")
        raise Invalid(detail, errors=[FieldError("organisation_id", detail)])
    own = (
        {thread.station_id}
        if audience is Audience.STAFF
        else {thread.station_id, thread.organisation_id}
    )
    if actor.organisation_id not in own:
        detail = N_("What only the station reads, only the station shows.")
        raise Invalid(detail, errors=[FieldError("audience", detail)])
    return let_in(
        session,
        actor,
        thread,
        organisation_id=organisation_id,
        person_id=person_id,
        audience=audience,
        writes=writes,
    )


def end_grant(session: Session, actor: Actor, thread_id: UUID, grant_id: UUID) -> None:
    """End a grant; what was seen until then has been seen.

    Raises:
        NotFound: there is no such grant, or the matter is not the actor's to share.
    """
    actor.need(Permission.CASE_REFER)
    let_out(session, actor, Threads(session, actor).to_change(thread_id), grant_id)
