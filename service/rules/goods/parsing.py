"""Reading goods as people write them: classes, HS codes, 类似群, or words."""

import difflib
import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from service.core.text import N_
from service.rules.goods.catalogue import articles, articles_by_word, nice_classes, vehicle_keys
from service.rules.goods.codes import group_name, hs_heading, read_group, read_hs
from service.rules.goods.domain import GoodsItem, GoodsKind
from service.rules.goods.errors import UnreadableGoods
from service.rules.goods.words import fold_phrase, look_up, split_terms, without_kits
from service.rules.markets.domain import Bilingual

LONGEST = 200
"""Characters of one value; longer text is a description to be split, not a word."""
PREFIXED = re.compile(r"^(class|类|hs|group|群)\s*[:=]\s*(.*)$", re.IGNORECASE | re.DOTALL)
OTHER_PREFIX = re.compile(r"^[a-z_]{1,12}\s*[:=]", re.IGNORECASE)
CLASS_WORDS = re.compile(r"^(?:第\s*(\d{1,2})\s*类|(?:nice\s+)?class\s+(\d{1,2}))$", re.IGNORECASE)
BARE_CODE = re.compile(r"^[\d.\s]+$")
KIT_CODE = re.compile(r"^\d{4}[\d.\s]*$")

N_WRITE = N_(
    "{value} is not a way to write goods: use class:12, hs:8711.60, group:1204 or product words."
)
N_FOUR = N_("{value} may be an HS heading or a 类似群: write hs:{value} or group:{value}.")
N_CLASS = N_("{value} is not a Nice class: they run from 1 to 45.")
N_EMPTY = N_("Goods are empty: write class:12, hs:8711.60, group:1204 or product words.")
N_LONG = N_("Goods are longer than {limit} characters: split them into single products.")


def class_item(written: str, number: str) -> GoodsItem:
    """Return the item of a Nice class.

    Raises:
        UnreadableGoods: no number from 1 to 45.
    """
    found = nice_classes().get(int(number)) if number.isdecimal() else None
    if found is None:
        raise UnreadableGoods(N_CLASS, value=written)
    return GoodsItem(written, GoodsKind.CLASS, found.name, classes=(found.number,))


def hs_item(written: str, code: str) -> GoodsItem:
    """Return the item of an HS code, by the longest row of the table that begins it.

    A code that only its chapter begins, or that names all other articles of something, may be of
    another class: it is approximate. Kit words beside a vehicle's (`8711.60 CKD`) make it a kit.

    Raises:
        UnreadableGoods: no HS code.
    """
    digits = read_hs(written, without_kits(code))
    heading = hs_heading(digits)
    known = [articles()[key] for key in heading.articles]
    return GoodsItem(
        written,
        GoodsKind.HS,
        heading.name,
        classes=heading.classes,
        groups=tuple(dict.fromkeys(group for one in known for group in one.groups)),
        codes=tuple(dict.fromkeys(one_code for one in known for one_code in one.codes)),
        articles=heading.articles,
        hs=digits,
        kit=without_kits(code) != code and set(heading.articles) <= vehicle_keys(),
        approximate=heading.rough,
    )


def group_item(written: str, code: str) -> GoodsItem:
    """Return the item of a 类似群 (or a Japanese or Korean code).

    Raises:
        UnreadableGoods: no code of these forms.
    """
    group = read_group(written, code)
    classes = (int(group.code[:2]),) if group.chinese else ()
    return GoodsItem(
        written,
        GoodsKind.GROUP,
        group_name(group.code),
        classes=classes,
        groups=(group.code,),
        codes=() if group.chinese else (group.code,),
    )


def words_item(written: str) -> GoodsItem:
    """Return the item of product words; words not in the list make an item without classes."""
    meaning = look_up(written, articles_by_word(), vehicle_keys())
    known = [articles()[key] for key in meaning.articles]
    if not known:
        near = difflib.get_close_matches(fold_phrase(written), articles_by_word(), n=3, cutoff=0.7)
        return GoodsItem(
            written,
            GoodsKind.WORDS,
            Bilingual(written, written),
            kit=meaning.kit,
            closest=tuple(near),
        )
    zh = "／".join(one.name.zh for one in known)
    en = " / ".join(one.name.en for one in known)
    return GoodsItem(
        written,
        GoodsKind.WORDS,
        Bilingual(zh, en),
        classes=tuple(dict.fromkeys(number for one in known for number in one.classes)),
        groups=tuple(dict.fromkeys(group for one in known for group in one.groups)),
        codes=tuple(dict.fromkeys(code for one in known for code in one.codes)),
        articles=meaning.articles,
        kit=meaning.kit,
        approximate=meaning.approximate,
    )


def bare_item(written: str, value: str) -> GoodsItem:
    """Return the item of a value of digits and dots alone.

    Raises:
        UnreadableGoods: neither a class (1 to 45) nor an HS code (a dot, or six digits and more).
    """
    digits = re.sub(r"[.\s]", "", value)
    if value.isdecimal() and len(value) <= 2:
        return class_item(written, value)
    if value.isdecimal() and len(value) == 4:
        raise UnreadableGoods(N_FOUR, value=value)
    if re.match(r"^\d{4}\.", value) or len(digits) >= 6:
        return hs_item(written, value)
    raise UnreadableGoods(N_WRITE, value=written)


@lru_cache(maxsize=4096)
def parse_item(written: str) -> GoodsItem:
    """Return the goods one value of `--goods` names.

    `class:12`, `类:12`, `第12类` and a bare 1 to 45 are Nice classes; `hs:8711`, four digits with
    a dot and six digits and more are HS codes, from four digits with kit words beside them too;
    `group:1204` or `group:1204(1)` a 类似群; the rest are words in Chinese or English. Words that
    are not in the list are no error: the item has no classes, its relation to marks is unknown.

    Raises:
        UnreadableGoods: empty, too long, a number that is none of these, or an unknown prefix.
    """
    value = unicodedata.normalize("NFKC", written).strip()
    if not value:
        raise UnreadableGoods(N_EMPTY)
    if len(value) > LONGEST:
        raise UnreadableGoods(N_LONG, limit=LONGEST)
    if match := PREFIXED.match(value):
        kind, rest = match[1].lower(), match[2].strip()
        makers = {"class": class_item, "类": class_item, "hs": hs_item}
        return makers.get(kind, group_item)(written, rest)
    if match := CLASS_WORDS.match(value):
        return class_item(written, match[1] or match[2])
    if BARE_CODE.match(value):
        return bare_item(written, value)
    if KIT_CODE.match(without_kits(value)):
        return hs_item(written, value)
    if OTHER_PREFIX.match(value) or not any(char.isalpha() for char in value):
        raise UnreadableGoods(N_WRITE, value=written)
    return words_item(written.strip())


def parse_goods(values: Sequence[str]) -> tuple[GoodsItem, ...]:
    """Return the items of all values in order, each once; a value may hold several.

    Parts of a value are separated by `;`, `,` or `、` (half or full width).

    Raises:
        UnreadableGoods: as `parse_item`; an empty list gives an empty result.
    """
    found: dict[str, GoodsItem] = {}
    for value in values:
        for part in split_terms(value, articles_by_word()) or [value]:
            found.setdefault(part, parse_item(part))
    return tuple(found.values())
