"""What is kept of a mark's words beside it says the same as its words."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.matching import traits
from service.matching.facts import Facts
from service.matching.forms import Sign
from service.matching.prepared import Prepared
from service.matching.sides import Side

WORDS = ("YADEA", "SUNRA", "ELECTRIC", "MOTORS", "GREEN", "AIMASPORT", "雅迪科技", "新日科技", "7")
TEXTS = [" ".join(pair) for pair in combinations(WORDS, 2)] + list(WORDS)


def side(text: str) -> Side:
    return Side(Prepared(Sign(text), ()), None)


def meet_in_weak_words(one: str, other: str) -> bool:
    return Facts(side(one), side(other), {}, {}).weak_only


def test_marks_without_a_common_bit_do_not_meet_in_weak_words_only() -> None:
    meeting = [pair for pair in combinations(TEXTS, 2) if meet_in_weak_words(*pair)]

    assert len(meeting) > 50
    for one, other in meeting:
        assert traits.traits_of(one).weak & traits.traits_of(other).weak, (one, other)
    assert not traits.traits_of("YADEA").weak & traits.traits_of("SUNRA").weak


@pytest.mark.parametrize(
    ("text", "scripts", "letters"),
    [
        ("", 0, 0),
        ("!?", 0, 0),
        ("Yadea-2", traits.LATIN, 6),
        ("雅迪 Yadea", traits.HAN | traits.LATIN, 7),
        ("ЯДЕА", traits.OTHER, 4),
        ("ＳＥＲＴＵＮ", traits.LATIN, 6),
        ("ÉÉÉ", traits.LATIN, 3),
        ("Əliɣɛ", traits.LATIN, 5),
        ("ﬁx™", traits.LATIN, 3),
        ("ﾎﾝﾀﾞ", traits.OTHER, 3),
        ("\u1112\u1169\u11ab\u1103\u1161", traits.OTHER, 2),  # 혼다, decomposed
        ("㍿雅迪", traits.HAN, 6),
        ("a" * 70_000, traits.LATIN, traits.MOST_LETTERS),
    ],
)
def test_scripts_and_letters_of_a_mark(text: str, scripts: int, letters: int) -> None:
    assert traits.traits_of(text)[:2] == (scripts, letters)
    assert traits.written(text) == (scripts, letters)


@given(st.text())
@settings(deadline=None)
def test_every_text_has_traits(text: str) -> None:
    found = traits.traits_of(text)

    assert 0 <= found.weak < 2**64
    assert 0 <= found.sound < 2**64
    assert 0 <= found.scripts < 8
