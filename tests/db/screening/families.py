"""A small random register full of near misses, and a judge who judges every mark of it by hand."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from service.core import clock
from service.core.db import Database
from service.matching import scores
from service.matching.engine import Comparison, Prepared, Sign, compare, prepare
from service.matching.kinds import KINDS
from service.matching.sides import Side
from service.registry.domain import GoodsClass, MarkRecord, MarkStatus
from service.registry.repository import Marks
from service.registry.store import put_mark
from service.rules.goods import GoodsItem, relate
from service.rules.markets import Market
from service.screening.domain import RANK
from service.screening.judging import Judged, judge

LATIN = (
    "YADEA",
    "YADIA",
    "SUNRA",
    "GREEN",
    "MOTORS",
    "ELECTRIC",
    "AIMA",
    "LUYUAN",
    "TAILG",
    "YA",
    "ROVER",
    "QUESO",
    "KESO",
    "LOBO",
    "WOLF",
)
HAN = (
    "雅迪",
    "雅帝",
    "新日",
    "爱玛",
    "绿源",
    "电动车",
    "科技",
    "台铃",
    "迪雅",
    "雅",
    "路虎",
    "索爱",
    "路 虎",
    "电老虎",
    "电飞虎",
    "狼",
)
GOODS = (
    GoodsClass(12, "electric bicycles; motorcycles", ("1202", "1204")),
    GoodsClass(12, "电动自行车", ()),
    GoodsClass(9, "batteries; software", ()),
    GoodsClass(25, "clothing", ()),
    GoodsClass(0, "", ()),
)
OFFICES = ("US", "CN", "EM", "WO")
DESIGNATIONS = ((), ("US",), ("CN", "EM"), ("JP",))


def fill(database: Database, seed: int, *, marks: int, offices: Sequence[str] = OFFICES) -> None:
    """Store random marks, some of them dead."""
    draw = random.Random(seed)
    with database.write() as session:
        for number in range(marks):
            office = draw.choice(offices)
            put_mark(
                session,
                MarkRecord(
                    office=office,
                    number=str(number),
                    text=_text(draw),
                    translation=draw.choice(("", "", "", "YADEA")),
                    status=draw.choice(list(MarkStatus)),
                    expires_on=draw.choice((None, date(2040, 1, 1), date(2001, 1, 1))),
                    classes=tuple(draw.sample(GOODS, draw.choice((1, 1, 2)))),
                    designations=draw.choice(DESIGNATIONS) if office == "WO" else (),
                ),
            )


def _text(draw: random.Random) -> str:
    words = draw.choices(draw.choice((LATIN, HAN, LATIN + HAN)), k=draw.choice((1, 1, 2)))
    text = " ".join(words)
    if draw.random() < 0.4 and len(text) > 2:
        at = draw.randrange(len(text))
        text = text[:at] + draw.choice("AEIOXZ") + text[at + draw.choice((0, 1)) :]
    return text


@dataclass(frozen=True, slots=True)
class Brute:
    """Judges every live mark of the register, one by one."""

    names: Sequence[Prepared]
    goods: Sequence[GoodsItem]
    markets: Sequence[Market]

    def all(self, database: Database) -> dict[int, Judged]:
        """Every live mark that some name finds and that binds, judged, by key, worst first."""
        with database.read() as session:
            marks = Marks(session)
            offices = {need.office for place in self.markets for need in place.registers}
            records = marks.details([row.id for row in marks.live()])
        records = {key: one for key, one in records.items() if one.record.office in offices}
        assert all(one.is_live(clock.today()) for one in records.values())
        judged = self._judged({key: one.record for key, one in records.items()})
        ranked = sorted(judged, key=lambda one: (RANK[one.verdict], -one.risk, one.key))
        return {one.key: one for one in ranked}

    def _judged(self, records: dict[int, MarkRecord]) -> list[Judged]:
        signs = [Sign(one.text, one.translation, one.transliteration) for one in records.values()]
        compared = [[compare(name, prepare(sign)) for sign in signs] for name in self.names]
        prominent = [_prominence(found) for found in compared]
        judged = []
        for at, (key, record) in enumerate(records.items()):
            ways = [
                self._one(key, record, name, prominent[name][at])
                for name, of_name in enumerate(compared)
                if of_name[at].kinds
            ]
            bound = [one for one in ways if one is not None]
            if bound:
                judged.append(_worst(bound))
        return judged

    def _one(self, key: int, record: MarkRecord, name: int, prominence: float) -> Judged | None:
        return judge(
            key,
            record,
            name=name,
            prominence=prominence,
            query=Side(self.names[name], None),
            markets=self.markets,
            related=lambda classes, code: relate(self.goods, classes, market=code),
        )


def _worst(ways: Sequence[Judged]) -> Judged:
    """A mark with the name for which it is worst, and in each market as bad as any name has it."""
    leading = min(ways, key=lambda one: (RANK[one.verdict], -one.risk, one.name))
    markets = {
        code: min((one.markets[code] for one in ways), key=lambda there: RANK[there.verdict])
        for code in leading.markets
    }
    return replace(leading, markets=markets)


def _prominence(found: Sequence[Comparison]) -> list[float]:
    """The prominence of each mark among those a name was compared with, 0 if it was not found."""
    kinds = [kind.name for kind in KINDS]
    values = np.array([[one.kinds.get(kind, 0.0) for kind in kinds] for one in found])
    similarity = np.array([one.similarity for one in found])
    rows = np.flatnonzero(values.any(axis=1))
    whole = np.rint(values[rows] * scores.TOP).astype(np.int64)
    prominent = np.zeros(len(found))
    prominent[rows] = scores.prominence(similarity[rows], whole)
    return [float(one) for one in prominent]


def conflicts(judged: Sequence[Judged]) -> dict[str, int]:
    """How many marks there are of each verdict."""
    counts: dict[str, int] = {}
    for one in judged:
        counts[one.verdict.value] = counts.get(one.verdict.value, 0) + 1
    return counts
