"""Files sent with a form: told apart by content, kept under their hash, noted for their sender."""

from uuid import UUID

from fastapi import Request
from fastapi.responses import StreamingResponse
from sqlalchemy.orm import Session
from starlette.datastructures import FormData, UploadFile

from service.core.errors import FieldError, Invalid
from service.core.text import N_
from service.identity.permissions import Actor
from service.registry.models import StoredFile
from service.registry.uploads import take_upload
from service.registry.usecases.files import note_file


def keep_file(
    request: Request,
    session: Session,
    actor: Actor,
    sent: FormData,
    name: str,
    *,
    owner: UUID | None = None,
) -> UUID | None:
    """Keep the file of a field and return its id; None where none was chosen.

    `owner`: Whose file it is, where the actor files for an exporter; its own where not given.

    Raises:
        Invalid: it is no PDF, picture or OFD.
        TooLarge: over the limit of uploads.
    """
    file = sent.get(name)
    if not isinstance(file, UploadFile) or not file.filename:
        return None
    state = request.app.state
    stored, media_type = take_upload(state.files, file.file, state.settings)
    row = note_file(session, actor, stored, name=file.filename, media_type=media_type)
    row.organisation_id = owner or row.organisation_id
    session.flush()
    return row.id


def needed(file_id: UUID | None, field: str) -> UUID:
    """Return the file that was sent; raise `Invalid` at its field where none was."""
    if file_id is None:
        detail = N_("Choose a file.")
        raise Invalid(detail, errors=[FieldError(field, detail)])
    return file_id


def streamed(request: Request, row: StoredFile) -> StreamingResponse:
    """Return a stored file as a download, checked against its hash."""
    return StreamingResponse(
        request.app.state.files.read(row.sha256),
        media_type=row.media_type,
        headers={
            "Content-Disposition": f'attachment; filename="{row.id}"',
            "Content-Length": str(row.size),
            "Cache-Control": "private, no-store",
        },
    )
