"""A register of many names in a database of its own, as an import would have left it."""

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

import sqlalchemy as sa

from service.core import clock
from service.core.db import Database
from service.core.migrate import upgrade
from service.core.settings import Settings
from service.registry.domain import (
    EditionState,
    GoodsClass,
    MarkKind,
    MarkRecord,
    MarkStatus,
    Party,
)
from service.registry.models import Register
from service.registry.prepared import Prepared, prepare
from service.registry.repository import Marks
from service.registry.store import Writer
from service.registry.usecases.finishing import refresh_register

OFFICE = "US"
BATCH = 5_000
GOODS = (
    (12, "electric bicycles; electric motorcycles; structural parts for bicycles"),
    (9, "downloadable software; batteries; battery chargers; electric cables"),
    (25, "clothing, namely shirts, trousers, jackets, footwear and hats"),
    (35, "retail store services featuring clothing, footwear and outdoor equipment"),
    (7, "machine tools; motors other than for land vehicles; pumps"),
)
STATUSES = (MarkStatus.REGISTERED, MarkStatus.FILED, MarkStatus.PUBLISHED)


def made(folder: Path, names: Sequence[str]) -> tuple[Settings, Database]:
    """Return an installation whose register holds one live mark for each name.

    Args:
        folder: Home of the installation; what an earlier run left there is used again.
        names: What the marks say.
    """
    folder.mkdir(parents=True, exist_ok=True)
    settings = Settings(home=folder, rate_per_minute=10_000_000)
    database = Database(settings)
    upgrade(database)
    with database.read() as session:
        there = Marks(session).count()
    if there != len(names):
        _fill(database, names)
    return settings, database


def _fill(database: Database, names: Sequence[str]) -> None:
    rows = _prepared(names)
    while batch := list(islice(rows, BATCH)):
        with database.write() as session:
            session.connection()
            Writer(session).put(batch)
    with database.write() as session:
        session.add(_register())
    refresh_register(database, OFFICE)
    with database.write() as session:
        session.execute(
            sa.update(Register).values(state=EditionState.COMPLETE, as_of=clock.today(), gaps=[])
        )


def _prepared(names: Sequence[str]) -> Iterator[Prepared]:
    draw = random.Random(12)
    for number, name in enumerate(names, start=1):
        filed = date(2012, 1, 1) + timedelta(days=draw.randrange(4000))
        record = MarkRecord(
            office=OFFICE,
            number=str(70_000_000 + number),
            text=name,
            kind=MarkKind.WORD,
            status=draw.choice(STATUSES),
            filed_on=filed,
            classes=tuple(
                GoodsClass(*goods) for goods in draw.sample(GOODS, draw.choice((1, 1, 2)))
            ),
            owners=(Party(f"Owner {draw.randrange(50_000)} Ltd", "US"),),
        )
        yield prepare(record)


def _register() -> Register:
    return Register(
        office=OFFICE,
        state=EditionState.COMPLETE,
        as_of=clock.today(),
        base_id=None,
        gaps=[],
        total=0,
        live=0,
        counted_on=clock.today(),
        updated_at=clock.now(),
    )
