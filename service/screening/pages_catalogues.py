"""Pages of catalogues: send a sheet, say what its columns mean, watch it, read what came of it."""

import re
from collections.abc import Mapping
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import FormData, UploadFile

from service.core.db import Db, DbSession
from service.core.errors import FieldError, Invalid, NotFound, Problem
from service.core.files import Files
from service.core.pagination import CursorOfQuery
from service.core.text import N_
from service.identity.permissions import Actor, Permission, require
from service.registry.uploads import store_upload
from service.screening.catalogue import Defaults, read_outline
from service.screening.catalogue_bodies import CatalogueForm
from service.screening.catalogue_downloads import Kind, result_of
from service.screening.catalogue_models import UNFINISHED, CatalogueState
from service.screening.catalogue_results import missing_of
from service.screening.catalogues import REJECTED, Catalogues
from service.screening.domain import Verdict
from service.screening.template import TEMPLATE, template_csv, template_workbook
from service.screening.usecases.cataloguing import cancel_catalogue
from service.screening.usecases.ordering import COLUMNS, order_catalogue
from service.ui.forms import Form, PostedForm, read_form
from service.ui.i18n import Language, language_of
from service.ui.render import page
from service.ui.tags import VERDICTS, Shape, Tag, Tone
from service.ui.views import Option

router = APIRouter()
SEE_OTHER = 303
SHA256 = re.compile(r"[0-9a-f]{64}")
SPLIT = re.compile(r"[,;，；、\n]+")
GOODS = re.compile(r"[;；\n]+")
Runner = Annotated[Actor, Depends(require(Permission.SCREENING_RUN))]
Reader = Annotated[Actor, Depends(require(Permission.SCREENING_READ))]

STATES: Mapping[str, Tag] = {
    CatalogueState.WAITING: Tag(N_("Waiting for its turn"), Tone.NOTICE, Shape.RING),
    CatalogueState.RUNNING: Tag(N_("Being screened"), Tone.NOTICE, Shape.HALF),
    CatalogueState.WRITING: Tag(N_("Report being made"), Tone.NOTICE, Shape.HALF),
    CatalogueState.DONE: Tag(N_("Every row done"), Tone.GOOD, Shape.DISC),
    CatalogueState.CANCELLED: Tag(N_("Called back"), Tone.NEUTRAL, Shape.CROSS),
    CatalogueState.FAILED: Tag(N_("Failed"), Tone.ALARM, Shape.CROSS),
}
NOT_SCREENED = Tag(N_("Could not be screened"), Tone.ALARM, Shape.CROSS)
MEANINGS: Mapping[str, str] = {
    "name": N_("Name, in any script"),
    "name_zh": N_("Chinese name"),
    "name_latin": N_("Name in Latin letters"),
    "goods": N_("Goods: class:12, hs:8711.60, group:1204 or words"),
    "from": N_("Country of origin"),
    "to": N_("Destinations"),
    "sku": N_("SKU, article number"),
}
ONLY = (
    *(Option(one.value, VERDICTS[one.value].label) for one in Verdict),
    Option(REJECTED, NOT_SCREENED.label),
)


@router.get("/catalogues")
def listing(request: Request, actor: Reader, session: DbSession, cursor: CursorOfQuery) -> Response:
    """List catalogues, newest first."""
    rows, following = Catalogues(session, actor).page(cursor)
    return page(request, "screening/catalogues.html", rows=rows, next=following, states=STATES)


@router.get("/catalogues/new")
def new(request: Request, actor: Runner) -> Response:  # noqa: ARG001  the permission is the point
    """Show the form that takes a sheet."""
    return _upload(request, Form.blank(origin="CN"))


@router.get("/catalogues/template.xlsx")
def template(actor: Runner) -> Response:  # noqa: ARG001
    """Give an empty sheet with headings in both languages and two rows to write over."""
    headers = {"Content-Disposition": f'attachment; filename="{TEMPLATE}"'}
    media = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return Response(template_workbook(), media_type=media, headers=headers)


@router.get("/catalogues/template.csv")
def template_sheet(request: Request, actor: Runner) -> Response:  # noqa: ARG001
    """Give the same as CSV, with headings in the reader's language."""
    headers = {"Content-Disposition": 'attachment; filename="markpass-catalogue.csv"'}
    chinese = language_of(request) is Language.ZH_HANS
    content = template_csv(chinese=chinese)
    return Response(content, media_type="text/csv; charset=utf-8", headers=headers)


@router.post("/catalogues")
def send(request: Request, actor: Runner, sent: PostedForm) -> Response:  # noqa: ARG001
    """Take a sheet in and ask what its columns mean."""
    state = request.app.state
    try:
        read_form(CatalogueForm, sent)
        file = sent.get("file")
        if not isinstance(file, UploadFile) or not file.filename:
            detail = N_("Choose a file.")
            raise Invalid(detail, errors=[FieldError("file", detail)])
        stored = store_upload(state.files, file.file, state.settings)
        return _mapping(request, _kept(sent), stored.sha256, file.filename)
    except Problem as problem:
        return _upload(request, Form.after(problem, sent), status=problem.status)


@router.post("/catalogues/start")
def start(request: Request, actor: Runner, database: Db, sent: PostedForm) -> Response:
    """Read what the columns mean, and begin."""
    state = request.app.state
    sha256, name = str(sent.get("file", "")), str(sent.get("name", ""))
    if not SHA256.fullmatch(sha256) or not state.files.path(sha256).is_file():
        raise NotFound(N_("The file is no longer here. Send it again."))
    headings = [str(one) for one in sent.getlist("heading")]
    mapping = {head: str(sent.get(f"column-{n}", "")) for n, head in enumerate(headings)}
    try:
        body = read_form(CatalogueForm, sent)
        row = order_catalogue(
            database,
            state.settings,
            state.files,
            actor,
            sha256=sha256,
            name=name,
            mapping=mapping,
            defaults=Defaults(
                _parts(GOODS, body.goods), body.origin, _parts(SPLIT, body.destinations)
            ),
        )
    except Problem as problem:
        form = Form.after(problem, sent)
        return _mapping(request, form, sha256, name, mapping, status=problem.status)
    return RedirectResponse(f"/catalogues/{row.id}", SEE_OTHER)


@router.get("/catalogues/{catalogue_id}")
def one(
    request: Request,
    catalogue_id: UUID,
    actor: Reader,
    session: DbSession,
    cursor: CursorOfQuery,
    only: str = "",
) -> Response:
    """Show how far a catalogue is, and the rows that are done."""
    catalogues = Catalogues(session, actor)
    row = catalogues.get(catalogue_id)
    found, following = catalogues.rows(catalogue_id, cursor, only=only)
    running = row.state in UNFINISHED
    return page(
        request,
        "screening/catalogue.html",
        form=Form.blank(only=only),
        one=row,
        rows=found,
        missing=missing_of(session, found),
        next=following,
        states=STATES,
        running=running,
        counts=catalogues.counts(catalogue_id),
        verdicts=list(Verdict),
        only=ONLY,
        not_screened=NOT_SCREENED,
    )


@router.post("/catalogues/{catalogue_id}/cancel")
def cancel(catalogue_id: UUID, actor: Runner, session: DbSession, sent: PostedForm) -> Response:
    """Call a catalogue back."""
    del sent  # only the press of the button counts
    cancel_catalogue(session, actor, catalogue_id)
    return RedirectResponse(f"/catalogues/{catalogue_id}", SEE_OTHER)


@router.get("/catalogues/{catalogue_id}/results/{kind}")
def results(
    request: Request, catalogue_id: UUID, kind: Kind, actor: Reader, database: Db
) -> Response:
    """Give a result as a download."""
    return result_of(request, database, actor, catalogue_id, kind)


def _upload(request: Request, form: Form, *, status: int = 200) -> Response:
    settings = request.app.state.settings
    return page(
        request,
        "screening/catalogue_new.html",
        status=status,
        form=form,
        limit_bytes=settings.upload_bytes,
        most_rows=settings.catalogue_rows,
    )


def _mapping(
    request: Request,
    form: Form,
    sha256: str,
    name: str,
    said: Mapping[str, str] | None = None,
    *,
    status: int = 200,
) -> Response:
    state = request.app.state
    files: Files = state.files
    outline = read_outline(files.path(sha256), state.settings)
    columns = [
        (said or {}).get(heading, column)
        for heading, column in zip(outline.headings, outline.columns, strict=True)
    ]
    return page(
        request,
        "screening/catalogue_mapping.html",
        status=status,
        form=form,
        sha256=sha256,
        name=name,
        columns=list(
            zip(outline.headings, columns, outline.samples, range(len(columns)), strict=True)
        ),
        meanings=[Option(column, MEANINGS[column]) for column in COLUMNS],
    )


def _kept(sent: FormData) -> Form:
    return Form.blank(**{name: str(sent.get(name, "")) for name in CatalogueForm.model_fields})


def _parts(split: re.Pattern[str], text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in split.split(text) if part.strip())
