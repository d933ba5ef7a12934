"""One pool of threads for the whole process; kernels run in it without the GIL."""

import os
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")

_lock = threading.Lock()
_state: dict[str, ThreadPoolExecutor] = {}


def threads() -> int:
    """Threads that work on one search, the caller's included: the processors it may use."""
    named = os.environ.get("MARKPASS_INDEX_THREADS", "")
    if named.isdigit() and int(named) > 0:
        return int(named)
    available = getattr(os, "sched_getaffinity", None)
    return len(available(0)) if available else os.cpu_count() or 1


def _helpers() -> ThreadPoolExecutor:
    """The pool, started on first use; its threads help, the caller's own thread works too."""
    with _lock:
        if "pool" not in _state:
            _state["pool"] = ThreadPoolExecutor(max(1, threads() - 1), "markpass-index")
        return _state["pool"]


def _forget() -> None:
    """A forked child has none of its parent's threads."""
    _state.clear()


os.register_at_fork(after_in_child=_forget)


def each(work: Callable[[T], R], items: Iterable[T]) -> list[R]:
    """Do `work` on every item, on all threads; results in the order of the items.

    The caller's thread takes its share, so that searches never wait for each other's threads. The
    first error raised by `work` is raised here, after the other items under way have ended.
    """
    waiting = list(enumerate(items))
    results: dict[int, R] = {}
    total = len(waiting)
    waiting.reverse()

    def drain() -> None:
        while True:
            try:
                place, item = waiting.pop()
            except IndexError:
                return
            try:
                results[place] = work(item)
            except BaseException:
                waiting.clear()
                raise

    helpers: list[Future[None]] = []
    if total > 1 and threads() > 1:
        pool = _helpers()
        helpers = [pool.submit(drain) for _ in range(min(threads(), total) - 1)]
    try:
        drain()
    finally:
        for helper in helpers:
            helper.cancel()
        errors = [helper.exception() for helper in helpers if not helper.cancelled()]
    for error in errors:
        if error is not None:
            raise error
    return [results[place] for place in range(total)]
