"""Where every sent file comes in: bounded, looked at, scanned, and only then kept.

Call it before the first statement of a writing session: hashing and scanning hold no lock.
"""

from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from service.core.files import Files, Stored, chunks_of
from service.core.scanner import scanned_clean
from service.core.settings import Settings


def receive(
    files: Files,
    stream: BinaryIO,
    settings: Settings,
    *,
    look: Callable[[Path], None] | None = None,
) -> tuple[Stored, bool]:
    """Stream a file into the store; say with it whether a scanner called it clean.

    `look`: Called with the whole file before the scanner is asked; what it raises keeps it out.

    Raises:
        TooLarge: past the limit of uploads.
        FileInfected, FileBeyondScanner, ScannerSilent: a scanner is set and does not call it clean.
    """
    clean: list[bool] = []

    def before_it_is_kept(path: Path) -> None:
        if look is not None:
            look(path)
        with path.open("rb") as content:
            clean.append(scanned_clean(content, settings.clamd))

    stored = files.put(chunks_of(stream), limit=settings.upload_bytes, look=before_it_is_kept)
    return stored, clean[0]
