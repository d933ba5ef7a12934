"""Pages of marks and registers; what the room shows in all."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from service.core import clock
from service.core.db import DbSession
from service.core.pagination import CursorOfQuery
from service.core.text import N_
from service.identity.permissions import Actor, Permission, require
from service.registry import (
    pages_connectors,
    pages_imports,
    pages_papers,
    pages_penalties,
    pages_products,
    pages_rights,
)
from service.registry.domain import MarkStatus
from service.registry.registers import Registers
from service.registry.repository import MarkFilter, Marks
from service.registry.usecases.looking import helps
from service.rules.markets import office as office_of
from service.rules.markets import offices
from service.ui.forms import Form
from service.ui.navigation import Entry, Group
from service.ui.render import page
from service.ui.tags import STATUSES
from service.ui.views import Option

router = APIRouter(include_in_schema=False)
router.include_router(pages_imports.router)
router.include_router(pages_connectors.router)
router.include_router(pages_papers.router)
router.include_router(pages_penalties.router)
router.include_router(pages_products.router)
router.include_router(pages_rights.router)
NAVIGATION: Sequence[Entry] = (
    Entry("/products", N_("Products"), Group.WORK, Permission.PRODUCT_READ.value),
    Entry("/rights", N_("Our rights"), Group.WORK, Permission.RIGHT_READ.value),
    Entry("/marks", N_("Marks"), Group.REGISTER, Permission.MARK_READ.value),
    Entry("/registers", N_("Registers and freshness"), Group.REGISTER, "register:read"),
    Entry("/penalties", N_("Customs penalty decisions"), Group.REGISTER, "register:read"),
    Entry("/imports", N_("Imports"), Group.REGISTER, Permission.IMPORT_READ.value),
    Entry("/connectors", N_("Office connectors"), Group.REGISTER, "register:read"),
)
MarkReader = Annotated[Actor, Depends(require(Permission.MARK_READ))]
RegisterReader = Annotated[Actor, Depends(require(Permission.REGISTER_READ))]
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
    owner: Annotated[str, Query(max_length=500)] = "",
    status: str = "",
) -> Response:
    """List marks, narrowed by words, office, number and status."""
    known = {one.value for one in MarkStatus}
    wanted = MarkFilter(
        office=office,
        number=number.strip(),
        text=text,
        owner=owner,
        status=MarkStatus(status) if status in known else None,
    )
    found, following = Marks(session).page(wanted, cursor)
    loaded = [fact.office for fact in Registers(session).all()]
    return page(
        request,
        "registry/marks.html",
        form=Form.blank(text=text, office=office, number=number, owner=owner, status=status),
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
