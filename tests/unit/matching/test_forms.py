"""Forms of single marks: normalising, shares, readings."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.matching import (
    han_sound,
    inner,
    latin_rules,
    latin_sound,
    look,
    normalise,
    spelling_rules,
    words,
)
from service.matching.engine import Sign, compare, prepare
from service.matching.kinds import FormKind
from service.matching.normalise import tokens_of
from service.matching.stretches import parts_of


def _texts(text: str, kind: FormKind) -> set[str]:
    return {form.text for form in prepare(Sign(text)).by_kind.get(kind, ())}


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ＹＡＤＥＡ", "yadea"),
        ("Café", "cafe"),
        ("Straße", "strasse"),
        ("PRESIDENT'S", "presidents"),
        ("東風", "东风"),
        ("YA\u200bDE\u00adA\ufeff", "yadea"),
        ("雅\u2060迪\ufe0f", "雅迪"),
        ("高島屋", "高岛屋"),
        ("A.B.C.", "a b c"),
        ("İstanbul", "istanbul"),
        ("Łódź", "lodz"),
        ("①", "1"),
        ("ﬁn", "fin"),
        ("\u202eAB", "ab"),
        ("ガス", "ガス"),
        ("YADEA™ ®", "yadea"),
        ("衞星", "卫星"),
        ("氷", "冰"),
        ("萌芸沪乾", "萌芸沪乾"),
    ],
)
def test_folding(text: str, folded: str) -> None:
    assert normalise.fold(text) == folded


def test_shares_of_a_mark_sum_to_about_a_thousand() -> None:
    assert 990 <= sum(part.share for part in parts_of(tokens_of("blue stone manor house"))) <= 1000


def test_weak_words_carry_less_but_are_kept() -> None:
    shares = {part.token.text: part.share for part in parts_of(tokens_of("yadea motors"))}
    assert 0 < shares["motors"] < shares["yadea"]


def test_a_repeated_word_carries_the_share_of_all_its_places() -> None:
    parts = {part.token.text: part.share for part in parts_of(tokens_of("uni uni ball"))}
    assert parts["uni"] > 600


def test_a_goods_word_is_split_off_inside_a_word() -> None:
    assert "nl" in _texts("NLSPORT", FormKind.SPELLING)


def test_a_trade_word_is_split_off_a_chinese_name() -> None:
    assert "雅迪" in _texts("雅迪科技", FormKind.HAN)


def test_every_reading_of_a_character_has_its_form() -> None:
    assert {"zhongpeng", "chongpeng"} <= _texts("重鹏", FormKind.ROMAN)


@pytest.mark.parametrize(
    ("name", "spelled"),
    [
        ("萌萌", "mengmeng"),
        ("沪上", "hushang"),
        ("乾和", "qianhe"),
        ("绿源", "luyuan"),
        ("重庆火锅", "chongqinghuoguo"),
        ("长城钻探", "changchengzuantan"),
        ("吧啦吧啦", "ba la ba la"),
        ("哈密果果", "Ha Mi Guo Guo"),
    ],
)
def test_a_chinese_name_and_its_pinyin_are_read_the_same(name: str, spelled: str) -> None:
    assert compare(prepare(Sign(spelled)), prepare(Sign(name))).kinds["written"] == 1.0


def test_what_japan_writes_otherwise_may_be_exchanged() -> None:
    assert compare(prepare(Sign("芸術")), prepare(Sign("艺术"))).kinds["alike"] == 1.0


def test_a_weak_word_more_makes_a_name_no_nearer_to_its_pinyin() -> None:
    siwei = prepare(Sign("SIWEI"))
    found = [compare(siwei, prepare(Sign(name))).similarity for name in ("四维", "思维集团")]
    assert found[0] > found[1]


def test_words_that_repeat_are_compared_with_and_without_their_repetition() -> None:
    assert {"meimei", "mei"} <= _texts("MEI & MEI", FormKind.SPELLING)


@pytest.mark.parametrize(
    ("run", "found"),
    [
        ("雅迪神", ""),
        ("神鹰雅迪", "神鹰 雅迪"),
        ("神鹰飞跃雅迪大王", "神鹰 鹰飞 飞跃 跃雅 雅迪 迪大 大王"),
        ("雅迪科技神鹰", "雅迪 神鹰"),
        ("雅迪苹果神鹰", "雅迪 苹果 神鹰"),
        ("三只松鼠乐园", "三只 松鼠 乐园"),
    ],
)
def test_words_of_two_in_a_longer_run_cut_no_known_word(run: str, found: str) -> None:
    assert " ".join(inner.pairs(run)) == found


def test_initials_of_a_chinese_name() -> None:
    assert "byd" in _texts("比亚迪", FormKind.INITIALS)


def test_another_script_is_read_through_the_romaniser() -> None:
    assert any(text.startswith("kavasaki") for text in _texts("Кавасаки", FormKind.SOUND))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("certain", "sertun"),
        ("xceed", "xseed"),
        ("phone", "fone"),
        ("kwik", "quick"),
        ("knight", "nite"),
        ("photo", "foto"),
        ("centre", "sentre"),
        ("colour", "kolour"),
    ],
)
def test_english_words_that_sound_alike_share_a_reading(one: str, other: str) -> None:
    first, second = ({text for _, text, _ in latin_sound.readings(word)} for word in (one, other))
    assert first & second


@pytest.mark.parametrize(
    ("word", "language", "phonemes"),
    [
        ("jalapa", "es", "halapa"),
        ("wagen", "de", "vagen"),
        ("schatz", "de", "Sats"),
        ("chateau", "fr", "Sato"),
        ("xiao", "zh", "Siao"),
        ("qiu", "zh", "Ciu"),
        ("llama", "es", "iama"),
    ],
)
def test_a_word_is_read_by_the_rules_of_the_language(
    word: str, language: str, phonemes: str
) -> None:
    assert (language, phonemes) in [reading[:2] for reading in latin_sound.readings(word)]


_LANGUAGES = {"es": latin_rules.SPANISH, "fr": latin_rules.FRENCH, "en": latin_rules.ENGLISH}


def _read_by_expressions(rules: tuple[latin_rules.Rule, ...], word: str) -> str:
    """What the rules say when each is tried as the regular expression it is written as."""
    sounds, at = "", 0
    while at < len(word):
        matches = ((re.compile(spelling).match(word, at), output) for spelling, output in rules)
        match, output = next((m for m in matches if m[0]), (None, word[at]))
        sounds, at = sounds + output, match.end() if match else at + 1
    return re.sub(r"(.)\1+", r"\1", sounds)


@given(
    st.lists(st.sampled_from([*"aeiouysctghnmrlwx7", "tion", "eaux", "ough", "ssion", "ai"]))
    .map("".join)
    .filter(lambda word: re.search("[aeiouy]", word) is not None)
)
def test_the_table_reads_a_word_as_the_expressions_do(word: str) -> None:
    expected = {_read_by_expressions(rules, word) for rules in _LANGUAGES.values()} - {""}
    assert expected <= {phonemes for _, phonemes, _ in latin_sound.readings(word)}


@pytest.mark.parametrize(("word", "is_pinyin"), [("ai" * 31 + "x", False), ("ai" * 32, True)])
def test_a_long_word_that_is_nearly_pinyin_is_soon_told_apart(word: str, is_pinyin: bool) -> None:
    abroad = latin_sound._is_pinyin(np.frombuffer(word.encode(), np.uint8))
    assert bool(abroad) is is_pinyin


def test_a_rule_that_is_not_understood_is_refused() -> None:
    with pytest.raises(ValueError, match="not understood"):
        list(spelling_rules.paths("a*b"))


def test_a_word_without_vowels_is_not_read() -> None:
    assert latin_sound.readings("tmm") == ()


@pytest.mark.parametrize(
    ("han", "latin"), [("蒂凡尼", "tiffany"), ("拉斐特", "lafite"), ("米其林", "michelin")]
)
def test_a_transliteration_and_its_original_fall_in_the_same_classes(han: str, latin: str) -> None:
    heard = {text for reading in han_sound.readings_of(han) for text, _ in han_sound.heard(reading)}
    loose = {classes for _, _, classes in latin_sound.readings(latin)}
    assert any(set(a) >= set(b) - {"I"} and a[0] == b[0] for a in heard for b in loose)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("modern", "rnodern"),
        ("yadea", "уаdеа"),
        ("clean", "dean"),
        ("b0sch", "bosch"),
        ("vvolf", "wolf"),
    ],
)
def test_look_alikes_share_a_skeleton(one: str, other: str) -> None:
    assert look.skeleton(one) == look.skeleton(other)


def test_look_alike_characters_go_both_ways() -> None:
    table = look.lookalikes()
    assert all(letter in table[other] for letter, alike in table.items() for other in alike)


def test_split_characters_are_exchanged_for_their_parts() -> None:
    assert "木木" in look.exchanged("林")


@pytest.mark.parametrize(
    ("word", "stem"),
    [
        ("batteries", "battery"),
        ("boxes", "box"),
        ("glass", "glass"),
        ("bus", "bus"),
        ("lions", "lion"),
    ],
)
def test_plural_endings_come_off(word: str, stem: str) -> None:
    assert words.stem(word) == stem


def test_every_weak_word_names_its_source() -> None:
    assert all(weak.source and 5 <= weak.weight <= 90 for weak in words.weak_words().values())
