"""Command line: people, the first administrator's token, erasure, demonstration accounts."""

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from service.core.console import opened
from service.core.errors import FieldError, Invalid
from service.core.text import N_
from service.identity.permissions import OrganisationKind, Role, console
from service.identity.repository import Organisations, People
from service.identity.usecases.people import (
    add_organisation,
    add_person,
    erase_person,
    open_setup,
)

user = typer.Typer(help="People who can sign in.", no_args_is_help=True)
out = Console()


@user.command("add")
def add(
    login: Annotated[str, typer.Argument(help="What the person types to sign in.")],
    *,
    name: Annotated[str, typer.Option(help="Full name.")],
    role: Annotated[Role, typer.Option(help="What the person is within the organisation.")],
    organisation: Annotated[
        str, typer.Option(help="Name or credit code of the organisation; made if it is new.")
    ],
    kind: Annotated[
        OrganisationKind | None, typer.Option(help="Kind of a new organisation.")
    ] = None,
    password: Annotated[
        str,
        typer.Option(
            prompt=True, confirmation_prompt=True, hide_input=True, envvar="MARKPASS_NEW_PASSWORD"
        ),
    ],
) -> None:
    """Add a person. The password is asked for, or read from MARKPASS_NEW_PASSWORD."""
    with opened() as (_, database), database.write() as session:
        actor = console()
        found = Organisations(session).named(organisation)
        if found is None:
            if kind is None:
                detail = N_("There is no organisation {name}: say of which --kind it is.")
                raise Invalid(
                    detail,
                    name=organisation,
                    errors=[FieldError("organisation", detail, {"name": organisation})],
                )
            found = add_organisation(session, actor, kind=kind, name_zh=organisation)
        person = add_person(
            session,
            actor,
            organisation_id=found.id,
            login=login,
            name=name,
            role=role,
            password=password,
        )
        out.print(f"{person.login}  {person.role.value}  {found.name_zh}  {person.id}")


@user.command("list")
def show() -> None:
    """List everybody."""
    table = Table("login", "name", "role", "active", "id")
    with opened() as (_, database), database.read() as session:
        for person in People(session, console()).all():
            active = "yes" if person.active else "no"
            table.add_row(person.login, person.name, person.role, active, str(person.id))
    out.print(table)


def erase(
    person: Annotated[str, typer.Argument(help="Login or id of the person.")],
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Remove what names a person; records and the audit chain keep a bare id."""
    with opened() as (_, database):
        with database.read() as session:
            found = People(session, console()).named(person)
        if not yes:
            typer.confirm(f"Erase {found.login} ({found.name})? This cannot be undone", abort=True)
        with database.write() as session:
            actor = console()
            erase_person(session, actor, People(session, actor).get(found.id))
    out.print(f"erased {found.id}")


def setup() -> None:
    """Print a one-time token with which the first administrator signs up at /setup."""
    with opened() as (settings, database), database.write() as session:
        token = open_setup(session)
    if token is None:
        out.print("There is an administrator already; nothing to set up.")
        return
    out.print(f"Open http://{settings.host}:{settings.port}/setup?token={token}", soft_wrap=True)
