"""How a build is shared out among processes."""

import pytest

from service.matching.index.builder import SMALL, even


@pytest.mark.parametrize(
    ("total", "workers", "each"),
    [
        (0, 2, 250_000),
        (SMALL, 2, 250_000),
        (200_000, 2, 100_000),
        (700_001, 2, 175_001),
        (700_001, 1, 233_334),
        (10_000_000, 2, 250_000),
    ],
)
def test_every_process_makes_as_many_marks_as_the_others(
    total: int, workers: int, each: int
) -> None:
    assert even(250_000, total, workers) == each
