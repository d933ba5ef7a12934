"""The virus scanner is asked over clamd's own protocol; without its word nothing is taken."""

import io
import socketserver
import struct
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from service.cases.contents import keep_file
from service.cases.domain import Scan
from service.core.files import Files
from service.core.scanner import FileInfected, ScannerSilent, scanned_clean
from service.core.settings import Settings
from service.registry.uploads import take_upload

PDF = b"%PDF-1.7"
MOST = 1 << 20
ANSWERS = {
    b"EICAR": (b"stream: Win.Test.", b"EICAR_HDB-1 FOUND\0"),
    b"BUSY": (b"stream: Can't allocate memory ERROR\0",),
    b"GONE": (),
}
"""What the scanner below says of a file that holds the words; of any other that it is clean."""


class Clamd(socketserver.StreamRequestHandler):
    """Speaks INSTREAM as clamd does."""

    def handle(self) -> None:
        assert self.rfile.read(10) == b"zINSTREAM\0"
        seen = b""
        while size := struct.unpack("!L", self.rfile.read(4))[0]:
            seen += self.rfile.read(size)
            if len(seen) > MOST:
                self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0")
                return
        if b"SILENCE" in seen:
            self.rfile.read(1)  # until the caller has had enough
        said = next((ANSWERS[word] for word in ANSWERS if word in seen), (b"stream: OK\0",))
        for part in said:
            self.wfile.write(part)


@pytest.fixture(scope="module")
def clamd() -> Iterator[str]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Clamd) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield f"127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


def file(folder: Path, content: bytes) -> Path:
    path = folder / "file"
    path.write_bytes(content)
    return path


def test_a_clean_file_is_clean_and_an_infected_one_names_its_virus(
    tmp_path: Path, clamd: str
) -> None:
    assert scanned_clean(file(tmp_path, PDF * 50_000), clamd)
    with pytest.raises(FileInfected) as found:
        scanned_clean(file(tmp_path, PDF + b"EICAR"), clamd)
    assert found.value.members["virus"] == "Win.Test.EICAR_HDB-1"


@pytest.mark.parametrize("content", [b"BUSY", b"GONE", b"x" * (MOST + 1)])
def test_a_scanner_that_refuses_keeps_the_file_out(
    tmp_path: Path, clamd: str, content: bytes
) -> None:
    with pytest.raises(ScannerSilent) as found:
        scanned_clean(file(tmp_path, content), clamd)
    assert (found.value.status, found.value.errors[0].field) == (503, "file")


def test_a_scanner_that_is_silent_is_waited_for_only_so_long(tmp_path: Path, clamd: str) -> None:
    with pytest.raises(ScannerSilent):
        scanned_clean(file(tmp_path, b"SILENCE"), clamd, wait=0.05)


@pytest.mark.parametrize("place", ["127.0.0.1:1", "nonsense", "127.0.0.1:port"])
def test_a_scanner_that_cannot_be_reached_keeps_the_file_out(tmp_path: Path, place: str) -> None:
    with pytest.raises(ScannerSilent):
        scanned_clean(file(tmp_path, PDF), place)


def test_without_a_scanner_nothing_is_asked(tmp_path: Path) -> None:
    assert not scanned_clean(file(tmp_path, PDF), "")


def test_both_ways_a_file_comes_in_ask_before_it_is_stored(tmp_path: Path, clamd: str) -> None:
    files, settings = Files(tmp_path / "files"), Settings(home=tmp_path, clamd=clamd)
    kept = keep_file(settings, files, io.BytesIO(PDF))
    assert kept.scan is Scan.CLEAN
    stored, media_type = take_upload(files, io.BytesIO(PDF), settings)
    assert (stored, media_type) == (kept.stored, "application/pdf")
    for refused, problem in ((b"EICAR", FileInfected), (b"GONE", ScannerSilent)):
        with pytest.raises(problem):
            keep_file(settings, files, io.BytesIO(PDF + refused))
        with pytest.raises(problem):
            take_upload(files, io.BytesIO(PDF + refused), settings)
    assert list(files.names()) == [kept.stored.sha256]
