"""Watches against new and changed marks: a screening the other way round, by the same engine."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

import numpy as np
from numpy.typing import NDArray
from sqlalchemy.orm import Session

from service.core.settings import Settings
from service.matching.index.marks import Facts
from service.registry.arrivals import Arrivals
from service.registry.contents import CONTENTS, Content, read_signs
from service.registry.domain import MarkRecord, MarkStatus
from service.registry.findings import Findings
from service.registry.prepared import classes_of, fold_name, mask_of
from service.registry.repository import Marks
from service.screening.domain import RANK, AlertStage, Verdict
from service.screening.judging import line
from service.screening.models import Watch
from service.screening.opposition import opposition
from service.screening.plan import Plan, read_plan
from service.screening.schemas import RouteIn, ScreeningIn
from service.screening.tally import Weighed
from service.screening.usecases.entering import with_equivalents
from service.screening.weighing import Scales

SQUATTING = 0.9
"""Similarity from which a stranger's filing of one's own mark is called squatting 海外抢注."""
STAGES: Mapping[MarkStatus, AlertStage] = {
    MarkStatus.PUBLISHED: AlertStage.PUBLISHED,
    MarkStatus.OPPOSED: AlertStage.PUBLISHED,
    MarkStatus.REGISTERED: AlertStage.REGISTERED,
}
"""Any other status is that of an application."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """A mark that a watch found."""

    watch: Watch
    record: MarkRecord
    verdict: Verdict
    similarity: float
    markets: dict[str, str]
    """Verdict by market."""
    squatting: bool

    def columns(self) -> dict[str, Any]:
        """Return what an alert stores of it."""
        record = self.record
        return {
            "watch_id": self.watch.id,
            "organisation_id": self.watch.organisation_id,
            "office": record.office,
            "number": record.number,
            "text": record.text,
            "owner": "; ".join(party.name for party in record.owners),
            "stage": STAGES.get(record.status, AlertStage.FILED),
            "classes": list(classes_of(mask_of(one.nice for one in record.classes))),
            "verdict": self.verdict,
            "similarity": round(self.similarity, 4),
            "markets": self.markets,
            "squatting": self.squatting,
            "published_on": record.published_on,
            "opposition": _opposition(record),
        }


def _opposition(record: MarkRecord) -> dict[str, Any] | None:
    if STAGES.get(record.status) is not AlertStage.PUBLISHED:
        return None
    return opposition(record.office, record.published_on)


@dataclass(frozen=True, slots=True)
class _Searched:
    """What a watch's names found, and the rows that are near enough to be weighed."""

    watch: Watch
    scales: Scales
    found: Findings
    rows: NDArray[np.intp]
    facts: Facts
    """What the index keeps of those rows."""


@dataclass(slots=True)
class Lookout:
    """Searches arrivals for watches; reads each mark once, whatever many watches find it."""

    session: Session
    settings: Settings
    arrivals: Arrivals
    markets: tuple[str, ...]
    """Of all loaded registers."""
    on: date
    own: Mapping[UUID, frozenset[str]]
    """Folded names of organisations, by id."""
    _records: dict[int, MarkRecord] = field(default_factory=dict)

    def sightings(self, watches: Sequence[Watch]) -> Iterator[Sighting]:
        """Yield what these watches find, own marks left out."""
        plans = [plan_of(watch, self.markets, self.settings) for watch in watches]
        asked = zip(watches, with_equivalents(self.session, plans), strict=True)
        searched = [self._searched(watch, plan) for watch, plan in asked]
        contents = CONTENTS.of(self.session, [one.facts for one in searched])
        weighed = [(one, self._bad_enough(one, contents)) for one in searched]
        self._read_records([found.key for _, bad in weighed for found in bad])
        for one, bad in weighed:
            for found in bad:
                record = self._records[found.key]
                if not self._is_ours(one.watch, record):
                    yield self._sighting(one, found, record)

    def _searched(self, watch: Watch, plan: Plan) -> _Searched:
        found = self.arrivals.search([name.prepared for name in plan.names])
        scales = Scales([name.prepared for name in plan.names], plan.goods, plan.markets)
        rows = found.rows(line(), 0, scales.sounds)
        return _Searched(watch, scales, found, rows, found.facts(rows))

    def _bad_enough(self, one: _Searched, contents: Mapping[int, Content]) -> list[Weighed]:
        if not len(one.rows):
            return []
        texts = partial(read_signs, self.session)
        tally = one.scales.weigh(one.found, one.rows, one.facts, contents, texts, self.on)
        bad = int(np.searchsorted(tally.worst, RANK[one.watch.least], "right"))
        return list(tally.weighed(range(bad)))

    def _read_records(self, keys: Sequence[int]) -> None:
        unread = sorted(set(keys) - self._records.keys())
        stored = Marks(self.session).details(unread) if unread else {}
        self._records.update((key, one.record) for key, one in stored.items())

    def _is_ours(self, watch: Watch, record: MarkRecord) -> bool:
        ours = self.own.get(watch.organisation_id, frozenset()) | set(map(fold_name, watch.owners))
        return bool(ours & {fold_name(party.name) for party in record.owners})

    def _sighting(self, one: _Searched, found: Weighed, record: MarkRecord) -> Sighting:
        similarity = float(one.found.similarity[one.found.keys == found.key].max())
        return Sighting(
            watch=one.watch,
            record=record,
            verdict=list(Verdict)[found.rank],
            similarity=similarity,
            markets={code: verdict.value for code, verdict in found.markets.items()},
            squatting=one.watch.own and similarity >= SQUATTING,
        )


def plan_of(watch: Watch, loaded: Sequence[str], settings: Settings) -> Plan:
    """Return a watch as a screening would be asked, in its markets or in every loaded one."""
    markets = list(watch.markets or loaded)
    roomy = settings.model_copy(update={"markets_per_screening": len(markets) + 1})
    asked = ScreeningIn(
        names=list(watch.names),
        goods=list(watch.goods),
        route=RouteIn(origin=markets[0], destinations=markets),
    )
    return read_plan(asked, roomy)
