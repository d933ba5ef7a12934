"""Command line of running the house: migrate, worker, backup, restore, check of the audit chain.

The command of the worker is made from its loop (`worker_command`).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from service.core import audit
from service.core import backup as backups
from service.core.backup import Manifest, Tell
from service.core.console import opened
from service.core.db import Database
from service.core.migrate import upgrade
from service.core.settings import Settings
from service.core.text import N_
from service.ui.console import said, tell

out = Console()
err = Console(stderr=True)

LABELS = {
    "hashes": N_("Checking hashes"),
    "files": N_("Stored files"),
    "database": N_("Database"),
}
SHOWN_FAULTS = 20
MIB = 1 << 20


def migrate() -> None:
    """Make the database, or bring its tables to this release. Running it again changes nothing.

    建立数据库或升级其表；再次运行不作改动。
    """
    with opened(migrated=False) as (_, database):
        before, after = upgrade(database)
    if before == after:
        tell(out, N_("Tables: {after}, as before"), after=after)
    else:
        tell(out, N_("Tables: {before} → {after}"), before=before or "–", after=after)


def worker_command(run: Callable[[Settings, Database], None]) -> Callable[[], None]:
    """Return the command that runs jobs with `run` (`service.worker.run`)."""

    def worker() -> None:
        """Run jobs until stopped with Ctrl-C or SIGTERM. A second worker stands by.

        执行任务，按 Ctrl-C 或以 SIGTERM 停止；第二个 worker 待命。
        """
        with opened() as (settings, database):
            tell(out, N_("Running jobs. Ctrl-C stops."))
            run(settings, database)

    return worker


def backup(
    file: Annotated[
        Path,
        typer.Argument(help="A new file; .zip is customary. 新文件；通常为 .zip。", dir_okay=False),
    ],
) -> None:
    """Write database, stored files and settings without secrets to FILE, while the service runs.

    Exit code 3 means that the backup was made, but that some stored file is damaged.

    在服务运行时把数据库、文件和设置（不含密钥）写入 FILE。退出码 3：备份已完成，但有文件损坏。
    """
    with opened() as (settings, database), _progress() as progress:
        made = backups.make(settings, database, file, tell=progress)
    tell(out, N_("Backup: {file}"), file=file)
    _show(made)
    if made.damaged_files:
        for name in made.damaged_files:
            tell(err, N_("Damaged file, kept as it is: {name}"), name=name)
        raise typer.Exit(3)


def restore(
    file: Annotated[Path, typer.Argument(help="A backup. 备份文件。")],
    *,
    replace: Annotated[
        bool,
        typer.Option("--replace", help="Lose what this installation holds. 覆盖本安装现有的内容。"),
    ] = False,
) -> None:
    """Put a backup in place of an empty installation. Stop `serve` and `worker` first.

    Hashes and the audit chain are checked before anything is replaced. Build the matching index
    afterwards: it is not part of a backup.

    把备份恢复到空的安装中；请先停止 `serve` 和 `worker`。恢复后须重建匹配索引。
    """
    with opened(migrated=False) as (settings, database), _progress() as progress:
        restored = backups.restore(settings, database, file, replace=replace, tell=progress)
    tell(out, N_("Restored as of {made_at}"), made_at=restored.made_at)
    _show(restored)
    path = settings.home / "restored-settings.json"
    tell(out, N_("Its settings, to compare: {path}"), path=path)


def audit_verify() -> None:
    """Check the chain of audit rows from first to last. Exit code 3 means that it is broken.

    从头到尾核验审计链；退出码 3 表示链已断裂。
    """
    with opened() as (_, database), database.read() as session:
        faults = list(audit.verify(session))
        number = session.get_one(audit.AuditHead, 1).number
    for fault in faults[:SHOWN_FAULTS]:
        sentence = N_("Row {number} does not follow from the one before it, or is missing.")
        tell(err, sentence, number=fault.number)
    if faults:
        tell(err, N_("The chain is broken. Places: {count}"), count=len(faults))
        raise typer.Exit(3)
    tell(out, N_("The chain holds. Rows: {count}"), count=number)


def _show(made: Manifest) -> None:
    tell(
        out,
        N_(
            "{database} at {revision}; stored files: {files}; audit rows: {rows}; {size} MiB "
            "unpacked"
        ),
        database=made.database,
        revision=made.revision,
        files=made.files,
        rows=made.audit_number,
        size=f"{made.size / MIB:.1f}",
    )


@contextmanager
def _progress() -> Iterator[Tell]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeElapsedColumn(), console=err, transient=True) as progress:
        tasks = {what: progress.add_task(said(label), total=None) for what, label in LABELS.items()}

        def update(what: str, done: int, total: int) -> None:
            progress.update(tasks[what], completed=done, total=total)

        yield update
