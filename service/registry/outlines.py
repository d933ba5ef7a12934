"""The little of a mark that decides what it does to a market, for many marks in one query."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from service.registry.domain import GoodsClass, MarkStatus
from service.registry.grace import is_live
from service.registry.models import Mark, MarkClass

CHUNK = 1000
"""Keys in one `IN`."""
STATUSES = {status.value: status for status in MarkStatus}


RawGoods = tuple[tuple[int, str, str], ...]
"""Nice class, text and subgroups (one a line) of each class: plain, so that it is hashed fast."""


class Outline(NamedTuple):
    """A mark without names, numbers and addresses; hashable parts, for what is worked out once."""

    key: int
    office: str
    text: str
    status: MarkStatus
    expires_on: date | None
    designations: tuple[str, ...]
    goods: RawGoods
    """Goods class by class, in order."""

    def is_live(self, on: date) -> bool:
        """Say whether it counts as live on a day."""
        return is_live(self.office, self.status, self.expires_on, on)


# Texts as they are stored: hundreds of rows are read for each answer, most of them only counted.
_QUERY = (
    sa.select(
        Mark.id,
        Mark.office,
        Mark.text,
        sa.type_coerce(Mark.status, sa.Text),
        Mark.expires_on,
        sa.type_coerce(Mark.designations, sa.Text),
        MarkClass.nice,
        MarkClass.goods,
        sa.type_coerce(MarkClass.subgroups, sa.Text),
    )
    .outerjoin(MarkClass, MarkClass.mark_id == Mark.id)
    .where(Mark.id.in_(sa.bindparam("keys", expanding=True)))
    .order_by(Mark.id, MarkClass.position)
)


def read_outlines(session: Session, keys: Sequence[int]) -> Iterator[Outline]:
    """Yield the marks with these keys, unknown ones left out, in no order."""
    for start in range(0, len(keys), CHUNK):
        rows = session.execute(_QUERY, {"keys": keys[start : start + CHUNK]})
        for _, same in groupby(rows, itemgetter(0)):
            yield _outline(list(same))


def _outline(rows: Sequence[tuple[Any, ...]]) -> Outline:
    key, office, text, status, expires_on, designations = rows[0][:6]
    goods = tuple(tuple(row[6:]) for row in rows) if rows[0][6] is not None else ()
    named = _lines(designations)
    return Outline(key, office, text, STATUSES[status], expires_on, named, goods)


def goods_classes(raw: RawGoods) -> tuple[GoodsClass, ...]:
    """Return the goods of an outline as a whole mark has them."""
    return tuple(GoodsClass(nice, goods, _lines(subgroups)) for nice, goods, subgroups in raw)


def raw_goods(classes: Sequence[GoodsClass]) -> RawGoods:
    """Return the goods of a whole mark as an outline has them."""
    return tuple((one.nice, one.goods, "\n".join(one.subgroups)) for one in classes)


def _lines(text: str) -> tuple[str, ...]:
    return tuple(text.split("\n")) if text else ()
