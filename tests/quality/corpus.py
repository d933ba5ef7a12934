"""The names and pairs that quality is measured on, read from the folder MARKPASS_DATA names."""

import csv
import gzip
import os
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

REAL_PARTS = ("nsi_brands", "simple_icons", "cn_company_short", "en_words", "v2fly_domain_labels")


def folder() -> Path:
    """The shared data folder; MARKPASS_DATA, or `../shared/data` beside the checkout."""
    beside = Path(__file__).resolve().parents[3] / "shared" / "data"
    return Path(os.environ.get("MARKPASS_DATA", beside))


@lru_cache(maxsize=1)
def real_names() -> tuple[str, ...]:
    """The real names of the haystack, distinct after NFKC and case folding."""
    seen: dict[str, str] = {}
    for part in REAL_PARTS:
        path = folder() / "haystack-parts" / f"{part}.txt.gz"
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                name = line.strip()
                if name:
                    seen.setdefault(unicodedata.normalize("NFKC", name).casefold(), name)
    return tuple(seen.values())


@dataclass(frozen=True, slots=True)
class Pair:
    """A decided pair of marks."""

    query: str
    earlier: str
    script: str
    """`latin`, `han`, or `han-latin`."""
    where: str


def _script(text: str) -> str:
    return "han" if any("\u4e00" <= letter <= "\u9fff" for letter in text) else "latin"


def _pair(query: str, earlier: str, where: str) -> Pair:
    scripts = {_script(query), _script(earlier)}
    return Pair(query, earlier, "han-latin" if len(scripts) == 2 else scripts.pop(), where)


def _same(pair: Pair) -> bool:
    query, earlier = (
        unicodedata.normalize("NFKC", text).casefold() for text in (pair.query, pair.earlier)
    )
    return query == earlier


def conflict_pairs(*, outcome: str = "conflict") -> list[Pair]:
    """Decided pairs of the development half, identical ones left out."""
    path = folder() / "conflict-pairs" / "conflict_pairs.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["outcome"] == outcome]
    pairs = [_pair(row["contested"], row["earlier"], row["jurisdiction"]) for row in rows]
    return [pair for pair in pairs if not _same(pair)]


def brand_pairs() -> list[Pair]:
    """Chinese and Latin names of one brand, some of which no rule can derive."""
    path = folder() / "nsi-brands" / "zh_en_brand_pairs.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    pairs = [_pair(row["name_zh"], row["name_en"], "brand") for row in rows]
    return [
        pair for pair in pairs if pair.script == "han-latin" and _script(pair.earlier) == "latin"
    ]


def typo_pairs() -> list[Pair]:
    """Imitated domain names and the marks they imitate."""
    path = folder() / "udrp-annotated" / "udrp_near_typos.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines))
    return [_pair(row[1], row[2], "udrp") for row in rows[1:]]
