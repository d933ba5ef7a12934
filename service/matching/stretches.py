"""A mark cut into the stretches that are compared as one, and what each carries of its weight."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from service.matching import words
from service.matching.kinds import LONGEST
from service.matching.normalise import Token

MOST_TOKENS = 12
"""Words of a mark that get forms of their own; the whole always has."""
MOST_STRETCHES = 24
"""Stretches of one script that a mark keeps."""


class Part(NamedTuple):
    """A token with the share of the mark's distinctive weight it carries."""

    token: Token
    weight: int
    """Per cent of an ordinary word's, see `words.weight_of`."""
    share: int
    """Per mille of the mark."""


_LENGTHS = (0, 55, 75, 85, 92, 97, 100, 103, 106)
"""Relative weight of a word by its length in letters; a Han character counts as two letters."""
_FIRST = 118
"""Relative weight of the first word (US-7), in per cent."""
_LEAST_SHARE = 120
"""Words carrying less than this share, per mille, get no string forms of their own."""


def parts_of(tokens: tuple[Token, ...]) -> tuple[Part, ...]:
    """The distinct words of a text with their shares, which sum to about 1000.

    A repeated word carries the share of all its places.
    """
    if len(tokens) == 1:
        return (Part(tokens[0], words.weight_of(tokens[0].text), 1000),)
    repeats = Counter(tokens)
    tokens = tuple(repeats)
    weights, raw = [], []
    for place, token in enumerate(tokens):
        letters = len(token.text) * (2 if token.han else 1)
        weight = words.weight_of(token.text)
        length = _LENGTHS[min(letters, len(_LENGTHS) - 1)]
        first = _FIRST if place == 0 and len(tokens) > 1 else 100
        weights.append(weight)
        raw.append(weight * length * first * repeats[token])
    whole = sum(raw) or 1
    return tuple(
        [
            Part(token, weight, max(1, 1000 * amount // whole))
            for token, weight, amount in zip(tokens, weights, raw, strict=True)
        ]
    )


class Stretch(NamedTuple):
    """A stretch of a mark that is compared as one: the whole, its core, a word, two words."""

    text: str
    shown: str
    share: int
    whole: bool


def _joined(parts: Sequence[Part], share: int, whole: bool) -> Stretch:
    if len(parts) == 1:
        text = parts[0].token.text
        return Stretch(text[:LONGEST], text, share, whole)
    shown = " ".join(part.token.text for part in parts)
    return Stretch("".join(part.token.text for part in parts)[:LONGEST], shown, share, whole)


def _share(parts: Iterable[Part]) -> int:
    return max(1, min(1000, sum(part.share for part in parts)))


_MIXED = 700
"""Least share of the Latin or the Han element of a mixed mark; each is compared alone (CN-12)."""
_INNER = (0, 0, 60, 62, 65, 72, 80)
"""Per cent of a word's share that its core keeps when a weak ending was split off inside it, by the
letters of the core, the last for all that follow: a short core is shared by many."""
_DEEPER = (100, 85)
"""Per cent of that for the core without one weak word, and without all: the more is taken off, the
surer some of it belonged to the name (of 690 brands 3 more are found at 10 than with 100)."""


def stretches_of(written: Sequence[Part], mixed: bool) -> list[Stretch]:
    """Stretches of the words of one script in their order, the whole first; each text once.

    The whole is given as it is written and, where words repeat, without repetition too: MEI & MEI
    has MEI whole, and BA LA BA LA is 吧啦吧啦 only with each of its words.
    """
    if not written:
        return []
    parts = tuple(dict.fromkeys(written)) if len(written) > 1 else written
    share = max(_MIXED, _share(parts)) if mixed else 1000
    found = [_joined(written, share, not mixed)]
    if len(parts) < len(written):
        found.append(_joined(parts, share, not mixed))
    if len(parts) > 1:
        found += _fewer(parts)
    for part in parts[:MOST_TOKENS]:
        if levels := words.cores(part.token.text):
            found += _cores(part, (levels[0], *levels[1:][-1:]))
    return found if len(found) == 1 else _unique(found)


def _cores(part: Part, levels: Sequence[tuple[str, int]]) -> Iterator[Stretch]:
    """A word without the weak word at its end or beginning, and without all of them."""
    text, han = part.token
    for deeper, (core, left) in zip(_DEEPER, levels, strict=False):
        if len(core) > 1:
            kept = part.share * words.ORDINARY // (words.ORDINARY + left)
            share = kept * _INNER[min(len(core) * (2 if han else 1), 6)] // 100
            yield Stretch(core, text, max(1, share * deeper // 100), False)


def _fewer(parts: Sequence[Part]) -> Iterator[Stretch]:
    """Stretches of some of several words: those that distinguish, each alone, two neighbours."""
    strong = tuple(part for part in parts if part.weight > words.WEAK)
    if strong and len(strong) < len(parts):
        yield _joined(strong, _share(strong), False)
    for part in parts[:MOST_TOKENS]:
        enough = part.share >= _LEAST_SHARE or not strong
        if enough and len(part.token.text) > 1:
            yield _joined((part,), part.share, False)
    if len(parts) > 2:
        for both in pairwise(parts[:MOST_TOKENS]):
            yield _joined(both, _share(both), False)


def _unique(stretches: list[Stretch]) -> list[Stretch]:
    """One stretch a text, the one with the largest share."""
    best: dict[str, Stretch] = {}
    for stretch in stretches:
        known = best.get(stretch.text)
        if known is None or stretch.share > known.share:
            best[stretch.text] = stretch
    return list(best.values())[:MOST_STRETCHES]
