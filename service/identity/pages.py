"""Sign-in, the first administrator, one's own account and keys, people."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.orm import Session

from service.core.db import Db, DbSession
from service.core.errors import Problem
from service.core.settings import Settings
from service.core.text import N_
from service.identity import pages_audit, pages_organisations, pages_people
from service.identity.guard import COOKIE
from service.identity.names import PERMISSION_NAMES, ROLE_NAMES
from service.identity.permissions import Actor, Permission, current_actor, require
from service.identity.schemas import KeyIn, SetupForm, SignInForm
from service.identity.schemas_people import LanguageChange, PasswordChange
from service.identity.usecases.keys import list_keys, make_key, revoke_key
from service.identity.usecases.passwords import change_own_password
from service.identity.usecases.people import choose_language
from service.identity.usecases.setup import complete_setup
from service.identity.usecases.signing_in import sign_in, sign_out
from service.ui.forms import Form, PostedForm, read_form
from service.ui.i18n import COOKIE as LANGUAGE_COOKIE
from service.ui.i18n import COOKIE_SECONDS, NAME_OF
from service.ui.navigation import Entry, Group, viewer_of
from service.ui.render import page
from service.ui.views import Option

router = APIRouter(include_in_schema=False)
router.include_router(pages_organisations.router)
router.include_router(pages_people.router)
router.include_router(pages_audit.router)
NAVIGATION: Sequence[Entry] = (
    Entry("/account", N_("My account"), Group.ADMINISTRATION, Permission.REGISTER_READ.value),
    Entry(
        "/organisation",
        N_("My organisation"),
        Group.ADMINISTRATION,
        Permission.ORGANISATION_READ.value,
    ),
    Entry(
        "/organisations",
        N_("Organisations"),
        Group.ADMINISTRATION,
        Permission.ORGANISATION_MANAGE.value,
    ),
    Entry("/people", N_("People"), Group.ADMINISTRATION, Permission.PERSON_MANAGE.value),
    Entry("/audit", N_("Audit chain"), Group.ADMINISTRATION, Permission.AUDIT_READ.value),
)
SEE_OTHER = 303
Holder = Annotated[Actor, Depends(require(Permission.ACCOUNT_EDIT))]
KeyManager = Annotated[Actor, Depends(require(Permission.KEY_MANAGE))]
Signed = Annotated[Actor, Depends(current_actor)]


def _next(address: str) -> str:
    """Return a path of our own to go on to: never another site's."""
    return address if address.startswith("/") and not address.startswith(("//", "/\\")) else "/"


@router.get("/sign-in")
def sign_in_page(request: Request, next: str = "/") -> Response:  # noqa: A002  the URL's own word
    """Show the sign-in form."""
    return page(request, "identity/sign_in.html", form=Form.blank(), next=_next(next))


@router.post("/sign-in")
def do_sign_in(request: Request, database: Db, sent: PostedForm) -> Response:
    """Sign in and go where the reader was going."""
    settings: Settings = request.app.state.settings
    try:
        body = read_form(SignInForm, sent)
        opened = sign_in(
            database,
            settings,
            login=body.login,
            password=body.password,
            address=request.client.host if request.client else "",
            replaces=request.cookies.get(COOKIE, ""),
        )
    except Problem as problem:
        return page(
            request,
            "identity/sign_in.html",
            status=problem.status,
            form=Form.after(problem, sent),
            next=_next(str(sent.get("next", "/"))),
        )
    response = RedirectResponse(_next(body.next), SEE_OTHER)
    response.set_cookie(
        COOKIE,
        opened.token,
        max_age=int(settings.session_life.total_seconds()),
        httponly=True,
        secure=settings.secure_cookies,
        samesite="lax",
    )
    return response


@router.post("/sign-out")
def do_sign_out(request: Request, database: Db) -> Response:
    """End the session."""
    sign_out(database, request.cookies.get(COOKIE, ""))
    response = RedirectResponse("/sign-in", SEE_OTHER)
    response.delete_cookie(COOKIE)
    return response


@router.get("/setup")
def setup_page(request: Request, token: str = "") -> Response:
    """Show the form for the first administrator."""
    return page(request, "identity/setup.html", form=Form.blank(token=token))


@router.post("/setup")
def do_setup(request: Request, database: Db, sent: PostedForm) -> Response:
    """Make the first administrator."""
    try:
        body = read_form(SetupForm, sent)
        with database.write() as session:
            complete_setup(session, **body.model_dump())
    except Problem as problem:
        form = Form.after(problem, sent)
        return page(request, "identity/setup.html", status=problem.status, form=form)
    return RedirectResponse("/sign-in", SEE_OTHER)


@router.get("/account")
def account_page(request: Request, actor: Signed, session: DbSession) -> Response:
    """Show who one is and one's keys."""
    return _account(request, actor, session)


def _account(
    request: Request,
    actor: Actor,
    session: Session,
    *,
    secret: str = "",
    form: Form | None = None,
    problem: Problem | None = None,
) -> Response:
    manages = actor.can(Permission.KEY_MANAGE)
    viewer = viewer_of(request)
    return page(
        request,
        "identity/account.html",
        status=problem.status if problem else HTTPStatus.OK,
        role=actor.role,
        role_names=ROLE_NAMES,
        permission_names=PERMISSION_NAMES,
        permissions=[p for p in Permission if actor.can(p)],
        keys=list_keys(session, actor) if manages else (),
        manages_keys=manages,
        secret=secret,
        form=form or Form.blank(days=365, language=viewer.language if viewer else None),
        languages_known=[Option(tag.value, name, data=True) for tag, name in NAME_OF.items()],
    )


@router.post("/account/keys")
def add_key(request: Request, actor: KeyManager, session: DbSession, sent: PostedForm) -> Response:
    """Make a key and show its secret this once."""
    try:
        body = read_form(KeyIn, sent)
        _, secret = make_key(session, actor, name=body.name, scopes=body.scopes, days=body.days)
    except Problem as problem:
        return _account(request, actor, session, form=Form.after(problem, sent), problem=problem)
    return _account(request, actor, session, secret=secret)


@router.post("/account/keys/{key_id}/revoke")
def remove_key(key_id: UUID, actor: KeyManager, session: DbSession) -> Response:
    """Revoke a key."""
    revoke_key(session, actor, key_id)
    return RedirectResponse("/account", SEE_OTHER)


@router.post("/account/language")
def choose(actor: Holder, session: DbSession, sent: PostedForm) -> Response:
    """Keep the language one is spoken to in, on this machine and others."""
    language = read_form(LanguageChange, sent).language
    choose_language(session, actor, language.value if language else "")
    response = RedirectResponse("/account", SEE_OTHER)
    if language:
        response.set_cookie(LANGUAGE_COOKIE, language.value, max_age=COOKIE_SECONDS, samesite="lax")
    else:
        response.delete_cookie(LANGUAGE_COOKIE)
    return response


@router.get("/account/password")
def password_page(request: Request, actor: Holder) -> Response:  # noqa: ARG001
    """Show the form of a new password of one's own."""
    return page(request, "identity/own_password.html", form=Form.blank())


@router.post("/account/password")
def change_password(request: Request, actor: Holder, database: Db, sent: PostedForm) -> Response:
    """Change one's own password; one signs in again with it."""
    try:
        change_own_password(
            database,
            request.app.state.settings,
            actor,
            **read_form(PasswordChange, sent).model_dump(),
            address=request.client.host if request.client else "",
        )
    except Problem as problem:
        form = Form.after(problem, sent)
        return page(request, "identity/own_password.html", status=problem.status, form=form)
    response = RedirectResponse("/sign-in", SEE_OTHER)
    response.delete_cookie(COOKIE)
    return response
