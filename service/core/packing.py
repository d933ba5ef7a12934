"""gzip of bodies that are many lines: read under a limit, written line by line as they come."""

import zlib
from collections.abc import Iterable, Iterator

from service.core.errors import Malformed, TooLarge
from service.core.text import N_

FRAME = 16 + zlib.MAX_WBITS
"""Tells zlib to read and write the frame of gzip (RFC 1952)."""
PLAIN = frozenset({"", "identity"})


def unpacked(body: bytes, encoding: str, limit: int) -> bytes:
    """Return a request body as it was before its `Content-Encoding`.

    Raises:
        Malformed: An encoding that is not read here, or no gzip.
        TooLarge: It unpacks to more than `limit` bytes; no more of it was unpacked.
    """
    if encoding.strip().lower() in PLAIN:
        return body
    if encoding.strip().lower() != "gzip":
        raise Malformed(N_("Send the body as it is, or packed with gzip."))
    unpacking = zlib.decompressobj(FRAME)
    try:
        found = unpacking.decompress(body, limit + 1)
    except zlib.error:
        raise Malformed(N_("The body is no gzip.")) from None
    if len(found) > limit:
        raise TooLarge(N_("The body unpacks to more than {limit} bytes."), limit=limit)
    if not unpacking.eof or unpacking.unused_data:
        raise Malformed(N_("The body is no gzip."))
    return found


def takes_gzip(accepted: str) -> bool:
    """Say whether an `Accept-Encoding` allows gzip: named, or by `*`, and not with `q=0`."""
    allowed = {}
    for part in accepted.lower().split(","):
        name, _, parameters = part.partition(";")
        weight = parameters.replace(" ", "").removeprefix("q=") or "1"
        allowed[name.strip()] = weight.strip("0.") != ""
    return allowed.get("gzip", allowed.get("*", False))


def packed(lines: Iterable[str]) -> Iterator[bytes]:
    """Yield lines packed with gzip, each whole as soon as it is there."""
    packing = zlib.compressobj(wbits=FRAME)
    for line in lines:
        yield packing.compress(line.encode()) + packing.flush(zlib.Z_SYNC_FLUSH)
    yield packing.flush()
