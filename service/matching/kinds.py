"""The kinds of form by which marks are found: one table that forms, oracle, index and scores share."""

from dataclasses import dataclass
from enum import StrEnum


class Family(StrEnum):
    """How two forms of a kind are compared, and so how the index can find them without loss."""

    STRING = "string"
    """Indel ratio in integers: a pair is found when `200 * LCS >= floor * (m + n)`."""
    SET = "set"
    """A defined function of token sets or windows, with a proved bound."""
    KEY = "key"
    """Equality of keys, through an inverted list."""


class Axis(StrEnum):
    """The three ways marks are compared (EUIPO Guidelines C-2-4; TMEP 1207.01; CNIPA 2021)."""

    VISUAL = "visual"
    AURAL = "aural"
    CONCEPTUAL = "conceptual"


@dataclass(frozen=True, slots=True)
class Form:
    """One form of a mark: what is compared, and the string a person can read."""

    kind: str
    text: str
    """What is compared, of any script; never empty."""
    shown: str
    """The part of the mark it came from, as written or as read aloud."""
    whole: bool = True
    """False for a form of one token or window of the mark."""
