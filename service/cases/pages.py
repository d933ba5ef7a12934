"""Pages of deadlines, rules and calendars, joined."""

from collections.abc import Sequence

from fastapi import APIRouter

from service.cases import pages_deadlines, pages_evidence, pages_rules
from service.core.text import N_
from service.identity.permissions import Permission
from service.ui.navigation import Entry, Group

router = APIRouter(include_in_schema=False)
router.include_router(pages_deadlines.router)
router.include_router(pages_rules.router)
router.include_router(pages_evidence.router)
NAVIGATION: Sequence[Entry] = (
    Entry("/deadlines", N_("Deadlines"), Group.WORK, Permission.DEADLINE_READ.value),
    Entry("/deadlines/compute", N_("Compute a date"), Group.WORK, Permission.MARK_READ.value),
    Entry("/rules", N_("Rules of law"), Group.REGISTER, Permission.MARK_READ.value),
    Entry(
        "/calendar-years",
        N_("Calendar years"),
        Group.ADMINISTRATION,
        Permission.CALENDAR_MANAGE.value,
    ),
)
