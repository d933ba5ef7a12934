"""docs/screening.md tells every word an answer can hold, and the glossary keeps one word each."""

from collections.abc import Iterator, Mapping
from enum import StrEnum

import pytest
from pydantic import BaseModel

from service.recordation.detention.domain import COSTS, DISPOSALS, GROUNDS, MODES, SERVICES, SIDES
from service.recordation.detention.papers import PAPERS
from service.rules.goods import GoodsDegree
from service.rules.markets.catalogue import markets
from service.rules.markets.routes import Passage
from service.screening.catalogue import HEADINGS, NAMES, OTHERS, SUMMARY
from service.screening.domain import (
    BrandRole,
    Coverage,
    DecisionKind,
    DecisionScope,
    DecisionState,
    DetentionRisk,
    Listing,
    Missing,
    NeverCompared,
    Relation,
    Reopening,
    Verdict,
)
from service.screening.schemas import CompareOut, ScreeningOut
from service.screening.wording import DISCLAIMER
from service.ui import tags
from service.ui.i18n import Language, translator
from tests.docs.reading import ROOT, first_terms, page, rows, terms

TEXT = page("screening.md")
TERMS = terms(TEXT)


def fields_of(model: type[BaseModel], seen: set[type[BaseModel]] | None = None) -> Iterator[str]:
    """Yield the names of all fields of a body and of the bodies in it."""
    seen = seen if seen is not None else set()
    if model in seen:
        return
    seen.add(model)
    for name, field in model.model_fields.items():
        yield name
        for inner in inner_models(field.annotation):
            yield from fields_of(inner, seen)


def inner_models(annotation: object) -> Iterator[type[BaseModel]]:
    """Yield the bodies named in an annotation."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in getattr(annotation, "__args__", ()):
        yield from inner_models(part)


@pytest.mark.parametrize(
    "words",
    [
        Verdict,
        Coverage,
        Missing,
        NeverCompared,
        BrandRole,
        GoodsDegree,
        DecisionKind,
        DecisionScope,
        DecisionState,
        Reopening,
        Relation,
        DetentionRisk,
        Listing,
        Passage,
    ],
)
def test_every_word_of_an_answer_is_told(words: type[StrEnum]) -> None:
    assert [word.value for word in words if word.value not in TERMS] == []


@pytest.mark.parametrize("model", [ScreeningOut, CompareOut])
def test_every_field_of_an_answer_is_told(model: type[BaseModel]) -> None:
    assert sorted(set(fields_of(model)) - TERMS) == []


def test_every_column_of_a_catalogue_and_of_its_result_is_told() -> None:
    assert [column for column in (*NAMES, *OTHERS, *SUMMARY) if column not in TERMS] == []


def test_every_chinese_heading_of_a_catalogue_is_told() -> None:
    chinese = [heading for heading in HEADINGS if not heading.isascii()]
    assert [heading for heading in chinese if heading not in TEXT] == []


def test_every_market_is_listed_with_its_registers() -> None:
    told = {row[0].strip("`"): row[2].strip("`") for row in rows(page("markets.md"), "Markets")}
    told.pop("code", None)
    expected = {}
    for each in markets().values():
        needs = [need for need in each.registers if need.whole_market]
        expected[each.code] = " ".join(need.office for need in needs)
    assert told == expected


def test_the_disclaimer_stands_in_the_manual() -> None:
    assert DISCLAIMER.en in " ".join(TEXT.split())


def test_the_glossary_has_one_line_for_a_term_in_each_language() -> None:
    lines = [row for row in rows(page("glossary.md"), "Terms") if row[0] != "English"]
    for column in (0, 1):
        said = [line[column] for line in lines]
        assert sorted(said) == sorted(set(said))


def test_the_exit_codes_are_told_for_each_command_that_has_them() -> None:
    told = first_terms(TEXT, "Exit codes")
    assert told[:4] == ["0", "1", "2", "3"]


@pytest.mark.parametrize("table", [tags.VERDICTS, tags.COVERAGE])
def test_the_glossary_says_verdict_and_coverage_as_the_pages_do(
    table: Mapping[str, tags.Tag],
) -> None:
    chinese = translator(Language.ZH_HANS)
    told = {
        r[0].strip("`"): (r[1], r[2]) for r in rows(page("glossary.md"), "Verdict and coverage")
    }
    expected = {key: (tag.label, chinese.text(tag.label)) for key, tag in table.items()}
    assert {key: told.get(key) for key in expected} == expected


def test_the_glossary_says_detentions_as_the_pages_do() -> None:
    chinese = translator(Language.ZH_HANS)
    lists = (SIDES, MODES, {kind: one.label for kind, one in PAPERS.items()}, GROUNDS, SERVICES)
    told = {tuple(row) for row in rows(page("glossary.md"), "Detentions")}
    for key, label in (row for table in (*lists, DISPOSALS, COSTS) for row in table.items()):
        if key.value:
            assert (f"`{key.value}`", label, chinese.text(label)) in told


def test_the_pages_say_the_terms_of_detentions_as_the_glossary_does() -> None:
    catalogues = ROOT / "service/ui/locales/zh_Hans"
    files = [catalogues / "detention.po", catalogues / "recordation.po"]
    files += (ROOT / "service/rules/data/law").glob("cn-*.yaml")
    said = "".join(path.read_text(encoding="utf-8") for path in files)
    terms = [row[1] for row in rows(page("glossary.md"), "Terms")]
    assert [term for term in terms[terms.index("海关扣留") :] if term not in said] == []
