"""The whole walk in its order."""

from pathlib import Path

from tests.walk import ending, steps
from tests.walk.walking import Walk


def walk_through(walk: Walk, folder: Path) -> Walk:
    """Walk every chapter; `folder` is where the bundle is unpacked."""
    steps.screen(walk)
    steps.open_matter(walk)
    steps.notice(walk)
    steps.detain(walk)
    steps.mediate(walk)
    steps.release(walk)
    ending.close(walk)
    ending.bundle(walk, folder)
    return walk
