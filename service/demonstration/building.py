"""Building the demonstration: district, register, screenings. Each step bears repeating."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from uuid import UUID

from sqlalchemy.orm import Session

from service.core.db import Database
from service.core.settings import Settings
from service.demonstration.files import CATALOGUE, DATA, REGISTER, read_rows
from service.demonstration.people import GUESTS, keep_passwords, kept_passwords, new_password
from service.demonstration.repository import Demonstration
from service.identity.domain import Branch, Link
from service.identity.permissions import Actor, OrganisationKind, Role, console
from service.identity.usecases.organisations import add_organisation
from service.identity.usecases.passwords import set_password
from service.identity.usecases.people import add_person
from service.registry.domain import BrandRole as ProductRole
from service.registry.finder import Finder
from service.registry.schemas.imports import ImportOut
from service.registry.usecases.importing import Progress, import_file
from service.registry.usecases.products import add_product
from service.screening.catalogue import Defaults, Row, read_catalogue
from service.screening.domain import BrandRole
from service.screening.schemas import ScreeningIn, ScreeningOut
from service.screening.usecases.screening import fetch_screening, run_screening
from service.screening.usecases.sharing import share_screening

SHARED = 6
"""Screenings of the exporter who signs in that its station may see."""


@dataclass(frozen=True, slots=True)
class Screened:
    """One row of the catalogue and its answer."""

    row: Row
    answer: ScreeningOut


def build_district(database: Database, settings: Settings) -> Mapping[str, str]:
    """Make organisations, people and products in one transaction, once; return the passwords.

    Where the file with the passwords is gone, everybody gets a new one.
    """
    passwords = kept_passwords(settings)
    with database.read() as session:
        demonstration = Demonstration(session)
        there, people = demonstration.exists(), demonstration.people()
    logins = [guest.login for guest in GUESTS if not there or guest.login in people]
    lost = [login for login in logins if login not in passwords]
    if lost:
        passwords |= {login: new_password() for login in lost}
        keep_passwords(settings, passwords)
    if not there or lost:
        with database.write() as session:
            if there:
                for login in lost:
                    set_password(session, console(), people[login].id, password=passwords[login])
            else:
                _fill(session, passwords)
    return {login: passwords[login] for login in logins}


def _fill(session: Session, passwords: Mapping[str, str]) -> None:
    ids: dict[str, UUID] = {}
    for row in read_rows("organisations.csv"):
        ids[row["code"]] = add_organisation(
            session,
            console(),
            kind=OrganisationKind(row["kind"]),
            name_zh=row["name_zh"],
            name_en=row["name_en"],
            uscc=row["uscc"] or None,
            customs_code=row["customs_code"],
            iec=row["iec"],
            eori=row["eori"],
            address=row["address"],
            address_en=row["address_en"],
            park=row["park"],
            branch=Branch(row["branch"]) if row["branch"] else None,
            **{f"{link.value}_id": ids.get(row[link.value]) for link in Link},
            demonstration=True,
        ).id
    for guest in GUESTS:
        add_person(
            session,
            console(),
            organisation_id=ids[guest.organisation],
            login=guest.login,
            name=guest.name,
            role=guest.role,
            password=passwords[guest.login],
            demonstration=True,
        )
    for row in read_rows(CATALOGUE.name):
        actor = _maker(ids[row["enterprise"]])
        add_product(session, actor, _product(row))


def _maker(organisation_id: UUID) -> Actor:
    return Actor(None, organisation_id, Role.EXPORTER_OWNER)


def _product(row: Mapping[str, str]) -> dict[str, object]:
    return {
        "sku": row["sku"],
        "name_zh": row["product_zh"],
        "name_en": row["product_en"],
        "brands": (row["name_zh"], row["name_latin"]),
        "brand_role": ProductRole(row["brand_role"]),
        "hs_codes": (row["goods"].removeprefix("hs:"),),
        "goods": (),
        "markets": tuple(row["to"].split(";")),
        "route": {
            "origin": row["from"],
            "exit_port": row["exit_port"],
            "customs_mode": row["customs_mode"],
        },
    }


def load_register(
    database: Database, settings: Settings, tell: Callable[[str, Progress], None]
) -> Sequence[ImportOut]:
    """Import the register files as a user would; files that are in change nothing."""
    return [
        import_file(
            database,
            settings,
            DATA / name,
            actor=console(),
            reading=reading,
            progress=lambda progress, name=name: tell(name, progress),  # type: ignore[misc]
        )
        for name, reading in REGISTER.items()
    ]


def screen_catalogue(
    database: Database, settings: Settings, finder: Callable[[], Finder], rows: int
) -> Iterator[Screened]:
    """Yield the first rows of the catalogue with their answers; screen those that have none.

    Each screening belongs to the enterprise whose product it is.

    Args:
        database: Where the district is in.
        settings: Settings in force.
        finder: Makes the finder, when there is something to screen.
        rows: How many rows.
    """
    with database.read() as session:
        demonstration = Demonstration(session)
        enterprises, screened = demonstration.enterprises(), demonstration.screened()
        people, station = demonstration.people(), demonstration.station()
    codes = {row["code"]: row["uscc"] for row in read_rows("organisations.csv")}
    owner = people.get(GUESTS[0].login)
    extras = read_rows(CATALOGUE.name)
    ready: Finder | None = None
    catalogue = read_catalogue(CATALOGUE, settings, Defaults())
    for at, (row, extra) in enumerate(zip(islice(catalogue, rows), extras, strict=False)):
        maker = _maker(enterprises[codes[extra["enterprise"]]])
        if owner is not None and owner.organisation_id == maker.organisation_id:
            maker = Actor(owner.id, owner.organisation_id, owner.role)
        assert maker.organisation_id is not None
        done = screened.get((maker.organisation_id, extra["sku"]))
        if done is not None:
            with database.read() as session:
                body = fetch_screening(session, maker, done)
            yield Screened(row, ScreeningOut.model_validate_json(body))
            continue
        ready = ready or finder()
        answer = run_screening(database, settings, ready, maker, _asked(row, extra))
        if at < SHARED:
            with database.write() as session:
                share_screening(session, maker, answer.screening_id, station)
        yield Screened(row, answer)


def _asked(row: Row, extra: Mapping[str, str]) -> ScreeningIn:
    """Return what a row asks, with what a plain catalogue has no column for."""
    route = row.asked.route.model_copy(update={"exit_port": extra["exit_port"]})
    return row.asked.model_copy(
        update={
            "route": route,
            "brand_role": BrandRole(extra["brand_role"]),
            "customs_mode": extra["customs_mode"],
        }
    )
