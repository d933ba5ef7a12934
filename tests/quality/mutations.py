"""Seeded changes of real names: each kind of imitation the engine has to see through."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from random import Random

import opencc

from service.matching import han_sound, normalise
from tests.quality import corpus

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_RESPELLED = (
    ("ph", "f"),
    ("ck", "k"),
    ("qu", "kw"),
    ("x", "ks"),
    ("c", "k"),
    ("y", "i"),
    ("oo", "u"),
    ("ee", "ea"),
    ("z", "s"),
    ("v", "w"),
    ("f", "ph"),
    ("k", "c"),
)
_LOOKS = (
    ("i", "l"),
    ("l", "i"),
    ("m", "n"),
    ("u", "v"),
    ("v", "u"),
    ("c", "e"),
    ("g", "q"),
    ("h", "n"),
    ("o", "q"),
)
_JOINED_LOOKS = (("m", "rn"), ("w", "vv"), ("d", "cl"))
_HOMOGLYPHS = str.maketrans("aceopxy", "асеорху")
_LEET = str.maketrans("oieas", "01345")
_BEFORE = ("new", "best", "super", "pro", "smart")
_AFTER = ("motors", "group", "electric", "technology", "shop")
_HAN_AFTER = ("科技", "集团", "电动车", "汽车")
_HAN_PLACES = ("江苏", "上海", "广州", "天津")
_HAN_COMPANIES = ("集团", "有限公司", "股份有限公司", "集团有限公司")
_HAN_NAMES = ("神鹰", "金凤", "海豚", "松鹤")
"""Words of two characters that are no weak words, as names put them before a brand."""

_HAN_BEFORE = ("神鹰", "大金凤", "海豚飞跃")
_HAN_BEHIND = ("松鹤", "大王龙", "金凤海豚")
_LATIN_BEFORE = ("my", "thebest", "zorpla", "gonew", "que")
_LATIN_BEHIND = ("shop", "electricbike", "lumbo", "ify", "clubtech")
"""Words in which a name may stand whole, known and unknown."""

Change = Callable[[Random, str], str]


@dataclass(frozen=True, slots=True)
class Mutation:
    """One kind of change."""

    name: str
    script: str
    change: Change
    """Gives the changed name, or the name itself when it does not apply."""
    letters: int
    """Least letters or Han characters of the names it is tried on for the aim."""
    crowded: bool = False
    """Whether the aim is 0.95 of the crowding ceiling, the kind being ambiguous by nature."""


def _at(rng: Random, name: str, first: int = 1) -> int:
    return rng.randrange(min(first, len(name) - 1), len(name))


def _changed(rng: Random, name: str) -> str:
    at = _at(rng, name)
    return name[:at] + rng.choice(_LETTERS.replace(name[at], "")) + name[at + 1 :]


def _first_changed(rng: Random, name: str) -> str:
    return rng.choice(_LETTERS.replace(name[0], "")) + name[1:]


def _added(rng: Random, name: str) -> str:
    at = _at(rng, name)
    return name[:at] + rng.choice(_LETTERS) + name[at:]


def _dropped(rng: Random, name: str) -> str:
    at = _at(rng, name)
    return name[:at] + name[at + 1 :]


def _transposed(rng: Random, name: str) -> str:
    at = rng.randrange(len(name) - 1)
    return name[:at] + name[at + 1] + name[at] + name[at + 2 :]


def _doubled(rng: Random, name: str) -> str:
    at = _at(rng, name)
    return name[:at] + name[at] + name[at:]


def _joined(_rng: Random, name: str) -> str:
    return name.replace(" ", "")


def _split(rng: Random, name: str) -> str:
    at = rng.randrange(2, len(name) - 1)
    return name[:at] + " " + name[at:]


def _reordered(_rng: Random, name: str) -> str:
    words = name.split()
    return " ".join([*words[1:], words[0]])


def _one_of(pairs: Sequence[tuple[str, str]]) -> Change:
    def change(rng: Random, name: str) -> str:
        able = [pair for pair in pairs if pair[0] in name]
        if not able:
            return name
        old, new = rng.choice(able)
        return name.replace(old, new, 1)

    return change


def _homoglyph(_rng: Random, name: str) -> str:
    return name.translate(_HOMOGLYPHS)


def _leet(_rng: Random, name: str) -> str:
    return name.translate(_LEET)


def _with_before(rng: Random, name: str) -> str:
    return f"{rng.choice(_BEFORE)} {name}"


def _with_after(rng: Random, name: str) -> str:
    return f"{name} {rng.choice(_AFTER)}"


def _company(rng: Random, name: str) -> str:
    return f"{rng.choice(_HAN_PLACES)}{name}{rng.choice(_HAN_AFTER)}{rng.choice(_HAN_COMPANIES)}"


def _joined_around(rng: Random, name: str) -> str:
    return f"{rng.choice(('super', 'global', 'best'))}{name}{rng.choice(('world', 'shop', 'tech'))}"


def _among(rng: Random, name: str) -> str:
    return f"{rng.choice(_HAN_BEFORE)}{name}{rng.choice(_HAN_BEHIND)}"


def _inside(rng: Random, name: str) -> str:
    return f"{rng.choice(_LATIN_BEFORE)}{name}{rng.choice(_LATIN_BEHIND)}"


def _plural(_rng: Random, name: str) -> str:
    return name if name.endswith("s") else name + "s"


@lru_cache(maxsize=1)
def _by_sound() -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Common characters by their first reading, and by the blurred reading."""
    exact: dict[str, list[str]] = {}
    blurred: dict[str, list[str]] = {}
    path = corpus.folder() / "zh-confusion-pycorrector" / "common_char_set.txt"
    for letter in path.read_text(encoding="utf-8"):
        syllables = han_sound.syllables_of(letter) if normalise.is_han(letter) else ()
        if syllables:
            exact.setdefault(syllables[0], []).append(letter)
            blurred.setdefault(han_sound.blurred(syllables[:1]), []).append(letter)
    return exact, blurred


@lru_cache(maxsize=1)
def _look_alikes() -> dict[str, list[str]]:
    """Look-alike characters by pycorrector's list; the engine's own table does not come from it."""
    path = corpus.folder() / "zh-confusion-pycorrector" / "same_stroke.txt"
    table: dict[str, list[str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        members = [letter for letter in line.split() if len(letter) == 1]
        if not line.startswith("#"):
            for letter in members:
                table.setdefault(letter, []).extend(m for m in members if m != letter)
    return table


def _swap_one(rng: Random, name: str, others: Callable[[str], list[str]]) -> str:
    places = list(range(len(name)))
    rng.shuffle(places)
    for at in places:
        choice = [other for other in others(name[at]) if other != name[at]]
        if choice:
            return name[:at] + rng.choice(choice) + name[at + 1 :]
    return name


def _homophone(rng: Random, name: str) -> str:
    return _swap_one(
        rng, name, lambda c: _by_sound()[0].get((han_sound.syllables_of(c) or ("",))[0], [])
    )


def _near_homophone(rng: Random, name: str) -> str:
    def near(letter: str) -> list[str]:
        syllables = han_sound.syllables_of(letter)[:1]
        same = set(_by_sound()[0].get(syllables[0], [])) if syllables else set()
        blurred = _by_sound()[1].get(han_sound.blurred(syllables), []) if syllables else []
        return [other for other in blurred if other not in same]

    return _swap_one(rng, name, near)


def _look_alike(rng: Random, name: str) -> str:
    return _swap_one(rng, name, lambda c: _look_alikes().get(c, []))


def _one_han(rng: Random, name: str) -> str:
    every = [letter for group in _by_sound()[0].values() for letter in group]
    at = rng.randrange(1, len(name))
    return name[:at] + rng.choice(every) + name[at + 1 :]


def _han_swapped(rng: Random, name: str) -> str:
    at = rng.randrange(len(name) - 1)
    return name[:at] + name[at + 1] + name[at] + name[at + 2 :]


def _redoubled(_rng: Random, name: str) -> str:
    return name + name


@lru_cache(maxsize=2)
def _converter(way: str) -> Callable[[str], str]:
    convert: Callable[[str], str] = opencc.OpenCC(way).convert
    return convert


def _pinyin(joiner: str, *, umlaut: str = "v") -> Change:
    def change(_rng: Random, name: str) -> str:
        readings = han_sound.readings_of(name)
        return joiner.join(readings[0]).replace("v", umlaut) if readings else name

    return change


def _umlaut(_rng: Random, name: str) -> str:
    readings = han_sound.readings_of(name)
    spelled = "".join(readings[0]) if readings else ""
    return spelled.replace("v", "u") if "v" in spelled else name


def _initials(_rng: Random, name: str) -> str:
    readings = han_sound.readings_of(name)
    return "".join(syllable[0] for syllable in readings[0]) if readings else name


MUTATIONS: tuple[Mutation, ...] = (
    Mutation("one letter changed", "latin", _changed, 6),
    Mutation("first letter changed", "latin", _first_changed, 6),
    Mutation("one letter added", "latin", _added, 6),
    Mutation("one letter dropped", "latin", _dropped, 6),
    Mutation("two letters transposed", "latin", _transposed, 6),
    Mutation("one letter doubled", "latin", _doubled, 6),
    Mutation("words joined", "words", _joined, 6),
    Mutation("word split", "latin", _split, 6),
    Mutation("words reordered", "words", _reordered, 6),
    Mutation("phonetic respelling", "latin", _one_of(_RESPELLED), 6),
    Mutation("look-alike letter", "latin", _one_of(_LOOKS), 6),
    Mutation("look-alike letters joined", "latin", _one_of(_JOINED_LOOKS), 6),
    Mutation("homoglyphs of another script", "latin", _homoglyph, 6),
    Mutation("leet digits", "latin", _leet, 6),
    Mutation("weak word before", "latin", _with_before, 6),
    Mutation("weak word after", "latin", _with_after, 6),
    Mutation("weak words joined around it", "latin", _joined_around, 6),
    Mutation("plural", "latin", _plural, 6),
    Mutation("homophone", "han", _homophone, 4),
    Mutation("near-homophone", "han", _near_homophone, 4),
    Mutation("look-alike character", "han", _look_alike, 4),
    Mutation("one of four or more changed", "han", _one_han, 4, crowded=True),
    Mutation("one of three changed", "han3", _one_han, 3, crowded=True),
    Mutation("homophone in two characters", "han2", _homophone, 2, crowded=True),
    Mutation("look-alike in two characters", "han2", _look_alike, 2, crowded=True),
    Mutation("characters reordered", "han", _han_swapped, 4),
    Mutation("reduplicated", "han2", _redoubled, 2, crowded=True),
    Mutation("traditional", "han", lambda _r, n: _converter("s2t")(n), 4),
    Mutation("Japanese form", "han", lambda _r, n: _converter("t2jp")(_converter("s2t")(n)), 4),
    Mutation("weak word after Han", "han", lambda r, n: n + r.choice(_HAN_AFTER), 4),
    Mutation("a company named by it", "han", _company, 4),
    Mutation("a company named by two characters", "han2", _company, 2, crowded=True),
    Mutation(
        "two characters after two others",
        "han2",
        lambda r, n: r.choice(_HAN_NAMES) + n,
        2,
        crowded=True,
    ),
    Mutation("pinyin joined", "han", _pinyin(""), 4),
    Mutation("pinyin spaced", "han", _pinyin(" "), 4),
    Mutation("pinyin joined, two characters", "han2", _pinyin(""), 2, crowded=True),
    Mutation("ü as u", "han", _umlaut, 4),
    Mutation("initials", "han", _initials, 4, crowded=True),
    Mutation("two characters among others", "han2", _among, 2, crowded=True),
    Mutation("three characters among others", "han3", _among, 3),
    Mutation("four and more among others", "han", _among, 4),
    Mutation("inside a longer word", "latin", _inside, 6),
)


def _suits(name: str, script: str) -> bool:
    if script.startswith("han"):
        wanted = {"han": (4, 6), "han3": (3, 3), "han2": (2, 2)}[script]
        return all(map(normalise.is_han, name)) and wanted[0] <= len(name) <= wanted[1]
    words = name.split()
    if not name.isascii() or not name.replace(" ", "").isalpha():
        return False
    return 6 <= len(name) <= 20 and (len(words) in (2, 3)) == (script == "words")


def cases(names: Sequence[str], each: int, seed: int) -> dict[str, list[corpus.Pair]]:
    """`each` changed names of every kind with the name they come from, equal for an equal seed."""
    rng = Random(seed)
    made: dict[str, list[corpus.Pair]] = {}
    scripts = {mutation.script for mutation in MUTATIONS}
    pools = {script: [name for name in names if _suits(name, script)] for script in sorted(scripts)}
    for mutation in MUTATIONS:
        found: list[corpus.Pair] = []
        pool = pools[mutation.script]
        for name in rng.sample(pool, min(len(pool), 40 * each)):
            changed = mutation.change(rng, name.lower())
            if changed != name.lower() and len(found) < each:
                found.append(corpus.Pair(changed, name, mutation.script, mutation.name))
        made[mutation.name] = found
    return made
