"""All SQL of recordation behind one filter: one's own rows, and those one has a mandate for."""

from service.recordation.repository.filings import Filings
from service.recordation.repository.goods import GoodsShelf, may_see_hidden
from service.recordation.repository.held import check_acts_for, in_force, may_act_for, usable_file
from service.recordation.repository.restricted import Leads, Mandates
from service.recordation.repository.shipping import Cards, ShippingChecks, card_opened_by
from service.recordation.repository.substance import Agents, Assets, Holders, Users

__all__ = [
    "Agents",
    "Assets",
    "Cards",
    "Filings",
    "GoodsShelf",
    "Holders",
    "Leads",
    "Mandates",
    "ShippingChecks",
    "Users",
    "card_opened_by",
    "check_acts_for",
    "in_force",
    "may_act_for",
    "may_see_hidden",
    "usable_file",
]
