"""The haystack indexed once, kept in a temporary folder under a key of code and data."""

import hashlib
import tempfile
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import service.matching
from service.matching import meaning
from service.matching.engine import FORM_VERSION, VERSION, Sign
from service.matching.index import Identity, Index, MarkRow, build, forms_of_row

UNFORMED = frozenset(
    [
        *("compare", "rulebook", "predicates", "facts", "explain", "engine", "scores", "costs"),
        *(
            "kernels",
            "containment",
            "compiling",
            "alignment",
            "pairing",
            "exhaustive",
            "weights",
            "search",
            "tongues",
        ),
    ]
)
"""Modules that do not change a form, so that the haystack need not be indexed anew."""


def plain(text: str) -> str:
    """A name as the haystack tells names apart: NFKC, case and spaces folded."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


@dataclass(frozen=True)
class Haystack:
    """Names, where each stands, and the index over them."""

    names: tuple[str, ...]
    rows: dict[str, int]
    index: Index

    def row(self, name: str) -> int:
        """The row a name, or its equal, stands in."""
        return self.rows[plain(name)]


def _key(names: Sequence[str], evidence: meaning.Evidence) -> str:
    digest = hashlib.sha256()
    folder = Path(service.matching.__file__).parent
    for path in sorted(
        [*folder.glob("*.py"), *folder.glob("data/*.csv"), *folder.glob("index/*.py")]
    ):
        if path.stem not in UNFORMED:
            digest.update(path.read_bytes())
    digest.update("\n".join(names).encode("utf-8", "surrogatepass"))
    digest.update(repr(sorted(evidence.rows)).encode())
    return digest.hexdigest()[:24]


def _rows(names: Sequence[str]) -> Iterator[MarkRow]:
    for row, name in enumerate(names):
        yield MarkRow(key=row + 1, change=1, sign=Sign(name))


def open_haystack(names: Sequence[str], evidence: meaning.Evidence) -> Haystack:
    """The index of these names (distinct already), from the cache when nothing changed."""
    key = _key(names, evidence)
    folder = Path(tempfile.gettempdir()) / "markpass-quality" / key
    identity = Identity(key, str(FORM_VERSION), VERSION)
    if not (folder / "done").exists():
        build(
            folder,
            identity,
            _rows(names),
            change=1,
            total=len(names),
            make_forms=partial(forms_of_row, evidence=evidence),
        )
        (folder / "done").touch()
    rows = {plain(name): row for row, name in enumerate(names)}
    return Haystack(tuple(names), rows, Index(folder, identity))
