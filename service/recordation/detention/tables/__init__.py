"""Every step a detention may undergo: one flat table for each side."""

from collections.abc import Mapping

from service.cases.moves import Table
from service.recordation.detention.domain import Side
from service.recordation.detention.tables.exporter import EXPORTER
from service.recordation.detention.tables.holder import HOLDER

TABLES: Mapping[Side, Table] = {Side.HOLDER: HOLDER, Side.EXPORTER: EXPORTER}
WAITS: Mapping[Side, frozenset[str]] = {
    Side.HOLDER: frozenset({"notified"}),
    Side.EXPORTER: frozenset({"asked", "penalty_notified"}),
}
"""Where customs waits for our answer: while nobody gives it, more and more people are told."""


def table_of(side: Side) -> Table:
    """Return the table of a side."""
    return TABLES[side]
