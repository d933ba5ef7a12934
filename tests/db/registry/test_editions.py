from datetime import date

import pytest

from service.registry.domain import Cut, EditionScope, EditionState
from service.registry.editions import EditionFact, Standing, stand, suspected

FULL, DELTA, UNKNOWN = EditionScope.FULL, EditionScope.DELTA, EditionScope.UNKNOWN
COMPLETE, PARTIAL = EditionState.COMPLETE, EditionState.PARTIAL
FAILED, LOADING = EditionState.FAILED, EditionState.LOADING


def day(number: int) -> date:
    return date(2026, 5, number)


def full(at: int, state: EditionState = COMPLETE) -> EditionFact:
    return EditionFact(at, FULL, state, day(at), file_name="full.zip")


def delta(
    edition: int, first: int, last: int, state: EditionState = COMPLETE, rejected: int = 0
) -> EditionFact:
    return EditionFact(
        edition, DELTA, state, day(last), day(first), rejected=rejected, file_name="day.zip"
    )


def codes(standing: Standing) -> list[str]:
    return [gap.code for gap in standing.gaps]


def test_a_full_load_with_an_unbroken_chain_is_complete_to_its_last_day() -> None:
    standing = stand([full(1), delta(2, 2, 2), delta(3, 3, 5)])

    assert (standing.state, standing.as_of, standing.gaps) == (COMPLETE, day(5), ())


def test_the_order_in_which_deltas_came_does_not_matter() -> None:
    standing = stand([full(1), delta(2, 3, 3), delta(3, 2, 2)])

    assert (standing.state, standing.as_of) == (COMPLETE, day(3))


def test_every_run_of_missing_days_is_named() -> None:
    standing = stand([full(1), delta(2, 3, 3), delta(3, 7, 7)])

    assert [gap.values for gap in standing.gaps] == [
        {"first": "2026-05-02", "last": "2026-05-02"},
        {"first": "2026-05-04", "last": "2026-05-06"},
    ]
    assert (standing.state, standing.as_of) == (PARTIAL, day(1))


def test_a_later_full_load_heals_the_gaps_before_it() -> None:
    standing = stand([full(1), delta(2, 4, 4), full(6)])

    assert (standing.state, standing.as_of, standing.base_id) == (COMPLETE, day(6), 6)


def test_deltas_older_than_the_full_load_do_not_count() -> None:
    standing = stand([delta(1, 2, 2), full(6)])

    assert (standing.state, standing.as_of) == (COMPLETE, day(6))


def test_a_delta_with_rejects_makes_the_register_partial() -> None:
    standing = stand([full(1), delta(2, 2, 2, PARTIAL, rejected=3)])

    assert codes(standing) == ["records-rejected"]
    assert standing.gaps[0].values["count"] == 3


def test_a_delta_that_failed_makes_the_register_partial() -> None:
    assert codes(stand([full(1), delta(2, 2, 2, FAILED)])) == ["delta-failed"]


def test_a_delta_without_a_date_cannot_be_placed() -> None:
    undated = EditionFact(2, DELTA, COMPLETE, None)

    assert codes(stand([full(1), undated])) == ["delta-undated"]


def test_deltas_alone_are_no_register() -> None:
    standing = stand([delta(1, 1, 1)])

    assert (standing.state, codes(standing)) == (PARTIAL, ["no-full-load"])


def test_a_first_load_on_its_way_is_loading() -> None:
    assert stand([full(1, LOADING)]).state is LOADING


def test_a_first_load_that_failed_is_failed() -> None:
    assert stand([full(1, FAILED)]).state is FAILED


def test_a_file_of_unknown_scope_is_named() -> None:
    unknown = EditionFact(1, UNKNOWN, PARTIAL, None, file_name="marks.csv")

    assert codes(stand([unknown])) == ["no-full-load", "scope-unknown"]


def parts(*numbers: int, of: int | None) -> list[EditionFact]:
    return [
        EditionFact(place, FULL, COMPLETE, day(1), part=number, parts=of, file_name="part.zip")
        for place, number in enumerate(numbers, start=1)
    ]


def test_a_full_load_in_parts_is_complete_with_its_last_part() -> None:
    assert stand(parts(1, 3, 2, of=3)).state is COMPLETE


def test_missing_parts_are_named() -> None:
    standing = stand(parts(1, 3, of=4))

    assert standing.state is PARTIAL
    assert standing.gaps[1].values["missing"] == "2, 4"


def test_a_part_of_nobody_knows_how_many_is_not_complete() -> None:
    assert codes(stand(parts(1, of=None))) == ["no-full-load", "parts-unknown"]


@pytest.mark.parametrize(
    ("cut", "told"),
    [
        (Cut((9, 12)), {"classes-cut": {"file": "cut.csv", "classes": "9, 12"}}),
        (
            Cut(filed_from=date(2015, 1, 1)),
            {"dates-cut": {"file": "cut.csv", "first": "2015-01-01"}},
        ),
        (
            Cut((12,), date(2015, 1, 1)),
            {
                "classes-cut": {"file": "cut.csv", "classes": "12"},
                "dates-cut": {"file": "cut.csv", "first": "2015-01-01"},
            },
        ),
    ],
)
def test_a_load_that_was_cut_names_what_is_in_it(cut: Cut, told: dict[str, dict[str, str]]) -> None:
    first = EditionFact(1, FULL, PARTIAL, day(1), file_name="cut.csv", cut=cut)
    later = EditionFact(2, DELTA, PARTIAL, day(2), day(2), file_name="cut.csv", cut=cut)

    alone, after = stand([first]), stand([full(1), later])

    assert (alone.state, after.state) == (PARTIAL, PARTIAL)
    assert {gap.code: gap.values for gap in alone.gaps[1:]} == told
    assert {gap.code: gap.values for gap in after.gaps} == told


def test_a_whole_load_after_a_cut_one_is_complete() -> None:
    cut = EditionFact(1, FULL, PARTIAL, day(1), cut=Cut((12,)))

    assert stand([cut, full(2)]).state is COMPLETE


ALL = sum(1 << nice for nice in range(1, 46))


@pytest.mark.parametrize(
    ("masks", "live", "state"),
    [
        ([ALL], 60_000, COMPLETE),
        ([1 << 12, 1 << 9], 60_000, PARTIAL),
        ([1 << 12, 1 << 9], 40_000, COMPLETE),
        ([1], 60_000, COMPLETE),
    ],
)
def test_a_large_register_without_a_mark_in_some_classes_was_cut(
    masks: list[int], live: int, state: EditionState
) -> None:
    found = suspected(stand([full(1)]), masks, live)

    assert (found.state, found.as_of) == (state, day(1))
    assert codes(found) == (["classes-absent"] if state is PARTIAL else [])
