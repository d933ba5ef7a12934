"""Finding every mark that is alike, at memory speed: the index behind a search.

What a search returns is what `service.matching.engine.Exhaustive` returns for the same marks.

    build(folder, identity, rows, change=n)  make the index anew from the database's live marks
    index = Index(folder, identity)          open it: IndexMissing, IndexForeign, IndexDamaged
    index.append(changes, upto=n)            take in what changed since `index.covered`
    index.search(prepare(sign), at_least=n)  everything found, scored, ranked, counted
    index.refresh(), index.merge()           adopt another process's set; write what waits
    verify(folder), read_progress(folder)    checksums; how far a build is
    warm()                                   compile before the first search

Change numbers come from the database: a lower one must never appear after a higher one was read.
"""

from service.matching.index.builder import Progress, build, forms_of_row, read_progress
from service.matching.index.errors import (
    IndexBehind,
    IndexBusy,
    IndexDamaged,
    IndexForeign,
    IndexMissing,
    IndexProblem,
)
from service.matching.index.index import Index, Status
from service.matching.index.manifest import Identity, Manifest, read_manifest, verify
from service.matching.index.marks import EVERY, Change, Death, Filter, MarkRow
from service.matching.index.search import Result
from service.matching.index.warming import warm

__all__ = [
    "EVERY",
    "Change",
    "Death",
    "Filter",
    "Identity",
    "Index",
    "IndexBehind",
    "IndexBusy",
    "IndexDamaged",
    "IndexForeign",
    "IndexMissing",
    "IndexProblem",
    "Manifest",
    "MarkRow",
    "Progress",
    "Result",
    "Status",
    "build",
    "forms_of_row",
    "read_manifest",
    "read_progress",
    "verify",
    "warm",
]
