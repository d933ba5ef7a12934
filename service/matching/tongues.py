"""What is left of the likeness of two marks for people who know some languages only.

A mark is found by its readings and meanings in every language that the tables have. Whether one
counts is for the law of a market (EU-13, CN-16), so it is asked afterwards, of the forms that two
marks met in: a reading is of all languages whose rules give it, a word of all that have it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from service.matching import (
    latin_sound,
    look,
    normalise,
    pairing,
    pseudo,
    senses,
    tables,
    words,
)
from service.matching.kinds import KINDS, Axis, Form, FormKind
from service.matching.pairing import Evidence
from service.matching.prepared import Prepared

ABROAD = "zh"
"""The reading of letters as pinyin abroad: how a Chinese name is said by those who sell under it.
It is of no public's language, and counts for all."""
CHINESE = "zh"
"""The language that Han characters are read in, and names of Han rendered from."""
_LETTERS = (FormKind.SOUND, FormKind.LOOSE)
_HAN = (FormKind.PINYIN, FormKind.BLURRED, FormKind.ROMAN, FormKind.HEARD, FormKind.UTTERED)
_SENSES = (FormKind.SENSE, FormKind.CONCEPT)
_KEPT = (FormKind.SPELLING, *_LETTERS, *_HAN, FormKind.SENSE, FormKind.RENDERED)
"""Kinds of form that a language carries, and what they are held against."""
SPOKEN: Mapping[Axis, frozenset[str]] = {
    axis: frozenset(
        kind.name for kind in KINDS if kind.axis is axis and {kind.asks, kind.holds} & {*_KEPT}
    )
    for axis in (Axis.AURAL, Axis.CONCEPTUAL)
}
"""Kinds of each axis that a language may carry. Initials are letters, whatever the language; a
recorded translation is evidence, not a word that somebody must know."""


@dataclass(frozen=True, slots=True)
class Tongues:
    """What some public knows; None where it is all that the tables have."""

    reads: frozenset[str] | None
    """Languages in which it reads letters, of `latin_sound.READINGS`."""
    han: bool
    """Whether it reads Han characters aloud."""
    understands: frozenset[str] | None
    """Languages whose words it understands, of `senses.LANGUAGES`."""

    @property
    def all(self) -> bool:
        """Whether nothing is foreign to it."""
        return self.reads is None and self.han and self.understands is None


def tongues_of(reads: frozenset[str], *, han: bool, understands: frozenset[str]) -> Tongues:
    """What a public knows that reads and understands these languages.

    Where it reads a language that has no reading rules here every reading counts: any of them may
    be the nearest to its own.
    """
    ruled, worded = latin_sound.READINGS.keys() - {ABROAD}, frozenset(senses.LANGUAGES)
    unknown = bool(reads - latin_sound.READINGS.keys()) or ruled <= reads
    return Tongues(
        reads=None if unknown else reads | {ABROAD},
        han=han,
        understands=None if worded <= understands else understands & worded,
    )


@lru_cache(maxsize=1)
def _worded() -> Mapping[tuple[str, str], frozenset[str]]:
    """Languages of each concept and word of the lexicon, by both as `senses.lexicon` has them."""
    table: dict[tuple[str, str], frozenset[str]] = {}
    for row in tables.rows("concepts.csv"):
        for language in senses.LANGUAGES:
            for word in row[language].split(";"):
                key = normalise.fold(word).replace(" ", "")
                for one in {key, words.stem(key)} - {""}:
                    held = table.get((f"={row['id']}", one), frozenset())
                    table[f"={row['id']}", one] = held | {language}
    return table


def languages_of(form: Form) -> frozenset[str]:
    """Languages in which a form of the kind *sense* means its concept.

    None where it is no concept of the lexicon: then no language is needed to know it.
    """
    word = form.shown.replace(" ", "")
    table = _worded()
    ways = {word, words.stem(word), senses.word_of(word)}
    return frozenset().union(*(table.get((form.text, one), ()) for one in ways))


def _spellings(prepared: Prepared) -> Iterator[str]:
    """What of a mark is read: its forms of the kind *spelling*, and its plain spelling."""
    yield from (form.text for form in prepared.by_kind.get(FormKind.SPELLING, ()))
    tokens = normalise.tokens_of(normalise.fold(prepared.sign.text))
    yield pseudo.spelled([token.text for token in tokens if not token.han])


def _readings(spelling: str, languages: frozenset[str]) -> latin_sound.Readings:
    """How a spelling is read in some languages, as `forms` reads it."""
    latin = normalise.romanised(look.unmasked(spelling))[:64]
    return latin_sound.readings_in(latin, languages) if len(latin) > 1 else ()


def _heard(spellings: Iterable[str], languages: frozenset[str]) -> dict[str, set[str]]:
    """Texts of the forms of sound, by kind, that the spellings of a mark have in some languages."""
    read = [reading for one in spellings for reading in _readings(one, languages)]
    return {kind: {one[place] for one in read} for place, kind in enumerate(_LETTERS, start=1)}


def _sense(form: Form, understands: frozenset[str]) -> Form:
    """A form of the kind *sense*; the word itself where its language is not known."""
    languages = languages_of(form)
    if not languages or languages & understands:
        return form
    return form._replace(text=words.stem(form.shown.replace(" ", ""))[:64])


def _known(prepared: Prepared, tongues: Tongues) -> Iterator[Form]:
    reads, understands = tongues.reads, tongues.understands
    heard = {} if reads is None else _heard(_spellings(prepared), reads)
    for form in prepared.forms:
        kind = form.kind
        if kind == FormKind.SENSE:
            yield form if understands is None else _sense(form, understands)
        elif kind in _LETTERS:
            if reads is None or form.text in heard[kind]:
                yield form
        elif kind in _HAN:
            if tongues.han:
                yield form
        elif kind == FormKind.SPELLING or (kind == FormKind.RENDERED and _chinese(understands)):
            yield form


def _chinese(understands: frozenset[str] | None) -> bool:
    return understands is None or CHINESE in understands


def known_in(prepared: Prepared, tongues: Tongues) -> Prepared:
    """The forms of a mark that a public knows; words it does not understand stand as words."""
    if tongues not in prepared.views:
        prepared.views[tongues] = replace(prepared, forms=tuple(_known(prepared, tongues)))
    return prepared.views[tongues]


@dataclass(frozen=True, slots=True)
class Known:
    """What two marks have in common for a public that does not know all of it."""

    ways: Mapping[str, Evidence]
    """As `pairing.values_of` gives them; no value is higher."""
    said: bool
    """Whether they sound the same as a whole to it."""
    foreign: Mapping[Axis, frozenset[str]]
    """Languages that carried each axis, which it does not know."""


def known(
    query: Prepared,
    mark: Prepared,
    ways: Mapping[str, Evidence],
    tongues: Tongues,
    *,
    said: bool,
) -> Known | None:
    """What is left of the ways in which two marks met; None where no axis hangs on a language.

    That of sound does where the way that decides it has a form that the public does not know, that
    of meaning where any has. Marks that are `said` alike as a whole are so in English, or where
    they have Han characters in Chinese.
    """
    meant = [ways[name] for name in sorted(SPOKEN[Axis.CONCEPTUAL] & ways.keys())]
    heard = pairing.deciding(ways, Axis.AURAL)
    aural = [heard] if heard and heard.kind.name in SPOKEN[Axis.AURAL] and not said else []
    lost = {
        Axis.AURAL: _lost(query, mark, aural, tongues),
        Axis.CONCEPTUAL: _lost(query, mark, meant, tongues),
    }
    if said and FormKind.HAN in query.by_kind and not tongues.han:
        lost[Axis.AURAL] = frozenset({CHINESE})
    foreign = {axis: languages for axis, languages in lost.items() if languages}
    if not foreign:
        return None
    asked = {name for axis in foreign for name in SPOKEN[axis]} & ways.keys()
    again = pairing.values_of(known_in(query, tongues), known_in(mark, tongues), asked)
    left = {name: way for name, way in ways.items() if name not in asked}
    for name, way in again.items():
        left[name] = min(way, ways[name], key=lambda one: one.value)
    return Known(left, said and Axis.AURAL not in foreign, foreign)


def _lost(
    query: Prepared, mark: Prepared, ways: Iterable[Evidence], tongues: Tongues
) -> frozenset[str]:
    """Languages of the forms of ways that are not known; empty where all are."""
    found: set[str] = set()
    for way in ways:
        for prepared, forms in ((query, way.query), (mark, way.mark)):
            for form in forms:
                if not _knows(tongues, form, prepared):
                    found |= _languages(prepared, form)
    return frozenset(found)


def _knows(tongues: Tongues, form: Form, of: Prepared) -> bool:
    """Whether a form of a mark is one of those that a public knows, see `known_in`."""
    if form.kind in _LETTERS:
        return tongues.reads is None or _is_read(of, form, tongues.reads)
    if form.kind in _HAN:
        return tongues.han
    if form.kind in _SENSES:
        return tongues.understands is None or _sense(form, tongues.understands) is form
    return form.kind != FormKind.RENDERED or _chinese(tongues.understands)


def _is_read(prepared: Prepared, form: Form, languages: frozenset[str]) -> bool:
    """Whether a form of sound is a reading of its mark in one of some languages."""
    place = 1 + _LETTERS.index(FormKind(form.kind))
    return any(
        form.text == reading[place]
        for one in _spellings(prepared)
        for reading in _readings(one, languages)
    )


def _languages(prepared: Prepared, form: Form) -> frozenset[str]:
    """Languages that a form is of."""
    if form.kind in _SENSES:
        return languages_of(form)
    if form.kind not in _LETTERS:
        return frozenset({CHINESE})
    every = latin_sound.READINGS.keys() - {ABROAD}
    return frozenset(one for one in every if _is_read(prepared, form, frozenset({one})))
