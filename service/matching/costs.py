"""What one changed letter, sound or character costs: the tables behind `kernels.distance`.

Every number is in hundredths of one letter. They were set by the classes of change the guidelines
name (EU-4 beginnings, CN-14 look-alike letters and doubled letters, US-2) and then checked by
`make quality` as a whole; none was fitted to a pair.
"""

import numpy as np
from numpy.typing import NDArray

from service.matching.kinds import Style

SWAP = 70
"""Two neighbours exchanged (TRUCOOL / TURCOOL)."""
DOUBLE = 35
"""A letter added beside its equal (LUTEX / LUTTEX)."""
RUN = 65
"""Per cent of its cost that a letter costs when the one before it was left out too."""
TAIL = 60
"""Per cent of their cost for letters left over after the shorter form's end (DALL / DALLI)."""
HEAD = 80
"""The same for letters before it (RODA / ODA): beginnings weigh more (EU-4)."""
LEAD: NDArray[np.int64] = np.array(
    [130, 118, 110, 104, 100, 97, 94, 91, 88, 86, 84, 82, 80], np.int64
)
"""Weight of the first, second … letter (EU-4); the last holds for all that follow."""
PART = 300
"""Points of 10000 lost for every 100 per mille of share that is not shared, in tenths."""
BLUNT = 120
"""Per cent by which a change costs more in a part of no share; a shared part has to be clear."""
SPAN = 128

_VOWELS = "aeiouy"
_DROPS = {
    Style.LETTERS: (80, 70),
    Style.LOOKS: (80, 70),
    Style.PHONEMES: (85, 55),
    Style.CLASSES: (95, 45),
    Style.SYLLABLES: (90, 90),
    Style.CHARACTERS: (90, 90),
    Style.TRANSCRIBED: (100, 60),
}
"""Cost of a dropped consonant and of a dropped vowel."""

_FAINT: dict[Style, tuple[tuple[str, int], ...]] = {
    Style.TRANSCRIBED: (("rl", 60), ("h", 50), ("wn", 75), ("tdkgpbm", 90)),
}
"""Consonants that cost less to drop: Mandarin syllables end in a vowel, n or ng, so that a foreign
name loses its other endings when it is transcribed."""

_NEAR: dict[Style, tuple[tuple[str, int], ...]] = {
    Style.LETTERS: (
        ("aeiouy", 80),
        ("iy", 45),
        ("ckq", 55),
        ("sz", 55),
        ("pb", 80),
        ("td", 80),
        ("gk", 80),
        ("gc", 75),
        ("vw", 60),
        ("fv", 80),
        ("mn", 65),
        ("il1", 55),
        ("o0", 20),
        ("s5", 35),
        ("z2", 45),
        ("b8", 45),
        ("g9", 60),
        ("gj", 75),
        ("uv", 65),
        ("oq", 60),
        ("ce", 80),
        ("hn", 75),
        ("xk", 80),
        ("ij", 65),
        ("t1", 70),
        ("ft", 80),
        ("oc", 75),
        ("e3", 35),
        ("a4", 35),
        ("t7", 50),
    ),
    Style.LOOKS: (
        ("aeiou", 85),
        ("mn", 55),
        ("vu", 50),
        ("uw", 75),
        ("vw", 60),
        ("oq", 40),
        ("oc", 55),
        ("ce", 60),
        ("cg", 60),
        ("hn", 60),
        ("hb", 70),
        ("ft", 60),
        ("lt", 60),
        ("lj", 50),
        ("ef", 70),
        ("pr", 75),
        ("bp", 75),
        ("dp", 80),
        ("pq", 75),
        ("gq", 55),
        ("vy", 55),
        ("xy", 75),
        ("kx", 65),
        ("kv", 80),
        ("sz", 70),
        ("od", 70),
        ("nr", 70),
        ("oe", 70),
        ("oa", 70),
        ("bd", 75),
    ),
    Style.PHONEMES: (
        ("aeiou", 55),
        ("ei", 30),
        ("ou", 35),
        ("ae", 45),
        ("sz", 25),
        ("pb", 55),
        ("td", 50),
        ("kg", 55),
        ("fv", 40),
        ("vw", 45),
        ("vb", 45),
        ("SZCJ", 35),
        ("sS", 50),
        ("zZ", 50),
        ("zJ", 60),
        ("mn", 55),
        ("lr", 65),
        ("ij", 20),
        ("uw", 25),
        ("hk", 75),
        ("kC", 70),
        ("hS", 70),
        ("yi", 20),
        ("sC", 65),
        ("ptk", 80),
        ("bdg", 80),
        ("fsSh", 80),
        ("vzZ", 80),
        ("pf", 75),
        ("bm", 80),
        ("dn", 80),
        ("dl", 85),
        ("tC", 75),
        ("dJ", 75),
        ("kx", 70),
        ("nl", 85),
    ),
    Style.CLASSES: (
        ("AIU", 60),
        ("MN", 60),
        ("FP", 70),
        ("HK", 60),
        ("FU", 60),
        ("HF", 65),
        ("ST", 80),
        ("SK", 85),
    ),
    Style.SYLLABLES: (),
    Style.CHARACTERS: (),
    Style.TRANSCRIBED: (
        ("aeiou", 65),
        ("ei", 30),
        ("ou", 35),
        ("ae", 45),
        ("sz", 10),
        ("pb", 20),
        ("td", 20),
        ("kg", 20),
        ("fv", 15),
        ("vw", 20),
        ("vbw", 45),
        ("uw", 10),
        ("iy", 10),
        ("lr", 10),
        ("sS", 20),
        ("zZJ", 30),
        ("SZCJ", 25),
        ("sC", 50),
        ("sJ", 50),
        ("mn", 50),
        ("nl", 70),
        ("hkg", 55),
        ("hf", 60),
        ("fp", 70),
        ("ij", 20),
        ("kC", 60),
        ("tC", 70),
        ("dJ", 60),
        ("gJ", 45),
        ("kJ", 60),
    ),
}
"""Letters of one group cost this much to exchange; the cheapest group counts."""

_SHORTS = {
    Style.LETTERS: (100, 100, 110, 112, 108, 104),
    Style.LOOKS: (100, 100, 110, 112, 108, 104),
    Style.PHONEMES: (100, 120, 118, 115, 108, 104),
    Style.CLASSES: (100, 150, 140, 130, 120, 110),
    Style.SYLLABLES: (100, 100, 110, 105, 105, 100),
    Style.CHARACTERS: (100, 100, 105, 62, 65, 70),
    Style.TRANSCRIBED: (100, 140, 130, 125, 115, 108),
}
"""How much harder a change counts in a form of 0, 1, 2 … letters (EU-5, CN-8); 100 beyond."""

_CREDITS = {
    Style.LETTERS: (100,),
    Style.LOOKS: (100, 80, 90, 95, 98, 100),
    Style.PHONEMES: (0, 40, 70, 84, 93, 97),
    Style.CLASSES: (0, 0, 40, 60, 75, 86, 93, 97),
    Style.SYLLABLES: (0, 40, 60, 75, 96, 97, 99, 99, 100),
    Style.CHARACTERS: (100,),
    Style.TRANSCRIBED: (0, 0, 35, 55, 72, 86, 93, 97),
}
"""Most, in per cent, that an equal form of 0, 1, 2 … letters is worth: short readings are shared by
many marks and say little. The last holds for all that follow."""

_EDGES = {
    Style.LETTERS: 3,
    Style.LOOKS: 3,
    Style.PHONEMES: 3,
    Style.CLASSES: 5,
    Style.SYLLABLES: 4,
    Style.CHARACTERS: 2,
    Style.TRANSCRIBED: 4,
}
"""Shortest form for which HEAD and TAIL count."""


def _substitutions() -> NDArray[np.int64]:
    table = np.full((len(Style), SPAN, SPAN), 100, np.int64)
    for style, groups in _NEAR.items():
        for letters, cost in groups:
            for x in letters:
                for y in letters:
                    cell = (style, ord(x), ord(y))
                    table[cell] = min(int(table[cell]), cost)
    return table


def _drops() -> NDArray[np.int64]:
    table = np.empty((len(Style), SPAN), np.int64)
    for style, (consonant, vowel) in _DROPS.items():
        table[style] = consonant
        for letter in _VOWELS + "AIU":
            table[style, ord(letter)] = vowel
        for letters, cost in _FAINT.get(style, ()):
            for letter in letters:
                table[style, ord(letter)] = cost
    return table


SUBSTITUTE = _substitutions()
DROP = _drops()
SHORT: NDArray[np.int64] = np.array([_SHORTS[style] for style in Style], np.int64)
CREDIT: NDArray[np.int64] = np.array(
    [(*_CREDITS[style], *(_CREDITS[style][-1],) * 9)[:9] for style in Style], np.int64
)
EDGE_FROM: NDArray[np.int64] = np.array([_EDGES[style] for style in Style], np.int64)
