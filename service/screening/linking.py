"""What links the names that are asked to the marks found, weighed market by market in arrays.

Where a link is no evidence in a market (denied, or of another market) the two are judged there as
if nobody had entered it, see `judging`.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from service.matching import scores
from service.matching.grounds import NOTHING
from service.matching.kinds import COLUMN
from service.matching.prepared import Prepared
from service.rules.markets import Market
from service.rules.markets.packs import Evidence
from service.screening.judging import EVIDENCES, evidence_in
from service.screening.signs import codes_of

RECORD = COLUMN["record"]


class Grounds:
    """The grounds of the names asked, and what each is evidence of in the markets asked."""

    def __init__(self, names: Sequence[Prepared], markets: Sequence[Market]) -> None:
        told = [NOTHING]
        self._number = np.zeros((len(names), scores.TOP + 1), np.int32)
        for at, name in enumerate(names):
            for value, ground in name.grounds.items():
                self._number[at, value] = len(told)
                told.append(ground)
        evidence = [[EVIDENCES.index(evidence_in(one, place)) for place in markets] for one in told]
        self._evidence = np.array(evidence, np.int64).reshape(len(told), len(markets))
        self._linked = np.array([bool(one.rows) for one in told])

    def signs(
        self,
        name: NDArray[np.intp],
        values: NDArray[np.int16],
        similarity: NDArray[np.float64],
        scripts: NDArray[np.integer[Any]],
        letters: NDArray[np.integer[Any]],
        said: NDArray[np.bool_],
    ) -> NDArray[np.int64]:
        """Return the signs of marks found in each market, as numbers, see `told_of`.

        Args:
            name: Place of the name that found each.
            values: Values of its kinds.
            similarity: What they come to.
            scripts: See `signs.codes_of`.
            letters: See there too.
            said: See there too.
        """
        number = self._number[name, values[:, RECORD]]
        evidence, linked = self._evidence[number], self._linked[number]
        every = codes_of(values, similarity, scripts, letters, said)
        codes = np.broadcast_to(every[:, None], evidence.shape)
        some = np.flatnonzero(linked)
        if some.size:
            bare = values[some]
            bare[:, RECORD] = 0
            without = scores.score(bare.astype(np.int64)).similarity
            unlinked = codes_of(bare, without, scripts[some], letters[some], said[some])
            codes = codes.copy()
            codes[some] = np.where(evidence[some] == 0, unlinked[:, None], codes[some])
        told: NDArray[np.int64] = (codes * len(EVIDENCES) + evidence) * 2 + linked[:, None]
        return told


def told_of(number: int) -> tuple[int, Evidence, bool]:
    """Return the code of `signs.codes_of`, the evidence, and whether a row links the two."""
    code, linked = divmod(number, 2)
    code, evidence = divmod(code, len(EVIDENCES))
    return code, EVIDENCES[evidence], bool(linked)
