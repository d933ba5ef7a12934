"""Reading a register file in a process of its own, ahead of what is being written.

To read a record takes as long as to store it, so with two processors a big file is in about
twice as fast. What comes through is just what the source yields, in its order.
"""

import multiprocessing
import signal
from collections.abc import Iterator
from itertools import islice
from multiprocessing.connection import Connection
from queue import Queue
from threading import Event, Thread
from typing import NamedTuple, Protocol

from service.core.errors import Unavailable
from service.core.processes import end_with_parent
from service.core.text import N_
from service.registry.sources.base import Item, Position, Source

BIG = 64 << 20
"""Bytes from which a process of its own pays: to start one takes what reading so many does."""
CHUNK = 250
"""Records sent at once."""
AHEAD = 8
"""Chunks that wait to be written; while these wait, reading stands still."""
ENDED = N_("The process that read the file was ended from outside: memory may have run out.")


class Records(Protocol):
    """What an import reads."""

    @property
    def size(self) -> int:
        """Bytes to be read in all."""

    @property
    def done(self) -> int:
        """Bytes of what was yielded so far."""

    def records(self, start: Position | None) -> Iterator[tuple[Position, Item]]:
        """Yield every item after `start`, as `Source.records` does."""


class _Chunk(NamedTuple):
    """Some items in order."""

    items: list[tuple[Position, Item]]
    done: int
    failure: Exception | None
    """What kept the source from being read on behind them."""
    last: bool


def ahead_of(source: Source) -> Records:
    """Return what reads a source: in a process of its own where it is big."""
    return _Ahead(source) if source.size >= BIG else source


class _Ahead:
    """A source read in another process."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self.size, self.done = source.size, 0

    def records(self, start: Position | None) -> Iterator[tuple[Position, Item]]:
        """Yield every item after `start`.

        Raises:
            SourceProblem, SourceTooLarge: As the source itself does.
            Unavailable: The reading process was ended from outside.
        """
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe(duplex=False)
        process = context.Process(target=_read, args=(self._source, start, theirs), daemon=True)
        process.start()
        theirs.close()  # so that its end is seen when the process ends
        waiting, stopped = Queue[_Chunk | None](AHEAD), Event()
        Thread(target=_receive, args=(ours, waiting, stopped), daemon=True).start()
        try:
            yield from self._unpacked(waiting)
        finally:
            stopped.set()
            process.kill()
            process.join()
            while not waiting.empty():
                waiting.get()

    def _unpacked(self, waiting: "Queue[_Chunk | None]") -> Iterator[tuple[Position, Item]]:
        while (chunk := waiting.get()) is not None:
            self.done = chunk.done
            yield from chunk.items
            if chunk.failure is not None:
                raise chunk.failure
            if chunk.last:
                return
        raise Unavailable(ENDED)


def _receive(pipe: Connection, waiting: "Queue[_Chunk | None]", stopped: Event) -> None:
    """Unpack what comes while the last batch is being written; None when nothing comes any more."""
    with pipe:
        try:
            while not stopped.is_set():
                waiting.put(pipe.recv())
        except (EOFError, OSError):
            waiting.put(None)


def _read(source: Source, start: Position | None, pipe: Connection) -> None:
    """Read to the end; Ctrl-C is for whoever asked to handle."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_parent()
    records = source.records(start)
    last = False
    while not last:
        items: list[tuple[Position, Item]] = []
        failure: Exception | None = None
        try:
            for one in islice(records, CHUNK):
                items.append(one)  # noqa: PERF402  what was read before a failure goes through
        except Exception as error:  # noqa: BLE001  raised again by whoever asked
            failure = error
        last = failure is not None or len(items) < CHUNK
        pipe.send(_Chunk(items, source.done, failure, last))
