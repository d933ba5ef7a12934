"""Many questions in one request: NDJSON in, NDJSON out, line by line, in order."""

import json
import time
from collections.abc import Iterator

from pydantic import ValidationError

from service.core.db import Database
from service.core.errors import Problem, TooLarge
from service.core.settings import Settings
from service.core.text import N_
from service.identity.permissions import Actor
from service.registry.finder import Finder
from service.registry.turns import SearchesFull
from service.screening.bulk import answered
from service.screening.catalogue import Row, wrong_fields
from service.screening.results import said
from service.screening.schemas import RouteIn, ScreeningIn, ScreeningOut
from service.screening.usecases.screening import run_screening

PATIENCE = 30
"""Times a line is asked again while every place is taken: whoever searches at a page goes first."""
PAUSE = 0.2


def answer_lines(
    database: Database, settings: Settings, finder: Finder, actor: Actor, body: bytes
) -> Iterator[str]:
    """Yield for each line that is not blank the answer, kept like any other, or its problem.

    Each line out is `{"line": n, …}`, with the members of an answer, or with `error`: `code`, and
    the sentence by language. A wrong line keeps no other back.

    Raises:
        TooLarge: There are more lines than the setting allows; nothing was screened.
    """
    numbered = [(n, line) for n, line in enumerate(body.split(b"\n"), start=1) if line.strip()]
    if len(numbered) > settings.bulk_lines:
        detail = N_("At most {limit} lines in one request: send a catalogue.")
        raise TooLarge(detail, limit=settings.bulk_lines)
    return _answered(database, settings, finder, actor, numbered)


def _answered(
    database: Database,
    settings: Settings,
    finder: Finder,
    actor: Actor,
    numbered: list[tuple[int, bytes]],
) -> Iterator[str]:
    def ask(asked: ScreeningIn) -> ScreeningOut:
        for _ in range(PATIENCE):
            try:
                return run_screening(database, settings, finder, actor, asked)
            except SearchesFull:
                time.sleep(PAUSE)
        return run_screening(database, settings, finder, actor, asked)

    for number, line in numbered:
        row = _row(number, line)
        try:
            answer, problem = answered(row, ask)
        except Problem as busy:
            answer, problem = None, busy
        if answer is not None:
            yield f'{{"line": {number}, {answer.model_dump_json()[1:]}\n'
        elif problem is not None:
            told = {"line": number, "error": {"code": problem.code, **said(problem)}}
            yield json.dumps(told, ensure_ascii=False) + "\n"


def _row(number: int, line: bytes) -> Row:
    try:
        return Row(number, ScreeningIn.model_validate_json(line))
    except ValidationError as fault:
        blank = ScreeningIn(names=[""], route=RouteIn(destinations=[""]))
        return Row(number, blank, wrong_fields(fault, ScreeningIn))
