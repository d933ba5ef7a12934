"""Webhook endpoints of an organisation: adding, changing the secret, removing."""

from collections.abc import Collection
from urllib.parse import urlsplit
from uuid import UUID

from sqlalchemy.orm import Session

from service.core import clock
from service.core.errors import FieldError
from service.core.public_http import AddressRefused, judged_address
from service.core.text import N_
from service.identity.auditing import note
from service.identity.permissions import Actor, Permission
from service.notices.errors import EndpointRefused
from service.notices.models import Endpoint
from service.notices.repository import Endpoints
from service.notices.topics import Topic
from service.notices.webhooks import new_signing_secret

HTTPS = 443


def add_endpoint(
    session: Session, actor: Actor, *, url: str, topics: Collection[Topic]
) -> tuple[Endpoint, str]:
    """Add an endpoint of the actor's organisation; return it and its secret, shown this once.

    Raises:
        PermissionDenied: the actor manages no webhooks.
        EndpointRefused: not HTTPS, or a host that is not public.
    """
    actor.need(Permission.NOTICE_MANAGE)
    assert actor.organisation_id is not None
    check_address(url)
    secret = new_signing_secret()
    row = Endpoint(
        organisation_id=actor.organisation_id,
        url=url,
        topics=sorted(topic.value for topic in topics),
        secret=secret,
        created_at=clock.now(),
    )
    Endpoints(session, actor).add(row)
    note(session, actor, "webhook.added", ("webhook", row.id))
    return row, secret


def renew_secret(session: Session, actor: Actor, endpoint_id: UUID) -> tuple[Endpoint, str]:
    """Replace the secret of an endpoint; the old one signs nothing from now on."""
    actor.need(Permission.NOTICE_MANAGE)
    row = Endpoints(session, actor).get(endpoint_id)
    row.secret = new_signing_secret()
    session.flush()
    note(session, actor, "webhook.secret_renewed", ("webhook", row.id))
    return row, row.secret


def remove_endpoint(session: Session, actor: Actor, endpoint_id: UUID) -> None:
    """Remove an endpoint: nothing more is sent to it, nor what waits."""
    actor.need(Permission.NOTICE_MANAGE)
    row = Endpoints(session, actor).get(endpoint_id)
    row.removed_at = clock.now()
    session.flush()
    note(session, actor, "webhook.removed", ("webhook", row.id))


def check_address(url: str) -> None:
    """Refuse an address that would be refused when it is called.

    It is judged again at each call: a name may lead elsewhere by then.
    """
    try:
        parts = urlsplit(url)
        if parts.scheme != "https" or not parts.hostname or parts.username or parts.fragment:
            raise _refused(N_("Enter a web address that begins with https://."))
        judged_address(parts.hostname, parts.port or HTTPS)
    except (AddressRefused, ValueError):
        raise _refused(N_("Enter an address of the public Internet.")) from None


def _refused(detail: str) -> EndpointRefused:
    return EndpointRefused(detail, errors=[FieldError("url", detail)])
