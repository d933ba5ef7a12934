"""Files are told apart by their content; the scanner is asked over its own protocol."""

import io
import socketserver
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from service.cases.contents import OFFICE, media_type_of, scan
from service.cases.domain import Scan
from service.cases.errors import FileInfected, FileKindRefused


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


class Clamd(socketserver.BaseRequestHandler):
    """Answers INSTREAM as clamd does; the content decides what it finds."""

    def handle(self) -> None:
        seen = b""
        while not seen.endswith(b"\0\0\0\0"):
            seen += self.request.recv(65536)
        bad = b"EICAR" in seen
        self.request.sendall(b"stream: Eicar-Test FOUND\0" if bad else b"stream: OK\0")


@pytest.fixture
def clamd() -> Iterator[str]:
    with socketserver.TCPServer(("127.0.0.1", 0), Clamd) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


def test_the_scanner_is_asked_and_believed(tmp_path: Path, clamd: str) -> None:
    good, bad = tmp_path / "good", tmp_path / "bad"
    good.write_bytes(b"%PDF" * 50_000)
    bad.write_bytes(b"%PDF EICAR")
    assert scan(good, clamd) is Scan.CLEAN
    with pytest.raises(FileInfected):
        scan(bad, clamd)


@pytest.mark.parametrize("clamd_at", ["", "127.0.0.1:1", "nonsense"])
def test_without_a_scanner_it_is_not_scanned(tmp_path: Path, clamd_at: str) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"%PDF")
    assert scan(path, clamd_at) is Scan.NOT_SCANNED
