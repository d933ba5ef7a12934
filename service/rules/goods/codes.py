"""Codes of goods: HS codes and the groups offices search by."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from service.core.text import N_
from service.rules.goods.catalogue import PACKAGE, articles, nice_classes, read_classes
from service.rules.goods.domain import GoodsDegree
from service.rules.goods.errors import UnreadableGoods
from service.rules.markets.domain import Bilingual, Confidence
from service.rules.markets.tables import RuleDataError, keyed, parts, read_rows

HS_LENGTHS = (2, 4, 6, 8, 10, 12, 13)
"""Digits of a chapter, heading, subheading, and national lines (China 10, customs lists 13)."""
CHINESE = re.compile(r"^(\d{4})(?:\(([1-9一二三四五六七八九])\))?$")
JAPANESE = re.compile(r"^\d{2}[A-Z]\d{2}$")
KOREAN = re.compile(r"^[GS]\d{4,8}$")
HAN_DIGITS = "一二三四五六七八九"

N_HS = N_("{value} is not an HS code: it has 2, 4, 6, 8 or 10 digits, such as 8711.60.")
N_CHAPTER = N_("{value} is not an HS code: there is no chapter {chapter}.")
N_GROUP = N_("{value} is not a group: write a 类似群 such as group:1204 or group:1204(1).")


@dataclass(frozen=True, slots=True)
class HsHeading:
    """What exporters ship under an HS code, and the Nice classes it falls in."""

    code: str
    classes: tuple[int, ...]
    articles: tuple[str, ...]
    name: Bilingual
    rough: bool
    """It holds goods of more classes than its row names: every chapter, and `other articles of`."""


@dataclass(frozen=True, slots=True)
class Group:
    """A code goods are searched by: Chinese 类似群, Japanese or Korean code."""

    code: str
    chinese: bool


@dataclass(frozen=True, slots=True)
class GroupFact:
    """What is known of a 类似群: its heading, and whether its parts are similar to each other."""

    code: str
    name: Bilingual
    parts_similar: bool
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class GroupLink:
    """Two 类似群 searched together, and why."""

    a: str
    b: str
    reason: Bilingual
    confidence: Confidence
    degree: GoodsDegree = GoodsDegree.SIMILAR


def read_heading(row: Mapping[str, str]) -> HsHeading:
    """Return an HS row of `hs.csv`."""
    keys = parts(row["articles"])
    missing = set(keys) - set(articles())
    if missing:
        raise RuleDataError(f"no article {sorted(missing)}")
    name = Bilingual(row["zh"], row["en"])
    rough = {"yes": True, "": False}[row["rough"]]
    return HsHeading(row["hs"].replace(".", ""), read_classes(row["classes"]), keys, name, rough)


@cache
def hs_headings() -> Mapping[str, HsHeading]:
    """Return the HS rows by digits."""
    rows = read_rows(PACKAGE, "hs.csv", ("hs", "classes", "articles", "rough", "zh", "en"))
    found = keyed("hs.csv", rows, "hs", read_heading)
    return MappingProxyType({heading.code: heading for heading in found.values()})


def read_hs(written: str, code: str) -> str:
    """Return the digits of an HS code.

    Raises:
        UnreadableGoods: other characters, a length no HS code has, or a chapter there is not.
    """
    digits = re.sub(r"[.\s]", "", code)
    if not (digits.isascii() and digits.isdecimal() and len(digits) in HS_LENGTHS):
        raise UnreadableGoods(N_HS, value=written)
    if digits[:2] not in hs_headings():
        raise UnreadableGoods(N_CHAPTER, value=written, chapter=digits[:2])
    return digits


def hs_heading(digits: str) -> HsHeading:
    """Return the longest row of the table that begins with the digits of `read_hs`."""
    for length in (6, 4, 2):
        found = hs_headings().get(digits[:length]) if len(digits) >= length else None
        if found is not None:
            return found
    raise KeyError(digits)


def chinese_group(code: str) -> str | None:
    """Return a 类似群 in one way of writing: `1204(1)` for 1204（一）; `None` for other codes."""
    text = re.sub(r"\s", "", code).replace("（", "(").replace("）", ")")
    match = CHINESE.match(text)
    if match is None or int(match[1][:2]) not in nice_classes():
        return None
    part = match[2] or ""
    number = str(HAN_DIGITS.index(part) + 1) if part and part in HAN_DIGITS else part
    return f"{match[1]}({number})" if number else match[1]


def read_group(written: str, code: str) -> Group:
    """Return a group as offices write it: `1204(1)` or 1204（一）, `12A06`, `G390802`.

    Raises:
        UnreadableGoods: none of these forms, or a 类似群 of a class there is not.
    """
    chinese = chinese_group(code)
    if chinese:
        return Group(chinese, chinese=True)
    text = re.sub(r"\s", "", code).upper()
    if JAPANESE.match(text) or KOREAN.match(text):
        return Group(text, chinese=False)
    raise UnreadableGoods(N_GROUP, value=written)


def read_fact(row: Mapping[str, str]) -> GroupFact:
    """Return a row of `groups.csv`."""
    similar = {"": True, "no": False}[row["similar_parts"]]
    name = Bilingual(row["zh"], row["en"])
    return GroupFact(row["code"], name, similar, Confidence(row["confidence"]))


@cache
def group_facts() -> Mapping[str, GroupFact]:
    """Return what is known of each 类似群."""
    columns = ("code", "zh", "en", "similar_parts", "confidence")
    rows = read_rows(PACKAGE, "groups.csv", columns)
    return MappingProxyType(keyed("groups.csv", rows, "code", read_fact))


@cache
def group_links() -> tuple[GroupLink, ...]:
    """Return the 类似群 that are searched together."""
    columns = ("a", "b", "reason_zh", "reason_en", "confidence")
    return tuple(
        GroupLink(
            row["a"],
            row["b"],
            Bilingual(row["reason_zh"], row["reason_en"]),
            Confidence(row["confidence"]),
        )
        for row in read_rows(PACKAGE, "group_links.csv", columns)
    )


def group_name(code: str) -> Bilingual:
    """Return the heading of a group, or its code alone where it is not in the table."""
    fact = group_facts().get(code.partition("(")[0])
    return (
        Bilingual(f"{code} {fact.name.zh}", f"{code} {fact.name.en}")
        if fact
        else Bilingual(code, code)
    )


def same_group(a: str, b: str) -> bool:
    """Tell whether two 类似群 codes are one: a part matches itself and the group without a part."""
    if a.partition("(")[0] != b.partition("(")[0]:
        return False
    fact = group_facts().get(a.partition("(")[0])
    whole = "(" not in a or "(" not in b or (fact is not None and fact.parts_similar)
    return whole or a == b


def linked_group(a: str, b: str) -> GroupLink | None:
    """Return the note by which two 类似群 are searched together, in either direction."""
    for link in group_links():
        if (same_group(a, link.a) and same_group(b, link.b)) or (
            same_group(a, link.b) and same_group(b, link.a)
        ):
            return link
    return None
