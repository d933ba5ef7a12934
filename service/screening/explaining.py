"""The marks that are shown: each judged one by one, by every name of the family that matters."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from service.registry.findings import Findings, Way
from service.registry.records import StoredMark
from service.screening.domain import RANK
from service.screening.judging import Judged, judge
from service.screening.plan import Plan
from service.screening.tally import Weighed
from service.screening.weighing import Scales


@dataclass(frozen=True, slots=True)
class Explainer:
    """Judges marks that were found and weighed."""

    plan: Plan
    scales: Scales
    found: Findings

    def explained(self, some: Sequence[Weighed], records: Mapping[int, StoredMark]) -> list[Judged]:
        """Judge some marks; those that are gone by now or bind nowhere are left out."""
        ways = self.found.ways([one.key for one in some])
        judged = []
        for one in some:
            if (stored := records.get(one.key)) is None:
                continue
            names = {name: way for (key, name), way in ways.items() if key == one.key}
            told = self._judge(stored, one.name, names.pop(one.name))
            if told is not None:
                others = (self._judge(stored, *other) for other in names.items())
                judged.append(_worst(told, one, others))
        return judged

    def _judge(self, stored: StoredMark, name: int, way: Way) -> Judged | None:
        return judge(
            stored.id,
            stored.record,
            name=name,
            prominence=way.prominence,
            query=self.scales.sides[name],
            markets=self.plan.markets,
            related=self.scales.related,
            known=way.kinds if stored.change <= self.found.change else None,
        )


def _worst(told: Judged, weighed: Weighed, others: Iterator[Judged | None]) -> Judged:
    """Return a mark with the verdict of each market by the name for which it is worst there.

    The other names are asked only while it was weighed worse in some market than told.
    """
    markets, bound = dict(told.markets), told.markets.keys() & weighed.markets.keys()
    while any(RANK[weighed.markets[code]] < RANK[markets[code].verdict] for code in bound):
        other = next(others, None)
        if other is None:
            break
        for code, there in other.markets.items():
            if RANK[there.verdict] < RANK[markets[code].verdict]:
                markets[code] = replace(there, name=other.name, comparison=other.comparison)
    return replace(told, markets=markets)
