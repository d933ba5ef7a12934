"""A small register loaded the way users load one: through the importer, from a general sheet."""

from datetime import date
from pathlib import Path

from service.core import clock
from service.core.db import Database
from service.core.settings import Settings
from service.identity.permissions import console
from service.registry.domain import EditionScope
from service.registry.usecases.importing import import_file
from service.registry.usecases.requesting import Reading

HEAD = (
    "office,number,text,status,classes,goods,owner_name,registration_date,expiry_date,designations"
)
ROWS = (
    "XX,1,YADEA,registered,12,electric bicycles,Yadea Group,2020-01-01,2040-01-01,",
    "XX,2,雅迪,registered,12,电动自行车,雅迪科技,2020-01-01,2040-01-01,",
    "XX,3,SUNRA,registered,12,electric scooters,Xinri,2020-01-01,2040-01-01,",
    "XX,4,YADIA,registered,25,clothing,Other Ltd,2020-01-01,2040-01-01,",
    "XX,5,YADEAN,cancelled,12,electric bicycles,Gone Ltd,2010-01-01,2020-01-01,",
)


def load(
    database: Database,
    settings: Settings,
    *rows: str,
    name: str = "register.csv",
    scope: EditionScope = EditionScope.FULL,
    dated: date | None = None,
) -> None:
    """Import these rows of the general sheet as one file."""
    path: Path = settings.home / name
    path.write_text("\n".join([HEAD, *(rows or ROWS)]) + "\n", encoding="utf-8")
    import_file(
        database,
        settings,
        path,
        actor=console(),
        reading=Reading(scope=scope, dated=dated or clock.today()),
    )
