"""Pages of marks, registers and products."""

from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import RedirectResponse, Response

from service.core import clock
from service.core.db import DbSession
from service.core.errors import Problem, Stale
from service.core.pagination import CursorOfQuery
from service.core.text import N_
from service.identity.permissions import Actor, Permission, require
from service.registry import pages_connectors, pages_imports, pages_papers
from service.registry.domain import BrandRole, MarkStatus
from service.registry.holdings import Products
from service.registry.models import Product
from service.registry.registers import Registers
from service.registry.repository import MarkFilter, Marks
from service.registry.schemas import ProductIn
from service.registry.usecases.holding import add_product, archive_product, change_product
from service.registry.usecases.looking import helps
from service.rules.markets import office as office_of
from service.rules.markets import offices
from service.rules.markets.routes import customs_modes
from service.ui.forms import Form, PostedForm, read_form
from service.ui.i18n import language_of
from service.ui.navigation import Entry, Group
from service.ui.render import page
from service.ui.tags import STATUSES
from service.ui.views import Option

router = APIRouter(include_in_schema=False)
router.include_router(pages_imports.router)
router.include_router(pages_connectors.router)
router.include_router(pages_papers.router)
NAVIGATION: Sequence[Entry] = (
    Entry("/products", N_("Products"), Group.WORK, Permission.PRODUCT_READ.value),
    Entry("/marks", N_("Marks"), Group.REGISTER, Permission.MARK_READ.value),
    Entry("/registers", N_("Registers and freshness"), Group.REGISTER, "register:read"),
    Entry("/imports", N_("Imports"), Group.REGISTER, Permission.IMPORT_READ.value),
    Entry("/connectors", N_("Office connectors"), Group.REGISTER, "register:read"),
)
SEE_OTHER = 303
MarkReader = Annotated[Actor, Depends(require(Permission.MARK_READ))]
RegisterReader = Annotated[Actor, Depends(require(Permission.REGISTER_READ))]
ProductReader = Annotated[Actor, Depends(require(Permission.PRODUCT_READ))]
ProductWriter = Annotated[Actor, Depends(require(Permission.PRODUCT_WRITE))]

ROLES = (
    Option(BrandRole.OWN.value, N_("Our own brand")),
    Option(BrandRole.OEM.value, N_("Made to order under the buyer's brand")),
    Option(BrandRole.DISTRIBUTOR.value, N_("We sell somebody else's brand")),
)
ROLE_NAMES = {role.value: role.text for role in ROLES}
STATUS_OPTIONS = tuple(Option(status.value, STATUSES[status.value].label) for status in MarkStatus)


@router.get("/marks")
def marks(
    request: Request,
    actor: MarkReader,  # noqa: ARG001  the permission is the point
    session: DbSession,
    cursor: CursorOfQuery,
    text: Annotated[str, Query(max_length=500)] = "",
    office: Annotated[str, Query(max_length=2)] = "",
    number: Annotated[str, Query(max_length=64)] = "",
    status: str = "",
) -> Response:
    """List marks, narrowed by words, office, number and status."""
    known = {one.value for one in MarkStatus}
    wanted = MarkFilter(
        office=office,
        number=number.strip(),
        text=text,
        status=MarkStatus(status) if status in known else None,
    )
    found, following = Marks(session).page(wanted, cursor)
    loaded = [fact.office for fact in Registers(session).all()]
    return page(
        request,
        "registry/marks.html",
        form=Form.blank(text=text, office=office, number=number, status=status),
        found=found,
        today=clock.today(),
        next=following,
        loaded=loaded,
        statuses=STATUS_OPTIONS,
    )


@router.get("/marks/{office}/{number:path}")
def mark(
    request: Request,
    office: str,
    number: str,
    actor: MarkReader,  # noqa: ARG001
    session: DbSession,
) -> Response:
    """Show one mark with all that the register says."""
    found = Marks(session).get(office, number)
    return page(
        request,
        "registry/mark.html",
        mark=found,
        record=found.record,
        live=found.is_live(clock.today()),
        office=office_of(found.record.office),
        kinds=KIND_NAMES,
    )


KIND_NAMES = {
    "word": N_("Word mark"),
    "figurative": N_("Figurative mark"),
    "combined": N_("Words with a device"),
    "three_d": N_("Three-dimensional mark"),
    "sound": N_("Sound mark"),
    "other": N_("Another kind of mark"),
}


@router.get("/registers")
def registers(request: Request, actor: RegisterReader, session: DbSession) -> Response:  # noqa: ARG001
    """Show every register: loaded or not, how complete, and as of which day."""
    facts = Registers(session).all()
    loaded = {fact.office.code for fact in facts}
    missing = [office for code, office in offices().items() if code not in loaded]
    ways = helps(request.app.state.settings)
    return page(request, "registry/registers.html", facts=facts, missing=missing, ways=ways)


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
        add_product(session, actor, read_form(ProductIn, sent).values())
    except Problem as problem:
        return _product_form(request, Form.after(problem, sent), status=problem.status)
    return RedirectResponse("/products", SEE_OTHER)


@router.get("/products/{product_id}")
def product(
    request: Request, product_id: UUID, actor: ProductReader, session: DbSession
) -> Response:
    """Show a product; its owner can change it here."""
    row = Products(session, actor).get(product_id)
    mine = row.organisation_id == actor.organisation_id and actor.can(Permission.PRODUCT_WRITE)
    if mine and row.archived_at is None:
        return _product_form(request, _form_of(row), row)
    return page(request, "registry/product.html", product=row, role_names=ROLE_NAMES)


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
        _check_version(row, str(sent.get("version", "")))
        values = read_form(ProductIn, sent).values()
        with session.begin_nested():  # the page is answered after a refusal: nothing half done
            change_product(session, actor, row, values)
    except Problem as problem:
        return _product_form(request, Form.after(problem, sent), row, status=problem.status)
    return RedirectResponse("/products", SEE_OTHER)


@router.post("/products/{product_id}/archive")
def archive(
    product_id: UUID, actor: ProductWriter, session: DbSession, sent: PostedForm
) -> Response:
    """Take a product out of the lists."""
    row = Products(session, actor).own(product_id)
    _check_version(row, str(sent.get("version", "")))
    archive_product(session, actor, row)
    return RedirectResponse("/products", SEE_OTHER)


def _check_version(row: Product, version: str) -> None:
    if version != str(row.version):
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


def _product_form(
    request: Request, form: Form, product: Product | None = None, *, status: int = 200
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
    )
