"""Pages of customs recordation: the routers of its parts, and their places in the navigation."""

from collections.abc import Sequence

from fastapi import APIRouter

from service.core.text import N_
from service.identity.permissions import Permission
from service.recordation import (
    pages_authorities,
    pages_cards,
    pages_filings,
    pages_goods,
    pages_holders,
    pages_leads,
    pages_packs,
    pages_renewals,
    pages_rights,
    pages_shipping,
    pages_users,
    pages_wizard,
)
from service.ui.navigation import Entry, Group

router = APIRouter(include_in_schema=False)
for part in (
    pages_authorities,
    pages_rights,
    pages_holders,
    pages_goods,
    pages_shipping,
    pages_cards,
    pages_users,
    pages_leads,
    pages_packs,
    pages_renewals,
    pages_filings,
    pages_wizard,
):
    router.include_router(part.router)
READ = Permission.RECORDATION_READ.value
NAVIGATION: Sequence[Entry] = (
    Entry("/shipping-checks", N_("Ship-safe check"), Group.CUSTOMS, READ),
    Entry("/recordation/rights", N_("Rights to record"), Group.CUSTOMS, READ),
    Entry("/recordation/goods", N_("Products and features"), Group.CUSTOMS, READ),
    Entry("/officer-cards", N_("Officer cards"), Group.CUSTOMS, READ),
    Entry("/filings", N_("Recordation register"), Group.CUSTOMS, READ),
    Entry("/renewals", N_("Renewals and changes"), Group.CUSTOMS, READ),
    Entry("/authorised-users", N_("Authorised users"), Group.CUSTOMS, READ),
    Entry(
        "/recordation/leads",
        N_("Infringement leads"),
        Group.CUSTOMS,
        Permission.INTELLIGENCE_READ.value,
    ),
    Entry("/recordation/mandates", N_("Mandates"), Group.CUSTOMS, READ),
    Entry("/authorities", N_("Customs authorities"), Group.CUSTOMS, Permission.REGISTER_READ.value),
)
