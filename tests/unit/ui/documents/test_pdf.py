"""Papers: both languages in them, fonts embedded in part, the same bytes each time."""

import io
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from service.ui.documents import pdf as making
from service.ui.documents.codes import qr
from service.ui.documents.errors import TemplateRefused
from service.ui.documents.pdf import Imprint, Paper, pdf

MADE_AT = datetime(2026, 11, 28, 8, 30, tzinfo=UTC)


def photo() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (80, 60), "teal").save(out, "JPEG")
    return out.getvalue()


DATA: dict[str, Any] = {
    "title": {"zh": "知识产权海关保护备案申请书", "en": "Application for customs recordation"},
    "about": {"zh": "雅迪", "en": "YADEA"},
    "code": "code.svg",
    "fields": [
        {"label": {"zh": "权利人", "en": "Right holder"}, "value": '无锡雅迪 #eval("1") $x$ *'},
        {"label": {"zh": "类别", "en": "Classes"}, "value": ["9", {"zh": "第12类", "en": "12"}]},
        {"label": {"zh": "空", "en": "Empty"}, "value": None},
    ],
    "clauses": [{"zh": "本表仅供参考。", "en": "For information only."}],
    "table": {
        "headings": [{"zh": "编号", "en": "No."}, {"zh": "名称", "en": "Name"}],
        "rows": [[1, "กขค"], [2, {"zh": "电动车", "en": "E-bike"}]],
    },
    "checks": [{"text": {"zh": "营业执照", "en": "Licence"}, "done": True, "note": "副本"}],
    "warning": {"zh": "未检索即非无冲突", "en": "Not searched is not clear"},
    "pictures": [{"file": "a.jpg", "caption": {"zh": "实物", "en": "Goods"}}],
}
PAPER = Paper(
    "kit/sample",
    DATA,
    Imprint("WX-2026-17", MADE_AT),
    {"a.jpg": photo(), "code.svg": qr("https://example.org/cases/17")},
)


@pytest.fixture(scope="module")
def made() -> bytes:
    return pdf(PAPER)


def test_both_languages_can_be_read_out_of_it(made: bytes) -> None:
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages)

    for words in ("知识产权海关保护备案申请书", "Right holder", "电动车", "Not searched is not"):
        assert words in text
    assert '#eval("1") $x$ *' in text


def test_the_foot_names_reference_hash_and_time(made: bytes) -> None:
    text = PdfReader(io.BytesIO(made)).pages[-1].extract_text()

    for words in (
        "WX-2026-17",
        PAPER.fingerprint[:20],
        "16:30（北京时间）",
        "16:30 (Beijing time)",
    ):
        assert words in text
    assert "Page 1 of 1" in text or "Page 2 of 2" in text


def test_the_font_is_embedded_and_only_what_is_used_of_it(made: bytes) -> None:
    fonts = set()
    for page in PdfReader(io.BytesIO(made)).pages:
        resources = page["/Resources"].get_object()
        assert isinstance(resources, DictionaryObject)
        listed = resources["/Font"].get_object()
        assert isinstance(listed, DictionaryObject)
        for font in listed.values():
            below = font.get_object()["/DescendantFonts"][0].get_object()
            assert "/FontFile2" in below["/FontDescriptor"].get_object()
            fonts.add(str(below["/BaseFont"]))

    assert {name.split("+")[1] for name in fonts} == {"NotoSansSC-Regular"}
    assert len(made) < 150_000


def test_a_letter_the_font_does_not_have_is_written_as_its_code(made: bytes) -> None:
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages)

    assert "〔U+0E01〕〔U+0E02〕〔U+0E04〕" in text.replace("\n", "")


def test_the_same_paper_is_the_same_bytes_and_another_is_not(made: bytes) -> None:
    other = replace(PAPER, data={**DATA, "about": "YADEA"})

    assert pdf(PAPER) == made
    assert other.fingerprint != PAPER.fingerprint != replace(PAPER, files={}).fingerprint


def test_a_template_that_does_not_fit_its_data_is_a_problem() -> None:
    with pytest.raises(TemplateRefused, match="kit/sample"):
        pdf(replace(PAPER, data={"title": "x"}))


@pytest.mark.parametrize("name", ["../up.jpg", "a/b.jpg", "", "main.typ", "data.json"])
def test_a_picture_cannot_lie_outside_its_paper(name: str) -> None:
    with pytest.raises(ValueError, match="file name"):
        pdf(replace(PAPER, files={name: b""}))


@pytest.mark.parametrize("name", ["kit/none", "../kit/sample", "kit", "/etc/passwd"])
def test_a_template_is_one_of_ours(name: str) -> None:
    with pytest.raises(LookupError):
        pdf(replace(PAPER, template=name))


def test_a_paper_reads_nothing_outside_its_folder(
    tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = tmp_path / "bad.typ"
    bad.write_text('#read("/../../../etc/hostname")')
    monkeypatch.setattr(making, "template_path", lambda name, suffix: bad)

    with pytest.raises(TemplateRefused):
        pdf(PAPER)


def test_objects_of_ours_are_not_handed_to_a_template() -> None:
    with pytest.raises(TypeError):
        pdf(replace(PAPER, data={**DATA, "about": object()}))
