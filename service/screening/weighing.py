"""What every mark found does to each market: exact, and cheap enough for all that were found.

A verdict follows from a few facts of which each has a few values. The index keeps those of a mark
beside it, so that all marks are weighed in arrays and each combination is worked out once. Only the
marks that are shown are compared and explained one by one (see `judging`), with the same result.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from service.matching import sounding, traits
from service.matching.facts import Facts as Pair
from service.matching.forms import Sign
from service.matching.index.marks import Facts, day_number
from service.matching.prepared import Prepared
from service.matching.sides import Side
from service.registry.contents import Content
from service.registry.domain import DEAD, GoodsClass
from service.registry.finder import STATUSES, office_code
from service.registry.findings import Findings
from service.registry.goods import RawGoods, goods_classes, raw_goods
from service.rules.goods import GoodsItem, GoodsRelation, relate
from service.rules.markets import Market
from service.rules.markets.packs.verdicts import WEAK_CEILING
from service.screening.coverage import binds
from service.screening.judging import GOODS_SHARE, risks_of, scripts_in, shared_script
from service.screening.linking import Grounds
from service.screening.ranking import DEGREES, Ranked, ranked
from service.screening.signs import NOTHING, SCRIPTS, Stop
from service.screening.tally import UNBOUND, Tally
from service.screening.understanding import Marks, Publics, Texts

RELATIONS = 10_000
"""Relations of goods kept from screening to screening: rows of a catalogue ask for the same."""
WORDED = 10_000
"""Marks whose words are kept from screening to screening: of 18,032 that 96 brands may have met in
weak words 1,632 were different ones (every bank meets every other)."""
SHARES = np.array([GOODS_SHARE[degree] for degree in DEGREES])
DEAD_NUMBERS = np.array([status in DEAD for status in STATUSES])


class Scales:
    """Weighs marks against what is asked."""

    def __init__(
        self, names: Sequence[Prepared], goods: Sequence[GoodsItem], markets: Sequence[Market]
    ) -> None:
        told = [traits.traits_of(name.sign.text) for name in names]
        self._letters = np.array([one.letters for one in told])
        self._weak = np.array([one.weak for one in told], np.uint64)
        self.sounds = np.array([one.sound for one in told], np.uint64)
        """How the names sound, see `sounding`."""
        self._shared = np.array([shared_scripts(one.scripts) for one in told])
        self.sides = [Side(name, None) for name in names]
        """The names, as the marks found are compared with them."""
        self._read = np.array([bool(side.read) for side in self.sides])
        self._goods = tuple(goods)
        self._markets = markets
        self._grounds = Grounds(names, markets)
        self._publics = Publics(names, markets, self._grounds)

    def weigh(
        self,
        found: Findings,
        rows: NDArray[np.intp],
        facts: Facts,
        contents: Mapping[int, Content],
        texts: Texts,
        on: date,
    ) -> Tally:
        """Weigh the marks of some rows of what was found; the others are only counted.

        Args:
            found: What the names found.
            rows: Which rows of it.
            facts: What the index keeps of the marks of these rows, see `Findings.facts`.
            contents: What they are registered for, see `registry.contents`; marks of which nothing
                is told are gone.
            texts: Gives the words of those whose words may make a verdict milder.
            on: The day: marks that have lapsed do not count.
        """
        below = found.marks() - found.marks(rows)
        degrees = self._degrees(facts, contents)
        alive = (facts.lapses >= day_number(on)) & ~DEAD_NUMBERS[facts.status]
        kept = np.flatnonzero(alive & (degrees != UNBOUND).any(axis=1))
        rows, facts, degrees = rows[kept], facts.take(kept), degrees[kept]
        name = found.name[rows]
        letters = np.minimum(self._letters[name], facts.letters)
        scripts = self._shared[name, facts.scripts]
        values, similarity = found.values[rows], found.similarity[rows]
        said = sounding.alike(facts.sound, self.sounds[name])
        beside = scripts, letters, said
        signs = self._grounds.signs(name, values, similarity, *beside)
        marks = Marks(facts.key, name, values, *beside, signs, degrees, facts.status)
        ranks = ranked(self._markets, signs, degrees, facts.status, NOTHING)
        stops = self._stopped(marks, ranks, facts.weak, texts)
        self._publics.lower(marks, ranks, stops=stops, texts=texts)
        prominence = found.prominence[rows]
        shares = SHARES[degrees.max(axis=1, initial=0)]
        risks = risks_of(prominence, shares)
        codes_of_markets = tuple(place.code for place in self._markets)
        return Tally.of(codes_of_markets, facts.key, name, prominence, risks, ranks.verdicts, below)

    def _degrees(self, facts: Facts, contents: Mapping[int, Content]) -> NDArray[np.int8]:
        """How near the goods of each mark are in each market, by `DEGREES`; UNBOUND elsewhere."""
        numbers, content = np.unique(facts.content, return_inverse=True)
        cases, of = np.unique(content * (1 << 16) + facts.office, return_inverse=True)
        table = np.full((len(cases), len(self._markets)), UNBOUND, np.int8)
        for at, case in enumerate(cases.tolist()):
            told = contents.get(int(numbers[case >> 16]))
            if told is None:
                continue
            reached = (office_code(case & 0xFFFF), told.designations)
            for place, market in enumerate(self._markets):
                if binds(market.registers, *reached):
                    degree = _relation(self._goods, told.goods, market.code).degree
                    table[at, place] = degree.rank
        return table[of]

    def _stopped(
        self, marks: Marks, ranks: Ranked, weak: NDArray[np.uint64], texts: Texts
    ) -> dict[int, Stop]:
        """Rank anew the marks whose words stop a verdict; what stops each, by row."""
        strong = (ranks.bands > WEAK_CEILING.rank).any(axis=1)
        shared = (weak & self._weak[marks.name]) != 0
        maybe = np.flatnonzero(strong & (self._read[marks.name] | shared))
        stops = dict(zip(maybe.tolist(), self._stops(marks.take(maybe), texts), strict=True))
        for stop in set(stops.values()) - {NOTHING}:
            again = np.array([row for row, one in stops.items() if one == stop])
            some = marks.take(again)
            told = ranked(self._markets, some.signs, some.degrees, some.status, stop)
            ranks.put(again, told)
        return stops

    def _stops(self, marks: Marks, texts: Texts) -> list[Stop]:
        told = texts(marks.key.tolist()) if marks.key.size else {}
        return [
            stop_of(self.sides[name], told[key].text) if key in told else NOTHING
            for name, key in zip(marks.name.tolist(), marks.key.tolist(), strict=True)
        ]

    def related(self, classes: Sequence[GoodsClass], market: str) -> GoodsRelation:
        """Return how the goods asked for relate to those of a mark, in a market."""
        return _relation(self._goods, raw_goods(classes), market)


def stop_of(name: Side, text: str) -> Stop:
    """Return what stops the verdict on a name and a mark of these words."""
    pair = Pair(name, _words_of(text), {}, {})
    return Stop(pair.weak_only, pair.apart)


@lru_cache(maxsize=WORDED)
def _words_of(text: str) -> Side:
    """The words of a mark, as `Facts.weak_only` and `Facts.apart` ask for them."""
    return Side(Prepared(Sign(text), ()), None)


@cache
def shared_scripts(scripts: int) -> list[int]:
    """Place in `SCRIPTS` of what a name of these scripts shares with marks of each set of them."""
    own = scripts_in(scripts)
    return [SCRIPTS.index(shared_script(own, scripts_in(other))) for other in range(8)]


@lru_cache(maxsize=RELATIONS)
def _relation(asked: tuple[GoodsItem, ...], goods: RawGoods, market: str) -> GoodsRelation:
    """How the goods asked for relate to those of a mark, in a market."""
    return relate(asked, goods_classes(goods), market=market)
