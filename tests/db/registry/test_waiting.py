import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import sqlalchemy as sa

from service.core.db import Database
from service.core.settings import Settings
from service.registry.domain import MarkRecord
from service.registry.models import ImportRun
from service.registry.store import put_mark
from service.registry.usecases.importing import FIRST_BATCH, SMALLEST_BATCH
from tests.db.registry.sheets import load


def test_a_writer_gets_its_turn_between_the_batches_of_an_import(
    database: Database, settings: Settings
) -> None:
    rows = [{"number": f"N{n}", "text": f"MARK {n}"} for n in range(4000)]
    written = 0
    with ThreadPoolExecutor() as pool:
        importing = pool.submit(load, database, settings, rows)
        while not importing.done():
            with database.write() as session:
                put_mark(session, MarkRecord("US", f"W{written}", "WAITING"))
            written += 1
            time.sleep(0.02)
        importing.result()

    # How long a writer waits is measured by `python -m tests.bench importing`: a shared machine
    # may stop a process for seconds. One turn alone would mean that the import holds the lock.
    assert written >= 3


def test_after_a_batch_that_held_the_lock_too_long_the_next_ones_are_small(
    database: Database, settings: Settings
) -> None:
    impatient = settings.model_copy(update={"import_batch_time": timedelta(microseconds=1)})
    rows = [{"number": f"N{n}", "text": f"MARK {n}"} for n in range(300)]

    load(database, impatient, rows)

    with database.read() as session:
        steps = session.scalars(sa.select(ImportRun.step)).one()
    assert steps == 1 + (300 - FIRST_BATCH) // SMALLEST_BATCH
