"""Stored files: named by their SHA-256, written whole or not at all, never changed."""

import hashlib
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import obstore
from obstore.store import LocalStore

from service.core.errors import NotFound, Problem, TooLarge
from service.core.text import N_

CHUNK = 1 << 20


class FileDamaged(Problem):
    """A stored file no longer has the content its name says."""

    code = "file-damaged"
    title = N_("A stored file is damaged")


@dataclass(frozen=True, slots=True)
class Stored:
    """What was stored: name and size in bytes."""

    sha256: str
    size: int


class Files:
    """A folder of files, each under the SHA-256 of its content."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._folder = folder
        self._store = LocalStore(folder)

    def put(
        self, chunks: Iterable[bytes], *, limit: int, look: Callable[[Path], None] | None = None
    ) -> Stored:
        """Store a stream; raise `TooLarge` past `limit` bytes. The same content is stored once.

        `look`: Called with the whole file before it is stored; what it raises keeps the file out.
        """
        digest, size = hashlib.sha256(), 0
        with tempfile.NamedTemporaryFile(dir=self._folder, prefix=".incoming-") as incoming:
            for chunk in chunks:
                size += len(chunk)
                if size > limit:
                    raise TooLarge(
                        N_("The file is larger than {limit} bytes."), limit=limit, field="file"
                    )
                digest.update(chunk)
                incoming.write(chunk)
            incoming.flush()
            if look is not None:
                look(Path(incoming.name))
            key = digest.hexdigest()
            obstore.put(self._store, _path(key), Path(incoming.name))
        return Stored(key, size)

    def read(self, sha256: str) -> Iterator[bytes]:
        """Yield the content; raise `NotFound` if absent, `FileDamaged` at the end if bad."""
        if not self.path(sha256).is_file():
            raise NotFound(N_("There is no such file."))
        return self._verified(sha256)

    def _verified(self, sha256: str) -> Iterator[bytes]:
        digest = hashlib.sha256()
        with self.path(sha256).open("rb") as stream:
            while chunk := stream.read(CHUNK):
                digest.update(chunk)
                yield chunk
        if digest.hexdigest() != sha256:
            raise FileDamaged(N_("The stored file {sha256} is damaged."), sha256=sha256)

    def path(self, sha256: str) -> Path:
        """Return where the content lies, for readers that need a path (importers)."""
        return self._folder / _path(sha256)

    def names(self) -> Iterator[str]:
        """Yield the name of every stored file."""
        for path in self._folder.glob("??/*"):
            yield path.name


def chunks_of(stream: BinaryIO) -> Iterator[bytes]:
    """Yield a stream piece by piece."""
    while chunk := stream.read(CHUNK):
        yield chunk


def _path(sha256: str) -> str:
    return f"{sha256[:2]}/{sha256}"
