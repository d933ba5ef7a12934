"""Where a one-time link leads."""

from datetime import timedelta

from service.core import clock
from service.core.settings import Settings
from service.identity.schemas_people import LinkMade

LINK_LIFE = timedelta(hours=72)
"""How long a one-time link works: over a weekend."""


def password_link(base: str, token: str) -> LinkMade:
    """Return the address at which the holder of `token` sets a password; `base` ends in `/`."""
    return LinkMade(link=f"{base}password?token={token}", expires_at=clock.now() + LINK_LIFE)


def base_of(settings: Settings) -> str:
    """Return where this machine serves, for links printed on its console."""
    return f"http://{settings.host}:{settings.port}/"
