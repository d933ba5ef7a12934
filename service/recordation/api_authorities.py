"""Customs authorities as JSON routes."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from service.core import clock
from service.identity.permissions import Actor, Permission, require
from service.recordation.schemas_authorities import AuthorityOut, WholeAuthorityOut
from service.rules.authorities import authorities, authority, authority_of_market

router = APIRouter()
RegisterReader = Annotated[Actor, Depends(require(Permission.REGISTER_READ))]


@router.get("/authorities")
def list_authorities(
    actor: RegisterReader,  # noqa: ARG001  the permission is the point
    market: Annotated[str, Query(max_length=80, description="A code or name of a market.")] = "",
) -> list[AuthorityOut]:
    """List the customs authorities, or the one that answers for a market."""
    found = (authority_of_market(market),) if market else authorities()
    return [AuthorityOut.of(one) for one in found]


@router.get("/authorities/{authority_code}")
def one_authority(authority_code: str, actor: RegisterReader) -> WholeAuthorityOut:  # noqa: ARG001
    """Give all that is known of an authority, each figure with its rule."""
    return WholeAuthorityOut.whole(authority(authority_code), clock.today())
