"""Examiner rules as rule ids: what fires for a pair of marks, and what speaks against a conflict."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FiredRule:
    """A rule of an office's guidelines that applies to the pair."""

    id: str
    """For instance `EU-8`, `US-5`, `CN-3`."""
    effect: str
    """`raises` or `lowers` the risk."""
    because: str
    """What made it fire: a short key such as `contained` with the words concerned."""
