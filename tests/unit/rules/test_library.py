"""The rules that ship: each can be asked, and each speaks both languages."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pydantic import BaseModel

from service.rules.domain import Doubt
from service.rules.evaluator import compute
from service.rules.loader import DATA, library
from service.rules.marks import COUNTING_FROM_MEMORY
from service.rules.schema import Confidence, Flag, Text, Version

BOOK = library()
HAN = re.compile(r"[\u4e00-\u9fff]")
COUNTED = [version for _, version in BOOK.versions() if version.countable]
BRANDS = {"Temu"}


def texts(value: object) -> Iterator[Text]:
    if isinstance(value, Text):
        yield value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from texts(getattr(value, name))
    elif isinstance(value, dict):
        for each in value.values():
            yield from texts(each)
    elif isinstance(value, tuple | list):
        for each in value:
            yield from texts(each)


EVERY_TEXT = [
    *texts([placed.rule for placed in BOOK.placed.values()]),
    *texts(list(BOOK.counting.values())),
    *texts(list(BOOK.services.values())),
    *texts(BOOK.words),
]


def a_day(version: Version) -> date:
    return version.valid_from or min(version.valid_to or date(2026, 3, 2), date(2026, 3, 2))


@pytest.mark.parametrize("version", COUNTED, ids=[version.id for version in COUNTED])
def test_every_counted_version_gives_a_date_and_a_reason(version: Version) -> None:
    found = compute(version.id, a_day(version), {"office": "PH"})
    assert found.rule_id == version.id
    assert version.basis in found.explanation.en
    assert version.basis in found.explanation.zh


@pytest.mark.parametrize("version", COUNTED, ids=[version.id for version in COUNTED])
def test_a_reason_is_one_sentence_with_every_place_filled(version: Version) -> None:
    found = compute(version.id, a_day(version), {"office": "PH"})
    assert found.explanation.en.endswith(".")
    assert found.explanation.zh.endswith("。")
    assert "{" not in found.explanation.en + found.explanation.zh


def test_every_text_has_chinese_words() -> None:
    lacking = [text.zh for text in EVERY_TEXT if not HAN.search(text.zh) and text.zh not in BRANDS]
    assert lacking == []


def test_no_english_text_holds_chinese_words() -> None:
    assert [text.en for text in EVERY_TEXT if HAN.search(text.en)] == []


def test_chinese_texts_use_chinese_punctuation() -> None:
    assert [text.zh for text in EVERY_TEXT if re.search(r"[,;:()]", text.zh)] == []


def test_every_doubt_flag_and_confidence_has_a_badge() -> None:
    codes = {doubt.value for doubt in Doubt}
    codes |= {flag.value for flag in Flag if flag is not Flag.NONE}
    codes |= {Confidence.MEMORY.value, COUNTING_FROM_MEMORY}
    assert set(BOOK.words.marks) == codes


def test_everything_left_out_says_why() -> None:
    reasons = {version.left_out for _, version in BOOK.versions() if not version.countable}
    assert reasons <= set(BOOK.words.left_out)


def test_every_area_kind_and_actor_has_words() -> None:
    rules = [placed.rule for placed in BOOK.placed.values()]
    assert {rule.area.value for rule in rules} <= set(BOOK.words.areas)
    assert {rule.kind.value for rule in rules} <= set(BOOK.words.kinds)
    assert {rule.actor for rule in rules} <= set(BOOK.words.actors)


def test_the_chinese_trademark_rows_that_end_go_on_answering() -> None:
    ending = [v for v in COUNTED if v.valid_to == date(2026, 12, 31) and v.id.startswith("cn-tm")]
    lacking = [v.id for v in ending if v.after_end is None and v.id != "cn-tm-opposition"]
    assert (len(ending), lacking) == (16, [])


@pytest.mark.parametrize("path", sorted(DATA.rglob("*.yaml")), ids=lambda path: path.name)
def test_no_rule_file_names_a_path_of_a_machine(path: Path) -> None:
    assert not re.search(r"/(work|root|home|tmp)/", path.read_text(encoding="utf-8"))
