"""Word: filled, escaped, its Han text with a font of its own, and nothing run."""

import io
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn

from service.ui.documents.errors import TemplateRefused
from service.ui.documents.naming import template_path
from service.ui.documents.word import fill_word, word

DATA: dict[str, Any] = {
    "title": {"zh": "异议申请书", "en": "Notice of opposition"},
    "reference": "WX-2026-17",
    "made_at": "2026年11月28日",
    "fields": [
        {"label": {"zh": "申请人", "en": "Applicant"}, "value": "A & B <有限公司>"},
        {"label": {"zh": "商标", "en": "Mark"}, "value": "雅迪 {{ 7*7 }}"},
    ],
    "paragraphs": ["第一段。", "Second paragraph."],
}
REACHING = [
    "{{ ''.__class__.__mro__ }}",
    "{{ title.__init__.__globals__ }}",
    "{{ ''['__class__'] }}",
    "{{ cycler.__init__ }}",
    "{{ range(10) }}",
    "{{ lipsum() }}",
    "{{ title|attr('__class__') }}",
    "{{ paragraphs.append('x') }}",
    "{{ '%s'|format(title) }}",
    "{{ '{0.__class__}'.format(title) }}",
    "{% include '/etc/passwd' %}",
    "{% import 'os' as os %}",
    "{{ self._TemplateReference__context }}",
    "{{ absent }}",
    "{{ 'x' * 9999999999 }}",
    "{{ 9 ** 999999999 }}",
    "{{ '%999999999s' % title }}",
]


def template(text: str) -> bytes:
    document = Document()
    document.add_paragraph(text)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def texts(content: bytes) -> list[str]:
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    feet = [each.text for each in document.sections[0].footer.paragraphs]
    return [each.text for each in document.paragraphs] + cells + feet


def test_a_letter_is_filled_with_what_it_is_given_and_nothing_is_read_as_markup() -> None:
    found = texts(word("kit/letter", DATA))

    for expected in ("异议申请书", "Notice of opposition", "第一段。", "A & B <有限公司>"):
        assert expected in found
    assert "雅迪 {{ 7*7 }}" in found
    assert "WX-2026-17 · 2026年11月28日" in found


def test_its_han_text_has_a_font_of_its_own_in_every_style() -> None:
    document = Document(str(template_path("kit/letter", ".docx")))
    fonts = [style.element.find(f"{qn('w:rPr')}/{qn('w:rFonts')}") for style in document.styles]
    named = [font for font in fonts if font is not None and font.get(qn("w:ascii"))]

    assert len(named) > 10
    assert {font.get(qn("w:eastAsia")) for font in named} == {"宋体"}
    assert [font for font in named if font.get(qn("w:eastAsiaTheme"))] == []


@pytest.mark.parametrize("text", REACHING)
def test_a_template_that_reaches_for_the_system_is_refused(text: str) -> None:
    with pytest.raises(TemplateRefused):
        fill_word(template(text), DATA)


def test_properties_of_the_document_are_filled_in_the_same_sandbox() -> None:
    document = Document()
    document.core_properties.title = "{{ ''.__class__.__mro__ }}"
    out = io.BytesIO()
    document.save(out)

    with pytest.raises(TemplateRefused):
        fill_word(out.getvalue(), DATA)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"<html>"])
def test_what_is_no_word_document_is_refused(content: bytes) -> None:
    with pytest.raises(TemplateRefused):
        fill_word(content, DATA)
