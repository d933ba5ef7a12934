"""From a mark to its forms: everything by which it may be found."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice, pairwise
from typing import NamedTuple

from service.matching import han_sound, latin_sound, look, meaning, normalise, words
from service.matching.kinds import LONGEST, Form, FormKind, made
from service.matching.normalise import Token

# Named once: to look up a member of an enumeration costs as much as to make a form.
_SPELLING, _LOOK, _WORD = FormKind.SPELLING, FormKind.LOOK, FormKind.WORD
_SOUND, _LOOSE = FormKind.SOUND, FormKind.LOOSE
_HAN, _BAG, _PINYIN, _BLURRED = FormKind.HAN, FormKind.BAG, FormKind.PINYIN, FormKind.BLURRED
_ROMAN, _HEARD, _UTTERED = FormKind.ROMAN, FormKind.HEARD, FormKind.UTTERED

MOST_TOKENS = 12
"""Words of a mark that get forms of their own; the whole always has."""
MOST_FORMS = 24
"""Forms of one kind that a mark keeps."""


@dataclass(frozen=True, slots=True)
class Sign:
    """A mark as it is compared: its words and what the register records of their meaning."""

    text: str
    translation: str = ""
    transliteration: str = ""


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
    raw = []
    for place, token in enumerate(tokens):
        letters = len(token.text) * (2 if token.han else 1)
        weight = words.weight_of(token.text)
        length = _LENGTHS[min(letters, len(_LENGTHS) - 1)]
        first = _FIRST if place == 0 and len(tokens) > 1 else 100
        raw.append(weight * length * first * repeats[token])
    whole = sum(raw) or 1
    return tuple(
        Part(token, words.weight_of(token.text), max(1, 1000 * amount // whole))
        for token, amount in zip(tokens, raw, strict=True)
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


def _stretches(written: Sequence[Part], mixed: bool) -> Iterator[Stretch]:
    """Stretches of the words of one script in their order, the whole first.

    The whole is given as it is written and, where words repeat, without repetition too: MEI & MEI
    has MEI whole, and BA LA BA LA is 吧啦吧啦 only with each of its words.
    """
    if not written:
        return
    parts = tuple(dict.fromkeys(written)) if len(written) > 1 else tuple(written)
    share = max(_MIXED, _share(parts)) if mixed else 1000
    yield _joined(written, share, not mixed)
    if len(parts) < len(written):
        yield _joined(parts, share, not mixed)
    if len(parts) > 1:
        strong = tuple(part for part in parts if part.weight > words.WEAK)
        if strong and len(strong) < len(parts):
            yield _joined(strong, _share(strong), False)
        for part in parts[:MOST_TOKENS]:
            enough = part.share >= _LEAST_SHARE or not strong
            if enough and len(part.token.text) > 1:
                yield _joined((part,), part.share, False)
    if len(parts) > 2:
        for first, second in pairwise(parts[:MOST_TOKENS]):
            yield _joined((first, second), _share((first, second)), False)
    for part in parts[:MOST_TOKENS]:
        levels = words.cores(part.token.text)
        for core, left in dict.fromkeys((*levels[:1], *levels[-1:])):
            if len(core) > 1:
                kept = part.share * words.ORDINARY // (words.ORDINARY + left)
                share = kept * _INNER[min(len(core) * (2 if part.token.han else 1), 6)] // 100
                yield Stretch(core, part.token.text, max(1, share), False)


def _unique(stretches: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """One stretch a text, the one with the largest share."""
    found = tuple(stretches)
    if len(found) < 2:
        return found
    best: dict[str, Stretch] = {}
    for stretch in found:
        known = best.get(stretch.text)
        if known is None or stretch.share > known.share:
            best[stretch.text] = stretch
    return tuple(best.values())[:MOST_FORMS]


def _latin_forms(stretches: tuple[Stretch, ...]) -> Iterator[Form]:
    """Spelling, look and sound of stretches written in letters."""
    sounds: dict[str, Form] = {}
    loose: dict[str, Form] = {}
    for text, shown, share, whole in stretches:
        yield made((_SPELLING, text, shown, whole, share))
        skeleton = look.skeleton(text)
        if skeleton:
            yield made((_LOOK, skeleton, shown, whole, share))
        latin = normalise.romanised(look.unmasked(text))
        if len(latin) < 2:
            continue
        for language, phonemes, classes in latin_sound.readings(latin[:64]):
            heard = f"{language}: {phonemes}"
            if phonemes not in sounds or sounds[phonemes].share < share:
                sounds[phonemes] = made((_SOUND, phonemes, heard, whole, share))
            if len(classes) > 2 and (classes not in loose or loose[classes].share < share):
                loose[classes] = made((_LOOSE, classes, heard, whole, share))
    yield from islice(sounds.values(), MOST_FORMS)
    yield from islice(loose.values(), MOST_FORMS)


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
            found += [(_HEARD, sounds), (_UTTERED, phonemes)]
    return found


def _han_forms(stretches: tuple[Stretch, ...]) -> Iterator[Form]:
    """Characters and readings of stretches of Han."""
    for text, written, share, whole in stretches:
        yield made((_HAN, text, written, whole, share))
        yield made((_BAG, "".join(sorted(set(text))), written, whole, share))
        seen: set[tuple[str, str]] = set()
        for place, syllables in enumerate(han_sound.readings_of(text[:12])):
            shown = " ".join(syllables)
            kept = max(1, share * _READING_SHARE[min(place, len(_READING_SHARE) - 1)] // 100)
            for found in _sounds_of(syllables, place < _HEARD_READINGS):
                if found not in seen and len(found[1]) > 1:
                    seen.add(found)
                    yield made((*found, shown, whole, kept))


_PAIRED = 4
_HALF = 250
"""Per mille of its share that each half of a run of four characters has, weak words at its ends
taken off: most such names are two words of two (神鹰雅迪), and CN-6 asks for a mark that stands
whole in another. With 250 a mark of two characters is *low* by it (0.73); with more, a random one
would find a hundred names at *medium*."""


def _halves(parts: Iterable[Part]) -> Iterator[Form]:
    """The characters of each half of a run of four."""
    for token, _, share in parts:
        core = words.core_of(token.text) if token.han else ""
        if len(core) == _PAIRED:
            for half in (core[: _PAIRED // 2], core[_PAIRED // 2 :]):
                yield made((_HAN, half, half, False, max(1, share * _HALF // 1000)))


_SHORTEST_ACRONYM, _LONGEST_ACRONYM = 2, 6
_INITIALS_SHARE = (0, 0, 0, 500, 900)
"""Share by the number of letters, the last for all that follow: three initials fit thousands of
names."""


def _initials(parts: tuple[Part, ...]) -> Iterator[Form]:
    """Initials of syllables or words, and short Latin marks that may be made of them."""
    latin = [part for part in parts if not part.token.han and part.token.text.isascii()]
    han = "".join([part.token.text for part in parts if part.token.han])
    for run in dict.fromkeys((han, words.inner_core(han)[0])) if han else ():
        for syllables in han_sound.readings_of(run) if 2 < len(run) <= _LONGEST_ACRONYM else ():
            letters = "".join(syllable[0] for syllable in syllables)
            share = _INITIALS_SHARE[min(len(letters), len(_INITIALS_SHARE) - 1)]
            if share:  # of three Han one may have no reading
                yield Form(FormKind.INITIALS, letters, " ".join(syllables), run == han, share)
    leading = [part.token.text[0] for part in latin if part.weight > 10]
    if _SHORTEST_ACRONYM < len(leading) <= _LONGEST_ACRONYM:
        shown = " ".join(part.token.text for part in latin)
        yield Form(FormKind.INITIALS, "".join(leading), shown, True, 900)
    for part in latin:
        if _SHORTEST_ACRONYM < len(part.token.text) <= _LONGEST_ACRONYM:
            share = 1000 if len(parts) == 1 else part.share
            yield Form(FormKind.ACRONYM, part.token.text, part.token.text, len(parts) == 1, share)


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
    forms = [Form(FormKind.EXACT, exact[:LONGEST], sign.text[:LONGEST])]
    letters, characters = _unique(_stretches(latin, mixed)), _unique(_stretches(han, mixed))
    forms += _latin_forms(letters)
    forms += _han_forms(characters)
    forms += _halves(han[:MOST_TOKENS])
    whole = [stretch.text for stretch in (*letters, *characters) if stretch.share >= 500]
    shared = tuple([(token.text, token.han, share) for token, _, share in parts])
    meant = meaning.forms(shared, whole, sign.translation, evidence)
    forms += _unique_forms(chain(_words(parts), _initials(parts), meant))
    forms += _transliterated(sign.transliteration)
    return tuple(forms)


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


def _unique_forms(forms: Iterable[Form]) -> list[Form]:
    """One form a kind and text, the first."""
    seen: dict[tuple[str, str], Form] = {}
    for form in forms:
        seen.setdefault((form[0], form[1]), form)
    return list(seen.values())


def asked_of(held: Iterable[Form]) -> Iterator[Form]:
    """The forms that are only asked with, from those that are stored."""
    for form in held:
        if form.kind == FormKind.HAN:
            for variant in look.exchanged(form.text):
                yield Form(FormKind.ALIKE, variant, form.shown, form.whole, form.share)
