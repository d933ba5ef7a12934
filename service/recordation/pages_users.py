"""Pages of authorised users."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session
from starlette.datastructures import UploadFile

from service.core import clock
from service.core.db import Db, DbSession
from service.core.errors import FieldError, Invalid, Problem
from service.core.text import N_
from service.identity.permissions import Actor, Permission
from service.recordation.access import Filer, Reader, Writer
from service.recordation.api_filings import download
from service.recordation.domain import (
    LICENCES,
    RELATIONS,
    WAYS,
)
from service.recordation.pages_packs import SHEET
from service.recordation.repository import Assets, Users, may_act_for
from service.recordation.schemas import UserIn
from service.recordation.sending import keep_file
from service.recordation.usecases.user_sheets import import_users, reject_report
from service.recordation.usecases.users import (
    add_user,
    change_user,
    end_user,
    enter_with_customs,
    listed,
)
from service.registry.uploads import store_upload
from service.rules.authorities import authorities
from service.ui.forms import Form, PostedForm, id_of, read_form
from service.ui.render import page
from service.ui.views import Option

router = APIRouter()
SEE_OTHER = 303
SHOWN = {
    "": N_("All"),
    "missing": N_("Missing at customs"),
    "ending": N_("Ending soon"),
    "over": N_("Over, still at customs"),
}
NAMES = {one.code: one.short for one in authorities()}


class EntryForm(BaseModel):
    """A user entered in an authority's system, or taken out of it."""

    authority: str = Field(max_length=32, title=N_("Authority"))
    on: date = Field(title=N_("Day"))
    removed: bool = False


class EndForm(BaseModel):
    """The end of an authorisation."""

    ended_on: date = Field(title=N_("Ends on"))


def options_of(names: object) -> list[Option]:
    """Return the answers of a choice from a table of names."""
    return [Option(key.value, text) for key, text in names.items()]  # type: ignore[attr-defined]


@router.get("/authorised-users")
def users(
    request: Request,
    actor: Reader,
    session: DbSession,
    right: Annotated[str, Query(max_length=40)] = "",
    show: Annotated[str, Query(max_length=12)] = "",
) -> Response:
    """List authorised users: all, missing at customs, ending soon, over but still entered."""
    return _users(request, session, actor, Form.blank(right=right, show=show))


def _users(
    request: Request,
    session: Session,
    actor: Actor,
    form: Form,
    *,
    status: int = 200,
    imported: object = None,
) -> Response:
    assets, show = Assets(session, actor).all(), form.value("show")
    asset = next((one for one in assets if str(one.id) == form.value("right")), None)
    rows = listed(session, actor, asset.id if asset else None)
    keep = {
        "missing": [row for row in rows if row.missing],
        "ending": [row for row in rows if row.ends_soon],
        "over": [row for row in rows if row.to_remove],
    }
    return page(
        request,
        "recordation/users.html",
        status=status,
        form=form,
        rows=keep.get(show, rows),
        counts={key: len(value) for key, value in keep.items()},
        asset=asset,
        rights=[Option(str(one.id), one.title, data=True) for one in assets],
        shown=[Option(key, text) for key, text in SHOWN.items()],
        writes=asset is not None
        and actor.can(Permission.RECORDATION_WRITE)
        and may_act_for(session, actor, asset.organisation_id),
        relations=options_of(RELATIONS),
        licences=options_of(LICENCES),
        ways=options_of(WAYS),
        relation_names=RELATIONS,
        way_names=WAYS,
        names=NAMES,
        imported=imported,
        today=clock.today(),
    )


@router.post("/authorised-users")
def add(request: Request, actor: Writer, session: DbSession, sent: PostedForm) -> Response:
    """Add an authorised user of a right."""
    asset = Assets(session, actor).to_change(id_of(sent.get("right")))
    try:
        with session.begin_nested():
            values = read_form(UserIn, sent).values()
            values["proof_file_id"] = keep_file(
                request, session, actor, sent, "proof", owner=asset.organisation_id
            )
            add_user(session, actor, asset, values)
    except Problem as problem:
        form = Form.after(problem, sent)
        return _users(request, session, actor, form, status=problem.status)
    return RedirectResponse(f"/authorised-users?right={asset.id}", SEE_OTHER)


@router.post("/authorised-users/import")
def bring_in(
    request: Request, actor: Writer, database: Db, session: DbSession, sent: PostedForm
) -> Response:
    """Import users from a sheet; with `report` the rejected rows come back as a workbook."""
    state, file = request.app.state, sent.get("sheet")
    with database.read() as before:
        right = Assets(before, actor).to_change(id_of(sent.get("right"))).id
    form = Form.blank(right=str(right))
    try:
        if not isinstance(file, UploadFile) or not file.filename:
            detail = N_("Choose a file.")
            raise Invalid(detail, errors=[FieldError("sheet", detail)])
        stored = store_upload(state.files, file.file, state.settings)
        path = state.files.path(stored.sha256)
        asset = Assets(session, actor).to_change(right)
        with session.begin_nested():
            found = import_users(session, actor, asset, path, state.settings)
    except Problem as problem:
        after = Form.after(problem, sent)
        return _users(request, session, actor, after, status=problem.status)
    if sent.get("report") and found.rejects:
        return download(reject_report(found), SHEET, "rejects.xlsx")
    return _users(request, session, actor, form, imported=found)


@router.get("/authorised-users/{user_id}")
def user(request: Request, user_id: UUID, actor: Reader, session: DbSession) -> Response:
    """Show an authorised user; who may, changes it here."""
    row = Users(session, actor).get(user_id)
    plain = {name: getattr(row, name) for name in UserIn.model_fields}
    plain = {name: getattr(value, "value", value) for name, value in plain.items()}
    form = Form.blank(**{**plain, "single_shipment": "yes" if row.single_shipment else "no"})
    return _user(request, session, actor, user_id, form)


def _user(
    request: Request,
    session: Session,
    actor: Actor,
    user_id: UUID,
    form: Form,
    *,
    status: int = 200,
) -> Response:
    row = Users(session, actor).get(user_id)
    one = next(each for each in listed(session, actor, row.asset_id) if each.user.id == row.id)
    return page(
        request,
        "recordation/user.html",
        status=status,
        form=form,
        one=one,
        writes=actor.can(Permission.RECORDATION_WRITE)
        and may_act_for(session, actor, row.organisation_id),
        enters=actor.can(Permission.FILING_FILE)
        and may_act_for(session, actor, row.organisation_id),
        relations=options_of(RELATIONS),
        licences=options_of(LICENCES),
        ways=options_of(WAYS),
        names=NAMES,
        places=[Option(code, text, data=True) for code, text in NAMES.items()],
        today=clock.today(),
    )


def _on_user(
    request: Request, session: Session, actor: Actor, user_id: UUID, sent: object, change: object
) -> Response:
    row = Users(session, actor).to_change(user_id)
    try:
        with session.begin_nested():
            change(row)  # type: ignore[operator]
    except Problem as problem:
        form = Form.after(problem, sent)  # type: ignore[arg-type]
        return _user(request, session, actor, user_id, form, status=problem.status)
    return RedirectResponse(f"/authorised-users/{user_id}", SEE_OTHER)


@router.post("/authorised-users/{user_id}")
def put(
    request: Request, user_id: UUID, actor: Writer, session: DbSession, sent: PostedForm
) -> Response:
    """Change scope or term."""
    return _on_user(
        request,
        session,
        actor,
        user_id,
        sent,
        lambda row: change_user(session, actor, row, read_form(UserIn, sent).values()),
    )


@router.post("/authorised-users/{user_id}/end")
def end(
    request: Request, user_id: UUID, actor: Writer, session: DbSession, sent: PostedForm
) -> Response:
    """End an authorisation before its term."""
    return _on_user(
        request,
        session,
        actor,
        user_id,
        sent,
        lambda row: end_user(session, actor, row, read_form(EndForm, sent).ended_on),
    )


@router.post("/authorised-users/{user_id}/entries")
def enter(
    request: Request, user_id: UUID, actor: Filer, session: DbSession, sent: PostedForm
) -> Response:
    """Note that the user stands in an authority's system, or was taken out."""

    def change(row: object) -> None:
        body = read_form(EntryForm, sent)
        enter_with_customs(
            session,
            actor,
            row,  # type: ignore[arg-type]
            body.authority,
            body.on,
            removed=body.removed,
        )

    return _on_user(request, session, actor, user_id, sent, change)
