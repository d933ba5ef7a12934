"""How the goods of a screening relate to those of a mark, in a market, with the reason."""

from collections.abc import Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from service.rules.goods.catalogue import PACKAGE, articles
from service.rules.goods.codes import JAPANESE, KOREAN, linked_group, same_group
from service.rules.goods.domain import (
    Basis,
    GoodsDegree,
    GoodsItem,
    GoodsKind,
    GoodsRelation,
    ItemRelation,
    MarkGoods,
)
from service.rules.goods.marks import Facet, facets_of
from service.rules.goods.relations import (
    class_relation,
    includes,
    includes_first,
    linked,
    shared_kind,
)
from service.rules.markets.catalogue import market as market_of
from service.rules.markets.domain import Bilingual
from service.rules.markets.tables import keyed, read_rows

SAME = Bilingual("", "")
KIT = Bilingual("散件按整车处理。", "Kits count as the vehicle they make.")


SEARCHED_BY = MappingProxyType({"JP": JAPANESE, "KR": KOREAN})
"""Codes an office presumes goods similar by, by market; 類似群コード and 유사군코드."""


class Finding(NamedTuple):
    """A degree, what it rests on, and the pieces of its sentence."""

    degree: GoodsDegree
    basis: Basis
    reason: Bilingual = SAME
    codes: str = ""
    nice: int = 0
    mark: Bilingual = SAME


class Office(NamedTuple):
    """Whose practice decides: the market's code, and whether 类似群 do."""

    market: str
    chinese: bool


@cache
def basis_texts() -> Mapping[Basis, Bilingual]:
    """Return the sentence of each basis, with `{item}`, `{mark}`, `{reason}` and other places."""
    rows = read_rows(PACKAGE, "basis_texts.csv", ("basis", "zh", "en"))
    made = keyed("basis_texts.csv", rows, "basis", lambda row: Bilingual(row["zh"], row["en"]))
    return MappingProxyType({basis: made[basis] for basis in Basis})


def same_or_within(item: GoodsItem, key: str, facet: Facet) -> Finding | None:
    """Compare two articles that are the same, or of which one includes the other.

    They are identical but for what is not known exactly: an approximate item, or a term of the mark
    that narrows an article wider than the item (hydrogen fuelled vehicles against bicycles).
    """
    same = key == facet.article
    if not same and not includes(key, facet.article):
        return None
    narrowed = facet.narrowed and not same and includes_first(facet.article, key)
    degree = GoodsDegree.SIMILAR if item.approximate or narrowed else GoodsDegree.IDENTICAL
    basis = Basis.SAME_TERM if same else Basis.INCLUDED
    return Finding(degree, basis, nice=facet.nice, mark=articles()[facet.article].name)


def by_articles(item: GoodsItem, facet: Facet) -> Finding | None:
    """Compare by what the goods are: the same, one within the other, of one kind, or linked."""
    if not facet.article:
        return None
    found: list[Finding] = []
    mark = articles()[facet.article].name
    for key in item.articles:
        within = same_or_within(item, key, facet)
        kind = shared_kind(key, facet.article)
        relation = linked(key, facet.article)
        if within:
            found.append(within)
        elif kind:
            name = articles()[kind].name
            similar = GoodsDegree.SIMILAR
            found.append(Finding(similar, Basis.SAME_KIND, name, nice=facet.nice, mark=mark))
        elif relation:
            degree, reason = relation
            found.append(Finding(degree, Basis.GOODS_LINK, reason, nice=facet.nice, mark=mark))
    return max(found, key=lambda finding: finding.degree.rank, default=None)


def by_groups(item: GoodsItem, facet: Facet) -> Finding | None:
    """Compare by 类似群: the same, or searched together by a note of the Chinese table."""
    note = None
    for one in item.groups:
        for other in facet.groups:
            if same_group(one, other):
                return Finding(GoodsDegree.SIMILAR, Basis.SAME_GROUP, codes=other, nice=facet.nice)
            link = linked_group(one, other)
            if link and note is None:
                note = Finding(
                    GoodsDegree.SIMILAR,
                    Basis.LINKED_GROUP,
                    link.reason,
                    f"{one}, {other}",
                    facet.nice,
                )
    return note


def by_codes(item: GoodsItem, facet: Facet, office: Office) -> Finding | None:
    """Compare by Japanese or Korean codes: those of the office, or those the person asked by."""
    counting = SEARCHED_BY.get(office.market)
    shared = [
        code
        for code in item.codes
        if code in facet.codes
        and (item.kind is GoodsKind.GROUP or (counting and counting.match(code)))
    ]
    if not shared:
        return None
    return Finding(GoodsDegree.SIMILAR, Basis.SAME_CODE, codes=", ".join(shared), nice=facet.nice)


def by_classes(item: GoodsItem, facet: Facet) -> Finding:
    """Compare by Nice classes, which alone never make goods identical."""
    if not facet.nice:
        return Finding(GoodsDegree.UNKNOWN, Basis.MARK_WITHOUT_GOODS)
    if facet.nice in item.classes:
        if item.articles and facet.article:
            mark = articles()[facet.article].name
            return Finding(GoodsDegree.RELATED, Basis.OTHER_GOODS, nice=facet.nice, mark=mark)
        return Finding(GoodsDegree.SIMILAR, Basis.SAME_CLASS, nice=facet.nice)
    relations = [class_relation(number, facet.nice) for number in item.classes]
    known = [relation for relation in relations if relation]
    if known:
        best = max(known, key=lambda relation: relation.degree.rank)
        return Finding(best.degree, Basis.CLASS_RELATION, best.reason, nice=facet.nice)
    return Finding(GoodsDegree.DISSIMILAR, Basis.NO_RELATION_LISTED, nice=facet.nice)


def by_chinese_table(item: GoodsItem, facet: Facet, other: Finding) -> Finding:
    """Compare as the Chinese table does where both groups are known: it outweighs kind and class.

    Without a shared or linked group the table presumes goods not similar; the presumption can be
    rebutted, so a relation found otherwise stays as `related`.
    """
    found = by_groups(item, facet)
    if found:
        return found
    if other.degree is GoodsDegree.DISSIMILAR:
        return other
    codes = f"{'、'.join(item.groups)}; {'、'.join(facet.groups)}"
    return Finding(GoodsDegree.RELATED, Basis.OTHER_GROUP, codes=codes, nice=facet.nice)


def nearest(item: GoodsItem, facet: Facet, office: Office) -> Finding:
    """Return how an item whose class is known relates to one facet of a mark."""
    named = by_articles(item, facet)
    if named and named.degree is GoodsDegree.IDENTICAL:
        return named
    classed = named or by_classes(item, facet)
    if office.chinese and item.groups and facet.groups:
        return by_chinese_table(item, facet, classed)
    grouped = None if item.articles and facet.article else by_groups(item, facet)
    finer = [one for one in (named, by_codes(item, facet, office), grouped, classed) if one]
    return max(finer, key=lambda finding: finding.degree.rank)


def compare(item: GoodsItem, facet: Facet, office: Office) -> Finding:
    """Return how one item relates to one facet of a mark; what is not known is `unknown`.

    An item understood approximately may be of another class: nothing below `unknown` is said of it.
    """
    if not item.understood:
        return Finding(GoodsDegree.UNKNOWN, Basis.QUERY_NOT_UNDERSTOOD)
    if not item.classes:
        return by_codes(item, facet, office) or Finding(GoodsDegree.UNKNOWN, Basis.CODE_ELSEWHERE)
    found = nearest(item, facet, office)
    if item.approximate and found.degree.rank < GoodsDegree.UNKNOWN.rank:
        return Finding(GoodsDegree.UNKNOWN, Basis.APPROXIMATE_ONLY, nice=facet.nice)
    return found


def explain(item: GoodsItem, finding: Finding) -> Bilingual:
    """Return the sentence of a finding in both languages."""
    text = basis_texts()[finding.basis]
    zh, en = text.zh, text.en
    places = {
        "item": item.name if item.understood else Bilingual(item.written, item.written),
        "mark": finding.mark,
        "reason": finding.reason,
        "codes": Bilingual(finding.codes, finding.codes),
        "classes": Bilingual(str(finding.nice), str(finding.nice)),
    }
    for place, words in places.items():
        zh, en = zh.replace(f"{{{place}}}", words.zh), en.replace(f"{{{place}}}", words.en)
    return Bilingual(zh + KIT.zh, f"{en} {KIT.en}") if item.kit else Bilingual(zh, en)


def relate_item(item: GoodsItem, facets: Sequence[Facet], office: Office) -> ItemRelation:
    """Return the nearest relation of one item to any of a mark's goods."""
    found = [compare(item, facet, office) for facet in facets]
    none = Finding(GoodsDegree.UNKNOWN, Basis.MARK_WITHOUT_GOODS)
    best = max(found, key=lambda finding: finding.degree.rank, default=none)
    return ItemRelation(item.written, best.nice, best.degree, best.basis, explain(item, best))


def relate(
    query_goods: Sequence[GoodsItem], mark_classes: Sequence[MarkGoods], *, market: str
) -> GoodsRelation:
    """Return how the goods of a screening relate to those of a mark in a market.

    The nearest pair decides. Equal classes alone give at most `similar`; goods that were not
    understood, or a mark whose register gives none, give `unknown`, which counts as nearer than
    `related`. In China 类似群 decide where both sides' are known.

    Args:
        query_goods: what `parse_goods` returned; may be empty, which is `unknown`.
        mark_classes: the mark's goods class by class, with text and subgroups where known.
        market: code or name of the market whose practice counts.

    Raises:
        UnknownMarket: nothing has this name.
    """
    place = market_of(market)
    office = Office(place.code, place.pack == "cn")
    facets = [
        facet
        for one in mark_classes
        for facet in facets_of(one.nice, one.goods, tuple(one.subgroups))
    ]
    items = tuple(relate_item(item, facets, office) for item in query_goods)
    if not items:
        text = basis_texts()[Basis.QUERY_WITHOUT_GOODS]
        return GoodsRelation(GoodsDegree.UNKNOWN, Basis.QUERY_WITHOUT_GOODS, text, ())
    best = max(items, key=lambda one: one.degree.rank)
    return GoodsRelation(best.degree, best.basis, best.explanation, items)
