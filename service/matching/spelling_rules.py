"""Spelling rules taken apart: what must stand before, at and after a letter, as sets of letters.

A rule is written as a regular expression (`latin_rules`), because that is how people read and
extend it; it is taken apart once, so that a kernel can walk through a table instead of searching
with an expression for each language at each letter. Only what the rules use is understood: letters,
`.`, sets, `?`, `+`, `{3}`, `{1,2}`, groups without repetition, alternatives, `^`, `$`, lookbehind
of fixed length and lookahead.
"""

import re
from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"
"""What a folded Latin word is made of. A set of letters is an integer with bit k for letter k."""
OUTSIDE = len(LETTERS)
"""The bit of what stands before the first and after the last letter."""
_ANY = (1 << OUTSIDE) - 1
BEHIND = 3
"""Letters before a match that a rule may look at."""


class Path(NamedTuple):
    """One way to match a rule: sets of letters, place by place."""

    before: tuple[int, ...] = (_ANY | 1 << OUTSIDE,) * BEHIND
    """What the places before the match must hold, the nearest first."""
    body: tuple[int, ...] = ()
    """What is read."""
    repeated: bool = False
    """Whether the last letter of the body may stand there more than once."""
    after: tuple[int, ...] = ()
    """What must follow."""


_TOKEN = re.compile(
    r"\(\?<=(?P<behind>[^)]*)\)|\(\?<!(?P<unlike>[^)]*)\)|\(\?=(?P<ahead>[^)]*)\)"
    r"|\(\?:(?P<group>[^)]*)\)|(?P<start>\^)|(?P<end>\$)"
    r"|(?P<letters>\[[^\]]*\]|[a-z.])(?P<times>[?+]|\{\d(?:,\d)?\})?"
)
_TIMES = {"": (1,), "+": (1,), "?": (1, 0), "{3}": (3,), "{1,2}": (2, 1)}
"""How often a letter is tried, in this order."""


def _set_of(written: str) -> int:
    """The set that a letter, a dot or brackets stand for."""
    if written == ".":
        return _ANY
    inside = written.strip("[]").replace("a-z", LETTERS[:26])
    letters = sum(1 << LETTERS.index(letter) for letter in set(inside.lstrip("^")))
    return _ANY & ~letters if inside.startswith("^") else letters


def _alternatives(written: str) -> list[str]:
    """What is separated by bars outside parentheses."""
    depth, choices = 0, [""]
    for letter in written:
        depth += (letter == "(") - (letter == ")")
        if letter == "|" and not depth:
            choices.append("")
        else:
            choices[-1] += letter
    return choices


def _and_before(path: Path, nearest: tuple[int, ...]) -> Path:
    """The path where the places before must also hold these, the nearest first."""
    sets = list(path.before)
    for place, letters in enumerate(nearest):
        sets[place] &= letters
    return path._replace(before=tuple(sets))


def _continued(token: re.Match[str]) -> list[Path]:
    """The ways in which one token goes on, as paths of that token alone, in order of preference."""
    kind, written = token.lastgroup, token[token.lastgroup or 0]
    if kind == "times":
        kind, written = "letters", token["letters"]
    if kind == "letters":
        letters, times = _set_of(written), token["times"] or ""
        return [Path(body=(letters,) * n, repeated=times == "+") for n in _TIMES[times]]
    if kind == "group":
        return list(paths(written))
    if kind == "ahead":
        return [Path(after=path.body + path.after) for path in paths(written)]
    if kind == "end":
        return [Path(after=(1 << OUTSIDE,))]
    if kind == "behind":
        (path,) = paths(written)
        return [_and_before(Path(), path.body[::-1])]
    barred = 0 if kind == "start" else _ANY & ~_set_of(written)
    return [_and_before(Path(), (barred | 1 << OUTSIDE,))]


def _joined(pieces: tuple[Path, ...]) -> Path:
    """Paths of tokens that follow one another as one."""
    whole = Path()
    for piece in pieces:
        whole = _and_before(whole, piece.before)
        whole = Path(
            whole.before,
            whole.body + piece.body,
            whole.repeated or piece.repeated,
            whole.after + piece.after,
        )
    return whole


def paths(written: str) -> Iterator[Path]:
    """All ways to match a rule, in the order in which a regular expression tries them."""
    for choice in _alternatives(written):
        tokens = list(_TOKEN.finditer(choice))
        if "".join(token[0] for token in tokens) != choice:
            raise ValueError(f"not understood in a spelling rule: {choice}")
        for pieces in product(*map(_continued, tokens)):
            yield _joined(pieces)
