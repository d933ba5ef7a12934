"""What identity forgets by itself."""

from service.core import clock
from service.core.jobs import JobContext, on_retention
from service.identity.repository import Proofs


@on_retention
def forget_old_proofs(context: JobContext) -> None:
    """Remove ended sessions, old failed sign-ins and stored answers of idempotency keys."""
    now, settings = clock.now(), context.settings
    with context.database.write() as session:
        Proofs(session).forget_old(
            sessions_before=now - settings.retention_sessions,
            tries_before=now - settings.sign_in_window,
            replays_before=now - settings.retention_replays,
        )
