"""The tables of goods, loaded once and checked against one another."""

from collections.abc import Mapping
from functools import cache
from graphlib import CycleError, TopologicalSorter
from types import MappingProxyType

from service.rules.goods.domain import Article, NiceClass
from service.rules.goods.words import fold_phrase
from service.rules.markets.domain import Bilingual, Confidence
from service.rules.markets.tables import RuleDataError, keyed, parts, read_rows

PACKAGE = "service.rules.goods"
ARTICLE_COLUMNS = ("id", "classes", "groups", "codes", "broader", "zh", "en", "confidence")


def read_classes(cell: str) -> tuple[int, ...]:
    """Return Nice classes of a cell such as `9;10`.

    Raises:
        RuleDataError: no class, or a number that is none.
    """
    numbers = tuple(int(part) for part in parts(cell))
    if not numbers or not all(1 <= number <= 45 for number in numbers):
        raise RuleDataError(f"{cell!r} are no Nice classes")
    return numbers


def read_article(row: Mapping[str, str]) -> Article:
    """Return an article from a row of `articles.csv`; the first word of a language is its name."""
    zh, en = parts(row["zh"]), parts(row["en"])
    if not zh or not en or len({*zh, *en}) < len(zh) + len(en):
        raise RuleDataError("an article needs words in both languages, none of them twice")
    return Article(
        key=row["id"],
        classes=read_classes(row["classes"]),
        groups=parts(row["groups"]),
        codes=parts(row["codes"]),
        broader=parts(row["broader"]),
        words=(*zh, *en),
        name=Bilingual(zh[0], en[0]),
        confidence=Confidence(row["confidence"]),
    )


def read_nice(row: Mapping[str, str]) -> NiceClass:
    """Return a Nice class from a row of `nice.csv`."""
    services = {"goods": False, "services": True}[row["kind"]]
    return NiceClass(int(row["class"]), services, Bilingual(row["zh"], row["en"]))


@cache
def nice_classes() -> Mapping[int, NiceClass]:
    """Return the 45 Nice classes by number."""
    rows = keyed(
        "nice.csv",
        read_rows(PACKAGE, "nice.csv", ("class", "kind", "zh", "en")),
        "class",
        read_nice,
    )
    return MappingProxyType({found.number: found for found in rows.values()})


@cache
def articles() -> Mapping[str, Article]:
    """Return every article by its key.

    Raises:
        RuleDataError: as `check_broader`.
    """
    found = keyed(
        "articles.csv", read_rows(PACKAGE, "articles.csv", ARTICLE_COLUMNS), "id", read_article
    )
    check_broader({article.key: article.broader for article in found.values()})
    return MappingProxyType(found)


def check_broader(broader: Mapping[str, tuple[str, ...]]) -> None:
    """Refuse articles that are within an article there is not, or within themselves.

    Raises:
        RuleDataError: naming the article, or the circle.
    """
    for key, above in broader.items():
        missing = set(above) - set(broader)
        if missing:
            raise RuleDataError(f"articles.csv {key}: no article {sorted(missing)}")
    try:
        TopologicalSorter(broader).prepare()
    except CycleError as circle:
        raise RuleDataError(f"articles.csv: a circle of {circle.args[1]}") from circle


@cache
def articles_by_word() -> Mapping[str, tuple[str, ...]]:
    """Return article keys by every folded word; a word with two senses has two keys."""
    found: dict[str, dict[str, None]] = {}
    for article in articles().values():
        for word in article.words:
            found.setdefault(fold_phrase(word), {})[article.key] = None
    return MappingProxyType({word: tuple(keys) for word, keys in found.items()})


@cache
def wider(key: str) -> frozenset[str]:
    """Return the keys of all articles that include this one, itself among them."""
    above = {key}
    for parent in articles()[key].broader:
        above |= wider(parent)
    return frozenset(above)


@cache
def vehicle_keys() -> frozenset[str]:
    """Return the keys of everything that is a vehicle."""
    return frozenset(key for key in articles() if "vehicle" in wider(key))
