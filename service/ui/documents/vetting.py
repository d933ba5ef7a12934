"""Whether a Word template that is not ours is harmless, told by what its package holds.

A paper made from it is opened in offices: it must fetch nothing, run nothing, hold no other file.
"""

import io
import zipfile
from collections.abc import Iterator
from zipfile import BadZipFile, ZipFile

from docx.oxml.ns import qn
from lxml import etree

from service.core.errors import FieldError
from service.core.text import N_
from service.ui.documents.errors import TemplateUnfit

LARGEST = 5 << 20
"""Bytes of a template."""
UNPACKED = 40 << 20
MOST_PARTS = 500
HARMFUL = ("vbaproject", "embeddings/", "activex", "oleobject", ".bin", "altchunk", "afchunk")
FIELDS = frozenset(
    {"PAGE", "NUMPAGES", "SECTIONPAGES", "DATE", "TIME", "SEQ", "REF", "PAGEREF", "STYLEREF", "TOC"}
)
"""Fields that only look inside the document; all others fetch, link, ask or run."""
LINK = "/hyperlink"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


def vet_word(source: bytes) -> None:
    """Refuse a Word file that fetches, runs or hides something.

    Raises:
        TemplateUnfit: with what was found.
    """
    if len(source) > LARGEST:
        _refuse(N_("The template is larger than {limit} bytes."), limit=LARGEST)
    try:
        with ZipFile(io.BytesIO(source)) as package:
            _vet_parts(package.infolist())
            for part in package.infolist():
                if part.filename.endswith((".xml", ".rels")):
                    _vet_xml(part.filename, package.read(part))
    except (BadZipFile, etree.XMLSyntaxError, NotImplementedError, RuntimeError, OSError) as fault:
        _refuse(N_("This is no Word file that opens: {reason}."), reason=str(fault)[:100])


def _vet_parts(parts: list[zipfile.ZipInfo]) -> None:
    names = [part.filename for part in parts]
    if "word/document.xml" not in names:
        _refuse(N_("This is no Word file that opens: {reason}."), reason="word/document.xml")
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > UNPACKED:
        _refuse(N_("The template unpacks to more than {limit} bytes."), limit=UNPACKED)
    for name in names:
        if any(word in name.lower() for word in HARMFUL):
            _reaching(name)


def _vet_xml(name: str, content: bytes) -> None:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    root = etree.fromstring(content, parser)
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        _reaching(f"{name}: DOCTYPE")
    for relation in root.iter(_RELATION):
        kind = relation.get("Type", "")
        outside = relation.get("TargetMode", "").lower() == "external"
        if (outside and not kind.endswith(LINK)) or kind.endswith("/attachedTemplate"):
            _reaching(f"{name}: {relation.get('Target', '')[:100]}")
    if next(root.iter(qn("w:altChunk")), None) is not None:
        _reaching(f"{name}: altChunk")
    for instruction in _instructions(root):
        if (instruction.split() or [""])[0].upper() not in FIELDS:
            _reaching(f"{name}: {instruction.strip()[:60]}")


def _instructions(root: etree._Element) -> Iterator[str]:
    """Yield what each field says; one is often cut over several runs."""
    open_fields: list[str] = []
    for element in root.iter(qn("w:fldSimple"), qn("w:fldChar"), qn("w:instrText")):
        if element.tag == qn("w:fldSimple"):
            yield element.get(qn("w:instr")) or ""
        elif element.tag == qn("w:instrText"):
            if not open_fields:
                yield element.text or ""
            else:
                open_fields[-1] += element.text or ""
        elif element.get(qn("w:fldCharType")) == "begin":
            open_fields.append("")
        elif element.get(qn("w:fldCharType")) == "end" and open_fields:
            yield open_fields.pop()
    yield from open_fields


def _reaching(what: str) -> None:
    _refuse(N_("The template reaches outside of itself: {what}."), what=what)


def _refuse(detail: str, **values: object) -> None:
    raise TemplateUnfit(detail, errors=[FieldError("file", detail, values)], **values)
