"""The crowding ceiling: how often the wanted name must be lost among equally close ones."""

from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from service.matching import han_sound, normalise
from tests.quality.corpus import Pair


def _letters(name: str) -> str:
    return normalise.fold(name).replace(" ", "")


def _reading(name: str) -> tuple[str, ...]:
    readings = han_sound.readings_of(_letters(name))
    return readings[0] if readings else ()


def _sound(name: str) -> str:
    return han_sound.symbols(_reading(name)) or _letters(name)


def _roman(name: str) -> str:
    return "".join(_reading(name)) or _letters(name)


def _initials(name: str) -> str:
    return "".join(syllable[0] for syllable in _reading(name)) or _letters(name)


VIEWS: dict[str, Callable[[str], str]] = {
    "letters": _letters,
    "sound": _sound,
    "roman": _roman,
    "initials": _initials,
}
VIEW_OF = {
    "homophone in two characters": "sound",
    "pinyin joined, two characters": "roman",
    "initials": "initials",
    "reduplicated": "letters",
}
"""By which plain view a mutation is judged; letters or characters where not named."""


class Crowds:
    """Counts the names that are as close to a query as the wanted one, in edits of a plain view."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = names
        self._seen = lru_cache(maxsize=None)(self._view)

    def _view(self, view: str) -> list[str]:
        return [VIEWS[view](name) for name in self._names]

    def count(self, pair: Pair) -> int:
        """Names at most as many edits from the query as the wanted one is."""
        view = VIEW_OF.get(pair.where, "letters")
        query, wanted = VIEWS[view](pair.query), VIEWS[view](pair.earlier)
        edits = cdist([query], self._seen(view), scorer=OSA.distance, workers=2)[0]
        return int((edits <= OSA.distance(query, wanted)).sum())

    def ceiling(self, pairs: Sequence[Pair], within: int) -> float:
        """Most that recall at `within` can be expected to reach: the chance to be drawn first."""
        if not pairs:
            return 0.0
        return float(np.mean([min(1.0, within / self.count(pair)) for pair in pairs]))
