"""The goods of a mark as its register gives them, read into what can be compared."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from service.rules.goods.catalogue import articles, articles_by_word, nice_classes, vehicle_keys
from service.rules.goods.codes import chinese_group, same_group
from service.rules.goods.words import look_up, split_terms


@dataclass(frozen=True, slots=True)
class Facet:
    """One thing a mark is registered for: an article, or a class of which no more is known."""

    nice: int
    article: str = ""
    """Key of the article; empty where the text is missing or was not understood."""
    groups: tuple[str, ...] = ()
    """类似群 of this facet: the register's own, else those of the article."""
    codes: tuple[str, ...] = ()
    """Japanese or Korean codes: the register's own, else those of the article."""
    text: str = ""
    narrowed: bool = False
    """The term says more than the article: hydrogen fuelled vehicles are not all vehicles."""


def normal_codes(subgroups: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the Chinese groups and the other codes a register gives."""
    read = [(code, chinese_group(code)) for code in subgroups]
    others = (re.sub(r"\s", "", code).upper() for code, group in read if group is None)
    return tuple(group for _, group in read if group), tuple(code for code in others if code)


def article_facets(
    nice: int, text: str, groups: tuple[str, ...], codes: tuple[str, ...]
) -> tuple[Facet, ...]:
    """Return the facets of one term, none where it is not understood within the class."""
    meaning = look_up(text, articles_by_word(), vehicle_keys())
    if meaning.inside or (meaning.by_head and not nice):
        return ()
    found = []
    for key in meaning.articles:
        article = articles()[key]
        if nice and nice not in article.classes:
            continue
        own = tuple(
            group for group in article.groups if any(same_group(group, one) for one in groups)
        )
        found.append(
            Facet(
                nice or article.classes[0],
                key,
                own or groups or article.groups,
                codes or article.codes,
                text,
                meaning.by_head,
            )
        )
    return tuple(found)


@lru_cache(maxsize=16384)
def facets_of(nice: int, goods: str, subgroups: tuple[str, ...]) -> tuple[Facet, ...]:
    """Return what a mark is registered for in one class, every term of the text considered.

    A term that is not understood, or a class without text, stands as the class itself: what the
    register says there might be anything of the class. Class 0 is a register without classes.
    """
    groups, codes = normal_codes(subgroups)
    found: dict[Facet, None] = {}
    terms = split_terms(goods, articles_by_word())
    unread = not terms
    for term in terms:
        known = article_facets(nice, term, groups, codes)
        found.update(dict.fromkeys(known))
        unread = unread or not known
    if unread:
        number = nice if nice in nice_classes() else 0
        found[Facet(number, groups=groups, codes=codes)] = None
    return tuple(found)
