"""How long it takes to hold 100,000 new marks against 10,000 watches.

    python -m tests.bench watching --marks 100000 --queries 10000

`marks` new ones of a register, real names as far as there are; `queries` watches, every other a
name of the register with one letter exchanged. What is timed is the job itself: from the change
numbers to the alerts and notices in the database.
"""

import argparse
import os
import random
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from threading import Event
from uuid import UUID, uuid4

import sqlalchemy as sa

from service.core import clock
from service.core.db import Database
from service.core.files import Files
from service.core.jobs import JobContext, State
from service.core.jobs.models import JobRow
from service.identity.permissions import Role
from service.screening.domain import Verdict
from service.screening.models import Alert, Watch
from service.screening.usecases.alerting import run_watches
from service.screening.watches import set_watched
from tests.bench.clock import machine
from tests.bench.names import names, queries
from tests.bench.registers import made
from tests.builders import make_person

HOUSES = 200
"""Organisations that the watches belong to."""
GOODS: tuple[list[str], ...] = (["class:12"], ["class:25"], ["hs:8711.60"], ["class:9"], [])
MINUTES = 10


def watch(database: Database, asked: Sequence[str], houses: Sequence[UUID]) -> None:
    """Watch these names for these organisations."""
    draw = random.Random(9)
    with database.write() as session:
        session.add_all(
            Watch(
                organisation_id=houses[number * len(houses) // len(asked)],
                person_id=None,
                names=[name],
                goods=draw.choice(GOODS),
                markets=[],
                own=number % 2 == 0,
                owners=[],
                least=Verdict.HIGH,
                created_at=clock.now(),
            )
            for number, name in enumerate(asked)
        )
        set_watched(session, 0, clock.now())


def processor() -> float:
    """Seconds of processor that this process and those it started have had."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def run(options: argparse.Namespace) -> None:
    """Run it once, as `marks` and `queries` say."""
    source = names(options.data, options.marks)
    asked = queries(source, options.queries)
    print(machine())
    with tempfile.TemporaryDirectory(prefix="markpass-bench-") as scratch:
        settings, database = made(options.keep or Path(scratch), source.every)
        owners = [make_person(database, Role.EXPORTER_OWNER) for _ in range(HOUSES)]
        watch(database, asked, [one.organisation_id for one in owners])
        files = Files(settings.files_folder)
        context = JobContext(_job(database), database, settings, files, Event())
        began, worked = time.perf_counter(), processor()
        run_watches(context)
        took, worked = time.perf_counter() - began, processor() - worked
        with database.read() as session:
            alerts = session.scalars(sa.select(sa.func.count()).select_from(Alert)).one()
            squatting = session.scalars(
                sa.select(sa.func.count()).select_from(Alert).where(Alert.squatting)
            ).one()
        database.dispose()
    pairs = len(source.every) * len(asked)
    print(
        f"\n{len(asked):,} watches × {len(source.every):,} new marks: {took:.1f} s "
        f"({worked:.1f} s of processor, its own processes included), "
        f"{pairs / took / 1e6:,.1f} million pairs a second, {took / 60 / MINUTES:.0%} of the "
        f"{MINUTES} minutes there are; {alerts:,} alerts, {squatting:,} of them squatting."
    )


def _job(database: Database) -> UUID:
    """Return the id of a job row, for the progress that is told."""

    job_id = uuid4()
    with database.write() as session:
        session.add(
            JobRow(
                id=job_id,
                name="watch.run",
                args={},
                key=None,
                state=State.RUNNING,
                priority=100,
                enqueued_at=clock.now(),
            )
        )
    return job_id
