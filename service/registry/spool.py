"""Pieces of a file that is being made, kept on disk until it is whole; a cut-off one never counts.

A piece is written under another name and then renamed. How many count is what the database says:
pieces beyond that are of a step whose commit never came, and are thrown away.
"""

import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

from service.core.files import CHUNK

MADE = (1980, 1, 1, 0, 0, 0)
"""Time of every member, so that the same pieces make the same file."""


class Spool:
    """The pieces of one refresh."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def cut(self, count: int) -> bool:
        """Throw pieces beyond `count` away; say whether all up to it are there."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for path in self.folder.iterdir():
            if not path.name.isdecimal() or int(path.name) >= count:
                path.unlink()
        return all(self._piece(number).is_file() for number in range(count))

    def put(self, number: int, content: bytes) -> None:
        """Keep a piece under its number, from 0."""
        begun = self.folder / "writing"
        begun.write_bytes(content)
        begun.replace(self._piece(number))

    def whole(self, count: int) -> Iterator[bytes]:
        """Yield the file that the pieces make: the piece itself, or a zip of them all."""
        path = self._piece(0) if count == 1 else self._zipped(count)
        with path.open("rb") as stream:
            while chunk := stream.read(CHUNK):
                yield chunk

    def remove(self) -> None:
        """Throw everything away."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _zipped(self, count: int) -> Path:
        target = self.folder / "whole"
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for number in range(count):
                member = zipfile.ZipInfo(f"{number:06}", MADE)
                member.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(member, self._piece(number).read_bytes())
        return target

    def _piece(self, number: int) -> Path:
        return self.folder / f"{number:06}"
