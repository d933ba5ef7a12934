"""A catalogue of real brands against a big register, killed on the way: time and rate.

    MARKPASS_DATA=… python -m tests.bench.catalogue FOLDER --marks 1000000 --names 10000 --kills 2

The names are those of the name suggestion index, the register that of `whole_screening`. The clock
counts the seconds in which the job ran; those between a kill and the next start are not its own.
"""

import argparse
import csv
import gzip
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import sqlalchemy as sa

from service.core.db import Database
from service.core.settings import Settings
from service.identity.permissions import Role
from service.registry.finder import Finder
from service.screening.models import Catalogue, CatalogueRow, Screening
from tests.bench.names import names as haystack
from tests.bench.registers import made
from tests.builders import make_person
from tests.db.screening.catalogues import order

BRANDS = "nsi-brands/nsi_brands.csv.gz"


def brands(folder: Path, most: int) -> list[str]:
    """Return the first `most` distinct names of the index."""
    with gzip.open(folder / BRANDS, "rt", encoding="utf-8") as stream:
        found = dict.fromkeys(row["name"] for row in csv.DictReader(stream) if row["name"].strip())
    return list(found)[:most]


def ran(settings: Settings, row: Catalogue, database: Database, until: int) -> float:
    """Run the job in a process of its own until so many rows are done; return its seconds."""
    arguments = [settings.database_url, str(settings.home), str(row.job_id), str(row.id)]
    began = time.perf_counter()
    child = subprocess.Popen([sys.executable, "-m", "tests.db.screening.catalogues", *arguments])
    while child.poll() is None:
        if done(database, row) >= until:
            os.kill(child.pid, signal.SIGKILL)
            break
        time.sleep(0.5)
    child.wait()
    return time.perf_counter() - began


def done(database: Database, row: Catalogue) -> int:
    with database.read() as session:
        return session.scalars(sa.select(Catalogue.done).where(Catalogue.id == row.id)).one()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--marks", type=int, default=1_000_000)
    parser.add_argument("--names", type=int, default=10_000)
    parser.add_argument("--kills", type=int, default=2)
    told = parser.parse_args()
    data = Path(os.environ["MARKPASS_DATA"])
    settings, database = made(told.folder, haystack(data, told.marks).every)
    Finder(database, settings).keep()
    asked = brands(data, told.names)
    sheet = "name,goods,to\n" + "".join(
        f'"{name.replace(chr(34), "")}",class:12,US\n' for name in asked
    )
    row = order(database, settings, make_person(database, Role.EXPORTER_STAFF).actor, sheet)
    seconds = 0.0
    for number in range(told.kills + 1):
        stop = len(asked) * (number + 1) // (told.kills + 1) if number < told.kills else 10**9
        seconds += ran(settings, row, database, stop)
        sys.stdout.write(f"run {number + 1}: {done(database, row)} rows, {seconds:.0f} s so far\n")
    with database.read() as session:
        rows = session.scalar(sa.select(sa.func.count()).select_from(CatalogueRow))
        kept = session.scalar(sa.select(sa.func.count()).select_from(Screening))
        state = session.get_one(Catalogue, row.id).state
    rate = len(asked) / seconds
    sys.stdout.write(
        f"{len(asked)} names × {told.marks} marks, killed {told.kills} times: {state}, "
        f"{rows} rows, {kept} answers, {seconds:.0f} s, {rate:.1f} names a second\n"
    )


if __name__ == "__main__":
    main()
