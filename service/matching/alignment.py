"""Alignments a person can read: what stays, what is exchanged, added or left out, and why it is near."""

from dataclasses import dataclass

from rapidfuzz.distance import Indel

from service.matching.kinds import Family, Form, Kind


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an alignment."""

    op: str
    """equal, replace, insert, delete."""
    a: str
    b: str
    reason: str


def align(query: tuple[Form, ...], mark: tuple[Form, ...], kind: Kind) -> tuple[Step, ...]:
    """Steps from the query's form to the mark's."""
    if kind.family is not Family.STRING:
        return tuple(
            Step("equal", a.shown, b.shown, kind.name) for a, b in zip(query, mark, strict=True)
        )
    a, b = query[0].text, mark[0].text
    return tuple(
        Step(step.tag, a[step.src_start : step.src_end], b[step.dest_start : step.dest_end], "")
        for step in Indel.opcodes(a, b)
    )
