"""Pages of products: the form, pictures, and which stations see them."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response, StreamingResponse
from sqlalchemy.orm import Session

from service.core.db import Db, DbSession
from service.core.errors import NotFound, Problem, Stale
from service.core.pagination import CursorOfQuery
from service.core.text import N_
from service.identity.permissions import Actor, Permission, require
from service.registry.domain import BrandRole
from service.registry.holdings import Products, Shares, StoredFiles
from service.registry.models import Product
from service.registry.pages_files import sent_file, served_inline
from service.registry.pages_shares import add_share_pages
from service.registry.schemas.products import ProductIn
from service.registry.usecases.products import (
    add_picture,
    add_product,
    archive_product,
    change_product,
    remove_picture,
)
from service.registry.usecases.sharing import stations
from service.rules.markets.routes import customs_modes
from service.ui.forms import Form, PostedForm, read_form, version_of
from service.ui.i18n import language_of
from service.ui.render import page
from service.ui.views import Option

router = APIRouter()
SEE_OTHER = 303
ProductReader = Annotated[Actor, Depends(require(Permission.PRODUCT_READ))]
ProductWriter = Annotated[Actor, Depends(require(Permission.PRODUCT_WRITE))]

add_share_pages(router, Products.kind, Products.check_own, Permission.PRODUCT_WRITE)

ROLES = (
    Option(BrandRole.OWN.value, N_("Our own brand")),
    Option(BrandRole.OEM.value, N_("Made to order under the buyer's brand")),
    Option(BrandRole.DISTRIBUTOR.value, N_("We sell somebody else's brand")),
)
ROLE_NAMES = {role.value: role.text for role in ROLES}


@router.get("/products")
def products(
    request: Request, actor: ProductReader, session: DbSession, cursor: CursorOfQuery
) -> Response:
    """List the products one may see."""
    rows, following = Products(session, actor).listed(cursor)
    return page(request, "registry/products.html", rows=rows, next=following, role_names=ROLE_NAMES)


@router.get("/products/new")
def new_product(request: Request, actor: ProductWriter) -> Response:  # noqa: ARG001
    """Show the form of a new product."""
    return _product_form(request, Form.blank(origin="CN", brand_role="own"))


@router.post("/products")
def add(request: Request, actor: ProductWriter, session: DbSession, sent: PostedForm) -> Response:
    """Add a product."""
    try:
        row = add_product(session, actor, read_form(ProductIn, sent).values())
    except Problem as problem:
        return _product_form(request, Form.after(problem, sent), status=problem.status)
    return RedirectResponse(f"/products/{row.id}", SEE_OTHER)


@router.get("/products/{product_id}")
def product(
    request: Request, product_id: UUID, actor: ProductReader, session: DbSession
) -> Response:
    """Show a product; its owner can change it here."""
    products = Products(session, actor)
    row = products.get(product_id)
    mine = row.organisation_id == actor.organisation_id and actor.can(Permission.PRODUCT_WRITE)
    if mine and row.archived_at is None:
        return _own_page(request, session, actor, row, _form_of(row))
    return page(
        request,
        "registry/product.html",
        product=row,
        role_names=ROLE_NAMES,
        pictures=products.pictures([row.id]).get(row.id, []),
    )


@router.post("/products/{product_id}")
def change(
    request: Request,
    product_id: UUID,
    actor: ProductWriter,
    session: DbSession,
    sent: PostedForm,
) -> Response:
    """Change a product, unless somebody else has changed it meanwhile."""
    row = Products(session, actor).own(product_id)
    try:
        _check_version(row, version_of(sent))
        values = read_form(ProductIn, sent).values()
        with session.begin_nested():  # the page is answered after a refusal: nothing half done
            change_product(session, actor, row, values)
    except Problem as problem:
        form = Form.after(problem, sent)
        return _own_page(request, session, actor, row, form, status=problem.status)
    return RedirectResponse("/products", SEE_OTHER)


@router.post("/products/{product_id}/archive")
def archive(
    product_id: UUID, actor: ProductWriter, session: DbSession, sent: PostedForm
) -> Response:
    """Take a product out of the lists."""
    row = Products(session, actor).own(product_id)
    _check_version(row, version_of(sent))
    archive_product(session, actor, row)
    return RedirectResponse("/products", SEE_OTHER)


@router.post("/products/{product_id}/pictures")
def add_one_picture(
    request: Request, product_id: UUID, actor: ProductWriter, session: DbSession, sent: PostedForm
) -> Response:
    """Put a picture on a product."""
    row = Products(session, actor).own(product_id)
    try:
        with session.begin_nested():
            file = sent_file(request, session, actor, sent, "pictures")
            add_picture(session, actor, row, file.id)
    except Problem as problem:
        form = Form(_form_of(row).values, Form.after(problem, sent).errors)
        return _own_page(request, session, actor, row, form, status=problem.status)
    return RedirectResponse(f"/products/{row.id}#pictures", SEE_OTHER)


@router.get("/products/{product_id}/pictures/{file_id}")
def picture(
    request: Request, product_id: UUID, file_id: UUID, actor: ProductReader, database: Db
) -> StreamingResponse:
    """Give a picture of a product, to be shown in its page."""
    with database.read() as session:
        products = Products(session, actor)
        if file_id not in products.pictures([products.get(product_id).id]).get(product_id, []):
            raise NotFound(N_("There is no such picture."))
        row = StoredFiles(session, actor).get(file_id)
    return served_inline(request, row)


@router.post("/products/{product_id}/pictures/{file_id}/remove")
def remove_one_picture(
    product_id: UUID, file_id: UUID, actor: ProductWriter, session: DbSession
) -> Response:
    """Take a picture off a product."""
    remove_picture(session, actor, Products(session, actor).own(product_id), file_id)
    return RedirectResponse(f"/products/{product_id}#pictures", SEE_OTHER)


def _check_version(row: Product, version: int) -> None:
    if version != row.version:
        raise Stale(N_("Somebody changed this product meanwhile. Open it again."))


def _form_of(row: Product) -> Form:
    lines = {name: "\n".join(getattr(row, name)) for name in ("brands", "hs_codes", "goods")}
    route = {
        name: "\n".join(value) if isinstance(value, list) else value
        for name, value in row.route.items()
    }
    return Form.blank(
        sku=row.sku,
        name_zh=row.name_zh,
        name_en=row.name_en,
        brand_role=row.brand_role.value,
        markets="; ".join(row.markets),
        note=row.note,
        **lines,
        **route,
    )


def _own_page(
    request: Request,
    session: Session,
    actor: Actor,
    row: Product,
    form: Form,
    *,
    status: int = 200,
) -> Response:
    return _product_form(
        request,
        form,
        row,
        status=status,
        pictures=Products(session, actor).pictures([row.id]).get(row.id, []),
        stations=stations(session),
        shared=Shares(session, actor).of(Products.kind, row.id),
    )


def _product_form(
    request: Request,
    form: Form,
    product: Product | None = None,
    *,
    status: int = 200,
    **context: Any,
) -> Response:
    language = language_of(request).value
    modes = [
        Option(one.code, f"{one.code} {one.name.in_language(language)}", data=True)
        for one in customs_modes().values()
    ]
    return page(
        request,
        "registry/product_form.html",
        status=status,
        form=form,
        product=product,
        roles=ROLES,
        modes=modes,
        limit_bytes=request.app.state.settings.upload_bytes,
        **context,
    )
