"""Whether a right bears a name: by the normal forms of the matching engine, or nearly. Pure."""

from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache

from service.matching.engine import Degree, Prepared, Sign, compare, prepare
from service.matching.kinds import Axis
from service.matching.normalise import fold

CLOSE = frozenset({Degree.IDENTICAL, Degree.HIGH})
HEARD_OR_SEEN = (Axis.VISUAL, Axis.AURAL)


class Bearing(StrEnum):
    """How the words of a right stand to a name."""

    SAME = "same"
    """Equal after normalisation, as a whole or one of its words."""
    NEAR = "near"
    """Highly similar by look or by sound, and not equal."""


def bearing(title: str, names: Sequence[str]) -> Bearing | None:
    """Return how a right's words stand to the closest of some names; None where they are apart.

    Letters are folded as for the index: width, case, accents, traditional characters. Only where
    nothing is equal are the forms compared.
    """
    folded = fold(title)
    words = {folded.replace(" ", ""), *folded.split()} - {""}
    if any(fold(name).replace(" ", "") in words for name in names):
        return Bearing.SAME
    return Bearing.NEAR if any(_near(title, name) for name in names) else None


def _near(title: str, name: str) -> bool:
    found = compare(_prepared(name), _prepared(title))
    close = any(found.axes[axis].degree in CLOSE for axis in HEARD_OR_SEEN)
    return close and not found.weak_only


@lru_cache(maxsize=1024)
def _prepared(text: str) -> Prepared:
    return prepare(Sign(text))
