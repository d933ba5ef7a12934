"""The demonstration's own files, written by `python -m tools.demonstration.generate`."""

import csv
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from service.registry.domain import EditionScope
from service.registry.usecases.requesting import Reading

DATA = Path(__file__).parent / "data"
CATALOGUE = DATA / "catalogue.csv"
OFFICE = "XX"
REGISTER: Mapping[str, Reading] = {
    "register-XX-full.csv": Reading(scope=EditionScope.FULL, dated=date(2026, 6, 30)),
    "register-XX-changes-1.csv": Reading(
        office=OFFICE, scope=EditionScope.DELTA, dated=date(2026, 7, 1)
    ),
    "register-XX-changes-2.xml": Reading(scope=EditionScope.DELTA, dated=date(2026, 7, 2)),
}
"""Files of the register in their order: a full sheet, a Chinese sheet and WIPO ST.96."""


def read_rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a CSV of the demonstration."""
    with (DATA / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
