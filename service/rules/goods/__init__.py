"""Goods as data: what people write, the classes and groups it falls in, and how goods relate.

Public: `parse_goods`, `parse_item`, and the values they return; `relate` compares with a mark.
"""

from service.rules.goods.domain import (
    Basis,
    GoodsDegree,
    GoodsItem,
    GoodsKind,
    GoodsRelation,
    ItemRelation,
    MarkGoods,
)
from service.rules.goods.parsing import parse_goods, parse_item
from service.rules.goods.relate import relate

__all__ = [
    "Basis",
    "GoodsDegree",
    "GoodsItem",
    "GoodsKind",
    "GoodsRelation",
    "ItemRelation",
    "MarkGoods",
    "parse_goods",
    "parse_item",
    "relate",
]
