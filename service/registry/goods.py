"""Goods of many marks in one query, as they are stored: hundreds are read for an answer."""

from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.registry.domain import GoodsClass
from service.registry.models import MarkClass

CHUNK = 1000
"""Keys in one `IN`."""

RawGoods = tuple[tuple[int, str, str], ...]
"""Nice class, text and subgroups (one a line) of each class: plain, so that it is hashed fast."""

_QUERY = (
    sa.select(
        MarkClass.mark_id,
        MarkClass.nice,
        MarkClass.goods,
        sa.type_coerce(MarkClass.subgroups, sa.Text),
    )
    .where(MarkClass.mark_id.in_(sa.bindparam("keys", expanding=True)))
    .order_by(MarkClass.mark_id, MarkClass.position)
)


def read_goods(session: Session, keys: Sequence[int]) -> dict[int, RawGoods]:
    """Return the goods of the marks with these keys, class by class; those without left out."""
    found: dict[int, RawGoods] = {}
    for start in range(0, len(keys), CHUNK):
        rows = session.execute(_QUERY, {"keys": list(keys[start : start + CHUNK])})
        for key, same in groupby(rows, itemgetter(0)):
            found[key] = tuple((nice, goods, groups) for _, nice, goods, groups in same)
    return found


def goods_classes(raw: RawGoods) -> tuple[GoodsClass, ...]:
    """Return raw goods as a whole mark has them."""
    return tuple(GoodsClass(nice, goods, lines(subgroups)) for nice, goods, subgroups in raw)


def raw_goods(classes: Sequence[GoodsClass]) -> RawGoods:
    """Return the goods of a whole mark as they are stored."""
    return tuple((one.nice, one.goods, "\n".join(one.subgroups)) for one in classes)


def lines(text: str) -> tuple[str, ...]:
    """Return texts that are stored one a line."""
    return tuple(text.split("\n")) if text else ()
