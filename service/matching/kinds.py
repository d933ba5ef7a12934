"""The kinds of form by which marks are found: one table that forms, oracle, index and scores share.

A mark is turned into *forms* (`forms.forms_of`), each of a form kind (`FormKind`). A *kind*
(`Kind`)
says which forms of the query (`asks`) are compared with which stored forms of a mark (`holds`), and
how. A kind is one column of the matrix of values that `scores.score` turns into axes and
similarity:

* STRING: a pair of forms of lengths m and n is *found* when ``200 * LCS >= floor * (m + n)``, with
  ``floor = kind.floors[min(m, n)]``. The value of a found pair is
  ``kernels.grade(a, b, share_a, share_b, style)``; the value of a mark is the maximum over its
  found pairs, 0 when there is none.
* SET: forms are tokens with shares. A mark is found when a token is shared by both and
  ``kernels.cover(sum of shares in the query, in the mark, floor)`` is above 0; that is its value.
  Equal tokens of one mark count once, by their first form.
* KEY: equality of texts. The value is ``kernels.belong(share_a, share_b)``, maximum over equal
pairs.
* PART: a pair of forms is found when the shorter, of at least ``kind.floors[0]`` letters, stands
  whole in the longer. The value is ``containment.inside``, maximum over found pairs.

All values are integers in 0..10000, so that the index and the oracle can be held to equality.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from functools import partial
from typing import NamedTuple


class Family(StrEnum):
    """How two forms of a kind are compared, and so how the index can find them without loss."""

    STRING = "string"
    """Indel ratio in integers: a pair is found when `200 * LCS >= floor * (m + n)`."""
    SET = "set"
    """A defined function of token sets or windows, with a proved bound."""
    KEY = "key"
    """Equality of keys, through an inverted list."""
    PART = "part"
    """One text stands whole in the other: all its letters are shared, in one piece."""


READ = frozenset({Family.STRING, Family.PART})
"""Families under which an index reads every text; it looks up those of the others."""


class Axis(StrEnum):
    """The three ways marks are compared (EUIPO Guidelines C-2-4; TMEP 1207.01; CNIPA 2021)."""

    VISUAL = "visual"
    AURAL = "aural"
    CONCEPTUAL = "conceptual"


class FormKind(StrEnum):
    """What a form is, `Form.kind`. Kinds marked *asked* are never stored in an index."""

    EXACT = "exact"
    """The whole mark after NFKC, case and space folding."""
    SPELLING = "spelling"
    """Folded letters and digits of every script but Han: whole, core, tokens, windows."""
    LOOK = "look"
    """Skeleton of look-alike letters."""
    SOUND = "sound"
    """Phonemes of a Latin (or romanised) form by one of the reading rules."""
    LOOSE = "loose"
    """Classes of sounds of a Latin (or romanised) form."""
    HEARD = "heard"
    """Classes of sounds of a Han reading."""
    UTTERED = "uttered"
    """Phonemes of a Han reading as a foreign name so transcribed may have sounded."""
    PINYIN = "pinyin"
    """Initials and finals of a Han reading, one symbol each."""
    BLURRED = "blurred"
    """The same after folding initials and finals that dialects confuse."""
    ROMAN = "roman"
    """Letters of a Han reading as pinyin is written."""
    HAN = "han"
    """Han characters, folded to simplified."""
    BAG = "bag"
    """The distinct Han characters in code order."""
    PAIR = "pair"
    """Two Han characters, in a longer run, that may be a word."""
    ALIKE = "alike"
    """Asked: Han with one character exchanged for a look-alike."""
    WORD = "word"
    """Stem of one token."""
    SENSE = "sense"
    """Concept id of a word or phrase, or its stem where no concept is known."""
    CONCEPT = "concept"
    """Asked: those senses of which a concept is known."""
    RENDERED = "rendered"
    """Words of a Han mark as other scripts write it: concept ids, the rest in pinyin."""
    RECORD = "record"
    """Id of a row of the evidence table, or the folded text of a recorded translation."""
    INITIALS = "initials"
    """First letters of the syllables or words of a mark."""
    ACRONYM = "acronym"
    """A short Latin mark that may be made of initials."""


class Form(NamedTuple):
    """One form of a mark: what is compared, and the string a person can read."""

    kind: str
    text: str
    """What is compared, of any script; never empty, code points below 0x40000."""
    shown: str
    """The part of the mark it came from, as written or as read aloud."""
    whole: bool = True
    """False for a form of one token or window of the mark."""
    share: int = 1000
    """Per mille of the mark's distinctive weight that the form carries, 1 to 1000."""


made: Callable[[tuple[str, str, str, bool, int]], Form] = partial(tuple.__new__, Form)
"""A form of its five fields: a call of `Form` takes three times as long, and a mark has twenty."""


class Style(IntEnum):
    """Which table of alignment costs grades a string kind (rows of `costs.TABLES`)."""

    LETTERS = 0
    LOOKS = 1
    PHONEMES = 2
    CLASSES = 3
    SYLLABLES = 4
    CHARACTERS = 5
    TRANSCRIBED = 6


LONGEST = 256
"""Forms are cut to this many code points."""


def _by_length(*steps: tuple[int, int]) -> tuple[int, ...]:
    """Floors for every length 0..LONGEST from steps (first length, floor)."""
    return tuple(
        [floor for first, floor in steps if length >= first][-1] for length in range(LONGEST + 1)
    )


@dataclass(frozen=True, slots=True)
class Kind:
    """One way in which marks are found: a column of the value matrix."""

    name: str
    family: Family
    axis: Axis
    asks: str
    """Form kind of the query."""
    holds: str
    """Form kind of the stored mark."""
    floors: tuple[int, ...] = ()
    """STRING: floor in percent by the shorter length. SET: one number, see `kernels.cover`. PART:
    one number, the least letters of the shorter."""
    style: int = Style.LETTERS


_LETTERS = _by_length((0, 50), (3, 66), (6, 65))
_SOUNDS = _by_length((0, 66), (5, 68))
_CLASSES = _by_length((0, 70))
_UTTERED = _by_length((0, 70), (4, 62))
_HAN = _by_length((0, 66), (2, 50), (3, 66), (4, 60))
_BAG = _by_length((0, 66), (4, 60))
_SYLLABLES = _by_length((0, 70))

KINDS: tuple[Kind, ...] = (
    Kind("exact", Family.KEY, Axis.VISUAL, FormKind.EXACT, FormKind.EXACT),
    Kind("spelling", Family.STRING, Axis.VISUAL, FormKind.SPELLING, FormKind.SPELLING, _LETTERS),
    Kind("look", Family.STRING, Axis.VISUAL, FormKind.LOOK, FormKind.LOOK, _LETTERS, Style.LOOKS),
    Kind("words", Family.SET, Axis.VISUAL, FormKind.WORD, FormKind.WORD, (300,)),
    Kind(
        "sound", Family.STRING, Axis.AURAL, FormKind.SOUND, FormKind.SOUND, _SOUNDS, Style.PHONEMES
    ),
    Kind(
        "loose", Family.STRING, Axis.AURAL, FormKind.LOOSE, FormKind.LOOSE, _CLASSES, Style.CLASSES
    ),
    Kind(
        "heard", Family.STRING, Axis.AURAL, FormKind.HEARD, FormKind.LOOSE, _CLASSES, Style.CLASSES
    ),
    Kind(
        "echo", Family.STRING, Axis.AURAL, FormKind.LOOSE, FormKind.HEARD, _CLASSES, Style.CLASSES
    ),
    Kind(
        "uttered",
        Family.STRING,
        Axis.AURAL,
        FormKind.UTTERED,
        FormKind.SOUND,
        _UTTERED,
        Style.TRANSCRIBED,
    ),
    Kind(
        "recalled",
        Family.STRING,
        Axis.AURAL,
        FormKind.SOUND,
        FormKind.UTTERED,
        _UTTERED,
        Style.TRANSCRIBED,
    ),
    Kind(
        "pinyin",
        Family.STRING,
        Axis.AURAL,
        FormKind.PINYIN,
        FormKind.PINYIN,
        _SYLLABLES,
        Style.SYLLABLES,
    ),
    Kind(
        "blurred",
        Family.STRING,
        Axis.AURAL,
        FormKind.BLURRED,
        FormKind.BLURRED,
        _SYLLABLES,
        Style.SYLLABLES,
    ),
    Kind("roman", Family.STRING, Axis.AURAL, FormKind.ROMAN, FormKind.SPELLING, _SYLLABLES),
    Kind("written", Family.STRING, Axis.AURAL, FormKind.SPELLING, FormKind.ROMAN, _SYLLABLES),
    Kind("han", Family.STRING, Axis.VISUAL, FormKind.HAN, FormKind.HAN, _HAN, Style.CHARACTERS),
    Kind("bag", Family.STRING, Axis.VISUAL, FormKind.BAG, FormKind.BAG, _BAG, Style.CHARACTERS),
    Kind("alike", Family.KEY, Axis.VISUAL, FormKind.ALIKE, FormKind.HAN),
    Kind("within", Family.KEY, Axis.VISUAL, FormKind.HAN, FormKind.PAIR),
    Kind("around", Family.KEY, Axis.VISUAL, FormKind.PAIR, FormKind.HAN),
    Kind("inside", Family.PART, Axis.VISUAL, FormKind.SPELLING, FormKind.SPELLING, (5,)),
    Kind("amid", Family.PART, Axis.VISUAL, FormKind.HAN, FormKind.HAN, (3,)),
    Kind("sense", Family.SET, Axis.CONCEPTUAL, FormKind.SENSE, FormKind.SENSE, (300,)),
    Kind("concept", Family.SET, Axis.CONCEPTUAL, FormKind.CONCEPT, FormKind.SENSE, (300,)),
    Kind("rendered", Family.SET, Axis.CONCEPTUAL, FormKind.RENDERED, FormKind.SENSE, (500,)),
    Kind("rendition", Family.SET, Axis.CONCEPTUAL, FormKind.SENSE, FormKind.RENDERED, (500,)),
    Kind("record", Family.KEY, Axis.CONCEPTUAL, FormKind.RECORD, FormKind.RECORD),
    Kind("initials", Family.KEY, Axis.AURAL, FormKind.INITIALS, FormKind.ACRONYM),
    Kind("acronym", Family.KEY, Axis.AURAL, FormKind.ACRONYM, FormKind.INITIALS),
)
COLUMN: dict[str, int] = {kind.name: position for position, kind in enumerate(KINDS)}
ALL_FORM_KINDS: tuple[str, ...] = tuple(kind.value for kind in FormKind)
STORED: tuple[str, ...] = tuple(sorted({kind.holds for kind in KINDS}))
"""Form kinds an index keeps; forms of other kinds are only asked with."""
