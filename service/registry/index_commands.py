"""Command line of the matching index: build, verify, status; and making it ready for a command."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from service.core.console import opened
from service.core.db import Database
from service.core.settings import Settings
from service.core.text import N_
from service.matching.index import IndexBusy, IndexProblem, read_manifest, read_progress, verify
from service.matching.index import Progress as BuildProgress
from service.registry.finder import Finder, IndexBuilding
from service.registry.repository import Marks
from service.ui.console import said, tell

index = typer.Typer(
    help=(
        "The matching index: derived data, made from the database. "
        "匹配索引：由数据库生成的派生数据。"
    ),
    no_args_is_help=True,
)
out = Console()
err = Console(stderr=True)


@contextmanager
def _shown() -> Iterator[Callable[[BuildProgress], None]]:
    """Show how far the index is."""
    label = TextColumn(said(N_("Index")))
    columns = (label, BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True) as progress:
        task = progress.add_task("", total=None)

        def tell(now: BuildProgress) -> None:
            progress.update(task, total=now.total or None, completed=now.done)

        yield tell


def build_with_progress(finder: Finder) -> None:
    """Build the index anew and show how far it is; a problem where another process builds it."""
    try:
        with _shown() as tell:
            finder.build(tell)
    except IndexBusy:
        raise finder.building() from None


def keep_with_progress(database: Database, settings: Settings) -> None:
    """Bring the index up to date after an import; whoever builds it already does that instead."""
    with _shown() as tell, suppress(IndexBusy):
        Finder(database, settings).keep(tell)


def ready_finder(database: Database, settings: Settings) -> Finder:
    """Return a finder whose index holds every mark; a command waits where a request would not."""
    finder = Finder(database, settings)
    try:
        finder.ready()
    except IndexBuilding:
        build_with_progress(finder)
    return finder


FACTS = {
    "folder": N_("Folder"),
    "database": N_("Database"),
    "forms": N_("Version of the forms"),
    "engine": N_("Version of the engine"),
    "change": N_("Holds the marks up to change"),
    "newest_change": N_("Newest change in the database"),
    "marks": N_("Marks"),
    "form_rows": N_("Forms of marks"),
    "bytes": N_("Bytes"),
    "building": N_("Being built: done and of how many"),
}


@index.command("build")
def build() -> None:
    """Build the index anew from the database. Searches go on with the old one meanwhile.

    由数据库重建索引；其间检索继续使用旧索引。
    """
    with opened() as (settings, database):
        build_with_progress(Finder(database, settings))
        _show(settings, database)


@index.command("verify")
def check() -> None:
    """Check every file of the index against its checksum; exit code 1 when one is damaged.

    核对索引各文件的校验和；有损坏时退出码为 1。
    """
    with opened() as (settings, _):
        try:
            manifest = verify(settings.index_folder)
        except IndexProblem as problem:
            tell(err, N_("The index is damaged: {reason}"), style="red", reason=str(problem))
            raise typer.Exit(1) from None
    tell(out, N_("Files as they were written: {count}"), count=len(manifest.names()))


@index.command("status")
def status(
    *,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object. 输出一个 JSON 对象。")
    ] = False,
) -> None:
    """Show what the index holds and how far behind the database it is.

    显示索引的内容及其落后于数据库多少。
    """
    with opened() as (settings, database):
        _show(settings, database, as_json=as_json)


def _show(settings: Settings, database: Database, *, as_json: bool = False) -> None:
    try:
        manifest = read_manifest(settings.index_folder)
    except IndexProblem:
        raise Finder(database, settings).building() from None
    with database.read() as session:
        newest = Marks(session).newest_change()
    progress = read_progress(settings.index_folder)
    facts = {
        "folder": str(settings.index_folder),
        "database": manifest.identity.database,
        "forms": manifest.identity.forms,
        "engine": manifest.identity.engine,
        "change": manifest.change,
        "newest_change": newest,
        "marks": sum(one.marks for one in manifest.segments),
        "form_rows": sum(one.forms for one in manifest.segments),
        "bytes": sum(one.size for one in manifest.segments),
        "building": None if progress is None else [progress.done, progress.total],
    }
    if as_json:
        out.print_json(data=facts)
        return
    table = Table(said(N_("Index")), "", "")
    for name, value in facts.items():
        table.add_row(said(FACTS[name]), name, str(value))
    out.print(table)
