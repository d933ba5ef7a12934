"""What links two marks that the kind *record* finds, told by its value alone.

Forms of that kind carry a share for what they rest on, and so its value says which it was: the
index need keep nothing else, and all marks found can be weighed without reading one of them.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from service.matching.kernels import belong
from service.matching.kinds import Form
from service.matching.meaning import JOINED, TRANSLATED, EvidenceRow, Link


class Ground(NamedTuple):
    """Why two marks count as one name."""

    rows: tuple[EvidenceRow, ...] = ()
    """Rows of evidence that link the two."""
    registered: bool = False
    """A register gives one as the translation of the other."""


NOTHING = Ground()
"""They are equal when joined: no evidence, they are plainly alike."""


def values_of(share: int) -> tuple[int, int]:
    """Values with which a form finds a mark by its own words, and by a translation of it."""
    return int(belong(share, JOINED)), int(belong(share, TRANSLATED))


def grounds_of(
    forms: Iterable[Form], links: Mapping[str, Link], entered: Mapping[str, Link]
) -> dict[int, Ground]:
    """Ground by the value with which a mark with these forms of the kind finds another.

    Args:
        forms: Its forms of the kind *record*.
        links: Links by the text of their form, which both marks have.
        entered: Those of which only this mark asks, see `entered`.
    """
    found: dict[int, Ground] = {}
    for form in forms:
        link = links.get(form.text)
        if form.text in entered:
            ground = Ground(entered[form.text].rows)
            found |= dict.fromkeys(values_of(form.share), ground)
        elif link is not None:
            found[int(belong(form.share, link.share))] = Ground(link.rows)
        elif form.text.startswith("~"):
            found[int(belong(form.share, TRANSLATED))] = Ground(registered=True)
            if form.share == JOINED:
                found[int(belong(JOINED, JOINED))] = NOTHING
    return found
