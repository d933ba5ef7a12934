"""Pages of the ship-safe check."""

from dataclasses import replace
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import RedirectResponse, Response

from service.core.db import Db, DbSession
from service.core.errors import Problem
from service.core.pagination import Cursor, CursorOfQuery
from service.core.text import N_
from service.identity.permissions import Actor, Permission, require
from service.recordation.access import Reader
from service.recordation.api_shipping import pack_of
from service.recordation.repository import ShippingChecks
from service.recordation.schemas_shipping import PartyIn, ShippingForm, ShippingIn
from service.recordation.shipping import Party
from service.recordation.shipping_words import (
    BRAND_TYPES,
    LIGHT_TAGS,
    PARTY_NAMES,
    STANDING_NAMES,
)
from service.recordation.usecases.shipping import answer_of, check_shipping, keep_check
from service.registry.holdings import Products
from service.rules.markets import markets
from service.screening import words
from service.screening.pages import ROLES, split, split_names
from service.screening.schemas import RouteIn
from service.ui.forms import Form, PostedForm, read_form
from service.ui.render import page
from service.ui.views import Option

router = APIRouter()
SEE_OTHER = 303
Runner = Annotated[Actor, Depends(require(Permission.SCREENING_RUN))]
AS_PRODUCT = Option("", N_("As the product says"))


@router.get("/shipping-checks")
def checks(request: Request, actor: Reader, session: DbSession, cursor: CursorOfQuery) -> Response:
    """List ship-safe checks, newest first."""
    rows, following = ShippingChecks(session, actor).page(cursor)
    return page(
        request,
        "recordation/shipping_checks.html",
        rows=rows,
        next=following,
        cursor=cursor.after is not None,
        lights=LIGHT_TAGS,
    )


@router.get("/shipping-checks/new")
def new(
    request: Request,
    actor: Runner,
    session: DbSession,
    sku: Annotated[str, Query(max_length=64)] = "",
) -> Response:
    """Show the form, with a product chosen where `sku` names one."""
    return _form(request, session, actor, Form.blank(sku=sku, origin="CN"))


def _form(
    request: Request, session: DbSession, actor: Actor, form: Form, status: int = 200
) -> Response:
    reads = actor.can(Permission.PRODUCT_READ)
    products = Products(session, actor).listed(Cursor(limit=200))[0] if reads else ()
    return page(
        request,
        "recordation/shipping_new.html",
        status=status,
        form=form,
        products=[
            Option(one.sku, f"{one.sku} {one.name_zh or one.name_en}", data=True)
            for one in products
        ],
        parties=[(party.value, PARTY_NAMES[party]) for party in Party],
        brand_types=[Option(key.value, text) for key, text in BRAND_TYPES.items()],
        roles=[AS_PRODUCT, *(Option(key, text) for key, text in ROLES)],
        known_markets=markets().values(),
    )


@router.post("/shipping-checks")
def check(
    request: Request, actor: Runner, database: Db, session: DbSession, sent: PostedForm
) -> Response:
    """Check and show the answer."""
    state = request.app.state
    try:
        asked = _asked(read_form(ShippingForm, sent))
        screening, answer = check_shipping(database, state.settings, state.finder, actor, asked)
    except Problem as problem:
        problem.errors = tuple(
            replace(error, field=error.field.removeprefix("route.")) for error in problem.errors
        )
        return _form(request, session, actor, Form.after(problem, sent), problem.status)
    keep_check(session, actor, screening, answer)
    return RedirectResponse(f"/shipping-checks/{answer.check_id}", SEE_OTHER)


def _asked(body: ShippingForm) -> ShippingIn:
    return ShippingIn(
        sku=body.sku,
        names=split_names(body.names),
        goods=split(body.goods),
        route=RouteIn(
            origin=body.origin,
            exit_port=body.exit_port,
            transit=split(body.transit),
            destinations=split(body.destinations),
        ),
        brand_role=body.brand_role,
        consignor=PartyIn(name=body.consignor_name, code=body.consignor_code),
        maker=PartyIn(name=body.maker_name, code=body.maker_code),
        declarant=PartyIn(name=body.declarant_name, code=body.declarant_code),
        code=body.code,
        brand_type=body.brand_type,
        brand=body.brand,
        model=body.model,
    )


@router.get("/shipping-checks/{check_id}")
def one(request: Request, check_id: UUID, actor: Reader, session: DbSession) -> Response:
    """Show a check as it was answered."""
    return page(
        request,
        "recordation/shipping_check.html",
        answer=answer_of(ShippingChecks(session, actor).get(check_id)),
        lights=LIGHT_TAGS,
        party_names=PARTY_NAMES,
        standings=STANDING_NAMES,
        words=words,
    )


@router.get("/shipping-checks/{check_id}/pack")
def pack(check_id: UUID, request: Request, actor: Reader, database: Db) -> Response:
    """Give the confirmation-before-shipment pack."""
    return pack_of(check_id, request, actor, database)
