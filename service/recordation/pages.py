"""Pages of customs recordation: the routers of its parts, and their places in the navigation."""

from collections.abc import Sequence

from fastapi import APIRouter

from service.core.text import N_
from service.identity.permissions import Permission
from service.recordation import pages_authorities
from service.ui.navigation import Entry, Group

router = APIRouter(include_in_schema=False)
router.include_router(pages_authorities.router)
NAVIGATION: Sequence[Entry] = (
    Entry("/authorities", N_("Customs authorities"), Group.CUSTOMS, Permission.REGISTER_READ.value),
)
