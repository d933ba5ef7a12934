"""Times of repeated work, and what the machine can do at most."""

import math
import os
import platform
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TypeVar

import numpy as np

from service.matching.index.compiled import kernel
from service.matching.index.signature import Words

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds of each of several runs."""

    seconds: list[float]
    worked: list[float]
    """Processor time of this process, all threads together: less moved by other work."""

    def at(self, percent: float) -> float:
        """Milliseconds that this part of the runs stayed within."""
        return float(np.percentile(self.seconds, percent)) * 1e3

    @property
    def work(self) -> float:
        """Median milliseconds of processor time."""
        return float(np.median(self.worked)) * 1e3

    def row(self) -> str:
        """Median, ninth decile and longest, and the median of processor time, for a table."""
        return f"{self.at(50):.2f} | {self.at(90):.2f} | {self.at(100):.2f} | {self.work:.2f}"


ROUNDS = [1]
"""How often all items are gone through; each counts with its shortest run."""


def timed(work: Callable[[T], object], items: Iterable[T]) -> Times:
    """Time the work on each item, one after the other, ROUNDS times over.

    The shortest run of each is what the work takes when the machine does nothing else.
    """
    every = list(items)
    seconds, worked = [math.inf] * len(every), [math.inf] * len(every)
    for _ in range(ROUNDS[0]):
        for place, item in enumerate(every):
            began, before = time.perf_counter(), time.process_time()
            work(item)
            seconds[place] = min(seconds[place], time.perf_counter() - began)
            worked[place] = min(worked[place], time.process_time() - before)
    return Times(seconds, worked)


@kernel
def _read(words: Words) -> np.uint64:
    """Read an array once."""
    total = np.uint64(0)
    for i in range(words.shape[0]):
        total ^= words[i]
    return total


def bandwidth(threads: int) -> float:
    """Gigabytes a second that so many threads read from memory together; best of five."""
    arrays = [np.ones(1 << 25, np.uint64) for _ in range(threads)]
    _read(arrays[0][:8])
    best = 0.0
    with ThreadPoolExecutor(threads) as pool:
        for _ in range(5):
            began = time.perf_counter()
            list(pool.map(_read, arrays))
            best = max(best, threads * arrays[0].nbytes / (time.perf_counter() - began) / 1e9)
    return best


def _processor() -> str:
    """Name of the processor, as the system tells it."""
    info = Path("/proc/cpuinfo")
    if info.exists():
        for line in info.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def machine() -> str:
    """Processor, system, versions and load, in one line."""
    parts = ("numpy", "numba", "rapidfuzz", "tantivy")
    versions = ", ".join(f"{part} {version(part)}" for part in parts)
    load = os.getloadavg()[0]
    return (
        f"{_processor()}, {os.cpu_count()} processors, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}, {versions}; load {load:.1f} at the start"
    )
