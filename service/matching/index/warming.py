"""Compile, or read from the cache, every kernel before the first search is answered."""

import time

import numpy as np

from service.matching.forms import Sign
from service.matching.index.builder import forms_of_row
from service.matching.index.marks import MarkRow
from service.matching.index.search import Snapshot, search
from service.matching.index.segment import joined, of_rows
from service.matching.prepared import prepare

_NAMES = ("SUNSET HOTEL", "苹果手机", "SUNSETS", "бренд", "比亚迪", "BYD", "\U00020000山")
"""One name for each code: narrow, wide, beyond 65,535; words, initials, readings."""


def warm() -> float:
    """Make this process ready to search; return the seconds it took.

    Some ten seconds on a machine that never ran this version (kernels are then kept, see
    `compiling.cache_folder`), under two afterwards. Call it at start, before reporting ready.
    """
    began = time.perf_counter()
    rows = [MarkRow(key, 1, Sign(name)) for key, name in enumerate(_NAMES)]
    segment = of_rows(rows, forms_of_row)
    alive = np.zeros(len(rows), np.bool_)
    segment = joined([segment], [alive])
    for name in (*_NAMES, "LONG " * 20):
        search(Snapshot((segment,), (alive,), 1), prepare(Sign(name)))
    return time.perf_counter() - began
