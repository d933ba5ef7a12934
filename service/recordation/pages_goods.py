"""Pages of goods: their facts, pictures, features; hidden ones for named people, with a log."""

from datetime import date
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response, StreamingResponse
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from service.core import clock
from service.core.db import DbSession
from service.core.errors import Problem, Stale
from service.core.pagination import CursorOfQuery
from service.core.text import N_
from service.identity.permissions import Actor, Permission
from service.recordation.access import Giver, Reader, Writer
from service.recordation.domain import FEATURES, PICTURES, PictureKind
from service.recordation.models import Goods
from service.recordation.repository import Assets, GoodsShelf, may_act_for, may_see_hidden
from service.recordation.schemas import FeatureIn, GoodsIn
from service.recordation.sending import keep_file, needed, streamed
from service.recordation.usecases.goods import (
    add_feature,
    add_goods,
    add_picture,
    archive_goods,
    change_goods,
    end_reader,
    goods_of_product,
    hidden_features,
    link_goods,
    name_reader,
    overt_features,
    picture_of,
    remove_feature,
)
from service.registry.holdings import Products
from service.ui.forms import Form, PostedForm, id_of, read_form, version_of
from service.ui.render import page
from service.ui.views import Option

router = APIRouter()
SEE_OTHER = 303
LISTS = ("hs_codes", "manufacturers", "ports", "traders")


class ReaderForm(BaseModel):
    """A person who may see hidden features."""

    person_id: UUID = Field(title=N_("Number of the person"))
    until: date | None = Field(default=None, title=N_("Until"))


@router.get("/recordation/goods")
def goods_list(
    request: Request, actor: Reader, session: DbSession, cursor: CursorOfQuery
) -> Response:
    """List goods, and products that can be taken in with one click."""
    rows, following = GoodsShelf(session, actor).page(cursor, Goods.archived_at.is_(None))
    taken = {row.product_id for row in rows}
    writes = actor.can(Permission.RECORDATION_WRITE)
    products = Products(session, actor).listed(cursor)[0] if writes else ()
    return page(
        request,
        "recordation/goods_list.html",
        rows=rows,
        next=following,
        writes=writes,
        products=[one for one in products if one.id not in taken],
    )


@router.get("/recordation/goods/new")
def new_goods(request: Request, actor: Writer) -> Response:  # noqa: ARG001  the permission counts
    """Show the form of new goods."""
    return page(request, "recordation/goods_new.html", form=Form.blank())


@router.post("/recordation/goods")
def add(request: Request, actor: Writer, session: DbSession, sent: PostedForm) -> Response:
    """Add goods, or make them of a product."""
    try:
        with session.begin_nested():
            if sent.get("product_id"):
                row = goods_of_product(session, actor, id_of(sent["product_id"]))
            else:
                row = add_goods(session, actor, read_form(GoodsIn, sent).values())
    except Problem as problem:
        form = Form.after(problem, sent)
        return page(request, "recordation/goods_new.html", status=problem.status, form=form)
    return RedirectResponse(f"/recordation/goods/{row.id}", SEE_OTHER)


@router.get("/recordation/goods/{goods_id}")
def goods(request: Request, goods_id: UUID, actor: Reader, session: DbSession) -> Response:
    """Show goods; who may, changes them here."""
    row = GoodsShelf(session, actor).get(goods_id)
    return _goods(request, session, actor, row, _form_of(row))


def _form_of(row: Goods) -> Form:
    plain = {name: getattr(row, name) for name in GoodsIn.model_fields if name not in LISTS}
    return Form.blank(**plain, **{name: "\n".join(getattr(row, name)) for name in LISTS})


def _goods(
    request: Request, session: Session, actor: Actor, row: Goods, form: Form, status: int = 200
) -> Response:
    shelf = GoodsShelf(session, actor)
    owner = row.organisation_id == actor.organisation_id
    gives = owner and actor.can(Permission.MANDATE_GIVE)
    return page(
        request,
        "recordation/goods.html",
        status=status,
        form=form,
        goods=row,
        writes=actor.can(Permission.RECORDATION_WRITE)
        and may_act_for(session, actor, row.organisation_id),
        gives=gives,
        pictures=shelf.pictures([row.id]),
        features=overt_features(session, actor, row),
        sees_hidden=may_see_hidden(session, actor, row, clock.today()),
        readers=shelf.readers(row.id) if gives else [],
        views=shelf.views(row.id) if gives else [],
        linked=shelf.assets_of(row.id),
        assets=Assets(session, actor).all(),
        feature_kinds=[Option(key.value, text) for key, text in FEATURES.items()],
        picture_kinds=[Option(key.value, text) for key, text in PICTURES.items()],
        picture_names=PICTURES,
    )


def _on_goods(
    request: Request,
    session: Session,
    actor: Actor,
    goods_id: UUID,
    sent: Any,
    change: Any,
) -> Response:
    row = GoodsShelf(session, actor).to_change(goods_id)
    try:
        if "version" in sent and version_of(sent) != row.version:
            raise Stale(N_("Somebody changed this meanwhile. Open it again."))
        with session.begin_nested():
            change(row)
    except Problem as problem:
        return _goods(request, session, actor, row, Form.after(problem, sent), problem.status)
    return RedirectResponse(f"/recordation/goods/{row.id}", SEE_OTHER)


@router.post("/recordation/goods/{goods_id}")
def put_goods(
    request: Request, goods_id: UUID, actor: Writer, session: DbSession, sent: PostedForm
) -> Response:
    """Change goods."""
    return _on_goods(
        request,
        session,
        actor,
        goods_id,
        sent,
        lambda row: change_goods(session, actor, row, read_form(GoodsIn, sent).values()),
    )


@router.post("/recordation/goods/{goods_id}/archive")
def archive(
    request: Request, goods_id: UUID, actor: Writer, session: DbSession, sent: PostedForm
) -> Response:
    """Take goods out of the lists."""
    _on_goods(
        request, session, actor, goods_id, sent, lambda row: archive_goods(session, actor, row)
    )
    return RedirectResponse("/recordation/goods", SEE_OTHER)


@router.post("/recordation/goods/{goods_id}/rights")
def link(
    request: Request, goods_id: UUID, actor: Writer, session: DbSession, sent: PostedForm
) -> Response:
    """Say which rights the goods bear."""
    known = {str(one.id): one.id for one in Assets(session, actor).all()}
    chosen = [known[str(one)] for one in sent.getlist("rights") if str(one) in known]
    return _on_goods(
        request,
        session,
        actor,
        goods_id,
        sent,
        lambda row: link_goods(session, actor, row, chosen),
    )


@router.post("/recordation/goods/{goods_id}/pictures")
def put_picture(
    request: Request, goods_id: UUID, actor: Writer, session: DbSession, sent: PostedForm
) -> Response:
    """Add a picture of the goods or of the packaging."""

    def change(row: Goods) -> None:
        owner = row.organisation_id
        kept = keep_file(request, session, actor, sent, "picture", owner=owner)
        file_id = needed(kept, "picture")
        kind = PictureKind.PACKAGE if sent.get("kind") == "package" else PictureKind.GOODS
        add_picture(session, actor, row, file_id, kind)

    return _on_goods(request, session, actor, goods_id, sent, change)


@router.get("/recordation/goods/{goods_id}/files/{file_id}")
def file(
    goods_id: UUID, file_id: UUID, request: Request, actor: Reader, session: DbSession
) -> StreamingResponse:
    """Give a picture of goods or of an overt feature to whoever may see the goods."""
    goods = GoodsShelf(session, actor).get(goods_id)
    return streamed(request, picture_of(session, actor, goods, file_id))


@router.post("/recordation/goods/{goods_id}/features")
def put_feature(
    request: Request, goods_id: UUID, actor: Writer, session: DbSession, sent: PostedForm
) -> Response:
    """Add a feature with its pair of pictures, or take one away."""

    def change(row: Goods) -> None:
        if sent.get("remove"):
            remove_feature(session, actor, row, id_of(sent["remove"]))
            return
        values = read_form(FeatureIn, sent).values()
        for name in ("genuine", "counterfeit"):
            owner = row.organisation_id
            values[f"{name}_file_id"] = keep_file(request, session, actor, sent, name, owner=owner)
        add_feature(session, actor, row, values)

    return _on_goods(request, session, actor, goods_id, sent, change)


@router.post("/recordation/goods/{goods_id}/hidden")
def hidden(request: Request, goods_id: UUID, actor: Reader, session: DbSession) -> Response:
    """Show the hidden features to somebody who was named; the look is kept."""
    row = GoodsShelf(session, actor).get(goods_id)
    features = hidden_features(session, actor, row)
    return page(request, "recordation/hidden.html", goods=row, features=features, names=FEATURES)


@router.post("/recordation/goods/{goods_id}/readers")
def readers(
    request: Request, goods_id: UUID, actor: Giver, session: DbSession, sent: PostedForm
) -> Response:
    """Name a person who may see the hidden features, or end that."""

    def change(row: Goods) -> None:
        if sent.get("end"):
            end_reader(session, actor, row, id_of(sent["end"]))
            return
        body = read_form(ReaderForm, sent)
        name_reader(session, actor, row, body.person_id, body.until)

    return _on_goods(request, session, actor, goods_id, sent, change)
