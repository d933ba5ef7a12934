"""The file of a backup: one zip, whose manifest, written last, names every entry and its hash."""

import hashlib
import json
import os
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, ValidationError

from service.core.backup.errors import BackupUnreadable, PlaceTaken
from service.core.text import N_

FORMAT = 1
MANIFEST = "manifest.json"
SETTINGS = "settings.json"
FILES = "files/"
CHUNK = 1 << 20


Tell = Callable[[str, int, int], None]
"""Called with what is being done, how many of it are done, and how many there are."""


def silent(_what: str, _done: int, _total: int) -> None:
    """Tell nobody."""


class Entry(BaseModel):
    """One entry: hash and size in bytes of its content."""

    model_config = ConfigDict(frozen=True)
    sha256: str
    size: int


class Table(BaseModel):
    """One table of a PostgreSQL backup."""

    model_config = ConfigDict(frozen=True)
    columns: tuple[str, ...]
    rows: int


class Manifest(BaseModel):
    """What the backup holds and where it comes from."""

    model_config = ConfigDict(frozen=True)
    format: int
    made_at: str
    release: str
    database: str
    """`sqlite` or `postgresql`: a backup goes back into the kind of database it came from."""
    revision: str
    audit_number: int
    audit_hash: str
    """Head of the audit chain: after a restore the chain must end here."""
    damaged_files: tuple[str, ...] = ()
    """Stored files whose content no longer fitted their name when the backup was made."""
    tables: dict[str, Table] = {}
    sequences: dict[str, int] = {}
    entries: dict[str, Entry]

    @property
    def files(self) -> int:
        """How many stored files the backup holds."""
        return sum(name.startswith(FILES) for name in self.entries)

    @property
    def size(self) -> int:
        """Bytes of all its content, unpacked."""
        return sum(entry.size for entry in self.entries.values())


class Writer:
    """Adds entries; `writing` makes and closes it."""

    def __init__(self, zipped: zipfile.ZipFile) -> None:
        self._zip = zipped
        self.entries: dict[str, Entry] = {}

    def add(self, name: str, chunks: Iterable[bytes]) -> Entry:
        """Write one entry from a stream."""
        digest, size = hashlib.sha256(), 0
        info = zipfile.ZipInfo(name)
        # Stored files are mostly pictures and office documents, packed already.
        info.compress_type = zipfile.ZIP_STORED if name.startswith(FILES) else zipfile.ZIP_DEFLATED
        info.external_attr = 0o600 << 16
        with self._zip.open(info, "w", force_zip64=True) as stream:
            for chunk in chunks:
                digest.update(chunk)
                size += len(chunk)
                stream.write(chunk)
        entry = self.entries[name] = Entry(sha256=digest.hexdigest(), size=size)
        return entry

    def add_json(self, name: str, value: object) -> None:
        """Write one entry of JSON."""
        self.add(name, [json.dumps(value, ensure_ascii=False, indent=1, default=str).encode()])


@contextmanager
def writing(path: Path) -> Iterator[Writer]:
    """Yield a writer; the file appears under its name only when it is whole."""
    if path.exists():
        raise PlaceTaken(N_("{path} is already there: choose another name."), path=path)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.touch(mode=0o600)
        with zipfile.ZipFile(part, "w", compresslevel=1) as zipped:
            yield Writer(zipped)
        with part.open("rb") as written:
            os.fsync(written.fileno())
        part.rename(path)
    finally:
        part.unlink(missing_ok=True)


class Reader:
    """Reads a backup. Whatever is wrong with it is `BackupUnreadable`."""

    def __init__(self, zipped: zipfile.ZipFile, manifest: Manifest) -> None:
        self._zip = zipped
        self.manifest = manifest

    @classmethod
    def of(cls, zipped: zipfile.ZipFile) -> Self:
        """Return a reader, once the manifest has been understood."""
        try:
            raw: Any = json.loads(zipped.read(MANIFEST))
            manifest = Manifest.model_validate(raw)
        except (KeyError, ValueError, ValidationError) as error:
            raise BackupUnreadable(N_("This is not a Markpass backup.")) from error
        if manifest.format != FORMAT:
            raise BackupUnreadable(
                N_("The backup is of format {format}; this release reads {ours}."),
                format=manifest.format,
                ours=FORMAT,
            )
        names = set(zipped.namelist()) - {MANIFEST}
        if names != set(manifest.entries):
            odd = sorted(names ^ set(manifest.entries))[0]
            raise BackupUnreadable(N_("The backup was changed: see {entry}."), entry=odd)
        return cls(zipped, manifest)

    def read(self, name: str) -> Iterator[bytes]:
        """Yield the content of an entry; at its end the hash must fit."""
        entry, digest = self.manifest.entries[name], hashlib.sha256()
        try:
            with self._zip.open(name) as stream:
                while chunk := stream.read(CHUNK):
                    digest.update(chunk)
                    yield chunk
        except zipfile.BadZipFile:
            digest = hashlib.sha256()
        if digest.hexdigest() != entry.sha256:
            raise BackupUnreadable(N_("The backup was changed: see {entry}."), entry=name)

    def verify(self) -> Iterator[str]:
        """Read everything once and yield each name that was found whole."""
        for name in self.manifest.entries:
            for _ in self.read(name):
                pass
            yield name

    def files(self) -> list[str]:
        """Return the names of the entries that are stored files."""
        return [name for name in self.manifest.entries if name.startswith(FILES)]


@contextmanager
def reading(path: Path) -> Iterator[Reader]:
    """Yield a reader of the backup at `path`."""
    try:
        zipped = zipfile.ZipFile(path)
    except (OSError, zipfile.BadZipFile) as error:
        raise BackupUnreadable(N_("This is not a Markpass backup.")) from error
    with zipped:
        yield Reader.of(zipped)
