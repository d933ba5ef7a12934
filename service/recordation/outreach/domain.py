"""What makes an enterprise exposed, and what came of calling on it: plain values."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import prod

from service.core.text import N_


class FactorKind(StrEnum):
    """What exposes an enterprise."""

    MARKETS = "markets"
    CONFLICTS = "conflicts"
    UNRECORDED = "unrecorded"
    DETENTIONS = "detentions"
    PENALTIES = "penalties"
    EXPIRING = "expiring"


class ContactChannel(StrEnum):
    """How an enterprise was called on."""

    PHONE = "phone"
    VISIT = "visit"
    MESSAGE = "message"
    EVENT = "event"


class Result(StrEnum):
    """What came of it."""

    NOT_REACHED = "not_reached"
    INFORMED = "informed"
    WILL_RECORD = "will_record"
    DECLINED = "declined"
    RECORDED = "recorded"


@dataclass(frozen=True, slots=True)
class Weight:
    """How much one more of a factor adds to its multiplier, and the most it adds."""

    each: float
    most: float


WEIGHTS: Mapping[FactorKind, Weight] = {
    FactorKind.MARKETS: Weight(0.1, 1.0),
    FactorKind.CONFLICTS: Weight(0.5, 2.0),
    FactorKind.UNRECORDED: Weight(0.25, 1.5),
    FactorKind.DETENTIONS: Weight(1.0, 3.0),
    FactorKind.PENALTIES: Weight(1.0, 3.0),
    FactorKind.EXPIRING: Weight(0.25, 1.0),
}
"""Our own order of calling, no probability of anything."""


@dataclass(frozen=True, slots=True)
class Factor:
    """One factor of one enterprise with what it rests on."""

    kind: FactorKind
    basis: tuple[str, ...]
    """Each thing counted, as data: a market, a mark, a decision number."""

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.basis)

    @property
    def times(self) -> float:
        """By how much it multiplies the exposure; 1 where there is nothing."""
        weight = WEIGHTS[self.kind]
        return 1 + min(weight.each * self.count, weight.most)


def exposure(factors: Iterable[Factor]) -> float:
    """Return the product of the factors: 1 where nothing is known."""
    return round(prod(one.times for one in factors), 2)


FACTOR_NAMES: Mapping[FactorKind, str] = {
    FactorKind.MARKETS: N_("Target markets"),
    FactorKind.CONFLICTS: N_("Screenings with a conflict"),
    FactorKind.UNRECORDED: N_("Registered marks without recordation"),
    FactorKind.DETENTIONS: N_("Past detentions"),
    FactorKind.PENALTIES: N_("Published penalties"),
    FactorKind.EXPIRING: N_("Rights and recordations that end soon"),
}
CHANNEL_NAMES: Mapping[ContactChannel, str] = {
    ContactChannel.PHONE: N_("Telephone"),
    ContactChannel.VISIT: N_("Visit"),
    ContactChannel.MESSAGE: N_("Message"),
    ContactChannel.EVENT: N_("Event"),
}
RESULT_NAMES: Mapping[Result, str] = {
    Result.NOT_REACHED: N_("Not reached"),
    Result.INFORMED: N_("Informed"),
    Result.WILL_RECORD: N_("Will record its right"),
    Result.DECLINED: N_("Declined"),
    Result.RECORDED: N_("Recorded its right"),
}


@dataclass(frozen=True, slots=True)
class Spell:
    """Days something took, over several."""

    count: int
    median: float | None
    least: int | None
    most: int | None


def spell(days: Iterable[int]) -> Spell:
    """Return how long things took; nothing but the count where there were none."""
    found = sorted(days)
    if not found:
        return Spell(0, None, None, None)
    middle = len(found) // 2
    odd = len(found) % 2
    median = float(found[middle]) if odd else (found[middle - 1] + found[middle]) / 2
    return Spell(len(found), median, found[0], found[-1])


def share(part: int, whole: int) -> float | None:
    """Return a share in [0, 1] to three places; None of nothing."""
    return round(part / whole, 3) if whole else None
