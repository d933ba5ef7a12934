"""The set of segments that counts: one small file that names it, replaced in one step."""

import fcntl
import hashlib
import json
import os
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from service.matching.index.errors import IndexBusy, IndexDamaged, IndexForeign, IndexMissing
from service.matching.index.files import Mapped, write_arrays, write_bytes
from service.matching.index.marks import Facts
from service.matching.index.segment import Segment, of_parts
from service.matching.index.tables import Table

NAME = "manifest.json"
LOCK = "lock"
PROGRESS = "progress.json"
_SUFFIX = ".arrays"
_TRIES, _PAUSE = 5, 0.01


@dataclass(frozen=True, slots=True)
class Identity:
    """What an index must have been built from and for; anything else is never searched."""

    database: str
    """Id of the database, never given twice."""
    forms: str
    """Version of the forms and of the data tables they were made with."""
    engine: str
    """Version of kinds, costs and scores."""


@dataclass(frozen=True, slots=True)
class FileRecord:
    """One file of the set."""

    name: str
    size: int
    header_sum: int
    marks: int
    forms: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """A complete set: which files, built from what, up to which change."""

    identity: Identity
    change: int
    segments: tuple[FileRecord, ...]
    dead: FileRecord | None
    """File with the places of dead marks by segment name; None when none died."""

    def names(self) -> frozenset[str]:
        """Names of all files of the set."""
        dead = (self.dead.name,) if self.dead else ()
        return frozenset((*(record.name for record in self.segments), *dead))


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Make a set the one that counts. Its files must be on the disk already."""
    body = json.dumps(asdict(manifest), indent=1).encode()
    digest = hashlib.sha256(body).hexdigest().encode()
    write_bytes(folder / NAME, [digest, b"\n", body])


def read_manifest(folder: Path) -> Manifest:
    """The set that counts; IndexMissing when there is none, IndexDamaged when it cannot be read."""
    try:
        digest, _, body = (folder / NAME).read_bytes().partition(b"\n")
    except (FileNotFoundError, NotADirectoryError):
        raise IndexMissing(f"no index in {folder.name}") from None
    if hashlib.sha256(body).hexdigest().encode() != digest:
        raise IndexDamaged(f"{NAME} fails its checksum")
    found = json.loads(body)
    dead = found["dead"]
    return Manifest(
        Identity(**found["identity"]),
        found["change"],
        tuple(FileRecord(**record) for record in found["segments"]),
        FileRecord(**dead) if dead else None,
    )


def stamp(folder: Path) -> tuple[int, int, int]:
    """Something that differs whenever the manifest was replaced; zeros when there is none."""
    try:
        about = (folder / NAME).stat()
    except (FileNotFoundError, NotADirectoryError):
        return (0, 0, 0)
    return (about.st_ino, about.st_mtime_ns, about.st_size)


def require(manifest: Manifest, identity: Identity) -> None:
    """Raise IndexForeign unless the set was built from and for exactly this."""
    for name in ("database", "forms", "engine"):
        have, want = getattr(manifest.identity, name), getattr(identity, name)
        if have != want:
            raise IndexForeign(f"index is of {name} {have!r}, not {want!r}")


def save_segment(folder: Path, segment: Segment) -> FileRecord:
    """Write a segment under a new name."""
    arrays = {f"facts.{name}": array for name, array in segment.facts.arrays().items()}
    for kind, table in segment.tables.items():
        arrays |= {f"{kind}.{name}": array for name, array in table.arrays().items()}
    name = f"segment-{secrets.token_hex(8)}{_SUFFIX}"
    size, header_sum = write_arrays(folder / name, arrays)
    return FileRecord(name, size, header_sum, len(segment), segment.forms)


def save_dead(
    folder: Path, segments: list[FileRecord], dead: list[NDArray[np.bool_]]
) -> FileRecord | None:
    """Write which marks of each segment are dead; None when no mark is."""
    places = {
        record.name: np.flatnonzero(gone).astype(np.uint32)
        for record, gone in zip(segments, dead, strict=True)
        if gone.any()
    }
    if not places:
        return None
    name = f"dead-{secrets.token_hex(8)}{_SUFFIX}"
    size, header_sum = write_arrays(folder / name, places)
    return FileRecord(name, size, header_sum, sum(map(len, places.values())), 0)


def _map(folder: Path, record: FileRecord) -> Mapped:
    """Map a file of the set and see that it is the one meant."""
    mapped = Mapped(folder / record.name)
    if (mapped.size, mapped.header_sum) != (record.size, record.header_sum):
        raise IndexDamaged(f"{record.name} is not the file the manifest names")
    return mapped


def _segment(mapped: Mapped) -> Segment:
    """The segment in a mapped file."""
    parts: dict[str, dict[str, NDArray[np.generic]]] = {}
    for name, array in mapped.arrays.items():
        owner, _, own = name.partition(".")
        parts.setdefault(owner, {})[own] = array
    facts = Facts.of_arrays(parts.pop("facts"))
    tables = {kind: Table.of_arrays(arrays) for kind, arrays in parts.items()}
    return of_parts(facts, tables, mapped.path.name)


def load(folder: Path, manifest: Manifest) -> tuple[list[Segment], list[NDArray[np.bool_]]]:
    """Segments of a set and the dead marks of each.

    Raises:
        FileNotFoundError: a file went; the manifest was replaced meanwhile, or the set is damaged.
        IndexDamaged: a file is not whole.
    """
    try:
        gone = _map(folder, manifest.dead).arrays if manifest.dead else {}
        segments = [_segment(_map(folder, record)) for record in manifest.segments]
    except (KeyError, ValueError, TypeError) as error:
        raise IndexDamaged(f"a file of the set cannot be read: {error}") from error
    dead = [np.zeros(len(segment), np.bool_) for segment in segments]
    for segment, flags in zip(segments, dead, strict=True):
        if segment.name in gone:
            flags[gone[segment.name].astype(np.int64)] = True
    return segments, dead


def verify(folder: Path) -> Manifest:
    """Read every byte of the set that counts and hold it against its checksums."""
    manifest = read_manifest(folder)
    records = [*manifest.segments, *([manifest.dead] if manifest.dead else [])]
    for record in records:
        try:
            _map(folder, record).verify()
        except FileNotFoundError:
            raise IndexDamaged(f"{record.name} is missing") from None
    return manifest


def sweep(folder: Path) -> None:
    """Remove files that the set does not name; readers that mapped them keep them until they end.

    Only under `building`: what is not named is then nobody's unfinished work.
    """
    keep = read_manifest(folder).names() | {NAME, LOCK, PROGRESS}
    for path in folder.iterdir():
        if path.name not in keep and path.is_file():
            path.unlink(missing_ok=True)


@contextmanager
def building(folder: Path) -> Iterator[None]:
    """Be the one builder of a folder; IndexBusy when another is. Ends with the process at worst."""
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        if not _locked(handle):
            raise IndexBusy("another process is building this index")
        yield
    finally:
        os.close(handle)


def _locked(handle: int) -> bool:
    """Take the lock; tried for a moment, because `being_built` holds it for an instant."""
    for _ in range(_TRIES):
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            time.sleep(_PAUSE)
        else:
            return True
    return False


def being_built(folder: Path) -> bool:
    """Whether a process is building or merging at this moment."""
    try:
        handle = os.open(folder / LOCK, os.O_RDONLY)
    except (FileNotFoundError, NotADirectoryError):
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(handle)
    return False
