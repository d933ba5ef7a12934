"""Two marks side by side."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from service.ui.alignment import Alignment, aligned

names = st.text(st.sampled_from("abcABCß雅迪 "), max_size=12)


def common(left: str, right: str) -> int:
    """The longest common subsequence by the definition."""
    if not left or not right:
        return 0
    if left[-1].casefold() == right[-1].casefold():
        return common(left[:-1], right[:-1]) + 1
    return max(common(left[:-1], right), common(left, right[:-1]))


def texts(alignment: Alignment) -> tuple[str, str]:
    return (
        "".join(run.text for run in alignment.left),
        "".join(run.text for run in alignment.right),
    )


@given(names, names)
def test_the_runs_give_the_marks_back(left: str, right: str) -> None:
    assert texts(aligned(left, right)) == (left, right)


@given(st.text("abAB", max_size=6), st.text("abAB", max_size=6))
def test_as_many_letters_are_shared_as_can_be(left: str, right: str) -> None:
    assert aligned(left, right).shared == common(left, right)


@given(names, names)
def test_shared_runs_read_the_same_on_both_sides(left: str, right: str) -> None:
    alignment = aligned(left, right)
    sides = [
        "".join(run.text for run in side if run.same).casefold()
        for side in (alignment.left, alignment.right)
    ]

    assert sides[0] == sides[1]


@given(names, names)
def test_runs_alternate(left: str, right: str) -> None:
    for side in (aligned(left, right).left, aligned(left, right).right):
        assert all(one.same is not other.same for one, other in pairwise(side))


@given(names, names)
def test_differences_hold_every_letter_that_is_not_shared(left: str, right: str) -> None:
    alignment = aligned(left, right)

    assert sum(len(here) for here, _ in alignment.differences) == len(left) - alignment.shared
    assert sum(len(there) for _, there in alignment.differences) == len(right) - alignment.shared


def test_letters_that_face_each_other_are_one_difference() -> None:
    assert aligned("LEOPARD", "LEOPART").differences == (("D", "T"),)


def test_equal_marks_have_no_difference() -> None:
    assert aligned("Yadea", "YADEA").differences == ()
