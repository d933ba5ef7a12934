"""Letters as downloads, for the page and the interface alike."""

from uuid import UUID

from fastapi import Response
from sqlalchemy.orm import Session

from service.core.errors import NotFound
from service.core.text import N_
from service.identity.permissions import Actor
from service.recordation.api_filings import download
from service.recordation.detention.repository import Detentions
from service.recordation.detention.setting import letter_pdf, letter_word
from service.recordation.detention.usecases.writing import letter_of, matter_of
from service.recordation.pages_packs import WORD


def letter_answer(session: Session, actor: Actor, detention_id: UUID, name: str) -> Response:
    """Return a letter as a download: `application.pdf`, `statement.docx`.

    Raises:
        NotFound: no such letter, or the detention is not answered with it.
    """
    row = Detentions(session, actor).get(detention_id)
    key, _, kind = name.partition(".")
    letter_of(row, key)
    if kind not in {"pdf", "docx"}:
        raise NotFound(N_("There is no such paper."))
    matter = matter_of(session, actor, row)
    made = letter_pdf(key, matter) if kind == "pdf" else letter_word(key, matter)
    return download(made, "application/pdf" if kind == "pdf" else WORD, f"{key}.{kind}")
