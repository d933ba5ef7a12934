"""The names that are searched: real ones first, then composed ones, as many as are asked for."""

import gzip
import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

REAL = ("nsi_brands", "simple_icons", "cn_company_short", "en_words", "v2fly_domain_labels")
COMPOSED = "composed_synthetic"
_SUFFIXES = ("科技", "电子", "贸易", "汽车配件", "服饰", "食品", "机械", "家居", "医疗", "光电")
_SYLLABLES = tuple(
    begin + end for begin in "bcdfgklmnprstvxz" for end in ("a", "e", "i", "o", "an", "er", "in")
)
_HAN = "华新中天金大东海美国德信达成宏利安康泰光明星宝龙凤山水木火土"


@dataclass(frozen=True, slots=True)
class Names:
    """Distinct names; the first `real` of them are real."""

    every: list[str]
    real: int


def _read(folder: Path, part: str) -> list[str]:
    return (
        gzip.decompress((folder / "haystack-parts" / f"{part}.txt.gz").read_bytes())
        .decode()
        .splitlines()
    )


def _invented(draw: random.Random) -> Iterator[str]:
    """Names of syllables and characters, where no folder with real ones is named."""
    while True:
        if draw.random() < 0.6:
            yield "".join(draw.choices(_SYLLABLES, k=draw.randint(2, 5)))
        else:
            yield "".join(draw.choices(_HAN, k=draw.randint(2, 4)))


def _composed(draw: random.Random, words: list[str]) -> Iterator[str]:
    """Two Latin words, or a Han name and a branch of trade."""
    latin = [word for word in words if word.isascii() and 3 <= len(word) <= 10]
    han = [word for word in words if word and "\u4e00" <= word[0] <= "\u9fff" and len(word) <= 4]
    while True:
        if draw.random() < 0.5 or not han:
            yield f"{draw.choice(latin)} {draw.choice(latin)}"
        else:
            yield draw.choice(han) + draw.choice(_SUFFIXES)


def names(folder: Path | None, marks: int) -> Names:
    """As many distinct names as asked for: real, then composed ones of the data, then our own.

    Where fewer are asked for than there are real ones, a sample of them.
    """
    draw = random.Random(20261123)
    if folder is None:
        seen = dict.fromkeys(islice(_invented(draw), marks // 2))
        real = 0
        words = list(seen)
    else:
        words = [name for part in REAL for name in _read(folder, part) if name.strip()]
        seen = dict.fromkeys(words)
        if marks < len(seen):
            seen = dict.fromkeys(draw.sample(list(seen), marks))
        real = len(seen)
        seen |= dict.fromkeys(_read(folder, COMPOSED) if len(seen) < marks else [])
    for name in _composed(draw, words):
        if len(seen) >= marks:
            break
        seen[name] = None
    return Names(list(islice(seen, marks)), real)


def queries(source: Names, count: int) -> list[str]:
    """Names of the set, every other with one letter exchanged, seeded."""
    draw = random.Random(4)
    pool = source.every[: source.real or None]
    asked = []
    for number, name in enumerate(draw.sample(pool, min(count, len(pool)))):
        if number % 2 and len(name) > 2:
            place = draw.randrange(len(name))
            asked.append(name[:place] + draw.choice(draw.choice(pool)) + name[place + 1 :])
        else:
            asked.append(name)
    return asked
