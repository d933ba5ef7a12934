"""The substance as JSON routes: rights, goods, authorised users, leads."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, File, Request, Response, UploadFile

from service.core.db import DbSession
from service.core.errors import FieldError, Invalid
from service.core.etags import check_match, set_tag
from service.core.pagination import CursorOfQuery, Page
from service.core.text import N_
from service.identity.replay import OnceRoute
from service.recordation.access import LeadReader, LeadWriter, Reader, Writer
from service.recordation.models import Goods
from service.recordation.repository import Assets, GoodsShelf, Leads
from service.recordation.schemas import AssetIn, GoodsIn, LeadIn, UserIn
from service.recordation.schemas_filings import TakeIn
from service.recordation.schemas_out import (
    AssetOut,
    GoodsOut,
    ImportedOut,
    LeadOut,
    ListedUserOut,
    UserOut,
)
from service.recordation.usecases.goods import add_goods
from service.recordation.usecases.leads import add_lead
from service.recordation.usecases.substance import change_asset, take_mark, take_right
from service.recordation.usecases.user_sheets import Imported, import_users
from service.recordation.usecases.users import Listed, add_user, listed
from service.registry.uploads import store_upload

router = APIRouter(route_class=OnceRoute)


@router.get("/recordation/rights")
def list_assets(actor: Reader, session: DbSession, cursor: CursorOfQuery) -> Page[AssetOut]:
    """List the rights in the recordation substance, newest first."""
    rows, following = Assets(session, actor).page(cursor)
    return Page(items=[AssetOut.model_validate(row) for row in rows], next=following)


@router.post("/recordation/rights", status_code=201)
def take(body: TakeIn, response: Response, actor: Writer, session: DbSession) -> AssetOut:
    """Take a right of the registry, or a mark of a loaded register, into the substance."""
    if body.right_id is not None:
        row = take_right(session, actor, body.right_id)
    elif body.office and body.number:
        row = take_mark(session, actor, body.office, body.number)
    else:
        detail = N_("Name a right of the registry, or office and number of a mark.")
        raise Invalid(detail, errors=[FieldError("right_id", detail)])
    response.headers["Location"] = f"/api/v1/recordation/rights/{row.id}"
    set_tag(response, row.version)
    return AssetOut.model_validate(row)


@router.get("/recordation/rights/{asset_id}")
def one_asset(asset_id: UUID, response: Response, actor: Reader, session: DbSession) -> AssetOut:
    """Give a right of the substance; its ETag is needed to change it."""
    row = Assets(session, actor).get(asset_id)
    set_tag(response, row.version)
    return AssetOut.model_validate(row)


@router.put("/recordation/rights/{asset_id}")
def put_asset(
    asset_id: UUID,
    body: AssetIn,
    request: Request,
    response: Response,
    actor: Writer,
    session: DbSession,
) -> AssetOut:
    """Change what the forms ask of a right; a filed one has its change noticed."""
    row = Assets(session, actor).to_change(asset_id)
    check_match(request, row.version)
    change_asset(session, actor, row, body.values())
    set_tag(response, row.version)
    return AssetOut.model_validate(row)


@router.get("/recordation/goods")
def list_goods(actor: Reader, session: DbSession, cursor: CursorOfQuery) -> Page[GoodsOut]:
    """List goods that bear rights, newest first."""
    rows, following = GoodsShelf(session, actor).page(cursor, Goods.archived_at.is_(None))
    return Page(items=[GoodsOut.model_validate(row) for row in rows], next=following)


@router.post("/recordation/goods", status_code=201)
def post_goods(body: GoodsIn, response: Response, actor: Writer, session: DbSession) -> GoodsOut:
    """Add goods; which rights they bear is told on their page."""
    row = add_goods(session, actor, body.values())
    response.headers["Location"] = f"/recordation/goods/{row.id}"
    set_tag(response, row.version)
    return GoodsOut.model_validate(row)


@router.get("/recordation/rights/{asset_id}/leads")
def list_leads(asset_id: UUID, actor: LeadReader, session: DbSession) -> list[LeadOut]:
    """List the leads on a right that the caller may see."""
    asset = Assets(session, actor).get(asset_id)
    return [LeadOut.model_validate(row) for row in Leads(session, actor).of([asset.id])]


@router.post("/recordation/rights/{asset_id}/leads", status_code=201)
def post_lead(asset_id: UUID, body: LeadIn, actor: LeadWriter, session: DbSession) -> LeadOut:
    """Write down a lead; it stays with the caller's organisation."""
    asset = Assets(session, actor).get(asset_id)
    return LeadOut.model_validate(add_lead(session, actor, asset, body.values()))


@router.get("/recordation/rights/{asset_id}/authorised-users")
def list_users(asset_id: UUID, actor: Reader, session: DbSession) -> list[ListedUserOut]:
    """List the authorised users of a right, and where they are missing at customs."""
    asset = Assets(session, actor).get(asset_id)
    return [_user(one) for one in listed(session, actor, asset.id)]


@router.post("/recordation/rights/{asset_id}/authorised-users", status_code=201)
def post_user(asset_id: UUID, body: UserIn, actor: Writer, session: DbSession) -> UserOut:
    """Add an authorised user."""
    asset = Assets(session, actor).to_change(asset_id)
    return UserOut.model_validate(add_user(session, actor, asset, body.values()))


@router.post("/recordation/rights/{asset_id}/authorised-users/imports")
def post_users(
    asset_id: UUID,
    request: Request,
    actor: Writer,
    session: DbSession,
    file: Annotated[UploadFile, File(description="A sheet: .xlsx or CSV.")],
) -> ImportedOut:
    """Import authorised users from a sheet; rows that were left out are told with the reason."""
    state = request.app.state
    stored = store_upload(state.files, file.file, state.settings)
    asset = Assets(session, actor).to_change(asset_id)
    path = state.files.path(stored.sha256)
    return _imported(import_users(session, actor, asset, path, state.settings))


def _user(one: Listed) -> ListedUserOut:
    return ListedUserOut(
        user=UserOut.model_validate(one.user),
        right=one.asset.title,
        valid=one.valid,
        ends_soon=one.ends_soon,
        missing_at=[each.authority for each in one.entries if one.valid and not each.there],
    )


def _imported(one: Imported) -> ImportedOut:
    rejects = [
        {
            "row": each.row,
            "errors": [{"field": error.field, "message": error.message} for error in each.errors],
        }
        for each in one.rejects
    ]
    return ImportedOut(added=one.added, again=one.again, rejects=rejects)
