"""Tables of customs recordation."""

from service.recordation.detention.models import (
    Detention,
    DetentionContact,
    DetentionCost,
    DetentionPaper,
)
from service.recordation.models.filings import ChangeTask, Filing, FilingPaper, FilingRound, Mandate
from service.recordation.models.goods import (
    AssetGoods,
    FeatureReader,
    FeatureView,
    Goods,
    GoodsFeature,
    GoodsPicture,
)
from service.recordation.models.intelligence import Intelligence
from service.recordation.models.shipping import CardView, OfficerCard, ShippingCheck
from service.recordation.models.substance import (
    Agent,
    Asset,
    AuthorisedUser,
    Contact,
    CustomsEntry,
    Holder,
    OfficeRenewal,
)
from service.recordation.outreach.models import OutreachContact

__all__ = [
    "Agent",
    "Asset",
    "AssetGoods",
    "AuthorisedUser",
    "CardView",
    "ChangeTask",
    "Contact",
    "CustomsEntry",
    "Detention",
    "DetentionContact",
    "DetentionCost",
    "DetentionPaper",
    "FeatureReader",
    "FeatureView",
    "Filing",
    "FilingPaper",
    "FilingRound",
    "Goods",
    "GoodsFeature",
    "GoodsPicture",
    "Holder",
    "Intelligence",
    "Mandate",
    "OfficeRenewal",
    "OfficerCard",
    "OutreachContact",
    "ShippingCheck",
]
