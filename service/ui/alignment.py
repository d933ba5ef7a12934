"""Laying two marks side by side: which letters they share in order, and which differ.

Only for showing. The engine's own alignment decides nothing here and this decides nothing there:
the page marks what a reader's eye should find.
"""

from dataclasses import dataclass

from rapidfuzz.distance import LCSseq


@dataclass(frozen=True, slots=True)
class Run:
    """Some letters next to each other, all shared or all different."""

    text: str
    same: bool


@dataclass(frozen=True, slots=True)
class Alignment:
    """Two strings cut into runs; joined, the runs of a side give the string back."""

    left: tuple[Run, ...]
    right: tuple[Run, ...]
    differences: tuple[tuple[str, str], ...]
    """What stands on the left and on the right where they differ; one of the two may be empty."""
    shared: int
    """Letters in common, in order (longest common subsequence, case apart)."""


def aligned(left: str, right: str) -> Alignment:
    """Align two strings along their longest common subsequence, not minding case."""
    folded = [letter.casefold() for letter in left], [letter.casefold() for letter in right]
    runs: tuple[list[Run], list[Run]] = [], []
    differences: list[tuple[str, str]] = []
    shared = 0
    change = ("", "")
    for code in LCSseq.opcodes(*folded):
        here, there = left[code.src_start : code.src_end], right[code.dest_start : code.dest_end]
        same = code.tag == "equal"
        if same:
            shared += len(here)
            if any(change):
                differences.append(change)
            change = ("", "")
        else:
            change = (change[0] + here, change[1] + there)
        for side, text in zip(runs, (here, there), strict=True):
            if text:
                _extend(side, Run(text, same))
    if any(change):
        differences.append(change)
    return Alignment(tuple(runs[0]), tuple(runs[1]), tuple(differences), shared)


def _extend(side: list[Run], run: Run) -> None:
    if side and side[-1].same is run.same:
        run = Run(side.pop().text + run.text, run.same)
    side.append(run)
