"""Tables of how goods relate: between articles, and between Nice classes."""

from collections.abc import Mapping
from functools import cache, lru_cache
from types import MappingProxyType
from typing import NamedTuple

from service.rules.goods.catalogue import PACKAGE, articles, wider
from service.rules.goods.domain import GoodsDegree
from service.rules.markets.domain import Bilingual
from service.rules.markets.tables import RuleDataError, keyed, read_rows

TOO_BROAD = frozenset({"vehicle", "vehicle-part"})
"""Articles so wide that being both of their kind says nothing: boats and bicycles are vehicles."""


class Relation(NamedTuple):
    """How two goods or classes relate, and why."""

    degree: GoodsDegree
    reason: Bilingual


@cache
def reasons() -> Mapping[str, Bilingual]:
    """Return the reasons of relations by key."""
    rows = read_rows(PACKAGE, "relation_reasons.csv", ("key", "zh", "en"))
    made = keyed("relation_reasons.csv", rows, "key", lambda row: Bilingual(row["zh"], row["en"]))
    return MappingProxyType(made)


def read_relation(row: Mapping[str, str]) -> Relation:
    """Return the degree and reason of a row.

    Raises:
        RuleDataError: a degree other than similar or related, or an unknown reason.
    """
    if row["degree"] not in (GoodsDegree.SIMILAR, GoodsDegree.RELATED):
        raise RuleDataError(f"{row['a']} and {row['b']}: no degree {row['degree']!r}")
    if row["reason"] not in reasons():
        raise RuleDataError(f"{row['a']} and {row['b']}: no reason {row['reason']!r}")
    return Relation(GoodsDegree(row["degree"]), reasons()[row["reason"]])


@cache
def class_relations() -> Mapping[frozenset[int], Relation]:
    """Return the relations between Nice classes; a pair not in it was found without relation."""
    rows = read_rows(PACKAGE, "class_relations.csv", ("a", "b", "degree", "reason"))
    found = {frozenset({int(row["a"]), int(row["b"])}): read_relation(row) for row in rows}
    if len(found) != len(rows) or any(len(pair) == 1 for pair in found):
        raise RuleDataError("class_relations.csv: a pair twice, or a class with itself")
    return MappingProxyType(found)


@cache
def article_links() -> Mapping[frozenset[str], Relation]:
    """Return the relations between articles, each pair once."""
    rows = read_rows(PACKAGE, "article_links.csv", ("a", "b", "degree", "reason"))
    found: dict[frozenset[str], Relation] = {}
    for row in rows:
        pair = frozenset({row["a"], row["b"]})
        if len(pair) == 1 or pair in found or not pair <= set(articles()):
            raise RuleDataError(f"article_links.csv: {row['a']}, {row['b']} repeat or are unknown")
        found[pair] = read_relation(row)
    return MappingProxyType(found)


def class_relation(a: int, b: int) -> Relation | None:
    """Return how two different Nice classes relate; `None` where the table lists no relation."""
    return class_relations().get(frozenset({a, b}))


@lru_cache(maxsize=65536)
def linked(a: str, b: str) -> Relation | None:
    """Return the nearest relation of two articles, or of any that include them."""
    pairs = (frozenset({one, other}) for one in sorted(wider(a)) for other in sorted(wider(b)))
    found = [article_links()[pair] for pair in pairs if pair in article_links()]
    return max(found, key=lambda relation: relation.degree.rank, default=None)


@lru_cache(maxsize=65536)
def shared_kind(a: str, b: str) -> str | None:
    """Return an article that includes both and is narrow enough to make them alike."""
    shared = sorted((wider(a) & wider(b)) - TOO_BROAD)
    return shared[0] if shared else None


def includes_first(wide: str, narrow: str) -> bool:
    """Tell whether the first of two articles includes the second."""
    return wide in wider(narrow)


def includes(a: str, b: str) -> bool:
    """Tell whether one of two articles includes the other."""
    return includes_first(a, b) or includes_first(b, a)
