"""One catalogue of an organisation at a time: held by a process, free the moment it dies."""

from collections.abc import Iterator
from contextlib import contextmanager

from service.core.db import Database
from service.core.lease import lease
from service.core.settings import Settings
from service.core.text import N_
from service.identity.permissions import Actor
from service.screening.errors import CatalogueRunning


@contextmanager
def catalogue_slot(database: Database, settings: Settings, actor: Actor) -> Iterator[None]:
    """Hold one of the organisation's places for a running catalogue within the block.

    Raises:
        CatalogueRunning: as many run as `catalogues_per_organisation` allows.
    """
    owner = actor.organisation_id or "console"
    places = (
        lease(database, f"catalogue-{owner}-{number}")
        for number in range(settings.catalogues_per_organisation)
    )
    held = next((place for place in places if place.take()), None)
    if held is None:
        raise CatalogueRunning(
            N_("Another catalogue of your organisation is running: wait until it has ended.")
        )
    try:
        yield
    finally:
        held.release()
