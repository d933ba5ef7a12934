"""Byte streams a source is read from: a plain file, or one member of a zip archive."""

import io
import zipfile
import zlib
from abc import ABC, abstractmethod
from collections.abc import Callable
from pathlib import Path
from typing import IO

from service.core.text import N_
from service.registry.errors import BrokenSource, SourceTooLarge, UnsafeSource

RATIO_FREE = 1 << 20
"""Bytes that may unpack at any ratio: small files of repeated rows are honest."""


class Feed(ABC):
    """A part of a file that can be opened from its beginning any number of times."""

    name: str
    size: int
    """Bytes it holds, as far as its container says."""
    done: int = 0
    """Bytes read since it was last opened."""

    @abstractmethod
    def open(self) -> IO[bytes]:
        """Open from the first byte; the caller closes."""

    def head(self, count: int) -> bytes:
        """Return the first `count` bytes, or all if there are fewer."""
        with self.open() as stream:
            return stream.read(count)


class FileFeed(Feed):
    """A plain file, told of under `name`: an upload lies under its hash."""

    def __init__(self, path: Path, name: str = "") -> None:
        self.path = path
        self.name = name or path.name
        self.size = path.stat().st_size

    def open(self) -> IO[bytes]:
        """Open the file."""
        self.done = 0
        return io.BufferedReader(_Counted(self, self.path.open("rb"), lambda _: None), 1 << 16)


class MemberFeed(Feed):
    """A member of a zip archive, unpacked as it is read and held to the limits."""

    def __init__(
        self, archive: Path, member: zipfile.ZipInfo, *, unpacked: int, ratio: int
    ) -> None:
        self.archive = archive
        self.member = member
        self.name = member.filename
        self.size = member.file_size
        self._unpacked = unpacked
        self._ratio = ratio

    def open(self) -> IO[bytes]:
        """Open the member; reading it raises problems, never an error of the zip library."""
        self.done = 0
        packed = self.member.compress_size

        def check(done: int) -> None:
            if done > self._unpacked or (done > RATIO_FREE and done > packed * self._ratio):
                raise SourceTooLarge(
                    N_("{member} unpacks to more than is allowed"), member=self.name
                )

        if self.member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise BrokenSource(
                N_("{member} is packed in an unusual way; pack it as an ordinary zip"),
                member=self.name,
            )
        try:
            container = zipfile.ZipFile(self.archive)
            stream = container.open(self.member)
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
            raise BrokenSource(
                N_("{member} in the archive cannot be unpacked"), member=self.name
            ) from error
        except RuntimeError as error:
            raise UnsafeSource(
                N_("{member} is encrypted; unpack the archive first"), member=self.name
            ) from error
        counted = _Counted(self, stream, check, container.close)
        return io.BufferedReader(counted, 1 << 16)


class _Counted(io.RawIOBase):
    """Counts what is read for progress and limits, and turns damage into a problem."""

    def __init__(
        self,
        feed: Feed,
        stream: IO[bytes],
        check: Callable[[int], None],
        after: Callable[[], None] = lambda: None,
    ) -> None:
        super().__init__()
        self._feed, self._stream, self._check, self._after = feed, stream, check, after

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        try:
            data = self._stream.read(len(view))
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
            raise BrokenSource(
                N_("{member} is damaged or incomplete"), member=self._feed.name
            ) from error
        self._feed.done += len(data)
        self._check(self._feed.done)
        view[: len(data)] = data
        return len(data)

    def close(self) -> None:
        if not self.closed:
            self._stream.close()
            self._after()
        super().close()
