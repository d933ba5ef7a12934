"""The base as JSON: the routes of its parts under one prefix."""

from fastapi import APIRouter

from service.station.base import api_events

router = APIRouter(prefix="/api/v1", tags=["base"])
router.include_router(api_events.router)
