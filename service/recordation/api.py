"""Customs recordation as JSON: the routes of its parts under one prefix."""

from fastapi import APIRouter

from service.recordation import (
    api_authorities,
    api_cards,
    api_filings,
    api_holders,
    api_shipping,
    api_substance,
)

router = APIRouter(prefix="/api/v1", tags=["recordation"])
router.include_router(api_authorities.router)
router.include_router(api_substance.router)
router.include_router(api_filings.router)
router.include_router(api_shipping.router)
router.include_router(api_cards.router)
router.include_router(api_holders.router)
