"""Write the Word templates of the kit: `python -m tools.documents`.

Run by a person who changes them; what it writes is committed. Modules may lay their own templates
beside them, made in Word; `restyled` gives a document of python-docx fonts that offices have.
"""

from collections.abc import Sequence
from pathlib import Path

from docx import Document
from docx.document import Document as Docx
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.styles.style import CharacterStyle

TARGET = Path(__file__).parents[2] / "service" / "ui" / "documents" / "templates"
LATIN, HAN = "Times New Roman", "宋体"
"""Fonts of every office in China; Word takes a like one where they are absent."""

THEMED = ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme")
"""A theme's font would go before the one named."""


def restyled(document: Docx) -> Docx:
    """Give every style a Latin and an East Asian font, so that Han text keeps one face."""
    for style in document.styles:
        if isinstance(style, CharacterStyle):
            style.font.name = LATIN
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for name in THEMED:
                fonts.attrib.pop(qn(name), None)
            fonts.set(qn("w:eastAsia"), HAN)
    document.styles["Normal"].font.size = Pt(11)
    return document


def letter() -> Docx:
    """Title, facts, paragraphs, a place to sign: the letter that most offices take."""
    document = restyled(Document())
    document.sections[0].left_margin = document.sections[0].right_margin = Cm(2.8)
    document.core_properties.title = "{{ title.zh }}"
    document.core_properties.author = "Markpass"
    document.add_heading("{{ title.zh }}", 0)
    document.add_paragraph("{{ title.en }}")
    document.add_paragraph("编号 Reference: {{ reference }}")
    table = document.add_table(rows=3, cols=2)
    table.style = "Table Grid"
    table.rows[0].cells[0].text = "{%tr for row in fields %}"
    table.rows[1].cells[0].text = "{{ row.label.zh }} {{ row.label.en }}"
    table.rows[1].cells[1].text = "{{ row.value }}"
    table.rows[2].cells[0].text = "{%tr endfor %}"
    document.add_paragraph("{%p for each in paragraphs %}")
    document.add_paragraph("{{ each }}")
    document.add_paragraph("{%p endfor %}")
    document.add_paragraph("签章 Signature and seal:")
    document.add_paragraph("日期 Date:")
    document.sections[0].footer.paragraphs[0].text = "{{ reference }} · {{ made_at }}"
    return document


def case_paper() -> Docx:
    """Title, sections of facts and sentences, places to sign: every paper of a case."""
    document = restyled(Document())
    document.sections[0].left_margin = document.sections[0].right_margin = Cm(2.8)
    document.core_properties.title = "{{ title }}"
    document.core_properties.author = "Markpass"
    document.add_heading("{{ title }}", 0)
    document.add_paragraph("{{ about }}")
    document.add_paragraph("{%p for section in sections %}")
    document.add_heading("{{ section.title }}", 1)
    document.add_paragraph("{%p if section.rows %}")
    _rows(document, "section.rows", ("{{ row.label }}", "{{ row.value }}"))
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("{%p for each in section.text %}")
    document.add_paragraph("{{ each }}")
    document.add_paragraph("{%p endfor %}")
    document.add_paragraph("{%p endfor %}")
    document.add_paragraph("{%p if basis %}")
    document.add_paragraph("{{ words.basis }}: {{ basis }}")
    document.add_paragraph("{%p endif %}")
    _rows(
        document,
        "signers",
        ("{{ row.role }}", "{{ row.name }}", "{{ words.sign }}:", "{{ words.date }}:"),
    )
    document.add_paragraph("{{ made_on }}")
    document.sections[0].footer.paragraphs[0].text = "{{ reference }} · {{ made_on }}"
    return document


def _rows(document: Docx, rows: str, cells: Sequence[str]) -> None:
    """Add a table with one line for each of `rows`."""
    table = document.add_table(rows=3, cols=len(cells))
    table.style = "Table Grid"
    table.rows[0].cells[0].text = f"{{%tr for row in {rows} %}}"
    for cell, text in zip(table.rows[1].cells, cells, strict=True):
        cell.text = text
    table.rows[2].cells[0].text = "{%tr endfor %}"


def main() -> None:
    """Write every template."""
    letter().save(str(TARGET / "kit" / "letter.docx"))
    case_paper().save(str(TARGET / "dispute" / "paper.docx"))


if __name__ == "__main__":
    main()
