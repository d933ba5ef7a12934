"""The people of the walk, and the part of the demonstration's register that it searches."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from fastapi import FastAPI

from service.core import clock
from service.demonstration.files import DATA, read_rows
from service.identity.domain import Branch, Link
from service.identity.models import Organisation
from service.identity.permissions import OrganisationKind, Role, console
from service.identity.usecases.organisations import add_organisation
from service.registry.domain import EditionScope
from service.registry.usecases.importing import import_file
from service.registry.usecases.requesting import Reading
from tests.builders import Someone, make_person
from tests.client import Program

ENTERPRISE = "V008"
BRANDS = ("虹瑚昊", "ZUKUKHO")
MARK = "10001034"
OWNER = "潭沐楠（演示）有限公司"
"""Who has the brand's Latin name on the register of the demonstration's office."""
PORT = "演示海关"
PLACES = ("BUREAU", "CENTRE", "PARK", "STATION", "CUSTOMS", "OPERATOR", ENTERPRISE)
PEOPLE: Mapping[str, tuple[str, Role]] = {
    "exporter": (ENTERPRISE, Role.EXPORTER_OWNER),
    "worker": ("STATION", Role.STATION_CASE_WORKER),
    "liaison": ("STATION", Role.STATION_LIAISON),
    "mediator": ("STATION", Role.STATION_MEDIATOR),
    "lead": ("STATION", Role.STATION_LEAD),
    "bureau": ("BUREAU", Role.BUREAU_GUIDE),
}
REGISTER = "register-XX-full.csv"
GOODS = "电动三轮车"
EDITION = date(2026, 6, 30)


@dataclass(frozen=True)
class Cast:
    """Who takes part, each with a program that calls the interface."""

    people: Mapping[str, Someone]
    programs: Mapping[str, Program]
    enterprise: Organisation


def make_cast(app: FastAPI) -> Cast:
    """Make organisations and people as the demonstration has them, and load the register."""
    places = _places(app)
    people = {
        name: make_person(app.state.database, role, organisation=places[place])
        for name, (place, role) in PEOPLE.items()
    }
    _load(app)
    programs = {name: Program(app, someone) for name, someone in people.items()}
    return Cast(people, programs, places[ENTERPRISE])


def _places(app: FastAPI) -> Mapping[str, Organisation]:
    rows = {row["code"]: row for row in read_rows("organisations.csv")}
    made: dict[str, Organisation] = {}
    with app.state.database.write() as session:
        for code in PLACES:
            row = rows[code]
            links = {f"{link.value}_id": made.get(row[link.value]) for link in Link}
            made[code] = add_organisation(
                session,
                console(),
                kind=OrganisationKind(row["kind"]),
                name_zh=row["name_zh"],
                name_en=row["name_en"],
                branch=Branch(row["branch"]) if row["branch"] else None,
                demonstration=True,
                **{name: place.id if place else None for name, place in links.items()},
            )
    return made


def _load(app: FastAPI) -> None:
    """Load the marks for three-wheelers."""
    text = (DATA / REGISTER).read_text(encoding="utf-8")
    head, *rows = text.splitlines()
    path = app.state.settings.home / REGISTER
    path.write_text("\n".join([head, *(r for r in rows if GOODS in r)]) + "\n", encoding="utf-8")
    reading = Reading(scope=EditionScope.FULL, dated=EDITION)
    with clock.at(clock.now()):
        import_file(app.state.database, app.state.settings, path, actor=console(), reading=reading)
