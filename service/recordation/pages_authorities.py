"""Pages of the customs authorities: what each records, and what its rules say."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from service.core import clock
from service.identity.permissions import Actor, Permission, require
from service.recordation.tags import STANDINGS, WHEN_NAMES
from service.rules.authorities import Standing, authorities, authority
from service.rules.authorities.showing import (
    DIRECTION_NAMES,
    RIGHT_NAMES,
    badges_of,
    limits_of,
    rules_by_part,
)
from service.rules.markets import market
from service.ui.render import page

router = APIRouter()
RegisterReader = Annotated[Actor, Depends(require(Permission.REGISTER_READ))]


@router.get("/authorities")
def authority_list(request: Request, actor: RegisterReader) -> Response:  # noqa: ARG001
    """Show every customs authority by how far it is known."""
    return page(
        request,
        "recordation/authorities.html",
        rows=[(one, market(one.market)) for one in authorities()],
        standings=STANDINGS,
        rights=RIGHT_NAMES,
    )


@router.get("/authorities/{authority_code}")
def authority_page(request: Request, authority_code: str, actor: RegisterReader) -> Response:  # noqa: ARG001
    """Show all that is known of one authority."""
    one = authority(authority_code)
    return page(
        request,
        "recordation/authority.html",
        one=one,
        market=market(one.market),
        parts=rules_by_part(one, clock.today()),
        standing=STANDINGS[one.standing],
        full=one.standing is Standing.FULL,
        rights=RIGHT_NAMES,
        directions=DIRECTION_NAMES,
        when=WHEN_NAMES,
        badges_of=badges_of,
        limits_of=limits_of,
    )
