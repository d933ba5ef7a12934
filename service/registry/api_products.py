"""Products as JSON."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response
from sqlalchemy.orm import Session

from service.core.db import DbSession
from service.core.etags import check_match, set_tag
from service.core.pagination import CursorOfQuery, Page
from service.identity.permissions import Actor, Permission, require
from service.identity.replay import OnceRoute
from service.registry.api_shares import add_share_routes
from service.registry.holdings import Products
from service.registry.models import Product
from service.registry.schemas.products import ProductBody, ProductOut
from service.registry.usecases.products import add_product, archive_product, change_product

router = APIRouter(route_class=OnceRoute)
ProductReader = Annotated[Actor, Depends(require(Permission.PRODUCT_READ))]
ProductWriter = Annotated[Actor, Depends(require(Permission.PRODUCT_WRITE))]
add_share_routes(router, Products.kind, Products.check_own, Permission.PRODUCT_WRITE)


@router.get("/products")
def products(actor: ProductReader, session: DbSession, cursor: CursorOfQuery) -> Page[ProductOut]:
    """List products, newest first."""
    rows, following = Products(session, actor).listed(cursor)
    pictures = Products(session, actor).pictures([row.id for row in rows])
    items = [_product(row, pictures.get(row.id, [])) for row in rows]
    return Page(items=items, next=following)


@router.post("/products", status_code=201)
def add(
    body: ProductBody, response: Response, actor: ProductWriter, session: DbSession
) -> ProductOut:
    """Add a product."""
    product = add_product(session, actor, body.values(), body.pictures)
    response.headers["Location"] = f"/api/v1/products/{product.id}"
    return _answer(session, actor, product, response)


@router.get("/products/{product_id}")
def product(
    product_id: UUID, response: Response, actor: ProductReader, session: DbSession
) -> ProductOut:
    """Give a product; its ETag is needed to change it."""
    return _answer(session, actor, Products(session, actor).get(product_id), response)


@router.put("/products/{product_id}")
def change(
    product_id: UUID,
    body: ProductBody,
    request: Request,
    response: Response,
    actor: ProductWriter,
    session: DbSession,
) -> ProductOut:
    """Change a product whose `If-Match` is current."""
    row = Products(session, actor).own(product_id)
    check_match(request, row.version)
    change_product(session, actor, row, body.values(), body.pictures)
    return _answer(session, actor, row, response)


@router.delete("/products/{product_id}", status_code=204)
def archive(product_id: UUID, request: Request, actor: ProductWriter, session: DbSession) -> None:
    """Take a product out of the lists."""
    row = Products(session, actor).own(product_id)
    check_match(request, row.version)
    archive_product(session, actor, row)


def _answer(session: Session, actor: Actor, row: Product, response: Response) -> ProductOut:
    set_tag(response, row.version)
    return _product(row, Products(session, actor).pictures([row.id]).get(row.id, []))


def _product(row: Product, pictures: list[UUID]) -> ProductOut:
    return ProductOut.model_validate(row).model_copy(update={"pictures": pictures})
