"""Files on pages: taking one from a form, and showing a picture."""

from fastapi import Request
from fastapi.responses import StreamingResponse
from sqlalchemy.orm import Session
from starlette.datastructures import FormData, UploadFile

from service.core.errors import FieldError, Invalid, NotFound, Problem
from service.core.text import N_
from service.identity.permissions import Actor
from service.registry.models import StoredFile
from service.registry.uploads import PICTURES, take_upload
from service.registry.usecases.files import note_file


def chosen(sent: FormData, field: str) -> UploadFile | None:
    """Return the file chosen in a field, if one was."""
    file = sent.get(field)
    return file if isinstance(file, UploadFile) and file.filename else None


def sent_file(
    request: Request, session: Session, actor: Actor, sent: FormData, field: str
) -> StoredFile:
    """Store the file of a form's field.

    Raises:
        Invalid, TooLarge: None was chosen, it is no paper or picture, or it is over the limit; the
            error names the field.
    """
    file, state = chosen(sent, field), request.app.state
    if file is None:
        detail = N_("Choose a file.")
        raise Invalid(detail, errors=[FieldError(field, detail)])
    try:
        stored, media_type = take_upload(state.files, file.file, state.settings)
    except Problem as problem:
        problem.errors = (FieldError(field, problem.detail, dict(problem.members)),)
        raise
    return note_file(session, actor, stored, name=file.filename or "file", media_type=media_type)


def served_inline(request: Request, row: StoredFile) -> StreamingResponse:
    """Give a picture to be shown where it is asked for; anything else is not found."""
    if row.media_type not in PICTURES:
        raise NotFound(N_("There is no such picture."))
    return StreamingResponse(
        request.app.state.files.read(row.sha256),
        media_type=row.media_type,
        headers={
            "Content-Disposition": "inline",
            "Content-Length": str(row.size),
            "Cache-Control": "private, max-age=3600",
        },
    )
