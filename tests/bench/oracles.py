"""The slow ways that must give the same result: RapidFuzz for one kind, `Exhaustive` for all."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import LCSseq

from service.matching import kernels
from service.matching.engine import Exhaustive
from service.matching.index.kernels import FORM_COUNT, LENGTH
from service.matching.index.search import Snapshot
from service.matching.index.tables import Table
from service.matching.kinds import Kind
from service.matching.prepared import codes_of
from service.matching.shelves import Shelf


def one_kind(snapshot: Snapshot, kind: Kind, workers: int) -> Callable[[str], set[str]]:
    """RapidFuzz over every form of a kind: the integer definition, one by one."""
    texts = sorted({text for part in snapshot.segments for text in part.tables[kind.holds].texts()})
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    floors = np.array(kind.floors, np.int64)

    def ask(text: str) -> set[str]:
        shared = process.cdist(
            [text], texts, scorer=LCSseq.similarity, dtype=np.int32, workers=workers
        )[0].astype(np.int64)
        floor = floors[np.minimum(lengths, len(text))]
        return {texts[at] for at in np.flatnonzero(200 * shared >= floor * (lengths + len(text)))}

    return ask


def _form_codes(table: Table) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """Code points of all forms end to end, and the length of each."""
    groups = table.strings.groups
    return codes_of("".join(table.texts())), np.repeat(groups[:, LENGTH], groups[:, FORM_COUNT])


def _shelf(tables: list[Table], first_rows: list[int]) -> Shelf:
    """The forms of one kind as the oracle wants them: one for each mark that has it."""
    codes, lengths, shares, owners = [], [], [], []
    for table, first in zip(tables, first_rows, strict=True):
        flat, length = _form_codes(table)
        form = np.repeat(np.arange(table.size), np.diff(table.starts.astype(np.int64)).astype(int))
        own = length[form]
        begin = (np.cumsum(length) - length)[form]
        inner = np.arange(own.sum()) - np.repeat(np.cumsum(own) - own, own)
        codes.append(flat[np.repeat(begin, own) + inner])
        lengths.append(own)
        shares.append(table.shares.astype(np.int64))
        owners.append(table.marks.astype(np.int64) + first)
    every = np.concatenate(codes)
    starts = np.concatenate([[0], np.cumsum(np.concatenate(lengths))]).astype(np.int64)
    hashes = kernels.fingerprints(every, starts)
    order = np.argsort(hashes, kind="stable")
    return Shelf(
        every, starts, np.concatenate(shares), np.concatenate(owners), hashes[order], order
    )


def all_kinds(snapshot: Snapshot) -> Exhaustive:
    """The oracle over the very marks of a snapshot."""
    segments = snapshot.segments
    first_rows = [0, *np.cumsum([len(segment) for segment in segments])[:-1].tolist()]
    keys = np.concatenate([segment.facts.key for segment in segments])
    shelves = {
        kind: _shelf([segment.tables[kind] for segment in segments], first_rows)
        for kind in segments[0].tables
    }
    return Exhaustive.of_shelves(keys, shelves)
