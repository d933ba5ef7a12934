"""Marks that are said alike: identical to the ear, and no nearer in similarity for it."""

import numpy as np
import pytest

from service.matching import scores, sounding
from service.matching.compare import Degree
from service.matching.engine import Sign, compare, prepare
from service.matching.kinds import KINDS, Axis
from service.matching.traits import traits_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("雅迪", "亚迪"),
        ("雅迪 YADEA", "亚迪 YADEA"),
        ("重庆火锅", "虫情火锅"),  # chong, by the phrase
        ("WRITE", "RIGHT"),
        ("KNIGHT", "NITE"),
        ("KWIK", "QUICK"),
        ("FOTON", "Photon"),
        ("SEA", "SEE"),
        ("ROAD", "RODE"),
        ("XCEED", "X-SEED"),
        ("カワサキ", "KAWASAKI"),
        ("B-M-W", "BMW"),
        ("24/7", "247"),
        ("A & A", "AA"),
    ],
)
def test_marks_that_are_said_alike(one: str, other: str) -> None:
    assert traits_of(one).sound == traits_of(other).sound != sounding.UNTOLD

    found = compare(prepare(Sign(one)), prepare(Sign(other)))
    aural = found.axes[Axis.AURAL]
    assert aural.degree is Degree.IDENTICAL
    assert aural.kind, "an axis shows its two strings"
    assert aural.query
    assert aural.mark
    assert found.similarity < 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("SHIP", "SHEEP"),
        ("THREE", "TREE"),
        ("HOP", "HOPE"),
        ("NISSAN", "NISSIN"),
        ("RICE", "RISE"),
        ("QING", "KING"),
        ("GEAR", "JEER"),
        ("PARI", "PARIS"),  # in French alone
        ("VACA", "BACA"),  # in Spanish alone
        ("A", "AA"),  # spelled out: no doubled vowel
        ("A", "AAA"),
        ("A1", "AA1"),
        ("AAA AUTO", "A AUTO"),
        ("BB", "B"),
        ("OO", "O"),
        ("旺旺", "旺"),
        ("MEI & MEI", "MEI"),
        ("WRITE", "RIGHT HAND"),
        ("雅迪", "雅蒂科"),
        ("蒂凡尼", "TIFFANY"),
        ("雅迪科技", "亚迪"),
        ("雅" * 13, "亚" * 13),  # longer than what is read
        ("🎉", ""),
        ("щ" * 40, "щ" * 39 + "м"),  # longer than what is read, in Latin letters
    ],
)
def test_marks_that_are_not_said_alike(one: str, other: str) -> None:
    found = compare(prepare(Sign(one)), prepare(Sign(other)))
    assert found.axes[Axis.AURAL].degree is not Degree.IDENTICAL


def test_what_is_said_alike_moves_no_hit() -> None:
    """Similarity goes by the values of the kinds alone, and so does the order of hits."""
    found = compare(prepare(Sign("雅迪")), prepare(Sign("亚迪")))
    row = np.array([[round(found.kinds.get(kind.name, 0) * scores.TOP) for kind in KINDS]])
    assert found.similarity == scores.score(row).similarity[0]
    assert scores.score(row).aural[0] < found.axes[Axis.AURAL].score == 1


def test_a_mark_that_cannot_be_read_sounds_like_none() -> None:
    sounds = np.array([traits_of(text).sound for text in ("!", "雅迪", "亚迪")], np.uint64)
    assert sounding.alike(sounds, sounds).tolist() == [False, True, True]
    assert sounding.alike(sounds, np.uint64(sounds[1])).tolist() == [False, True, True]
