"""The virus scanner is asked over clamd's own protocol; without its word nothing is taken."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from service.cases.contents import keep_file
from service.cases.domain import Scan
from service.core.files import Files
from service.core.scanner import FileBeyondScanner, FileInfected, ScannerSilent, scanned_clean
from service.core.settings import Settings
from service.dispute.usecases.templates import sent_template
from service.registry.uploads import store_upload, take_upload
from tests.clamd import MOST, listening

PDF = b"%PDF-1.7"
WAYS = (
    lambda files, stream, settings: keep_file(settings, files, stream),
    take_upload,
    store_upload,
    lambda _, stream, settings: sent_template(stream, settings),
)
"""Every way by which a file comes in; `tests/lint` finds another."""


@pytest.fixture(scope="module")
def clamd() -> Iterator[str]:
    with listening() as place:
        yield place


def scan(content: bytes, clamd: str, *, wait: float = 30) -> bool:
    return scanned_clean(io.BytesIO(content), clamd, wait=wait)


def test_a_clean_file_is_clean_and_an_infected_one_names_its_virus(clamd: str) -> None:
    assert scan(PDF * 50_000, clamd)
    with pytest.raises(FileInfected) as found:
        scan(PDF + b"EICAR", clamd)
    assert found.value.members["virus"] == "Win.Test.EICAR_HDB-1"


@pytest.mark.parametrize("content", [b"BUSY", b"GONE"])
def test_a_scanner_that_refuses_keeps_the_file_out(clamd: str, content: bytes) -> None:
    with pytest.raises(ScannerSilent) as found:
        scan(content, clamd)
    assert (found.value.status, found.value.errors[0].field) == (503, "file")


def test_a_file_larger_than_the_scanner_takes_is_told_from_a_silent_scanner(clamd: str) -> None:
    with pytest.raises(FileBeyondScanner) as found:
        scan(b"x" * (MOST + 1), clamd)
    assert (found.value.status, found.value.errors[0].field) == (413, "file")


def test_a_scanner_that_is_silent_is_waited_for_only_so_long(clamd: str) -> None:
    with pytest.raises(ScannerSilent):
        scan(b"SILENCE", clamd, wait=0.05)


@pytest.mark.parametrize("place", ["127.0.0.1:1", "nonsense", "127.0.0.1:port"])
def test_a_scanner_that_cannot_be_reached_keeps_the_file_out(place: str) -> None:
    with pytest.raises(ScannerSilent):
        scan(PDF, place)


def test_without_a_scanner_nothing_is_asked() -> None:
    assert not scan(PDF, "")


def test_every_way_a_file_comes_in_asks_before_it_is_kept(tmp_path: Path, clamd: str) -> None:
    files, settings = Files(tmp_path / "files"), Settings(home=tmp_path, clamd=clamd)
    for way in WAYS:
        for refused, problem in (
            (b"EICAR", FileInfected),
            (b"GONE", ScannerSilent),
            (b"x" * MOST, FileBeyondScanner),
        ):
            with pytest.raises(problem):
                way(files, io.BytesIO(PDF + refused), settings)
    assert list(files.names()) == []
    kept = keep_file(settings, files, io.BytesIO(PDF))
    assert kept.scan is Scan.CLEAN
    stored, media_type = take_upload(files, io.BytesIO(PDF), settings)
    assert (stored, media_type) == (kept.stored, "application/pdf")
    assert store_upload(files, io.BytesIO(PDF), settings) == stored
    assert sent_template(io.BytesIO(PDF), settings) == PDF
    assert list(files.names()) == [stored.sha256]
