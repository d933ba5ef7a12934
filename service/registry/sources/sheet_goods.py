"""Classes, goods and subgroup codes of a sheet row: three cells that belong together."""

import re
from functools import lru_cache

from service.registry.domain import GoodsClass
from service.registry.sources.values import filled, plain, split_list

MANY_CODES = ";；,，、 \n"

_CLASS = re.compile(r"(?:第|class|cl\.?|ic)?\s*0*(\d{1,3})\s*(?:类|類|류)?", re.IGNORECASE)
_GOODS_CLASS = re.compile(
    r"\s*(?:第|class|cl\.?|\[|【)?\s*0?(\d{1,2})\s*(?:类|類)?\s*[]】]?\s*[:：]\s*", re.IGNORECASE
)
_PIECE = re.compile("[;；\n]")
_GROUP = re.compile(r"(\d{2})\d{2}(?:\(.*\))?")


@lru_cache(1024)
def read_classes(
    classes: str, goods: str, subgroups: str
) -> tuple[tuple[GoodsClass, ...], tuple[str, ...]]:
    """Return the classes of a row with their goods and codes, and what is no class.

    Goods without a class go to the only class there is, else under class 0, and so do the codes.
    A class named only in the goods or by a 类似群 counts too.
    """
    numbers: list[int] = []
    bad: list[str] = []
    for piece in split_list(plain(classes), MANY_CODES):
        match = _CLASS.fullmatch(piece)
        if match and 1 <= int(match[1]) <= 45:
            numbers.append(int(match[1]))
        elif filled(piece):
            bad.append(piece)
    texts, rest = _by_class(goods)
    groups = _groups(plain(subgroups))
    every = dict.fromkeys([*numbers, *texts, *(number for number in groups if number)])
    if len(every) == 1:
        only = next(iter(every))
        texts[only] = "; ".join(part for part in (texts.get(only, ""), rest) if part)
        groups[only] = (*groups.get(only, ()), *groups.pop(0, ()))
        rest = ""
    found = [GoodsClass(number, texts.get(number, ""), groups.get(number, ())) for number in every]
    if rest or groups.get(0):
        found.append(GoodsClass(0, rest, groups.get(0, ())))
    return tuple(found), tuple(bad)


def _by_class(raw: str) -> tuple[dict[int, str], str]:
    """Split `12: bicycles; tricycles; 35: retail` by class; goods before any class are apart."""
    goods: dict[int, list[str]] = {}
    rest: list[str] = []
    target = rest
    for piece in _PIECE.split(raw):
        match = _GOODS_CLASS.match(piece)
        if match and 1 <= int(match[1]) <= 45:
            target = goods.setdefault(int(match[1]), [])
            piece = piece[match.end() :]
        if filled(piece):
            target.append(piece.strip())
    return {number: "; ".join(parts) for number, parts in goods.items()}, "; ".join(rest)


def _groups(text: str) -> dict[int, tuple[str, ...]]:
    """Sort 类似群 by class: its first two digits. Codes of other offices go under 0."""
    groups: dict[int, list[str]] = {}
    for code in split_list(text, MANY_CODES):
        match = _GROUP.fullmatch(code)
        known = match and 1 <= int(match[1]) <= 45
        if filled(code):
            groups.setdefault(int(match[1]) if known and match else 0, []).append(code.upper())
    return {number: tuple(codes) for number, codes in groups.items()}
