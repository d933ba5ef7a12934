"""Beginning an import: the same request twice is the same run, gone on with or told as done."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa
from pydantic import TypeAdapter, ValidationError
from sqlalchemy.orm import Session

from service.core import clock
from service.core.db import Database
from service.core.errors import FieldError, Invalid
from service.core.settings import Settings
from service.core.text import N_
from service.identity.permissions import Actor, Permission
from service.registry.domain import WHOLE, Cut, EditionScope, EditionState
from service.registry.models import ImportRun, SheetHeading
from service.registry.problems import DateAhead
from service.registry.schemas.fields import NiceClasses
from service.registry.sources.base import Limits, Source
from service.registry.sources.opening import open_source
from service.registry.sources.sheet_columns import fold_heading

CHUNK = 1 << 20
CLASSES: TypeAdapter[list[int]] = TypeAdapter(NiceClasses)
FINISHED = frozenset({EditionState.COMPLETE, EditionState.PARTIAL})


@dataclass(frozen=True, slots=True)
class Reading:
    """How a file is to be read; all of it optional."""

    office: str | None = None
    """For sheets without an office column."""
    mapping: Mapping[str, str | None] = field(default_factory=dict)
    """Heading → field of a sheet, or nothing to leave the column out."""
    scope: EditionScope | None = None
    """Full or delta where the caller knows; otherwise what the file says."""
    dated: date | None = None
    """The day the file tells the register of, where it does not say it itself."""
    period_from: date | None = None
    """The first day of the changes in a delta, where the file does not say it itself."""
    parts: int | None = None
    """Number of files of a full load that comes in several."""
    part: int | None = None
    """Which of them this file is, from 1, where it does not say it itself."""
    cut: Cut = WHOLE
    """What was left out of it on purpose."""
    again: bool = False
    """Read the file once more although it was imported."""

    def of_file(self, place: int) -> "Reading":
        """Return how the file at a place (from 0) is read, of several given in their order."""
        return replace(self, part=self.part + place) if self.part else self


def read_classes(text: str) -> Sequence[int]:
    """Read Nice classes from a text, split by commas; raise `Invalid` for what is none."""
    try:
        return CLASSES.validate_python(text)
    except ValidationError:
        detail = N_("Write Nice classes from 1 to 45, separated by commas.")
        raise Invalid(detail, errors=[FieldError("only_classes", detail)]) from None


def limits_of(settings: Settings) -> Limits:
    """Return the bounds of a register file under these settings."""
    return Limits(unpacked_bytes=settings.unpacked_bytes, ratio=settings.unpacked_ratio)


def hash_file(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def kept_headings(session: Session) -> dict[str, str | None]:
    """Return what was said before about headings, by heading; None: left out."""
    return {row.heading: row.field or None for row in session.scalars(sa.select(SheetHeading))}


def keep_headings(session: Session, actor: Actor, mapping: Mapping[str, str | None]) -> None:
    """Keep what headings mean, for the next file."""
    actor.need(Permission.IMPORT_RUN)
    for heading, meaning in mapping.items():
        key = fold_heading(heading)[:200]
        row = session.get(SheetHeading, key) or SheetHeading(heading_key=key)
        row.heading, row.field = heading, meaning or ""
        row.actor_id, row.mapped_at = actor.person_id, clock.now()
        session.add(row)
    session.flush()


def begin_import(
    database: Database,
    settings: Settings,
    path: Path,
    actor: Actor,
    *,
    reading: Reading,
    name: str | None = None,
    stored: bool = False,
    then: Callable[[Session, UUID], object] | None = None,
) -> tuple[UUID, EditionState | None]:
    """Recognise a file and note the run; return its id and its state if there was one already.

    A run that was stopped is to be gone on with; a finished one is left as it is. `stored` says
    that the file lies in the file store; `then` is called in the transaction that notes the run,
    unless it is finished (to enqueue the job that reads it).

    Raises:
        SourceProblem, SourceTooLarge: The file cannot be read at all; nothing is noted.
    """
    actor.need(Permission.IMPORT_RUN)
    sha256 = hash_file(path)
    with database.read() as session:
        mapping = {**kept_headings(session), **reading.mapping}
    source = open_source(
        path,
        mapping=mapping,
        office=reading.office,
        limits=limits_of(settings),
        name=name or path.name,
    )
    _check_date(reading.dated or source.edition_date)
    _check_parts(reading, source)
    key = _key(sha256, reading)
    with database.write() as session:
        run_id, before = _note_run(
            session, source, path, actor, reading, mapping, sha256, key, name, stored
        )
        if then is not None and before not in FINISHED:
            then(session, run_id)
        return run_id, before


def _check_date(dated: date | None) -> None:
    """Refuse a file of a day to come: it would count as fresh for as long as it lies ahead."""
    if dated is not None and dated > clock.today() + timedelta(days=1):
        detail = N_("The file is dated {dated}, a day to come: give its date with --dated.")
        told: dict[str, object] = {"dated": dated.isoformat()}
        raise DateAhead(detail, errors=[FieldError("dated", detail, told)], **told)


def _check_parts(reading: Reading, source: Source) -> None:
    """Refuse a part that could not be put together with the others.

    Raises:
        Invalid: It is a change, the last of fewer, or it tells of no day: the parts of one load are
            known by their day.
    """
    if reading.parts is None:
        return
    part = source.part or reading.part
    if _scope(reading, source) is not EditionScope.FULL:
        field, detail = "scope", N_("Only a full load comes in several files.")
    elif part is None or not 1 <= part <= reading.parts:
        field, detail = "part", N_("Say which of the {parts} files of the full load this is.")
    elif reading.dated is None and source.edition_date is None:
        field, detail = "dated", N_("Give the date of the full load: its files are known by it.")
    else:
        return
    told: dict[str, object] = {"parts": reading.parts}
    raise Invalid(detail, errors=[FieldError(field, detail, told)], **told)


def _scope(reading: Reading, source: Source) -> EditionScope:
    """Return what the file holds: as the caller says, as the file says; several files are one."""
    if reading.scope is None and reading.parts and source.scope is EditionScope.UNKNOWN:
        return EditionScope.FULL
    return reading.scope or source.scope


def _note_run(
    session: Session,
    source: Source,
    path: Path,
    actor: Actor,
    reading: Reading,
    mapping: Mapping[str, str | None],
    sha256: str,
    key: str,
    name: str | None,
    stored: bool,
) -> tuple[UUID, EditionState | None]:
    run = session.scalars(sa.select(ImportRun).where(ImportRun.key == key)).one_or_none()
    if run is not None:
        before = run.state
        if before not in FINISHED:
            run.state, run.failure = EditionState.LOADING, None
            run.stored = run.stored or stored
            run.updated_at = clock.now()
        return run.id, before
    now = clock.now()
    run = ImportRun(
        key=key,
        file_sha256=sha256,
        file_name=name or path.name,
        file_size=path.stat().st_size,
        format=source.format,
        office=reading.office or "",
        scope=_scope(reading, source),
        mapping={heading: meaning or "" for heading, meaning in mapping.items()},
        dated=reading.dated or (source.period[1] if source.period else source.edition_date),
        period_from=reading.period_from
        or (source.period[0] if source.period and not reading.dated else None),
        part=source.part or reading.part,
        parts=reading.parts,
        only_classes=list(reading.cut.classes),
        filed_from=reading.cut.filed_from,
        stored=stored,
        state=EditionState.LOADING,
        position=None,
        step=0,
        read=0,
        rejected=0,
        noted={},
        done_bytes=0,
        size_bytes=source.size,
        failure=None,
        actor_id=actor.person_id,
        organisation_id=actor.organisation_id,
        started_at=now,
        updated_at=now,
        finished_at=None,
    )
    session.add(run)
    session.flush()
    return run.id, None


def _key(sha256: str, reading: Reading) -> str:
    told = [
        sha256,
        reading.office,
        sorted((fold_heading(heading), to or "") for heading, to in reading.mapping.items()),
        reading.scope,
        reading.dated and reading.dated.isoformat(),
        reading.parts,
        *([reading.part, str(reading.period_from)] if reading.part or reading.period_from else []),
        *([reading.cut.classes, str(reading.cut.filed_from)] if reading.cut else []),
        clock.now().isoformat() if reading.again else None,
    ]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()
