"""Command line: importing register files, and what the registers are worth."""

import hashlib
import json
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn
from rich.table import Column, Table
from rich.text import Text

from service.core.console import opened
from service.core.db import Database
from service.core.errors import FieldError, Invalid, Problem
from service.core.settings import Settings
from service.core.text import N_
from service.identity.permissions import console
from service.registry.domain import Cut, EditionScope, EditionState
from service.registry.errors import UnknownSource
from service.registry.index_commands import keep_with_progress
from service.registry.penalty_sheets import is_penalty_sheet
from service.registry.registers import Registers
from service.registry.schemas.imports import ImportOut, RegisterOut
from service.registry.sources.sheet_columns import sheet_fields
from service.registry.usecases.importing import Progress as Done
from service.registry.usecases.importing import import_file
from service.registry.usecases.penalties import load_penalties
from service.registry.usecases.requesting import (
    Reading,
    keep_headings,
    limits_of,
    read_classes,
)
from service.rules.markets import office as office_of
from service.ui.console import Word, said, tell
from service.ui.tags import STATUSES

out = Console()
SCOPES = {
    EditionScope.FULL: N_("The whole register"),
    EditionScope.DELTA: N_("Changes only"),
    EditionScope.UNKNOWN: N_("Not said"),
}
FAILED, REJECTS = 2, 3
"""Exit codes: a file could not be read; all were read, but records were left out."""


def import_(
    files: Annotated[list[Path], typer.Argument(help="Register files. 登记数据文件。")],
    *,
    office: Annotated[
        str,
        typer.Option(
            help=(
                "Office of a sheet without an office column, such as CN. "
                "没有“主管局”一列的表格属于哪个局，如 CN。"
            )
        ),
    ] = "",
    map_: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            help=(
                "HEADING=field of a sheet; HEADING= leaves it out. Kept. "
                "表格的 表头=字段；表头= 表示不取。会保存。"
            ),
        ),
    ] = None,
    full: Annotated[
        bool, typer.Option("--full", help="The file holds the whole register. 文件是完整的登记簿。")
    ] = False,
    delta: Annotated[
        bool, typer.Option("--delta", help="The file holds changes only. 文件只含变动。")
    ] = False,
    dated: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"], help="Day the file tells the register of. 文件反映的登记日期。"
        ),
    ] = None,
    parts: Annotated[
        int | None,
        typer.Option(
            min=1, help="Files of a full load that comes in several. 分几个文件的全量数据共有几个。"
        ),
    ] = None,
    part: Annotated[
        int,
        typer.Option(
            min=1,
            help=(
                "Which of them the first FILE is, where it does not say it. "
                "第一个 FILE 是其中第几个（文件自身未写明时）。"
            ),
        ),
    ] = 1,
    classes: Annotated[
        str, typer.Option(help="Nice classes the files were cut to, such as 9,12.")
    ] = "",
    filed_from: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Marks filed earlier were left out."),
    ] = None,
    again: Annotated[
        bool,
        typer.Option(
            "--again",
            help="Read a file once more although it was imported. 已导入过的文件再读一次。",
        ),
    ] = False,
) -> None:
    """Import register files: any format known here, told by content.

    Exit code 0: all went in; 2: a file could not be read; 3: records were left out.

    导入登记数据文件：按内容识别格式。退出码 0：全部导入；2：文件无法读取；3：有记录未导入。
    """
    mapping = read_pairs(map_ or [])
    reading = Reading(
        office=office_of(office).code if office else None,
        mapping=mapping,
        scope=read_scope(full=full, delta=delta),
        dated=dated.date() if dated else None,
        parts=parts,
        part=part if parts else None,
        cut=Cut.to(read_classes(classes), filed_from.date() if filed_from else None),
        again=again,
    )
    with opened() as (settings, database):
        if mapping:
            with database.write() as session:
                keep_headings(session, console(), mapping)
        codes = [
            _import_one(settings, database, path, reading.of_file(place))
            for place, path in enumerate(files)
        ]
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
        TextColumn("{task.percentage:>3.0f}%  {task.fields[read]:,}"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    try:
        if not path.is_file():
            raise UnknownSource(N_("There is no file {name}"), name=str(path))
        if is_penalty_sheet(path, limits_of(settings)):
            return _load_penalties(settings, database, path)
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
        out.print(Text(f"{path.name}:", "red"))
        tell(out, problem.detail, problem.members, indent=2)
        for error in problem.errors:
            out.print(Text(f"  {error.field}:"))
            tell(out, error.message, error.values, indent=4)
        return FAILED
    _tell(result)
    return REJECTS if result.rejected else 0


def _load_penalties(settings: Settings, database: Database, path: Path) -> int:
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    with database.write() as session:
        found = load_penalties(session, console(), settings, path, name=path.name, sha256=digest)
    tell(
        out,
        N_("{file}: penalty decisions, {added} added, {changed} changed, {unchanged} unchanged"),
        file=path.name,
        added=found.added,
        changed=found.changed,
        unchanged=found.unchanged,
    )
    if found.rejects:
        tell(out, N_("Left out: {count}"), indent=2, style="yellow", count=len(found.rejects))
    for reject in found.rejects:
        out.print(Text(f"    {reject.place}:"))
        tell(out, reject.reason, reject.values, indent=6)
    return REJECTS if found.rejects else 0


def _advance(bar: Progress, task: TaskID, done: Done) -> None:
    bar.update(task, total=done.size_bytes, completed=done.done_bytes, read=done.read)


def _tell(result: ImportOut) -> None:
    tell(
        out,
        N_("{file}: {format}, {read} records, {scope}, {state}"),
        file=result.file_name,
        format=result.format,
        read=result.read,
        scope=Word(SCOPES[result.scope]),
        state=Word(STATUSES[result.state].label),
    )
    if result.already:
        tell(out, N_("Imported before; nothing changed."), indent=2)
    for edition in result.editions:
        tell(
            out,
            N_(
                "{office}: {added} added, {changed} changed, {unchanged} unchanged, {older} older, "
                "{withdrawn} withdrawn, {absent} absent"
            ),
            indent=2,
            office=edition.office,
            added=edition.added,
            changed=edition.changed,
            unchanged=edition.unchanged,
            older=edition.older,
            withdrawn=edition.withdrawn,
            absent=edition.absent,
        )
    for code, count in sorted(result.noted.items()):
        tell(out, N_("Remark {code}: {count}"), indent=2, code=code, count=count)
    if result.rejected:
        tell(out, N_("Left out: {count}"), indent=2, style="yellow", count=result.rejected)
    for reject in result.rejects:
        out.print(Text(f"    {reject.place}:"))
        tell(out, reject.reason, reject.values, indent=6)


def registers(
    *,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON array. 输出一个 JSON 数组。")
    ] = False,
) -> None:
    """Show every loaded register: how complete, as of which day, and what is missing.

    列出已载入的登记簿：是否完整、截至哪一天、缺什么。
    """
    with opened() as (_, database), database.read() as session:
        facts = Registers(session).all()
    if as_json:
        bodies = [RegisterOut.of(fact).model_dump(mode="json") for fact in facts]
        typer.echo(json.dumps(bodies, ensure_ascii=False, indent=2))
        return
    if not facts:
        tell(out, N_("No register is loaded yet: {command}"), command="markpass import FILE --full")
        return
    table = Table(
        Column(said(N_("Register")), overflow="fold"),
        said(N_("State")),
        said(N_("As of")),
        said(N_("Marks")),
        said(N_("Live marks")),
        said(N_("What is missing")),
    )
    for fact in facts:
        state = said(STATUSES[fact.state].label)
        cells = (
            f"{fact.office.code} {fact.office.name.en} {fact.office.name.zh}",
            state if fact.fresh else f"{state}; {said(STATUSES['stale'].label)}",
            _day(fact.as_of),
            f"{fact.total:,}",
            f"{fact.live:,}",
            "; ".join(said(gap.reason, **gap.values) for gap in fact.gaps) or "-",
        )
        style = "" if fact.state is EditionState.COMPLETE else "yellow"
        table.add_row(*(Text(cell) for cell in cells), style=style)
    out.print(table)


def _day(day: date | None) -> str:
    return day.isoformat() if day else said(N_("not known"))
