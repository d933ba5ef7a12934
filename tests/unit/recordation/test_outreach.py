"""Exposure is a product of factors, each with its basis."""

import pytest

from service.recordation.outreach.domain import (
    WEIGHTS,
    Factor,
    FactorKind,
    Spell,
    exposure,
    share,
    spell,
)


def test_nothing_known_is_one_and_each_factor_multiplies() -> None:
    nothing = [Factor(kind, ()) for kind in FactorKind]
    known = [Factor(FactorKind.MARKETS, ("US", "DE")), Factor(FactorKind.PENALTIES, ("7",))]

    assert exposure(nothing) == 1
    assert exposure(known) == pytest.approx(1.2 * 2)


@pytest.mark.parametrize("kind", FactorKind)
def test_more_never_lowers_and_is_bounded(kind: FactorKind) -> None:
    times = [Factor(kind, ("x",) * n).times for n in range(50)]

    assert times == sorted(times)
    assert times[-1] == 1 + WEIGHTS[kind].most


def test_days_and_shares_of_nothing_are_none() -> None:
    assert spell([]) == Spell(0, None, None, None)
    assert spell([9, 3, 4, 30]) == Spell(4, 6.5, 3, 30)
    assert spell([5]) == Spell(1, 5.0, 5, 5)
    assert (share(1, 3), share(0, 0)) == (0.333, None)
