from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from service.core.db import Database
from service.core.migrate import upgrade
from service.core.settings import Settings
from service.demonstration.claiming import claim, is_ours, release
from service.demonstration.errors import ForeignDatabase
from service.demonstration.making import make
from service.demonstration.people import sign_ins_file
from service.identity.models import Organisation
from tests.builders import make_organisation


@pytest.fixture
def untouched(blank: Settings) -> Iterator[Database]:
    """A database without tables, as one before the first run."""
    database = Database(blank)
    yield database
    with database.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE IF EXISTS somebody_elses")
    release(blank)
    database.dispose()


def test_a_database_that_was_migrated_by_hand_is_refused(
    settings: Settings, database: Database
) -> None:
    with pytest.raises(ForeignDatabase):
        make(settings, database)


def test_a_database_in_use_is_refused_and_left_as_it_was(
    settings: Settings, database: Database
) -> None:
    organisation = make_organisation(database)

    with pytest.raises(ForeignDatabase):
        make(settings, database)

    with database.read() as session:
        assert session.scalars(sa.select(Organisation.id)).all() == [organisation.id]
    assert not sign_ins_file(settings).exists()


def test_a_claim_does_not_cover_a_database_with_somebody_in_it(
    settings: Settings, database: Database
) -> None:
    claimed_before_it_was_filled(settings, database)
    make_organisation(database)

    assert not is_ours(database, settings)


def test_a_run_that_was_killed_before_the_district_was_in_is_gone_on_with(
    settings: Settings, database: Database
) -> None:
    claimed_before_it_was_filled(settings, database)

    claim(database, settings)

    assert is_ours(database, settings)


def test_tables_of_another_program_are_refused(blank: Settings, untouched: Database) -> None:
    with untouched.engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE somebody_elses (id INTEGER)")

    with pytest.raises(ForeignDatabase):
        claim(untouched, blank)


def claimed_before_it_was_filled(settings: Settings, database: Database) -> None:
    """Leave things as a kill between the migration and the district does."""
    from service.core.migrate import downgrade

    downgrade(database, to="base")
    with database.engine.begin() as connection:
        for table in sa.inspect(connection).get_table_names():
            connection.exec_driver_sql(f'DROP TABLE "{table}"')
    claim(database, settings)
    upgrade(database)
