"""What is new in the registers, as an index of its own: for searches the other way round.

Names that are watched are looked for among the marks that changed, with the same retrieval as any
search, so that what it finds is what a screening would find. It costs as much as there are changes,
however large the registers are.
"""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from service.matching.engine import FORM_VERSION, VERSION, Prepared
from service.matching.index import EVERY, Identity, Index, build
from service.matching.index.search import Snapshot, retrieve
from service.registry.finder import mark_row
from service.registry.findings import Findings, findings
from service.registry.repository import SignRow

IDENTITY = Identity("arrivals", str(FORM_VERSION), VERSION)


class Arrivals:
    """Marks that changed, ready to be searched."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot

    def search(self, names: Sequence[Prepared]) -> Findings:
        """Return every one of them that some name of a family finds."""
        found = [retrieve(self._snapshot, name, passing=EVERY) for name in names]
        return findings(found, self._snapshot)


@contextmanager
def arrivals(rows: Sequence[SignRow]) -> Iterator[Arrivals]:
    """Hold these marks in an index that is gone at the end of the block. They are live."""
    change = max((row.change for row in rows), default=0)
    with tempfile.TemporaryDirectory(prefix="markpass-arrivals-") as folder:
        build(Path(folder), IDENTITY, map(mark_row, rows), change=change, total=len(rows))
        yield Arrivals(Index(Path(folder), IDENTITY).snapshot)
