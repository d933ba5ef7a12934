"""Pages of office connectors: what is ready, what is missing, every look and how far it is."""

import re
from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.orm import Session

from service.core.db import DbSession
from service.core.errors import Problem
from service.core.pagination import Cursor, CursorOfQuery
from service.core.text import N_
from service.identity.permissions import Actor, Permission, require
from service.registry.connector_bodies import CasesForm
from service.registry.connectors import PERSON_ONLY
from service.registry.domain import RefreshState
from service.registry.refreshes import Refreshes
from service.registry.usecases.looking import every_connector, look_now, one_connector
from service.registry.usecases.scheduling import keep_cases
from service.rules.markets import offices
from service.ui.forms import Form, PostedForm, read_form
from service.ui.render import page
from service.ui.tags import Shape, Tag, Tone

router = APIRouter()
SEE_OTHER = 303
SPLIT = re.compile(r"[\s,;，；、]+")
Reader = Annotated[Actor, Depends(require(Permission.REGISTER_READ))]
ImportReader = Annotated[Actor, Depends(require(Permission.IMPORT_READ))]
Importer = Annotated[Actor, Depends(require(Permission.IMPORT_RUN))]

STATES: Mapping[str, Tag] = {
    RefreshState.RUNNING: Tag(N_("Under way"), Tone.NOTICE, Shape.HALF),
    RefreshState.WAITING: Tag(N_("Waiting for the office"), Tone.NOTICE, Shape.HALF),
    RefreshState.DONE: Tag(N_("Done"), Tone.GOOD, Shape.DISC),
    RefreshState.FAILED: Tag(N_("Failed"), Tone.ALARM, Shape.CROSS),
}
READY = Tag(N_("Ready"), Tone.GOOD, Shape.DISC)
NO_CREDENTIALS = Tag(N_("Not searched: no credentials"), Tone.NEUTRAL, Shape.RING)


@router.get("/connectors")
def listing(request: Request, actor: Reader, session: DbSession) -> Response:
    """Show every way to an office, and where only a person may look."""
    return page(
        request,
        "registry/connectors.html",
        found=every_connector(session, request.app.state.settings, actor),
        person_only=PERSON_ONLY,
        offices=offices(),
        states=STATES,
        ready=READY,
        no_credentials=NO_CREDENTIALS,
    )


@router.get("/connectors/{connector}")
def one(
    request: Request,
    connector: str,
    actor: ImportReader,
    session: DbSession,
    cursor: CursorOfQuery,
) -> Response:
    """Show a connector with its history."""
    return _one(request, connector, actor, session, cursor, Form.blank())


@router.post("/connectors/{connector}/refreshes")
def begin(
    request: Request, connector: str, actor: Importer, session: DbSession, sent: PostedForm
) -> Response:
    """Have a connector look now."""
    del sent  # only the press of the button counts
    look_now(session, request.app.state.settings, actor, connector)
    return RedirectResponse(f"/connectors/{connector}", SEE_OTHER)


@router.post("/connectors/tsdr/cases")
def keep(request: Request, actor: Importer, session: DbSession, sent: PostedForm) -> Response:
    """Name cases that TSDR keeps current."""
    try:
        body = read_form(CasesForm, sent)
        with session.begin_nested():
            keep_cases(session, actor, [one for one in SPLIT.split(body.numbers) if one])
            look_now(session, request.app.state.settings, actor, "tsdr")
    except Problem as problem:
        form = Form.after(problem, sent)
        return _one(request, "tsdr", actor, session, Cursor(), form, status=problem.status)
    return RedirectResponse("/connectors/tsdr", SEE_OTHER)


def _one(
    request: Request,
    name: str,
    actor: Actor,
    session: Session,
    cursor: Cursor,
    form: Form,
    *,
    status: int = 200,
) -> Response:
    found = one_connector(session, request.app.state.settings, actor, name)
    rows, following = Refreshes(session).page(name, cursor)
    return page(
        request,
        "registry/connector.html",
        status=status,
        form=form,
        one=found,
        office=offices()[found.connector.office],
        rows=rows,
        next=following,
        states=STATES,
        ready=READY,
        no_credentials=NO_CREDENTIALS,
        kept=found.known.memory.get("numbers", []),
        running=found.latest is not None and found.latest.state is RefreshState.RUNNING,
    )
