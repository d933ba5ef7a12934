import pytest

from service.core.db import Database
from service.core.settings import Settings
from service.screening.errors import CatalogueRunning
from service.screening.slots import catalogue_slot
from tests.builders import make_person


def test_an_organisation_runs_one_catalogue_at_a_time(
    database: Database, settings: Settings
) -> None:
    one, other = make_person(database).actor, make_person(database).actor

    with catalogue_slot(database, settings, one):
        with pytest.raises(CatalogueRunning), catalogue_slot(database, settings, one):
            pass
        with catalogue_slot(database, settings, other):
            pass
    with catalogue_slot(database, settings, one):
        pass
