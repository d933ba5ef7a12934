"""Command line: people, the first administrator's token, erasure, demonstration accounts."""

from collections.abc import Callable
from typing import Annotated

import typer
from rich.console import Console
from sqlalchemy.orm import Session

from service.core.console import opened
from service.core.errors import FieldError, Invalid
from service.core.text import N_
from service.identity.links import base_of, password_link
from service.identity.models import Person
from service.identity.names import ROLE_NAMES
from service.identity.permissions import Actor, OrganisationKind, Role, console
from service.identity.repository import Organisations, People
from service.identity.usecases.organisations import add_organisation
from service.identity.usecases.passwords import make_password_link
from service.identity.usecases.people import (
    add_person,
    change_person,
    erase_person,
    lock_person,
    unlock_person,
)
from service.identity.usecases.setup import open_setup
from service.ui.console import line, said, tell

Who = Annotated[str, typer.Argument(help="Login or id of the person. 人员的登录名或编号。")]
user = typer.Typer(help="People who can sign in. 可以登录的人员。", no_args_is_help=True)
out = Console()


@user.command("add")
def add(
    login: Annotated[
        str, typer.Argument(help="What the person types to sign in. 登录时输入的名称。")
    ],
    *,
    name: Annotated[str, typer.Option(help="Full name. 姓名。")],
    role: Annotated[
        Role, typer.Option(help="What the person is within the organisation. 在本单位的角色。")
    ],
    organisation: Annotated[
        str,
        typer.Option(
            help=(
                "Name or credit code of the organisation; made if it is new. "
                "单位名称或信用代码； 没有则新建。"
            )
        ),
    ],
    kind: Annotated[
        OrganisationKind | None, typer.Option(help="Kind of a new organisation. 新建单位的类型。")
    ] = None,
    password: Annotated[
        str,
        typer.Option(
            prompt=True, confirmation_prompt=True, hide_input=True, envvar="MARKPASS_NEW_PASSWORD"
        ),
    ],
) -> None:
    """Add a person. The password is asked for, or read from MARKPASS_NEW_PASSWORD.

    添加人员；密码会询问，或取自 MARKPASS_NEW_PASSWORD。
    """
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
    """List everybody: id, login, name, organisation, role, and whether they may sign in.

    列出所有人员：编号、登录名、姓名、单位、角色、能否登录。
    """
    with opened() as (_, database), database.read() as session:
        people = People(session, console()).all()
        names = Organisations(session).names({person.organisation_id for person in people})
        for person in people:
            line(
                out,
                person.id,
                person.login or "",
                person.name,
                names[person.organisation_id],
                said(ROLE_NAMES[person.role]),
                said(N_("active") if person.active else N_("locked")),
            )


@user.command("lock")
def lock(who: Who) -> None:
    """Keep a person out, at once.

    立即禁止某人登录。
    """
    _step(who, lock_person, N_("Locked: {id}"))


@user.command("unlock")
def unlock(who: Who) -> None:
    """Let a locked person in again.

    恢复某人登录。
    """
    _step(who, unlock_person, N_("Unlocked: {id}"))


@user.command("role")
def role_(
    who: Who, role: Annotated[Role, typer.Argument(help="The role from now on. 今后的角色。")]
) -> None:
    """Give a person another role.

    变更某人的角色。
    """

    def change(session: Session, actor: Actor, person: Person) -> None:
        change_person(session, actor, person, name=person.name, email=person.email, role=role)

    _step(who, change, N_("Changed: {id}"))


@user.command("link")
def link(who: Who) -> None:
    """End a person's password and print, once, the link by which they choose another.

    作废某人的密码，并输出一次性的重设链接。
    """
    with opened() as (settings, database), database.write() as session:
        actor = console()
        token = make_password_link(session, actor, People(session, actor).named(who))
    made = password_link(base_of(settings), token)
    tell(out, N_("Works once, until {end}: {link}"), end=made.expires_at, link=made.link)


def _step(who: str, step: Callable[[Session, Actor, Person], None], message: str) -> None:
    with opened() as (_, database), database.write() as session:
        actor = console()
        person = People(session, actor).named(who)
        step(session, actor, person)
    tell(out, message, id=str(person.id))


def erase(
    person: Who,
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask. 不再询问。")] = False,
) -> None:
    """Remove what names a person; records and the audit chain keep a bare id.

    删除可识别某人的信息；记录和审计链只保留编号。
    """
    with opened() as (_, database):
        with database.read() as session:
            found = People(session, console()).named(person)
        if not yes:
            question = N_("Erase {login} ({name})? This cannot be undone.")
            typer.confirm(said(question, login=found.login, name=found.name), abort=True)
        with database.write() as session:
            actor = console()
            erase_person(session, actor, People(session, actor).get(found.id))
    tell(out, N_("Erased: {id}"), id=str(found.id))


def setup() -> None:
    """Print a one-time token with which the first administrator signs up at /setup.

    输出一次性口令，供首位管理员在 /setup 注册。
    """
    with opened() as (settings, database), database.write() as session:
        token = open_setup(session)
    if token is None:
        tell(out, N_("There is an administrator already; nothing to set up."))
        return
    tell(out, N_("Open {link}"), link=f"{base_of(settings)}setup?token={token}")
