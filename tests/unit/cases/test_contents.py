"""Files are told apart by their content."""

import io
import zipfile
from pathlib import Path

import pytest

from service.cases.contents import OFFICE, keep_file, media_type_of
from service.cases.domain import Scan
from service.cases.errors import FileKindRefused
from service.core.files import Files
from service.core.settings import Settings


def package(*members: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for member in members:
            made.writestr(member, "<x/>")
    return out.getvalue()


MAIL = b"From: brand@amazon.com\r\nDate: Mon, 28 Sep 2026\r\nSubject: Notice\r\n\r\nHi"
TAKEN = {
    "pdf": (b"%PDF-1.7", "application/pdf"),
    "png": (b"\x89PNG\r\n\x1a\n", "image/png"),
    "jpeg": (b"\xff\xd8\xff\xe0", "image/jpeg"),
    "heic": (b"\0\0\0\x18ftypheic\0\0\0\0", "image/heic"),
    "mp4": (b"\0\0\0\x18ftypisom\0\0\0\0", "video/mp4"),
    "docx": (package("word/document.xml"), f"{OFFICE}wordprocessingml.document"),
    "xlsx": (package("xl/workbook.xml"), f"{OFFICE}spreadsheetml.sheet"),
    "ofd": (package("OFD.xml", "Doc_0/Document.xml"), "application/ofd"),
    "eml": (MAIL, "message/rfc822"),
}
REFUSED = {
    "empty": b"",
    "text": b"just words",
    "program": b"MZ\x90\0",
    "html": b"<html><script>1</script>",
    "zip of anything": package("run.exe"),
    "macros": package("word/document.xml", "word/vbaProject.bin"),
    "cut zip": package("word/document.xml")[:30],
    "ole that is no message": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "one header": b"From: x\r\n\r\n",
}


@pytest.mark.parametrize("name", TAKEN)
def test_a_file_is_what_its_content_is(tmp_path: Path, name: str) -> None:
    content, expected = TAKEN[name]
    path = tmp_path / "whatever.txt"
    path.write_bytes(content)
    assert media_type_of(path) == expected


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_taken_is_refused_whatever_its_name(tmp_path: Path, name: str) -> None:
    path = tmp_path / "proof.pdf"
    path.write_bytes(REFUSED[name])
    with pytest.raises(FileKindRefused):
        media_type_of(path)


def test_a_file_is_kept_with_what_it_is_and_none_of_a_refused_one(tmp_path: Path) -> None:
    files, settings = Files(tmp_path / "files"), Settings(home=tmp_path)
    kept = keep_file(settings, files, io.BytesIO(b"%PDF-1.7"))
    assert (kept.media_type, kept.scan, kept.stored.size) == (
        "application/pdf",
        Scan.NOT_SCANNED,
        8,
    )
    with pytest.raises(FileKindRefused):
        keep_file(settings, files, io.BytesIO(b"just words"))
    assert list(files.names()) == [kept.stored.sha256]
