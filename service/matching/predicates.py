"""When the examiners' rules fire: one function a rule, over the facts of a pair.

Each gives what made it fire, or whether it does; empty and False mean that it does not.
"""

from typing import NamedTuple

from service.matching.facts import Facts
from service.matching.inflection import inflected
from service.matching.kinds import Axis, FormKind
from service.matching.meaning import Strength, source_of

_HIGH = 0.80
_SHORT_LATIN, _SHORT_HAN = 3, 2


class Source(NamedTuple):
    """What a rule rests on, in both languages."""

    zh: str
    en: str


def weak_overlap(f: Facts) -> bool | str:
    """EU-3: only weak words are shared."""
    return f.weak_only and not f.equal


def beginning(f: Facts) -> bool | str:
    """EU-4: the shared beginning, at least half of the shorter mark."""
    shorter = min(len(f.a.bare), len(f.b.bare))
    least = 2 if f.only_han else 3
    return (
        f.a.bare[: f.shared_prefix]
        if f.shared_prefix >= max(least, (shorter + 1) // 2) and f.a.bare != f.b.bare
        else ""
    )


def short(f: Facts) -> bool | str:
    """EU-5: three letters or two Han at most, and not equal."""
    if f.equal or f.a.bare == f.b.bare:
        return False
    if f.only_latin:
        return f.shorter_latin <= _SHORT_LATIN
    return f.only_han and min(len(f.a.han), len(f.b.han)) <= _SHORT_HAN


def sounds(f: Facts) -> bool | str:
    """EU-6: alike to a high degree when read."""
    return f.scores[Axis.AURAL] >= _HIGH and f.a.bare != f.b.bare


def letters(f: Facts) -> bool | str:
    """US-2: whole marks that differ by some letters."""
    way = f.found.get("spelling")
    if way is None or f.equal or not way.query[0].whole or not way.mark[0].whole:
        return False
    return way.value >= 7000 and f.edits > 0


def reading(f: Facts) -> bool | str:
    """US-3: the languages in which both sound alike."""
    way = f.found.get("sound")
    if way is None or f.a.bare == f.b.bare or f.scores[Axis.AURAL] < _HIGH:
        return False
    languages = {form.shown.split(":")[0] for form in (*way.query, *way.mark)}
    return ", ".join(sorted(languages)) if languages - {"en"} else ""


def foreign(f: Facts) -> bool | str:
    """EU-7, US-4: the shared meaning of different words."""
    if not (f.same_concepts or f.same_rendered):
        return ""
    return " = ".join(text.lstrip("=") for text in f.a.concepts or sorted(f.a.rendered))


def reordered(f: Facts) -> bool | str:
    """US-5: the same words in another order."""
    return len(f.a.stems) > 1 and sorted(f.a.stems) == sorted(f.b.stems) and f.a.stems != f.b.stems


def incorporated(f: Facts) -> bool | str:
    """US-6: all words of one in the other."""
    for part, whole in ((f.a, f.b), (f.b, f.a)):
        if set(part.stems) < set(whole.stems) and any(not part.weak(stem) for stem in part.stems):
            return " ".join(part.stems)
    return ""


def first_word(f: Facts) -> bool | str:
    """US-7: equal but for number, or the same distinctive first word."""
    if f.a.bare == f.b.bare or not f.only_latin:
        return False
    if f.a.stems == f.b.stems:
        return f.a.stems[0]
    first = f.a.stems[0] if f.a.stems[:1] == f.b.stems[:1] else ""
    both_longer = max(len(f.a.stems), len(f.b.stems)) > 1
    return first if first and both_longer and not f.a.weak(first) else ""


def same_han(f: Facts) -> bool | str:
    """CN-2: the same characters, otherwise written or ordered."""
    return (
        f.only_han
        and sorted(f.a.han) == sorted(f.b.han)
        and f.a.prepared.sign.text != f.b.prepared.sign.text
    )


def one_of_three(f: Facts) -> bool | str:
    """CN-3: the one pair of characters that differs."""
    if not f.only_han or len(f.a.han) < 3 or len(f.changed_han) != 1:
        return False
    x, y = f.changed_han[0]
    if f.a.han[0] == x and not _same_reading(f) and not f.alike_han(x, y):
        return False
    return "" if f.other_concepts or f.apart else f"{x}/{y}"


def other_whole(f: Facts) -> bool | str:
    """CN-3's exception: what the two marks say."""
    return " / ".join(" ".join(side.read) for side in (f.a, f.b)) if f.apart else ""


def _same_reading(f: Facts) -> bool:
    return bool(f.a.readings(FormKind.BLURRED) & f.b.readings(FormKind.BLURRED))


def sound_and_shape(f: Facts) -> bool | str:
    """CN-4: the same or near sound, with a shared or look-alike character."""
    if not f.only_han or f.a.han == f.b.han or not _same_reading(f):
        return False
    shared = set(f.a.han) & set(f.b.han)
    return bool(shared) or any(f.alike_han(x, y) for x, y in f.changed_han)


def looks(f: Facts) -> bool | str:
    """CN-4: the one pair of look-alike characters."""
    if not f.only_han or not f.changed_han or len(f.changed_han) > 1:
        return False
    x, y = f.changed_han[0]
    return f"{x}/{y}" if f.alike_han(x, y) else ""


def other_reading(f: Facts) -> bool | str:
    """CN-4c: characters with several readings (多音字) are equal only by an uncommon one."""
    shared = f.a.readings(FormKind.PINYIN) & f.b.readings(FormKind.PINYIN)
    if not shared or f.a.han == f.b.han or not (f.a.han and f.b.han):
        return False
    firsts = {
        next(form.text for form in side.prepared.by_kind[FormKind.PINYIN]) for side in (f.a, f.b)
    }
    return len(firsts) > 1 or not firsts <= shared


def doubled(f: Facts) -> bool | str:
    """CN-5: what was doubled."""
    shorter, longer = sorted((f.a.bare, f.b.bare), key=len)
    times = len(longer) // len(shorter) if shorter else 0
    whole = times > 1 and shorter * times == longer
    return shorter if whole or (shorter and _collapsed(longer) == shorter) else ""


def _collapsed(text: str) -> str:
    kept = "".join(c for at, c in enumerate(text) if at == 0 or text[at - 1] != c)
    return kept if kept != text and len(kept) * 2 == len(text) else ""


def generic_added(f: Facts) -> bool | str:
    """CN-6: the core to which something generic was added."""
    if not (f.a.han and f.b.han) or f.a.han == f.b.han:
        return False
    shorter, longer = sorted((f.a.han, f.b.han), key=len)
    inside = len(shorter) > 1 and shorter in longer
    same_core = f.a.core == f.b.core and len(f.a.core) > 1
    return f.a.core if same_core else (shorter if inside else "")


def one_letter(f: Facts) -> bool | str:
    """CN-7: four or more letters, one of them changed, not the first."""
    if not f.only_latin or f.shorter_latin < 4 or f.edits != 1 or f.other_concepts:
        return False
    return f.a.latin[0] == f.b.latin[0]


def few_letters(f: Facts) -> bool | str:
    """CN-8: one or two letters, or few in another order that look and sound clearly different."""
    if not f.only_latin or f.a.latin == f.b.latin:
        return False
    a, b = f.a.latin, f.b.latin
    if max(len(a), len(b)) <= 2:
        return True
    if len(a) > 4 or sorted(a) != sorted(b) or one_letter(f):
        return False
    return max(f.scores[Axis.VISUAL], f.scores[Axis.AURAL]) < _HIGH


def swapped_or_inflected(f: Facts) -> bool | str:
    """CN-9: the same words but for order, number, article, gerund and comparison."""
    if not f.only_latin or f.a.bare == f.b.bare:
        return False
    a, b = f.a.singulars, f.b.singulars
    return len(a) == len(b) > 0 and all(map(inflected, a, b))


def han_and_latin(f: Facts) -> bool | str | Source:
    """CN-10: the source or the concept that links the two scripts."""
    across = bool(f.a.han) != bool(f.b.han) or bool(f.a.latin) != bool(f.b.latin)
    if not across:
        return False
    shown = [row for row in f.recorded if row.strength is not Strength.DENIED]
    return Source(*source_of(shown[0])) if shown else foreign(f)


def denied(f: Facts) -> bool | Source:
    """CN-10b: the source that denies that the two are linked."""
    rows = [row for row in f.recorded if row.strength is Strength.DENIED]
    return Source(*source_of(rows[0])) if rows else False


def pinyin(f: Facts) -> bool | str:
    """CN-11: the pinyin of the other mark."""
    for han, latin in ((f.a, f.b), (f.b, f.a)):
        if han.han and not latin.han and latin.bare in han.readings(FormKind.ROMAN):
            return latin.bare
    return ""


def element(f: Facts) -> bool | str:
    """CN-12: the element of a mixed mark that is the other mark."""
    for mixed, plain in ((f.a, f.b), (f.b, f.a)):
        if mixed.han and mixed.latin and not (plain.han and plain.latin):
            element = mixed.han if plain.han else mixed.latin
            if element == plain.bare:
                return element
    return ""


def final_s(f: Facts) -> bool | str:
    """CN-14: a final s or a doubled letter was added."""
    if not f.only_latin or f.shorter_latin < 4:
        return False
    shorter, longer = sorted((f.a.latin, f.b.latin), key=len)
    doubled = len(longer) == len(shorter) + 1 and any(
        longer[:at] + longer[at + 1 :] == shorter and longer[at] == longer[at - 1]
        for at in range(1, len(longer))
    )
    return longer == shorter + "s" or doubled
