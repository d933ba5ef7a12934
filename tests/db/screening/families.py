"""A small random register full of near misses, and a judge who judges every mark of it by hand."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from service.core import clock
from service.core.db import Database
from service.matching.engine import Prepared, Sign, compare, prepare
from service.registry.domain import GoodsClass, MarkRecord, MarkStatus
from service.registry.repository import Marks
from service.registry.store import put_mark
from service.rules.goods import GoodsItem, relate
from service.rules.markets import Market
from service.screening.judging import Judged, judge

LATIN = ("YADEA", "YADIA", "SUNRA", "GREEN", "MOTORS", "ELECTRIC", "AIMA", "LUYUAN", "TAILG", "YA")
HAN = ("雅迪", "雅帝", "新日", "爱玛", "绿源", "电动车", "科技", "台铃", "迪雅", "雅")
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
            keys = [row.id for row in marks.live()]
            records = marks.details(keys)
        found = [self._one(key, records[key].record) for key in keys]
        judged = sorted((one for one in found if one), key=lambda one: one.order)
        assert all(records[one.key].is_live(clock.today()) for one in judged)
        return {one.key: one for one in judged}

    def _one(self, key: int, record: MarkRecord) -> Judged | None:
        mark = prepare(Sign(record.text, record.translation, record.transliteration))
        compared = [compare(name, mark) for name in self.names]
        best = max(range(len(compared)), key=lambda at: (compared[at].similarity, -at))
        if not any(one.kinds for one in compared):
            return None
        return judge(
            key,
            record,
            name=best,
            query=self.names[best],
            markets=self.markets,
            related=lambda classes, code: relate(self.goods, classes, market=code),
        )


def conflicts(judged: Sequence[Judged]) -> dict[str, int]:
    """How many marks there are of each verdict."""
    counts: dict[str, int] = {}
    for one in judged:
        counts[one.verdict.value] = counts.get(one.verdict.value, 0) + 1
    return counts
