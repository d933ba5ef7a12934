"""The web application: everything is wired here, and importing this does nothing."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import Depends, FastAPI
from fastapi.exceptions import RequestValidationError
from sqlalchemy.orm.exc import StaleDataError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from service import __version__
from service.cases import api as cases_api
from service.cases import api_evidence
from service.cases import pages as cases_pages
from service.core.db import Database
from service.core.errors import Problem
from service.core.files import Files
from service.core.jobs import Jobs
from service.core.settings import Settings, load_settings
from service.core.signpost import Signpost
from service.core.web import Front
from service.desk import api as desk_api
from service.desk import holds as desk_holds
from service.desk import pages as desk_pages
from service.desk import pages_desk as work_pages
from service.dispute import api as dispute_api
from service.dispute import api_mediation, api_papers, pages_papers, pages_templates
from service.dispute import pages as dispute_pages
from service.health import Readiness
from service.health import router as health_router
from service.identity import api as identity_api
from service.identity import pages as identity_pages
from service.identity.guard import RateLimit, guard
from service.identity.permissions import current_actor
from service.identity.replay import Answered, on_answered
from service.notices import api as notices_api
from service.notices import pages as notices_pages
from service.notices.webhook_docs import describe_webhooks
from service.recordation import api as recordation_api
from service.recordation import pages as recordation_pages
from service.recordation.detention import api as detention_api
from service.recordation.detention import pages as detention_pages
from service.recordation.detention import pages_acts as detention_acts
from service.recordation.detention import pages_cockpit as detention_cockpit
from service.recordation.outreach import api as outreach_api
from service.recordation.outreach import pages as outreach_pages
from service.registry import api as registry_api
from service.registry import pages as registry_pages
from service.registry.finder import Finder
from service.report import api as report_api
from service.report import pages as report_pages
from service.report import pages_files as report_files
from service.report import pages_issued as report_issued
from service.rules import api as rules_api
from service.screening import api as screening_api
from service.screening import api_catalogues
from service.screening import api_decisions as decisions_api
from service.screening import api_equivalents as equivalents_api
from service.screening import api_similar as similar_api
from service.screening import api_watches as watches_api
from service.screening import pages as screening_pages
from service.screening import pages_decisions as decisions_pages
from service.screening import pages_equivalents as equivalents_pages
from service.screening import pages_similar as similar_pages
from service.screening import pages_watches as watches_pages
from service.station import api as station_api
from service.station import (
    api_desk,
    api_followups,
    api_people,
    pages_desk,
    pages_followups,
    pages_people,
    pages_roster,
)
from service.station import pages as station_pages
from service.station.base import api as base_api
from service.station.base import pages as base_pages
from service.ui import problem_pages
from service.ui.assets import mount_static
from service.ui.navigation import install_navigation
from service.ui.problems import answer, on_http, on_problem, on_stale, on_surprise, on_validation

DESCRIPTION = """\
Screens a brand and a product for the markets they travel to: per market a verdict with reasons,
and what was **not** searched. Errors are RFC 9457 problems. Repeat a POST safely with
`Idempotency-Key`. Pages of a list follow `next`. A search aid with dates and sources;
not legal advice.
"""

ROUTERS = (
    desk_pages.router,
    work_pages.router,
    desk_holds.router,
    desk_holds.interface,
    desk_api.router,
    health_router,
    api_catalogues.router,
    screening_api.router,
    screening_pages.router,
    decisions_api.router,
    decisions_pages.router,
    equivalents_api.router,
    equivalents_pages.router,
    similar_api.router,
    similar_pages.router,
    watches_api.router,
    watches_pages.router,
    registry_api.router,
    registry_pages.router,
    recordation_api.router,
    detention_api.router,
    detention_pages.router,
    detention_cockpit.router,
    detention_acts.router,
    recordation_pages.router,
    outreach_api.router,
    outreach_pages.router,
    notices_api.router,
    notices_pages.router,
    rules_api.make_router(current_actor, cases_api.book_of_request),
    cases_api.router,
    api_evidence.router,
    cases_pages.router,
    dispute_api.router,
    api_mediation.router,
    dispute_pages.router,
    station_api.router,
    api_desk.router,
    api_people.router,
    station_pages.router,
    pages_desk.router,
    pages_people.router,
    pages_roster.router,
    base_api.router,
    base_pages.router,
    api_followups.router,
    pages_followups.router,
    report_api.router,
    report_pages.router,
    report_issued.router,
    report_files.router,
    api_papers.router,
    pages_papers.router,
    pages_templates.router,
    problem_pages.router,
    identity_api.router,
    identity_pages.router,
)
NAVIGATION = (
    *work_pages.NAVIGATION,
    *notices_pages.NAVIGATION,
    *cases_pages.NAVIGATION,
    *dispute_pages.NAVIGATION,
    *station_pages.NAVIGATION,
    *pages_desk.NAVIGATION,
    *pages_roster.NAVIGATION,
    *report_pages.NAVIGATION,
    *screening_pages.NAVIGATION,
    *decisions_pages.NAVIGATION,
    *watches_pages.NAVIGATION,
    *similar_pages.NAVIGATION,
    *equivalents_pages.NAVIGATION,
    *registry_pages.NAVIGATION,
    *recordation_pages.NAVIGATION,
    *detention_pages.NAVIGATION,
    *outreach_pages.NAVIGATION,
    *base_pages.NAVIGATION,
    *pages_templates.NAVIGATION,
    *identity_pages.NAVIGATION,
)
UPLOADS = (
    "/api/v1/catalogues",
    "/api/v1/document-templates",
    "/api/v1/events",
    "/api/v1/files",
    "/api/v1/imports",
    "/api/v1/intakes",
    "/api/v1/threads",
    "/catalogues",
    "/decisions",
    "/detentions",
    "/document-templates",
    "/events",
    "/imports",
    "/intakes",
    "/organisation/papers",
    "/api/v1/penalties",
    "/papers",
    "/penalties",
    "/threads",
    "/api/v1/recordation",
    "/authorised-users",
    "/filings",
    "/recordation",
    "/products/",
    "/rights",
)


def create_app(settings: Settings | None = None, *, run_jobs: bool = True) -> FastAPI:
    """Build the application.

    Args:
        settings: Where everything is; read from the environment when None.
        run_jobs: Whether this process may run jobs when no worker holds the lease.
    """
    settings = settings or load_settings()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        jobs = Jobs(settings, app.state.database) if run_jobs else None
        if jobs:
            await run_in_threadpool(jobs.start)
        app.state.readiness.start()
        yield
        if jobs:
            await run_in_threadpool(jobs.stop)
        app.state.database.dispose()

    app = FastAPI(
        title="Markpass 标通",
        version=__version__,
        description=DESCRIPTION,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
        dependencies=[Depends(guard)],
    )
    app.state.settings = settings
    app.state.database = Database(settings)
    app.state.files = Files(settings.files_folder)
    app.state.rate_limit = RateLimit(settings.rate_per_minute)
    app.state.finder = Finder(app.state.database, settings)
    app.state.readiness = Readiness(app.state.finder)
    for error, handler in (
        (Problem, on_problem),
        (Answered, on_answered),
        (RequestValidationError, on_validation),
        (HTTPException, on_http),
        (StaleDataError, on_stale),
        (Exception, on_surprise),
    ):
        app.add_exception_handler(error, handler)
    for router in ROUTERS:
        app.include_router(router)
    describe_webhooks(app.webhooks)
    install_navigation(app, NAVIGATION)
    mount_static(app)
    app.router.routes.insert(0, Signpost(tuple(app.router.routes)))
    app.add_middleware(Front, settings=settings, refuse=answer, uploads=UPLOADS)
    return app
