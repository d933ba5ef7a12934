"""Screen a name, read the answer, share it; compare two marks."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.orm import Session

from service.core.db import Db, DbSession
from service.core.errors import Problem
from service.core.pagination import CursorOfQuery
from service.core.text import N_
from service.identity.permissions import Actor, Permission, require
from service.registry.connectors import PERSON_ONLY
from service.registry.holdings import Shares
from service.registry.pages_shares import add_share_pages
from service.registry.usecases.sharing import stations
from service.rules.markets import market, markets
from service.rules.markets.routes import customs_modes
from service.screening import pages_catalogues, words
from service.screening.clues import clues_of
from service.screening.domain import BrandRole
from service.screening.remembered import names_of
from service.screening.repository import KIND, Screenings
from service.screening.schemas import (
    CompareIn,
    RouteIn,
    ScreenForm,
    ScreeningIn,
    ScreeningOut,
)
from service.screening.usecases.comparing import compare_marks
from service.screening.usecases.remembering import decisions_on
from service.screening.usecases.screening import fetch_screening, run_screening
from service.screening.usecases.sharing import own_screening
from service.screening.wording import MISSING_WORDS
from service.ui.forms import Form, PostedForm, read_form
from service.ui.navigation import Entry, Group
from service.ui.render import page

router = APIRouter(include_in_schema=False)
router.include_router(pages_catalogues.router)
NAVIGATION: Sequence[Entry] = (
    Entry("/screenings/new", N_("Screen a name"), Group.SCREENING, Permission.SCREENING_RUN.value),
    Entry("/screenings", N_("Screenings"), Group.SCREENING, Permission.SCREENING_READ.value),
    Entry("/catalogues", N_("Catalogues"), Group.SCREENING, Permission.SCREENING_READ.value),
    Entry("/compare", N_("Compare two marks"), Group.SCREENING, Permission.SCREENING_RUN.value),
)
SEE_OTHER = 303
SPLIT = re.compile(r"[,;，；、\n]+")
Runner = Annotated[Actor, Depends(require(Permission.SCREENING_RUN))]
Reader = Annotated[Actor, Depends(require(Permission.SCREENING_READ))]

add_share_pages(router, KIND, own_screening, Permission.SCREENING_SHARE)

ROLES: Sequence[tuple[str, str]] = (
    (BrandRole.OWN.value, N_("Our own brand")),
    (BrandRole.OEM.value, N_("Made for the buyer under the buyer's brand (OEM)")),
    (BrandRole.DISTRIBUTOR.value, N_("Sold on for the brand owner")),
)


def split(text: str) -> list[str]:
    """Return the values of a field in which several are separated by commas or lines."""
    return [part.strip() for part in SPLIT.split(text) if part.strip()]


@router.get("/screenings/new")
def new_page(
    request: Request, actor: Runner, session: DbSession, again: UUID | None = None
) -> Response:
    """Show the form, filled from an earlier screening when `again` names one."""
    form = Form.blank(origin="CN", brand_role=BrandRole.OWN.value)
    if again is not None:
        form = _filled(ScreeningOut.model_validate_json(fetch_screening(session, actor, again)))
    return _form_page(request, form)


def _filled(answer: ScreeningOut) -> Form:
    asked = answer.input
    return Form.blank(
        names="\n".join(asked.names),
        goods="\n".join(asked.goods),
        origin=asked.route.origin,
        destinations=", ".join(asked.route.destinations),
        transit=", ".join(asked.route.transit),
        exit_port=asked.route.exit_port,
        warehouse=asked.route.warehouse,
        brand_role=asked.brand_role.value,
        customs_mode=asked.customs_mode,
        reference=asked.reference,
    )


def _form_page(request: Request, form: Form, *, status: int = 200) -> Response:
    return page(
        request,
        "screening/new.html",
        status=status,
        form=form,
        roles=ROLES,
        modes=customs_modes().values(),
        known_markets=markets().values(),
    )


@router.post("/screenings")
def screen(request: Request, actor: Runner, database: Db, sent: PostedForm) -> Response:
    """Screen and show the answer."""
    state = request.app.state
    try:
        body = read_form(ScreenForm, sent)
        asked = ScreeningIn(
            names=split_names(body.names),
            goods=split(body.goods),
            route=RouteIn(
                origin=body.origin,
                exit_port=body.exit_port,
                transit=split(body.transit),
                destinations=split(body.destinations),
                warehouse=body.warehouse,
            ),
            brand_role=body.brand_role,
            customs_mode=body.customs_mode,
            reference=body.reference,
        )
        answer = run_screening(database, state.settings, state.finder, actor, asked)
    except Problem as problem:
        problem.errors = tuple(
            replace(error, field=error.field.removeprefix("route.")) for error in problem.errors
        )
        return _form_page(request, Form.after(problem, sent), status=problem.status)
    return RedirectResponse(f"/screenings/{answer.screening_id}", SEE_OTHER)


def split_names(text: str) -> list[str]:
    """Return the names of a field: one a line, since a name may hold a comma."""
    return [line.strip() for line in text.splitlines() if line.strip()]


@router.get("/screenings")
def list_page(
    request: Request, actor: Reader, session: DbSession, cursor: CursorOfQuery
) -> Response:
    """List screenings, newest first."""
    rows, following = Screenings(session, actor).page(cursor)
    return page(
        request, "screening/list.html", rows=rows, next=following, cursor=cursor.after is not None
    )


@router.get("/screenings/{screening_id}")
def answer_page(
    request: Request, screening_id: UUID, actor: Reader, session: DbSession
) -> Response:
    """Show a kept answer."""
    return _answer(request, screening_id, actor, session)


def _answer(
    request: Request,
    screening_id: UUID,
    actor: Actor,
    session: Session,
    *,
    form: Form | None = None,
    status: int = 200,
) -> Response:
    answer = ScreeningOut.model_validate_json(fetch_screening(session, actor, screening_id))
    own = Screenings(session, actor).get(screening_id).organisation_id == actor.organisation_id
    reads = actor.can(Permission.DECISION_READ)
    decided = decisions_on(session, actor, answer) if reads else {}
    shares = own and actor.can(Permission.SCREENING_SHARE)
    return page(
        request,
        "screening/answer.html",
        status=status,
        answer=answer,
        decided=decided,
        deciders=names_of(session, {note.person_id for note in decided.values()}),
        words=words,
        faults=MISSING_WORDS,
        person_only=PERSON_ONLY,
        clues=clues_of,
        sources=[(one.office, one.edition_on) for one in answer.searched if one.edition_on],
        form=form or Form.blank(),
        market_names={code: market(code).name for code in answer.markets},
        stations=stations(session) if shares else (),
        shared=Shares(session, actor).of(KIND, screening_id) if shares else (),
    )


@router.get("/compare")
def compare_page(request: Request, actor: Runner) -> Response:  # noqa: ARG001  the permission
    """Show the form for two marks."""
    return page(request, "screening/compare.html", form=Form.blank(), found=None, clues=clues_of)


@router.post("/compare")
def compare(request: Request, actor: Runner, sent: PostedForm) -> Response:
    """Show two marks compared; they stand in no address, no log and no table."""
    found, status = None, 200
    try:
        found = compare_marks(actor, read_form(CompareIn, sent))
        form = Form.blank(a=found.a, b=found.b)
    except Problem as problem:
        form, status = Form.after(problem, sent), problem.status
    return page(
        request,
        "screening/compare.html",
        status=status,
        form=form,
        found=found,
        clues=clues_of,
    )
