"""Processes that tests start and kill, forked from one that has imported everything beforehand.

A fresh interpreter takes three seconds of a core for its imports; a fork of one takes none. The one
they are forked from has opened nothing: no database, no thread.
"""

import multiprocessing
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.context import ForkServerProcess

_forks = multiprocessing.get_context("forkserver")
_forks.set_forkserver_preload(["tests.preloaded"])


@contextmanager
def child(target: Callable[..., None], *args: object) -> Iterator[ForkServerProcess]:
    """Run a function of a module in a process of its own, killed at the end of the block.

    Its `exitcode` is the negative number of the signal that ended it.
    """
    process = _forks.Process(target=target, args=args)
    process.start()
    try:
        yield process
    finally:
        process.kill()
        process.join()


def ending(process: ForkServerProcess, seconds: float = 120.0) -> int | None:
    """Wait until a child has ended by itself; None where it has not."""
    process.join(seconds)
    return process.exitcode
