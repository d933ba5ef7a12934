"""Command line: importing register files, and what the registers are worth."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn
from rich.table import Table

from service.core.console import opened
from service.core.db import Database
from service.core.errors import FieldError, Invalid, Problem, fill
from service.core.settings import Settings
from service.core.text import N_
from service.identity.permissions import console
from service.registry.api import register_out
from service.registry.domain import EditionScope, EditionState
from service.registry.index_commands import keep_with_progress
from service.registry.registers import Registers
from service.registry.sources.sheet_columns import sheet_fields
from service.registry.usecases.importing import Progress as Done
from service.registry.usecases.importing import import_file
from service.registry.usecases.requesting import Reading, keep_headings
from service.registry.usecases.results import ImportResult
from service.rules.markets import office as office_of

out = Console()
FAILED, REJECTS = 1, 3
"""Exit codes: a file could not be read; all were read, but records were left out."""


def import_(
    files: Annotated[list[Path], typer.Argument(exists=True, dir_okay=False, readable=True)],
    *,
    office: Annotated[
        str, typer.Option(help="Office of a sheet without an office column, such as CN.")
    ] = "",
    map_: Annotated[
        list[str] | None,
        typer.Option("--map", help="HEADING=field of a sheet; HEADING= leaves it out. Kept."),
    ] = None,
    full: Annotated[
        bool, typer.Option("--full", help="The file holds the whole register.")
    ] = False,
    delta: Annotated[bool, typer.Option("--delta", help="The file holds changes only.")] = False,
    dated: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Day the file tells the register of."),
    ] = None,
    parts: Annotated[
        int | None, typer.Option(min=1, help="Files of a full load that comes in several.")
    ] = None,
    again: Annotated[
        bool, typer.Option("--again", help="Read a file once more although it was imported.")
    ] = False,
) -> None:
    """Import register files: any format known here, told by content.

    Exit code 0: all went in; 1: a file could not be read; 3: records were left out.
    """
    mapping = read_pairs(map_ or [])
    reading = Reading(
        office=office_of(office).code if office else None,
        mapping=mapping,
        scope=read_scope(full=full, delta=delta),
        dated=dated.date() if dated else None,
        parts=parts,
        again=again,
    )
    with opened() as (settings, database):
        if mapping:
            with database.write() as session:
                keep_headings(session, console(), mapping)
        codes = [_import_one(settings, database, path, reading) for path in files]
        keep_with_progress(database, settings)
    if any(codes):
        raise typer.Exit(min(code for code in codes if code))


def read_pairs(pairs: list[str]) -> dict[str, str | None]:
    """Read `HEADING=field` pairs; raise `Invalid` for a field no sheet has."""
    mapping: dict[str, str | None] = {}
    for pair in pairs:
        heading, equals, field = pair.rpartition("=")
        if not equals or field not in (*sheet_fields(), ""):
            detail = N_("Write HEADING=field; the fields are: {fields}.")
            fields = ", ".join(sheet_fields())
            raise Invalid(detail, errors=[FieldError("map", detail)], fields=fields)
        mapping[heading] = field or None
    return mapping


def read_scope(*, full: bool, delta: bool) -> EditionScope | None:
    """Return what the options say of the file; raise `Invalid` for both at once."""
    if full and delta:
        detail = N_("A file holds the whole register or changes only, not both.")
        raise Invalid(detail, errors=[FieldError("full", detail)])
    if full:
        return EditionScope.FULL
    return EditionScope.DELTA if delta else None


def _import_one(settings: Settings, database: Database, path: Path, reading: Reading) -> int:
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f}%  {task.fields[read]:,} records"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    try:
        with bar:
            task = bar.add_task(path.name, total=None, read=0)
            result = import_file(
                database,
                settings,
                path,
                actor=console(),
                reading=reading,
                progress=lambda done: _advance(bar, task, done),
            )
    except Problem as problem:
        out.print(f"[red]{path.name}[/red]: {problem}", highlight=False, soft_wrap=True)
        for error in problem.errors:
            told = fill(error.message, error.values)
            out.print(f"  {error.field}: {told}", highlight=False, soft_wrap=True)
        return FAILED
    _tell(result)
    return REJECTS if result.rejected else 0


def _advance(bar: Progress, task: TaskID, done: Done) -> None:
    bar.update(task, total=done.size_bytes, completed=done.done_bytes, read=done.read)


def _tell(result: ImportResult) -> None:
    already = " (imported before; nothing changed)" if result.already else ""
    out.print(
        f"{result.file_name}: {result.format}, {result.scope.value}, "
        f"{result.read:,} records, {result.state.value}{already}",
        highlight=False,
        soft_wrap=True,
    )
    for edition in result.editions:
        figures = ("added", "changed", "unchanged", "older", "withdrawn", "absent")
        told = ", ".join(f"{getattr(edition, name):,} {name}" for name in figures)
        out.print(f"  {edition.office}: {told}", highlight=False, soft_wrap=True)
    for code, count in sorted(result.noted.items()):
        out.print(f"  note {code}: {count:,}", highlight=False, soft_wrap=True)
    if result.rejected:
        out.print(f"  [yellow]{result.rejected:,} records left out[/yellow]", highlight=False)
    for reject in result.rejects:
        told = fill(reject.reason, dict(reject.values))
        out.print(f"    {reject.place}: {told}", highlight=False, soft_wrap=True, markup=False)


def registers(
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON array.")] = False,
) -> None:
    """Show every loaded register: how complete, as of which day, and what is missing."""
    with opened() as (_, database), database.read() as session:
        facts = Registers(session).all()
    if as_json:
        bodies = [register_out(fact).model_dump(mode="json") for fact in facts]
        typer.echo(json.dumps(bodies, ensure_ascii=False, indent=2))
        return
    if not facts:
        out.print("No register is loaded yet: markpass import FILE --full")
        return
    table = Table("Office", "Register", "State", "As of", "Fresh", "Marks", "Live", "Missing")
    for fact in facts:
        table.add_row(
            fact.office.code,
            fact.office.name.en,
            fact.state.value,
            _day(fact.as_of),
            "yes" if fact.fresh else "no",
            f"{fact.total:,}",
            f"{fact.live:,}",
            "; ".join(fill(gap.reason, dict(gap.values)) for gap in fact.gaps) or "-",
            style="" if fact.state is EditionState.COMPLETE else "yellow",
        )
    out.print(table)


def _day(day: date | None) -> str:
    return day.isoformat() if day else "not known"
