"""Which of many marks count for less in a market whose public does not know a language.

Told by arrays for nearly all: a verdict that stands without sound and meaning hangs on no language.
The few others are compared by their forms, as `judging` compares the marks that are shown.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from service.matching import pairing, scores
from service.matching.engine import Sign, prepare
from service.matching.kinds import COLUMN, KINDS, Axis
from service.matching.prepared import Prepared
from service.matching.tongues import SPOKEN, known
from service.rules.markets import Market
from service.rules.markets.packs import Evidence
from service.rules.markets.packs.verdicts import LEAST_FOREIGN
from service.screening.linking import RECORD, Grounds, told_of
from service.screening.publics import tongues_in
from service.screening.ranking import Ints, Ranked, Ranks, cases_of, ranked, verdict_of
from service.screening.signs import NOTHING, Stop

EXACT = COLUMN["exact"]
SPOKEN_COLUMNS = [COLUMN[name] for names in SPOKEN.values() for name in names]
HUNG = sorted({*SPOKEN_COLUMNS, *(COLUMN[one.name] for one in KINDS if one.axis is Axis.AURAL)})
"""Without all of these no public has less in common to go by, whatever it knows."""

Texts = Callable[[Sequence[int]], Mapping[int, Sign]]
"""Gives the words of marks by key; those that are gone are left out."""


class Marks(NamedTuple):
    """Marks found that bind somewhere, one a row."""

    key: Ints
    name: NDArray[np.intp]
    """Place of the name that found each."""
    values: NDArray[np.int16]
    """Of its kinds, shape (marks, kinds)."""
    scripts: Ints
    letters: Ints
    said: NDArray[np.bool_]
    """See `signs.codes_of`."""
    signs: Ints
    """Shape (marks, markets), see `linking.told_of`."""
    degrees: Ranks
    """Shape (marks, markets), see `ranking.ranked`."""
    status: NDArray[np.uint8]

    def take(self, rows: NDArray[np.intp]) -> "Marks":
        """Return some of them."""
        return Marks(
            self.key[rows],
            self.name[rows],
            self.values[rows],
            self.scripts[rows],
            self.letters[rows],
            self.said[rows],
            self.signs[rows],
            self.degrees[rows],
            self.status[rows],
        )


class Publics:
    """The publics of the markets asked, and what they know of names."""

    def __init__(
        self, names: Sequence[Prepared], markets: Sequence[Market], grounds: Grounds
    ) -> None:
        self._names, self._markets, self._grounds = names, markets, grounds
        self._tongues = [tongues_in(place) for place in markets]
        self._some = np.array([tongues is not None for tongues in self._tongues], np.bool_)

    def lower(
        self, marks: Marks, ranks: Ranked, *, stops: Mapping[int, Stop], texts: Texts
    ) -> None:
        """Lower the ranks of marks that hang on a language where its public does not know it.

        Args:
            marks: The marks.
            ranks: What they do to the markets; changed in place.
            stops: What in the words makes a verdict milder, by row.
            texts: Gives the words of those that are compared.
        """
        places = self._maybe(marks, ranks) if self._some.any() else []
        told = texts(sorted({int(marks.key[row]) for row, _ in places})) if places else {}
        cases = cases_of(marks.signs, marks.degrees, marks.status)
        met: dict[int, _Met] = {}
        for row, place in places:
            key = int(marks.key[row])
            if key in told and row not in met:
                met[row] = _meet(self._names[marks.name[row]], told[key], marks.values[row])
            less = self._less(marks, row, place, met[row]) if row in met else None
            if less is not None:
                pack, stop = self._markets[place].pack, stops.get(row, NOTHING)
                milder = verdict_of(pack, int(cases[row, place]), stop, less)
                ranks.verdicts[row, place], ranks.bands[row, place] = milder

    def _maybe(self, marks: Marks, ranks: Ranked) -> list[tuple[int, int]]:
        """Rows and places of markets where a verdict would be milder without any sound or sense."""
        strong = (ranks.bands > LEAST_FOREIGN.rank) & self._some
        spoken = marks.values[:, SPOKEN_COLUMNS].any(axis=1) | marks.said
        rows = np.flatnonzero(strong.any(axis=1) & spoken & (marks.values[:, EXACT] == 0))
        some = marks.take(rows)
        bare = some.values.copy()
        bare[:, HUNG] = 0
        signs = self._signs(some, bare, said=np.zeros(len(rows), np.bool_))
        least = ranked(self._markets, signs, some.degrees, some.status, NOTHING).bands
        at, place = np.nonzero(strong[rows] & (least < ranks.bands[rows]))
        return list(zip(rows[at].tolist(), place.tolist(), strict=True))

    def _signs(self, marks: Marks, values: NDArray[np.int16], said: NDArray[np.bool_]) -> Ints:
        similarity = scores.score(values.astype(np.int64)).similarity
        beside = marks.scripts, marks.letters, said
        return self._grounds.signs(marks.name, values, similarity, *beside)

    def _less(self, marks: Marks, row: int, place: int, met: "_Met") -> int | None:
        """Number of the signs for the public of a market; None where nothing is foreign to it."""
        _, evidence, linked = told_of(int(marks.signs[row, place]))
        ways, tongues = dict(met.ways), self._tongues[place]
        if linked and evidence is Evidence.NONE:
            ways.pop("record", None)
        said = bool(marks.said[row])
        less = known(met.query, met.mark, ways, tongues, said=said) if tongues else None
        if less is None:
            return None
        values = pairing.row_of(less.ways).astype(np.int16)
        values[:, RECORD] = marks.values[row, RECORD]
        one = np.array([row])
        signs = self._signs(marks.take(one), values, said=np.array([less.said]))
        return int(signs[0, place])


class _Met(NamedTuple):
    """A name and a mark, and the ways in which they meet."""

    query: Prepared
    mark: Prepared
    ways: Mapping[str, pairing.Evidence]


def _meet(name: Prepared, sign: Sign, values: NDArray[np.int16]) -> _Met:
    mark = prepare(sign)
    return _Met(name, mark, pairing.values_of(name, mark, pairing.kinds_of(values)))
