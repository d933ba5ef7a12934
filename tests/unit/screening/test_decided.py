"""What opens a decision again, and what does not."""

from dataclasses import replace
from datetime import date

import pytest

from service.registry.domain import GoodsClass, MarkRecord, MarkStatus, Party
from service.screening.decided import Rested, as_registered, owner_key, reopenings, rested_of
from service.screening.domain import DecisionScope, Reopening

BEFORE = Rested("yadea", "registered", owner_key("A Ltd"), (12,), "medium", "marks-1", "packs-1")
TODAY = date(2026, 11, 28)


def why(now: Rested, scope: DecisionScope = DecisionScope.PAIR, until: date | None = None):  # type: ignore[no-untyped-def]
    return reopenings(scope, BEFORE, now, expires_on=until, on=TODAY)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"text": "yadia"}, Reopening.MARK),
        ({"standing": "pending"}, Reopening.STATUS),
        ({"owner": owner_key("B Ltd")}, Reopening.OWNER),
        ({"classes": (12, 25)}, Reopening.GOODS),
        ({"verdict": "high"}, Reopening.VERDICT),
        ({"verdict": "high", "rules": "packs-2"}, Reopening.RULES),
        ({"verdict": "high", "engine": "marks-2"}, Reopening.ENGINE),
    ],
)
def test_a_material_change_opens_it_and_says_why(
    change: dict[str, object], reason: Reopening
) -> None:
    assert why(replace(BEFORE, **change)) == (reason,)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"classes": ()},
        {"verdict": "low"},
        {"rules": "packs-2", "engine": "marks-2"},
        {"verdict": "low", "rules": "packs-2"},
    ],
)
def test_what_changes_nothing_for_it_leaves_it(change: dict[str, object]) -> None:
    assert why(replace(BEFORE, **change)) == ()  # type: ignore[arg-type]


def test_it_expires_the_day_after_its_last() -> None:
    assert why(BEFORE, until=TODAY) == ()
    assert why(BEFORE, until=date(2026, 11, 27)) == (Reopening.EXPIRED,)


def test_one_on_an_owner_is_not_opened_by_one_mark() -> None:
    now = replace(BEFORE, text="yadia", standing="pending", classes=(1,), verdict="high")

    assert why(now, DecisionScope.OWNER) == (Reopening.VERDICT,)


def test_the_register_alone_tells_what_it_can() -> None:
    record = MarkRecord(
        "XX",
        "1",
        "ＹＡＤＥＡ",
        status=MarkStatus.REGISTERED,
        owners=(Party("A. LTD"),),
        classes=(GoodsClass(12, "e-bikes"),),
    )

    assert why(as_registered(BEFORE, record)) == ()
    gone = replace(record, status=MarkStatus.CANCELLED)
    assert why(as_registered(BEFORE, gone)) == (Reopening.STATUS,)


def test_it_comes_back_from_storage_as_it_was() -> None:
    assert rested_of(BEFORE.stored()) == BEFORE


def test_owners_are_the_same_in_any_order_and_spelling() -> None:
    assert owner_key("B, Inc.; A Ltd") == owner_key("a ltd; b inc")
