"""Inflected words: for CN-9, and in the lexicon."""

import pytest

from service.matching import words
from service.matching.compare import as_known
from service.matching.engine import Sign, compare, prepare
from service.matching.inflection import inflected, plural
from service.matching.kinds import Axis
from service.matching.senses import concept_of
from service.matching.tongues import tongues_of


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("sail", "sailing", True),
        ("running", "run", True),
        ("save", "saving", True),
        ("heavier", "heavy", True),
        ("fast", "fastest", True),
        ("big", "bigger", True),
        ("wise", "wiser", True),
        ("corn", "corner", False),
        ("k", "king", False),
        ("sail", "tailing", False),
        ("", "ing", False),
    ],
)
def test_forms_of_one_word(one: str, other: str, same: bool) -> None:
    assert inflected(one, other) is inflected(other, one) is same


@pytest.mark.parametrize(
    ("word", "language", "told"),
    [
        ("flor", "es", "flores"),
        ("luz", "es", "luces"),
        ("sol", "es", "soles"),
        ("casa", "es", ""),
        ("cheval", "fr", "chevaux"),
        ("oiseau", "fr", "oiseaux"),
        ("fiore", "it", "fiori"),
        ("stella", "it", "stelle"),
        ("mare", "it", ""),
        ("fuoco", "it", ""),
        ("stern", "de", ""),
        ("太阳", "es", ""),
        ("", "es", ""),
    ],
)
def test_plurals_without_a_final_s(word: str, language: str, told: str) -> None:
    assert plural(word, language) == told


@pytest.mark.parametrize(
    ("many", "one"),
    [
        ("children", "child"),
        ("men", "man"),
        ("feet", "foot"),
        ("mice", "mouse"),
        ("wolves", "wolf"),
        ("knives", "knife"),
        ("flores", "flor"),
        ("luces", "luz"),
        ("chevaux", "cheval"),
        ("fiori", "fiore"),
    ],
)
def test_a_plural_means_what_its_singular_means(many: str, one: str) -> None:
    assert concept_of(many) == concept_of(one)
    assert concept_of(many).startswith("=")


@pytest.mark.parametrize(("understands", "known"), [("en", False), ("es", True)])
def test_a_plural_is_of_the_language_of_its_singular(understands: str, known: bool) -> None:
    one, other = prepare(Sign("LUCES")), prepare(Sign("LIGHTS"))
    public = tongues_of(frozenset({"en"}), han=True, understands=frozenset({"en", understands}))
    found = as_known(one, other, compare(one, other), public)
    assert (found is None) is known
    if found:
        assert found[1][Axis.CONCEPTUAL] == {"es", "it"}  # luz, luce


def test_english_plurals_that_no_ending_tells_have_the_stem_of_the_singular() -> None:
    assert words.stem("children") == words.stem("child")
    assert words.stem("knives") == words.stem("knife")
