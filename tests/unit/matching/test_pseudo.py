"""Pseudo marks are found by the sound of their plain spelling, and mean what it means."""

import pytest

from service.matching import pseudo
from service.matching.compare import Degree, as_known
from service.matching.engine import Exhaustive, Sign, compare, prepare
from service.matching.kinds import Axis
from service.matching.senses import concept_of
from service.matching.tongues import tongues_of

PAIRS = (
    ("4U", "FOR YOU"),
    ("JUST4U", "Just for You"),
    ("GR8", "GREAT"),
    ("URGR8", "YOU ARE GREAT"),
    ("B4", "BEFORE"),
    ("2NITE", "TONIGHT"),
    ("XTRA", "EXTRA"),
    ("KWIK", "QUICK"),
    ("LITE", "LIGHT"),
    ("NITE", "NIGHT"),
    ("THRU", "THROUGH"),
    ("EZ", "EASY"),
    ("TOYS R US", "TOYS ARE US"),
    ("ROCK N ROLL", "ROCK AND ROLL"),
)


@pytest.mark.parametrize(("written", "plain"), PAIRS)
def test_pseudo_marks_are_said_as_they_are_spelled_out(written: str, plain: str) -> None:
    found = compare(prepare(Sign(written)), prepare(Sign(plain)))
    back = compare(prepare(Sign(plain)), prepare(Sign(written)))
    assert found.axes[Axis.AURAL].degree is Degree.IDENTICAL
    assert found.similarity == back.similarity > 0.7


def test_both_are_found_by_each_other() -> None:
    marks = [text for pair in PAIRS for text in pair]
    oracle = Exhaustive(enumerate(map(Sign, marks)))
    for place, text in enumerate(marks):
        hits = [hit.key for hit in oracle.search(prepare(Sign(text)))]
        assert place ^ 1 in hits[:3], text


@pytest.mark.parametrize(
    ("words", "spelled"),
    [
        (["4u"], "foryou"),
        (["just4u"], "justforyou"),
        (["bikes", "4", "u"], "bikesforyou"),
        (["4"], ""),
        (["u"], ""),
        (["a4"], ""),
        (["54u"], ""),
        (["yadea", "2024"], ""),
        ([], ""),
    ],
)
def test_what_words_are_in_plain_letters(words: list[str], spelled: str) -> None:
    assert pseudo.spelled(words) == spelled


def test_plain_words_beside_other_scripts_are_read_too() -> None:
    sounds = {form.text for form in prepare(Sign("СПОРТ 4 U")).by_kind["sound"]}
    assert sounds & {form.text for form in prepare(Sign("SPORT FOR YOU")).by_kind["sound"]}


@pytest.mark.parametrize(("written", "plain"), [("4U", "FOR YOU"), ("2NITE BAR", "TONIGHTS")])
def test_a_plain_spelling_is_read_by_whoever_reads_english(written: str, plain: str) -> None:
    one, other = prepare(Sign(written)), prepare(Sign(plain))
    found = compare(one, other)
    english = frozenset({"en"})
    assert found.axes[Axis.AURAL].kind == "sound"
    assert as_known(one, other, found, tongues_of(english, han=True, understands=english)) is None


def test_a_pseudo_mark_means_what_its_plain_word_means() -> None:
    assert concept_of("lite") == concept_of("light") == "=light"
    assert concept_of("ez") == concept_of("easy")
