"""Where a word of two characters may stand inside a longer run of Han."""

from collections.abc import Iterator
from functools import lru_cache

from service.matching import senses, words

_FOUR = (0, 2)
"""Where they begin in a run of four: most such names are words of two."""
_LONGEST = 4
"""Characters of the longest known word that is looked for."""


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    """Words of two and more characters that the lexicon or a list of weak words has."""
    named = (*senses.lexicon(), *words.weak_words())
    return frozenset(word for word in named if 1 < len(word) <= _LONGEST)


def _pieces(run: str) -> Iterator[tuple[int, int, bool]]:
    """Beginning, end and whether it is a known word, longest first from the left, of each piece."""
    known, at, rest = _known(), 0, 0
    while at < len(run):
        sizes = range(min(_LONGEST, len(run) - at), 1, -1)
        size = next((size for size in sizes if run[at : at + size] in known), 0)
        if size:
            yield rest, at, False
            yield at, at + size, True
            rest = at = at + size
        else:
            at += 1
    yield rest, at, False


def pairs(run: str) -> Iterator[str]:
    """The words of two characters that a run of four and more may be made of.

    Of five and more each two neighbours, but none of which one belongs to a known word and the
    other does not, and no weak word: 雅迪 and 迪大 are of 神鹰飞跃雅迪大王龙, 技雅 is none of
    雅迪科技雅鹰.
    """
    if len(run) < len(_FOUR) * 2:
        return
    if len(run) == len(_FOUR) * 2:
        yield from (run[place : place + 2] for place in _FOUR)
        return
    for begin, end, known in _pieces(run):
        for place in range(begin, end - 1):
            pair = run[place : place + 2]
            if not known or (end - begin == 2 and words.weight_of(pair) > words.WEAK):
                yield pair
