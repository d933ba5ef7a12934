from datetime import timedelta

import sqlalchemy as sa

from service.core.db import Database
from service.core.jobs import Jobs
from service.core.jobs.store import SCHEMA
from service.core.migrate import OTHERS_TABLES, import_every_model, upgrade
from service.core.settings import Settings


def test_every_table_that_is_not_ours_has_a_reserved_name(database: Database) -> None:
    inspector = sa.inspect(database.engine)
    standing = set(inspector.get_table_names())
    if not database.is_sqlite:
        standing |= set(inspector.get_table_names(schema=SCHEMA))

    assert "workflow_status" in standing
    assert standing - set(import_every_model().tables) <= OTHERS_TABLES


def test_no_table_of_ours_has_a_reserved_name() -> None:
    assert OTHERS_TABLES.isdisjoint(import_every_model().tables)


def test_a_process_started_before_the_migration_runs_jobs_after_it(
    other: tuple[Settings, Database],
) -> None:
    running = Jobs(*other)
    running.start()
    assert not running.leads(within=timedelta(seconds=1))

    upgrade(other[1])

    assert running.leads(within=timedelta(seconds=30))
    running.stop()
