"""Plain spellings of marks written otherwise: 4U is FOR YOU, GR8 is GREAT.

The USPTO enters such pseudo marks beside a mark, so that a search for the plain words finds it
(TMEP 104). Here the plain spelling gives a mark one more sound, and a word its meaning.
"""

from collections.abc import Sequence
from functools import lru_cache

from service.matching import tables


@lru_cache(maxsize=1)
def plain_words() -> dict[str, str]:
    """What each word of `data/pseudo_marks.csv` is in plain letters, joined."""
    rows = tables.rows("pseudo_marks.csv")
    return {row["written"]: row["plain"].replace(" ", "") for row in rows}


@lru_cache(maxsize=1)
def _endings() -> tuple[str, ...]:
    """Those that also stand at the end of a word: JUST4U."""
    return tuple(written for written in plain_words() if len(written) > 1 and written[0].isdigit())


def _plain(word: str) -> str:
    """The plain spelling of a word; empty where it has none of its own."""
    known = plain_words().get(word, "")
    if known or word.isalpha() or not word.endswith(_endings()):
        return known
    written = next(ending for ending in _endings() if word.endswith(ending))
    before = word[: -len(written)]
    return before + plain_words()[written] if before.isalpha() else ""


def spelled(words: Sequence[str]) -> str:
    """The plain spelling of words, joined; empty where all are plain already.

    One letter or digit stands for a word only beside others (TOYS R US).
    """
    alone = len(words) == 1
    plain = ["" if alone and len(word) == 1 else _plain(word) for word in words]
    if not any(plain):
        return ""
    return "".join([told or word for told, word in zip(plain, words, strict=True)])
