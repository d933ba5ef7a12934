"""What the conceptual axis tells: words that are understood, never words of no known meaning."""

import pytest

from service.matching import scores
from service.matching.compare import Degree
from service.matching.engine import Sign, compare, prepare
from service.matching.kernels import belong
from service.matching.kinds import Axis
from service.matching.meaning import TRANSLATED_LEAST


def conceptual(one: str, other: str) -> tuple[Degree, str]:
    found = compare(prepare(Sign(one)), prepare(Sign(other)))
    back = compare(prepare(Sign(other)), prepare(Sign(one)))
    assert found.axes[Axis.CONCEPTUAL].degree is back.axes[Axis.CONCEPTUAL].degree
    assert found.similarity == back.similarity
    return found.axes[Axis.CONCEPTUAL].degree, found.axes[Axis.CONCEPTUAL].kind


@pytest.mark.parametrize(
    ("one", "other", "degree", "kind"),
    [
        ("VELKONA", "VELKONA TRUM", Degree.NONE, ""),
        ("VELKONA", "VELKONAS", Degree.NONE, ""),
        ("VELKONA", "velkona", Degree.IDENTICAL, "exact"),
        ("VELKO-NA", "VELKONA", Degree.HIGH, "joined"),
        ("VELKONA WOLF", "LOBO VELKONA", Degree.AVERAGE, "concept"),
        ("VELKONA WOLF", "VELKONA LION", Degree.NONE, ""),
        ("WOLF", "LOBO", Degree.HIGH, "concept"),
        ("长城", "GREAT WALL", Degree.HIGH, "concept"),
        ("江苏银行", "Bank of Jiangsu", Degree.HIGH, "rendered"),
        ("维科纳银行", "WEIKENA", Degree.NONE, ""),  # its pinyin, and no word translated
    ],
)
def test_words_without_a_meaning_are_neutral(
    one: str, other: str, degree: Degree, kind: str
) -> None:
    assert conceptual(one, other) == (degree, kind)


def test_a_shared_word_counts_in_similarity_whether_it_is_understood_or_not() -> None:
    assert "sense" in compare(prepare(Sign("VELKONA")), prepare(Sign("VELKONA TRUM"))).kinds


def test_pinyin_alone_says_nothing_of_a_rendered_name() -> None:
    most = int(belong(1000 - TRANSLATED_LEAST, 1000))
    assert scores.SPEAKS_FROM["rendered"] == scores.SPEAKS_FROM["rendition"] == most + 1
