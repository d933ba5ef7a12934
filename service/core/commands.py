"""Command line of running the house: migrate, worker, backup, restore, check of the audit chain.

The worker's loop is above this room, so the composition root hands it in (`worker_command`).
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

out = Console()
err = Console(stderr=True)

LABELS = {"hashes": "Checking hashes", "files": "Stored files", "database": "Database"}
SHOWN_FAULTS = 20
MIB = 1 << 20


def migrate() -> None:
    """Make the database, or bring its tables to this release. Running it again changes nothing."""
    with opened(migrated=False) as (_, database):
        before, after = upgrade(database)
    changed = f"{before or 'nothing'} → {after}" if before != after else f"{after}, as before"
    out.print(f"Tables: {changed}")


def worker_command(run: Callable[[Settings, Database], None]) -> Callable[[], None]:
    """Return the command that runs jobs with `run` (`service.worker.run`)."""

    def worker() -> None:
        """Run jobs until stopped with Ctrl-C or SIGTERM. A second worker stands by."""
        with opened() as (settings, database):
            out.print("Running jobs. Ctrl-C stops.")
            run(settings, database)

    return worker


def backup(
    file: Annotated[Path, typer.Argument(help="A new file; .zip is customary.", dir_okay=False)],
) -> None:
    """Write database, stored files and settings without secrets to FILE, while the service runs.

    Exit code 3 means that the backup was made, but that some stored file is damaged.
    """
    with opened() as (settings, database), _progress() as tell:
        made = backups.make(settings, database, file, tell=tell)
    out.print(f"{file}: {_summary(made)}")
    if made.damaged_files:
        for name in made.damaged_files:
            err.print(f"Damaged file, kept as it is: {name}")
        raise typer.Exit(3)


def restore(
    file: Annotated[Path, typer.Argument(help="A backup.", exists=True, dir_okay=False)],
    *,
    replace: Annotated[
        bool, typer.Option("--replace", help="Lose what this installation holds.")
    ] = False,
) -> None:
    """Put a backup in place of an empty installation. Stop `serve` and `worker` first.

    Hashes and the audit chain are checked before anything is replaced. Build the matching index
    afterwards: it is not part of a backup.
    """
    with opened(migrated=False) as (settings, database), _progress() as tell:
        restored = backups.restore(settings, database, file, replace=replace, tell=tell)
    out.print(f"Restored as of {restored.made_at}: {_summary(restored)}")
    out.print(f"Its settings, to compare: {settings.home / 'restored-settings.json'}")


def audit_verify() -> None:
    """Check the chain of audit rows from first to last. Exit code 3 means that it is broken."""
    with opened() as (_, database), database.read() as session:
        faults = list(audit.verify(session))
        number = session.get_one(audit.AuditHead, 1).number
    for fault in faults[:SHOWN_FAULTS]:
        err.print(f"{fault.number}: {fault.what}")
    if faults:
        err.print(f"The chain is broken in {len(faults)} places.")
        raise typer.Exit(3)
    out.print(f"The chain holds: {number} rows.")


def _summary(made: Manifest) -> str:
    return (
        f"{made.database} at {made.revision}, {made.files} stored files, "
        f"{made.audit_number} audit rows, {made.size / MIB:.1f} MiB unpacked"
    )


@contextmanager
def _progress() -> Iterator[Tell]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeElapsedColumn(), console=err, transient=True) as progress:
        tasks = {what: progress.add_task(label, total=None) for what, label in LABELS.items()}

        def tell(what: str, done: int, total: int) -> None:
            progress.update(tasks[what], completed=done, total=total)

        yield tell
