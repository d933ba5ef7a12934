"""From a mark to its forms: everything by which it may be found."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from service.matching import (
    han_sound,
    inner,
    latin_sound,
    look,
    meaning,
    normalise,
    pseudo,
    words,
)
from service.matching.kinds import LONGEST, Form, FormKind, made
from service.matching.stretches import MOST_TOKENS, Part, Stretch, parts_of, stretches_of

# Named once: to look up a member of an enumeration costs as much as to make a form.
_SPELLING, _LOOK, _WORD = FormKind.SPELLING, FormKind.LOOK, FormKind.WORD
_SOUND, _LOOSE = FormKind.SOUND, FormKind.LOOSE
_HAN, _BAG, _PINYIN, _BLURRED = FormKind.HAN, FormKind.BAG, FormKind.PINYIN, FormKind.BLURRED
_TWO, _ROMAN, _HEARD, _UTTERED = FormKind.PAIR, FormKind.ROMAN, FormKind.HEARD, FormKind.UTTERED
_EXACT, _INITIALS, _ACRONYM = FormKind.EXACT, FormKind.INITIALS, FormKind.ACRONYM

MOST_FORMS = 24
"""Forms of one kind that a mark keeps."""


@dataclass(frozen=True, slots=True)
class Sign:
    """A mark as it is compared: its words and what the register records of their meaning."""

    text: str
    translation: str = ""
    transliteration: str = ""


def _latin_forms(stretches: Iterable[Stretch]) -> list[Form]:
    """Spelling, look and sound of stretches written in letters."""
    forms: list[Form] = []
    sounds: dict[str, Form] = {}
    loose: dict[str, Form] = {}
    for text, shown, share, whole in stretches:
        forms.append(made((_SPELLING, text, shown, whole, share)))
        skeleton = look.skeleton(text)
        if skeleton:
            forms.append(made((_LOOK, skeleton, shown, whole, share)))
        latin = normalise.romanised(look.unmasked(text))
        if len(latin) < 2:
            continue
        for language, phonemes, classes in latin_sound.readings(latin[:64]):
            heard = f"{language}: {phonemes}"
            if phonemes not in sounds or sounds[phonemes].share < share:
                sounds[phonemes] = made((_SOUND, phonemes, heard, whole, share))
            if len(classes) > 2 and (classes not in loose or loose[classes].share < share):
                loose[classes] = made((_LOOSE, classes, heard, whole, share))
    forms += islice(sounds.values(), MOST_FORMS)
    forms += islice(loose.values(), MOST_FORMS)
    return forms


_READING_SHARE = (100, 85, 75, 72)
"""Per cent of its share that the first, second … likeliest reading of a run of Han keeps, the last
for all that follow: 能 is read nài in a few old words only."""
_HEARD_READINGS = 2
"""Readings of a run of Han, likeliest first, by which a foreign name is looked for: names are
transcribed with characters in their usual reading."""


def _sounds_of(syllables: tuple[str, ...], foreign: bool) -> list[tuple[str, str]]:
    """Kind and text of each sound of a reading, those it has as a foreign name where wanted."""
    roman = "".join(syllables)
    found: list[tuple[str, str]] = [
        (_PINYIN, han_sound.symbols(syllables)),
        (_BLURRED, han_sound.blurred(syllables)),
        (_ROMAN, roman),
    ]
    if "v" in roman:
        found.append((_ROMAN, roman.replace("v", "u")))
    if foreign and len(syllables) > 1:
        for sounds, phonemes in han_sound.heard(syllables):
            found += ((_HEARD, sounds), (_UTTERED, phonemes))
    return found


def _plainly(latin: Sequence[Part], share: int, heard: Sequence[Form]) -> Iterator[Form]:
    """The sounds of the plain spelling of words that are written otherwise, beside their own."""
    plain = normalise.romanised(pseudo.spelled([part.token.text for part in latin]))
    known = {form.text for form in heard if form.kind == _SOUND} if plain else ()
    for language, phonemes, classes in latin_sound.readings(plain[:64])[:1] if plain else ():
        if phonemes not in known:
            shown = f"{language} ({plain}): {phonemes}"
            yield made((_SOUND, phonemes, shown, False, share))
            if len(classes) > 2:
                yield made((_LOOSE, classes, shown, False, share))


def _han_forms(stretches: Iterable[Stretch]) -> list[Form]:
    """Characters and readings of stretches of Han."""
    forms: list[Form] = []
    for text, written, share, whole in stretches:
        forms.append(made((_HAN, text, written, whole, share)))
        forms.append(made((_BAG, "".join(sorted(set(text))), written, whole, share)))
        seen: set[tuple[str, str]] = set()
        for place, syllables in enumerate(han_sound.readings_of(text[:12])):
            shown = " ".join(syllables)
            kept = share * _READING_SHARE[min(place, len(_READING_SHARE) - 1)] // 100 or 1
            for found in _sounds_of(syllables, place < _HEARD_READINGS):
                if found not in seen and len(found[1]) > 1:
                    seen.add(found)
                    forms.append(made((*found, shown, whole, kept)))
    return forms


_PAIR = 1000
"""Per mille of its share that a word of two inside a longer run has, divided by the length of the
run: CN-6 asks for a mark that stands whole in another. A mark of two characters is *low* by it
(0.73 in a run of four, 0.65 in one of nine)."""


def _pairs(parts: Iterable[Part]) -> Iterator[Form]:
    """The words of two that runs of Han, weak words at their ends taken off, may be made of."""
    for token, _, share in parts:
        core = words.core_of(token.text)
        held = max(1, share * _PAIR // (1000 * len(core)))
        for pair in islice(dict.fromkeys(inner.pairs(core)), MOST_FORMS):
            yield made((_TWO, pair, pair, False, held))


_SHORTEST_ACRONYM, _LONGEST_ACRONYM = 2, 6
_INITIALS_SHARE = (0, 0, 0, 500, 900)
"""Share by the number of letters, the last for all that follow: three initials fit thousands of
names."""


def _initials(parts: tuple[Part, ...]) -> Iterator[Form]:
    """Initials of syllables or words, and short Latin marks that may be made of them."""
    latin = [part for part in parts if not part.token.han and part.token.text.isascii()]
    han = "".join([part.token.text for part in parts if part.token.han])
    for run in dict.fromkeys((han, words.inner_core(han)[0])) if len(han) > 2 else ():
        for syllables in han_sound.readings_of(run) if 2 < len(run) <= _LONGEST_ACRONYM else ():
            letters = "".join([syllable[0] for syllable in syllables])
            share = _INITIALS_SHARE[min(len(letters), len(_INITIALS_SHARE) - 1)]
            if share:  # of three Han one may have no reading
                yield made((_INITIALS, letters, " ".join(syllables), run == han, share))
    leading = [part.token.text[0] for part in latin if part.weight > 10]
    if _SHORTEST_ACRONYM < len(leading) <= _LONGEST_ACRONYM:
        shown = " ".join(part.token.text for part in latin)
        yield made((_INITIALS, "".join(leading), shown, True, 900))
    for part in latin:
        text = part.token.text
        if _SHORTEST_ACRONYM < len(text) <= _LONGEST_ACRONYM:
            share = 1000 if len(parts) == 1 else part.share
            yield made((_ACRONYM, text, text, len(parts) == 1, share))


def forms_of(sign: Sign, *, evidence: meaning.Evidence | None = None) -> tuple[Form, ...]:
    """All stored forms of a mark. Empty when nothing in it can be compared.

    Never raises, whatever the text. `evidence` replaces the shipped evidence table.
    """
    exact, folded = normalise.exact_and_folded(sign.text)
    tokens = normalise.tokens_of(folded)
    parts = written = parts_of(tokens)
    if not parts:
        return ()
    if len(parts) < len(tokens):
        by_token = {part.token: part for part in parts}
        written = tuple([by_token[token] for token in tokens])
    latin = [part for part in written if not part.token.han]
    han = [part for part in written if part.token.han]
    mixed = bool(latin and han)
    letters = stretches_of(latin, mixed)
    characters = stretches_of(han, mixed)
    heard = _latin_forms(letters)
    whole = [stretch.text for stretch in (*letters, *characters) if stretch.share >= 500]
    shared = [(token.text, token.han, share) for token, _, share in parts]
    meant = meaning.forms(shared, whole, sign.translation, evidence)
    return (
        made((_EXACT, exact[:LONGEST], sign.text[:LONGEST], True, 1000)),
        *heard,
        *(_plainly(latin, letters[0].share, heard) if latin else ()),
        *_han_forms(characters),
        *_pairs(han[:MOST_TOKENS]),
        *_unique_forms(chain(_words(parts), _initials(parts), meant)),
        *_transliterated(sign.transliteration),
    )


def _words(parts: tuple[Part, ...]) -> Iterator[Form]:
    """Stems of the words."""
    for (text, _), _, share in parts[: 2 * MOST_TOKENS]:
        yield made((_WORD, words.stem(text)[:LONGEST], text, len(parts) == 1, share))


def _transliterated(text: str) -> Iterator[Form]:
    """Sounds of a recorded transliteration."""
    if not text:
        return
    letters = normalise.fold(text).replace(" ", "")
    if letters:
        stretch = Stretch(letters[:LONGEST], text[:LONGEST], 950, False)
        yield from (form for form in _latin_forms((stretch,)) if form.kind != FormKind.LOOK)


def _unique_forms(forms: Iterable[Form]) -> Iterable[Form]:
    """One form a kind and text, the first."""
    seen: dict[tuple[str, ...], Form] = {}
    for form in forms:
        seen.setdefault(form[:2], form)
    return seen.values()


def asked_of(held: Iterable[Form]) -> Iterator[Form]:
    """The forms that are only asked with, from those that are stored."""
    for form in held:
        if form.kind == FormKind.HAN:
            for variant in look.exchanged(form.text):
                yield Form(FormKind.ALIKE, variant, form.shown, form.whole, form.share)
        elif form.kind == FormKind.SENSE and form.text.startswith("="):
            yield form._replace(kind=FormKind.CONCEPT)
