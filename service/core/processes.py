"""Processes of ours that work for another one of ours."""

import multiprocessing
import os
from threading import Thread


def end_with_parent() -> None:
    """Have this process end when the one that started it does, killed or not.

    A killed one can tell nothing, and whoever waits for its queue or pipe would wait for ever.
    """
    Thread(target=_wait, daemon=True).start()


def _wait() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
