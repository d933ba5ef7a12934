"""The haystack packed once for the engine, kept in a temporary folder by code and data."""

import hashlib
import multiprocessing
import os
import pickle
import tempfile
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

import service.matching
from service.matching import exhaustive, meaning
from service.matching.engine import Exhaustive, Sign
from service.matching.kinds import STORED
from service.matching.shelves import Shelf, shelf

BATCH = 20_000


def plain(text: str) -> str:
    """A name as the haystack tells names apart: NFKC, case and spaces folded."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


@dataclass(frozen=True)
class Haystack:
    """Names, where each stands, and the oracle over them."""

    names: tuple[str, ...]
    rows: dict[str, int]
    oracle: Exhaustive

    def row(self, name: str) -> int:
        """The row a name, or its equal, stands in."""
        return self.rows[plain(name)]


def _key(names: Sequence[str], evidence: meaning.Evidence) -> str:
    digest = hashlib.sha256()
    folder = Path(service.matching.__file__).parent
    leaves = {
        "compare.py",
        "rulebook.py",
        "predicates.py",
        "facts.py",
        "explain.py",
        "engine.py",
        "scores.py",
        "costs.py",
        "kernels.py",
        "compiling.py",
        "alignment.py",
        "pairing.py",
        "exhaustive.py",
        "weights.py",
    }
    for path in sorted([*folder.glob("*.py"), *folder.glob("data/*.csv")]):
        if path.name not in leaves:
            digest.update(path.read_bytes())
    digest.update("\n".join(names).encode("utf-8", "surrogatepass"))
    digest.update(repr(sorted(evidence.rows)).encode())
    return digest.hexdigest()[:24]


_EVIDENCE: list[meaning.Evidence] = []


def _batch(names: list[str]) -> dict[str, dict[str, Any]]:
    _, packers = exhaustive.pack(
        ((row, Sign(name)) for row, name in enumerate(names)), evidence=_EVIDENCE[0]
    )
    return {kind: packer.columns() for kind, packer in packers.items()}


def _shelves(names: Sequence[str], evidence: meaning.Evidence) -> dict[str, Shelf]:
    batches = [list(names[at : at + BATCH]) for at in range(0, len(names), BATCH)]
    _EVIDENCE[:] = [evidence]
    context = multiprocessing.get_context("fork")
    with context.Pool(min(2, os.cpu_count() or 1)) as pool:
        columns = pool.map(_batch, batches, chunksize=1)
    for at, batch in enumerate(columns):
        for column in batch.values():
            column["owners"] = column["owners"] + at * BATCH
    return {kind: shelf([batch[kind] for batch in columns]) for kind in STORED}


def build(names: Sequence[str], evidence: meaning.Evidence) -> Haystack:
    """The haystack of these names (distinct already), from the cache when nothing changed."""
    folder = Path(tempfile.gettempdir()) / "markpass-quality" / _key(names, evidence)
    if not (folder / "done").exists():
        folder.mkdir(parents=True, exist_ok=True)
        for kind, packed in _shelves(names, evidence).items():
            for field in fields(packed):
                np.save(folder / f"{kind}.{field.name}.npy", getattr(packed, field.name))
        (folder / "done").write_bytes(pickle.dumps(len(names)))
    shelves = {
        kind: Shelf(*(_load(folder / f"{kind}.{field.name}.npy") for field in fields(Shelf)))
        for kind in STORED
    }
    oracle = Exhaustive.of_shelves(np.arange(len(names), dtype=np.int64), shelves)
    return Haystack(tuple(names), {plain(name): row for row, name in enumerate(names)}, oracle)


def _load(path: Path) -> NDArray[Any]:
    loaded: NDArray[Any] = np.load(path, mmap_mode="r")
    return loaded
