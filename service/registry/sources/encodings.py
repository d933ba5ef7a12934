"""Which encoding a text file is in, told from all of its bytes rather than from a sample."""

import codecs
import re
from collections.abc import Iterator

from service.core.text import N_
from service.registry.errors import UnreadableText
from service.registry.sources.feeds import Feed

CHUNK = 1 << 20
TRUST_UTF8 = 16
"""Characters over ASCII that read well as UTF-8 before a bad byte: then it is damaged UTF-8.

Chinese text in GB18030 breaks the rules of UTF-8 within its first few characters.
"""

SAMPLE = 1 << 16
_RUN = re.compile(r"[^\x00-\x7f]+")
_LONE = re.compile(r"(?<=[a-z])[^\x00-\x7f](?=[\x00-\x7f])|(?<![^\x00-\x7f])[^\x00-\x7f](?=[a-z])")
"""One character over ASCII by itself in a word of small letters: an ö or é read as Chinese."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def choose_encoding(feed: Feed) -> str:
    """Return the Python name of the encoding: UTF-8, UTF-16 or GB18030.

    Raises:
        UnreadableText: None of them fits; `offset` is the first byte that is wrong.
    """
    head = feed.head(4096)
    for mark, name in _MARKS:
        if head.startswith(mark):
            return _check(feed, name)
    wide = _without_mark(head)
    if wide:
        return _check(feed, wide)
    offset, seen = _first_error(feed, "utf-8")
    if offset is None:
        return "utf-8"
    chinese = seen < TRUST_UTF8 and _reads_as_chinese(feed, offset)
    if chinese and _first_error(feed, "gb18030")[0] is None:
        return "gb18030"
    raise _unreadable(feed, offset)


def _without_mark(head: bytes) -> str | None:
    """Tell UTF-16 without a byte order mark by its zero bytes: those of ASCII and line ends."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > 2 and not even:
        return "utf-16-le"
    if even > 2 and not odd:
        return "utf-16-be"
    return None


def _reads_as_chinese(feed: Feed, offset: int) -> bool:
    """Tell Chinese from a Western 8-bit text, whose ö and é read as lone characters in words."""
    with feed.open() as stream:
        stream.read(offset)
        sample = stream.read(SAMPLE).decode("gb18030", "ignore")
    lone = len(_LONE.findall(sample))
    return 2 * lone <= len(_RUN.findall(sample))


def _check(feed: Feed, encoding: str) -> str:
    offset, _ = _first_error(feed, encoding)
    if offset is not None:
        raise _unreadable(feed, offset)
    return encoding


def _unreadable(feed: Feed, offset: int) -> UnreadableText:
    return UnreadableText(
        N_(
            "{member} is neither UTF-8, UTF-16 nor GB18030 (byte {offset}); "
            "save it as “CSV UTF-8” and try again"
        ),
        member=feed.name,
        offset=offset,
    )


def _chunks(feed: Feed) -> Iterator[bytes]:
    with feed.open() as stream:
        while chunk := stream.read(CHUNK):
            yield chunk
    yield b""


def _first_error(feed: Feed, encoding: str) -> tuple[int | None, int]:
    """Return the offset of the first wrong byte, and how many characters over ASCII came before."""
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    offset = seen = 0
    for chunk in _chunks(feed):
        pending = len(decoder.getstate()[0])
        try:
            text = decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError as error:
            good = error.object[: error.start].decode(encoding, "replace")
            return offset - pending + error.start, seen + _wide(good)
        offset += len(chunk)
        seen += _wide(text)
    return None, seen


def _wide(text: str) -> int:
    return len(text) - len(text.encode("ascii", "ignore"))
