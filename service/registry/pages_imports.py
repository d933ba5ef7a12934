"""Pages of imports: send a file, map its columns, watch it go in, read what was left out."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import BaseModel, Field
from starlette.datastructures import FormData, UploadFile

from service.core.db import Db, DbSession
from service.core.errors import FieldError, Invalid, NotFound, Problem
from service.core.files import Files, Stored
from service.core.pagination import CursorOfQuery
from service.core.text import N_
from service.identity.permissions import Actor, Permission, require
from service.registry.domain import Cut, EditionScope, RemarkKind
from service.registry.errors import SheetColumnsMissing
from service.registry.registers import Imports
from service.registry.schemas.fields import NiceClasses
from service.registry.schemas.imports import MOST_PARTS
from service.registry.sources.sheet_columns import sheet_fields
from service.registry.uploads import request_import, store_upload
from service.registry.usecases.requesting import Reading, keep_headings
from service.registry.usecases.results import result_of
from service.rules.markets import offices
from service.ui.forms import Form, PostedForm, read_form
from service.ui.render import page
from service.ui.views import Option

router = APIRouter()
SEE_OTHER = 303
SHA256 = re.compile(r"[0-9a-f]{64}")
Importer = Annotated[Actor, Depends(require(Permission.IMPORT_RUN))]
ImportReader = Annotated[Actor, Depends(require(Permission.IMPORT_READ))]

SCOPE_NAMES = {
    EditionScope.FULL: N_("The whole register"),
    EditionScope.DELTA: N_("Changes only"),
    EditionScope.UNKNOWN: N_("Not said"),
}
SCOPES = (
    Option("", N_("As the file says"), N_("Most files of offices say it themselves.")),
    Option(
        EditionScope.FULL.value,
        SCOPE_NAMES[EditionScope.FULL],
        N_("Marks that are not in the file are withdrawn."),
    ),
    Option(EditionScope.DELTA.value, SCOPE_NAMES[EditionScope.DELTA]),
)
FIELD_NAMES = {
    "office": N_("Office"),
    "number": N_("Number of the mark"),
    "text": N_("Words of the mark"),
    "kind": N_("Kind of mark"),
    "status": N_("Status"),
    "application_number": N_("Application number"),
    "filing_date": N_("Filing date"),
    "publication_date": N_("Publication date"),
    "publication_issue": N_("Issue of the gazette"),
    "registration_date": N_("Registration date"),
    "expiry_date": N_("Expiry date"),
    "priority_date": N_("Priority date"),
    "classes": N_("Nice classes"),
    "subgroups": N_("Subgroups"),
    "goods": N_("Goods and services"),
    "owner_name": N_("Owner"),
    "owner_country": N_("Country of the owner"),
    "owner_address": N_("Address of the owner"),
    "owner_identifier": N_("Number of the owner"),
    "representative": N_("Representative"),
    "translation": N_("Translation"),
    "transliteration": N_("Transliteration"),
    "madrid_number": N_("Madrid number"),
    "designations": N_("Designations"),
    "recorded_with": N_("Recorded with"),
    "recordation_number": N_("Recordation number"),
    "recordation_expiry": N_("Recordation expiry"),
    "authorised_users": N_("Authorised users"),
    "image": N_("Picture of the mark"),
    "updated_on": N_("Date of this state"),
}


class ImportForm(BaseModel):
    """What the import page sends besides the file."""

    office: Annotated[str, Field(pattern=r"^[A-Z]{2}$", title=N_("Office"))] = ""
    scope: Annotated[EditionScope | None, Field(title=N_("What the file holds"))] = None
    dated: Annotated[date | None, Field(title=N_("Date of the file"))] = None
    parts: Annotated[int | None, Field(ge=1, le=MOST_PARTS, title=N_("Number of files"))] = None
    part: Annotated[int | None, Field(ge=1, le=MOST_PARTS, title=N_("Which file this is"))] = None
    only_classes: Annotated[NiceClasses, Field(title=N_("Only these classes"))] = []
    filed_from: Annotated[date | None, Field(title=N_("Only filed since"))] = None

    def reading(self, mapping: Mapping[str, str | None]) -> Reading:
        """Return how the file is to be read."""
        return Reading(
            office=self.office or None,
            mapping=mapping,
            scope=self.scope,
            dated=self.dated,
            parts=self.parts,
            part=self.part,
            cut=Cut.to(self.only_classes, self.filed_from),
        )


@router.get("/imports")
def imports(
    request: Request,
    actor: ImportReader,  # noqa: ARG001  the permission is the point
    session: DbSession,
    cursor: CursorOfQuery,
) -> Response:
    """List imports, newest first."""
    rows, following = Imports(session).page(cursor)
    return page(request, "registry/imports.html", rows=rows, next=following, scopes=SCOPE_NAMES)


@router.get("/imports/new")
def new_import(
    request: Request,
    actor: Importer,  # noqa: ARG001
    session: DbSession,
    after: UUID | None = None,
) -> Response:
    """Show the form that takes a register file; filled for the file `after` one of several."""
    form = Form.blank()
    if after is not None:
        run = Imports(session).get(after)
        form = Form.blank(
            office=run.office,
            scope=run.scope.value,
            dated=run.dated,
            parts=run.parts,
            part=(run.part or 0) + 1,
            only_classes=", ".join(map(str, run.only_classes)),
            filed_from=run.filed_from,
        )
    return _upload_form(request, form)


@router.post("/imports")
def add(request: Request, actor: Importer, database: Db, sent: PostedForm) -> Response:
    """Take a file in; ask for the meaning of its columns where they are not known."""
    state = request.app.state
    try:
        body = read_form(ImportForm, sent)
        file = sent.get("file")
        if not isinstance(file, UploadFile) or not file.filename:
            detail = N_("Choose a file.")
            raise Invalid(detail, errors=[FieldError("file", detail)])
        stored = store_upload(state.files, file.file, state.settings)
        name = file.filename
    except Problem as problem:
        return _upload_form(request, Form.after(problem, sent), status=problem.status)
    return _begin(request, actor, database, sent, body, stored, name, {})


@router.post("/imports/mapping")
def map_columns(request: Request, actor: Importer, database: Db, sent: PostedForm) -> Response:
    """Read the meaning of columns, keep it, and begin the import of the file sent before."""
    stored = _stored(request.app.state.files, str(sent.get("file", "")))
    name = str(sent.get("name", ""))
    headings = [str(one) for one in sent.getlist("heading")]
    meanings = [str(sent.get(f"column-{place}", "")) for place in range(len(headings))]
    if any(meaning not in ("", *sheet_fields()) for meaning in meanings):
        raise Invalid(N_("This column cannot be read so."))
    mapping = {
        heading: meaning or None for heading, meaning in zip(headings, meanings, strict=True)
    }
    try:
        body = read_form(ImportForm, sent)
    except Problem as problem:
        return _mapping_form(request, Form.after(problem, sent), stored, name, headings)
    answer = _begin(request, actor, database, sent, body, stored, name, mapping)
    if answer.status_code == SEE_OTHER:
        with database.write() as session:
            keep_headings(session, actor, mapping)
    return answer


@router.get("/imports/{run_id}")
def import_(
    request: Request,
    run_id: UUID,
    actor: ImportReader,  # noqa: ARG001
    session: DbSession,
    cursor: CursorOfQuery,
) -> Response:
    """Tell how far an import is, and what it brought."""
    run = Imports(session).get(run_id)
    rejects, following = Imports(session).remarks(run_id, RemarkKind.REJECT, cursor)
    notes, _ = Imports(session).remarks(run_id, RemarkKind.NOTE, cursor)
    return page(
        request,
        "registry/import.html",
        run=run,
        result=result_of(session, run_id),
        share=run.done_bytes / run.size_bytes if run.size_bytes else 0,
        rejects=rejects,
        notes=notes,
        next=following,
        scopes=SCOPE_NAMES,
    )


def _begin(
    request: Request,
    actor: Actor,
    database: Db,
    sent: FormData,
    body: ImportForm,
    stored: Stored,
    name: str,
    mapping: dict[str, str | None],
) -> Response:
    state = request.app.state
    try:
        run_id, _ = request_import(
            database,
            state.settings,
            state.files,
            actor,
            stored,
            name=name,
            reading=body.reading(mapping),
        )
    except SheetColumnsMissing as problem:
        columns = problem.members.get("columns", [])
        headings = [str(one) for one in columns] if isinstance(columns, list) else []
        form = Form.after(problem, sent)
        return _mapping_form(request, form, stored, name, headings)
    except Problem as problem:
        return _upload_form(request, Form.after(problem, sent), status=problem.status)
    return RedirectResponse(f"/imports/{run_id}", SEE_OTHER)


def _stored(files: Files, sha256: str) -> Stored:
    """Return the file sent before; only its name travels through the form."""
    if not SHA256.fullmatch(sha256) or not files.path(sha256).is_file():
        raise NotFound(N_("The file is no longer here. Send it again."))
    return Stored(sha256, files.path(sha256).stat().st_size)


def _upload_form(request: Request, form: Form, *, status: int = 200) -> Response:
    return page(
        request,
        "registry/import_new.html",
        status=status,
        form=form,
        scopes=SCOPES,
        offices=list(offices().values()),
        limit_bytes=request.app.state.settings.upload_bytes,
    )


def _mapping_form(
    request: Request, form: Form, stored: Stored, name: str, headings: list[str]
) -> Response:
    meanings = [Option(field, FIELD_NAMES.get(field, field)) for field in sheet_fields()]
    return page(
        request,
        "registry/import_mapping.html",
        status=422,
        form=form,
        stored=stored,
        name=name,
        headings=headings,
        meanings=meanings,
        offices=list(offices().values()),
    )
