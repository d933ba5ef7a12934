"""Bodies packed with gzip: read under a limit, written line by line."""

import gzip
import zlib

import pytest

from service.core.errors import Malformed, TooLarge
from service.core.packing import packed, takes_gzip, unpacked

BODY = b'{"names": ["\xe9\x9b\x85\xe8\xbf\xaa"]}\n' * 3


@pytest.mark.parametrize(
    ("body", "encoding"), [(BODY, ""), (BODY, "identity"), (gzip.compress(BODY, mtime=0), " GZIP")]
)
def test_a_body_is_read_as_it_was(body: bytes, encoding: str) -> None:
    assert unpacked(body, encoding, len(BODY)) == BODY


@pytest.mark.parametrize(
    ("body", "encoding", "refusal"),
    [
        (gzip.compress(BODY, mtime=0), "gzip", TooLarge),
        (gzip.compress(b"line", mtime=0)[:-9], "gzip", Malformed),
        (gzip.compress(b"x", mtime=0) + b"rest", "gzip", Malformed),
        (BODY, "gzip", Malformed),
        (b"", "gzip", Malformed),
        (BODY, "br", Malformed),
    ],
)
def test_what_is_no_gzip_or_too_large_is_refused(
    body: bytes, encoding: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        unpacked(body, encoding, len(BODY) - 1)


@pytest.mark.parametrize(
    ("accepted", "takes"),
    [
        ("", False),
        ("gzip", True),
        ("br, GZip;q=0.5", True),
        ("gzip; q=0", False),
        ("gzip;q=0.000, *", False),
        ("*", True),
        ("*;q=0", False),
        ("identity", False),
    ],
)
def test_gzip_is_sent_to_who_takes_it(accepted: str, takes: bool) -> None:
    assert takes_gzip(accepted) is takes


def test_each_line_can_be_read_as_soon_as_it_is_written() -> None:
    reading = zlib.decompressobj(16 + zlib.MAX_WBITS)
    lines = ["first\n", "第二\n"]

    found = [reading.decompress(part).decode() for part in packed(lines)]

    assert found == [*lines, ""]
    assert reading.eof
