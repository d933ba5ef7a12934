"""Pages of the base: the routers of its parts, and their places in the navigation."""

from collections.abc import Sequence

from fastapi import APIRouter

from service.core.text import N_
from service.identity.permissions import Permission
from service.station.base import (
    pages_cases,
    pages_checkups,
    pages_events,
    pages_sheets,
    pages_warnings,
)
from service.ui.navigation import Entry, Group

router = APIRouter(include_in_schema=False)
for part in (pages_events, pages_sheets, pages_warnings, pages_cases, pages_checkups):
    router.include_router(part.router)
READ = Permission.BASE_READ.value
NAVIGATION: Sequence[Entry] = (
    Entry("/events", N_("Events"), Group.BASE, READ),
    Entry("/warnings", N_("Warnings"), Group.BASE, READ),
    Entry("/typical-cases", N_("Typical cases"), Group.BASE, READ),
    Entry("/check-ups", N_("Check-ups"), Group.BASE, READ),
)
