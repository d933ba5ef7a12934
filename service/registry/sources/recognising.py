"""Telling register formats apart by their first elements or keys."""

import codecs

from service.registry.sources.base import Source
from service.registry.sources.euipo import EuipoSource
from service.registry.sources.feeds import Feed
from service.registry.sources.json_records import JsonSource
from service.registry.sources.kipo import KipoSource
from service.registry.sources.st66 import St66Source
from service.registry.sources.st96 import St96Source
from service.registry.sources.uspto_daily import ROOT as USPTO_ROOT
from service.registry.sources.uspto_daily import UsptoDailySource
from service.registry.sources.xml_stream import first_names

HEAD = 4096
MOST = 4 << 20
"""Bytes within which a format must show itself."""

XML_FORMATS: dict[tuple[str, ...], type[Source]] = {
    (USPTO_ROOT,): UsptoDailySource,
    ("Transaction", "TradeMarkTransactionBody"): St66Source,
    ("Transaction", "TrademarkTransactionBody"): St96Source,
    ("TrademarkTransaction",): St96Source,
}
"""Local names of the root, and where that is not enough of its first child."""

JSON_FORMATS: tuple[type[JsonSource], ...] = (EuipoSource, KipoSource)


def first_character(feed: Feed) -> str:
    """Return the first character that is no space; empty where there is none."""
    head = feed.head(HEAD)
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if head.startswith(mark):
            return head.decode(encoding, "ignore").lstrip()[:1]
    return head.replace(b"\0", b"").lstrip()[:1].decode("latin-1")


def looks_like_text(feed: Feed) -> bool:
    """Tell whether a member can be a table: neither markup nor plainly binary."""
    if first_character(feed) in {"<", "{", "[", ""}:
        return False
    head = feed.head(HEAD)
    wide = b"\0" in head or head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return wide or not any(byte < 9 or 13 < byte < 32 for byte in head)


def recognise(feed: Feed) -> type[Source] | None:
    """Return the parser of a register format; None for anything else, a table among them.

    Raises:
        SourceProblem: It is XML or JSON, and damaged or hostile before it shows its format.
    """
    first = first_character(feed)
    if first == "<":
        if is_web_page(feed):
            return None
        names = first_names(feed, MOST)
        return XML_FORMATS.get(names[:1]) or XML_FORMATS.get(names)
    if first in {"{", "["}:
        return next((parser for parser in JSON_FORMATS if parser.prefix(feed) is not None), None)
    return None


def is_web_page(feed: Feed) -> bool:
    """Tell HTML, which TSDR puts into its zips and some systems call .xls."""
    head = feed.head(HEAD).replace(b"\0", b"").lower()
    return b"<html" in head or b"<!doctype html" in head or b"<table" in head
