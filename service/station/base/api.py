"""The base as JSON: the routes of its parts under one prefix."""

from fastapi import APIRouter

from service.station.base import api_cases, api_checkups, api_events, api_warnings

router = APIRouter(prefix="/api/v1", tags=["base"])
for part in (api_events, api_warnings, api_cases, api_checkups):
    router.include_router(part.router)
