"""Choosing the parser of a register file by what is in it, never by its name."""

import zipfile
from collections.abc import Mapping
from pathlib import Path

from service.core.text import N_
from service.registry.errors import (
    BrokenSource,
    SourceProblem,
    SourceTooLarge,
    UnknownSource,
    UnsafeSource,
)
from service.registry.sources.base import Limits, Source
from service.registry.sources.feeds import Feed, FileFeed, MemberFeed
from service.registry.sources.recognising import (
    is_web_page,
    looks_like_text,
    recognise,
)
from service.registry.sources.sheet_csv import CsvSource
from service.registry.sources.sheet_workbook import WorkbookSource

HEAD = 64 * 1024
ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OPEN_DOCUMENT = frozenset({"mimetype", "content.xml"})
WORKBOOK_PARTS = frozenset({"xl/workbook.xml", "xl/workbook.bin"})
PACKED = (*ZIP, b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf", b"Rar!")


def open_source(
    path: Path,
    *,
    mapping: Mapping[str, str | None] | None = None,
    office: str | None = None,
    limits: Limits | None = None,
    name: str = "",
) -> Source:
    """Recognise a register file and return its source, ready to be read.

    Args:
        path: The file, under any name.
        mapping: For sheets: heading → field of `sheet_columns.sheet_fields()`, or nothing to
            leave the column out. It goes before the table of known headings.
        office: For sheets without an office column: the two-letter code for every row.
        limits: Other bounds than the usual.
        name: What the sender called the file; problems tell of it so.

    Raises:
        UnknownSource: It is none of the formats known here.
        SheetColumnsMissing: It is a sheet whose headings need a mapping.
        SourceProblem, SourceTooLarge: It is damaged, hostile or over a limit.
    """
    limits = limits or Limits()
    if not path.is_file():
        raise UnknownSource(N_("There is no file {name}"), name=name or path.name)
    feed = FileFeed(path, name)
    head = feed.head(HEAD)
    if not head:
        raise UnknownSource(N_("The file is empty"))
    if head.startswith(OLE):
        return WorkbookSource(path, limits, mapping=mapping, office=office)
    if head.startswith(ZIP):
        return _open_archive(path, limits, mapping, office)
    if head.startswith(PACKED):
        raise UnknownSource(N_("The file is packed in a way not read here; unpack it first"))
    return _open_feeds([(0, feed)], limits, mapping, office)


def _open_archive(
    path: Path, limits: Limits, mapping: Mapping[str, str | None] | None, office: str | None
) -> Source:
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise BrokenSource(N_("The archive is damaged or incomplete")) from error
    names = {member.filename for member in members}
    if names & WORKBOOK_PARTS or names >= OPEN_DOCUMENT:
        return WorkbookSource(path, limits, mapping=mapping, office=office)
    if sum(member.file_size for member in members) > limits.unpacked_bytes:
        raise SourceTooLarge(N_("The archive unpacks to more than is allowed"))
    feeds: list[tuple[int, Feed]] = []
    for number, member in enumerate(members):
        if member.is_dir() or not member.file_size:
            continue
        feed = MemberFeed(path, member, unpacked=limits.unpacked_bytes, ratio=limits.ratio)
        if feed.head(8).startswith(PACKED):
            raise UnsafeSource(
                N_("{member} is an archive inside the archive; unpack it first"),
                member=member.filename,
            )
        feeds.append((number, feed))
    return _open_feeds(feeds, limits, mapping, office)


def _open_feeds(
    feeds: list[tuple[int, Feed]],
    limits: Limits,
    mapping: Mapping[str, str | None] | None,
    office: str | None,
) -> Source:
    found: dict[type[Source], list[tuple[int, Feed]]] = {}
    tables: list[tuple[int, Feed]] = []
    for number, feed in feeds:
        parser = recognise(feed)
        if parser is not None:
            found.setdefault(parser, []).append((number, feed))
        elif looks_like_text(feed):
            tables.append((number, feed))
    if len(found) > 1:
        raise UnknownSource(
            N_("The archive mixes formats ({formats}); import them one by one"),
            formats=", ".join(sorted(parser.format for parser in found)),
        )
    for parser, parts in found.items():
        return parser(parts, limits)
    if feeds and all(is_web_page(feed) for _, feed in feeds):
        raise UnknownSource(
            N_("{member} is a web page; open it in a spreadsheet and save it as .xlsx"),
            member=feeds[0][1].name,
        )
    return _open_tables(tables, limits, mapping, office)


def _open_tables(
    tables: list[tuple[int, Feed]],
    limits: Limits,
    mapping: Mapping[str, str | None] | None,
    office: str | None,
) -> Source:
    problem: SourceProblem | None = None
    good: list[tuple[int, Feed]] = []
    for number, feed in tables:
        try:
            CsvSource([(number, feed)], limits, mapping=mapping, office=office)
        except SourceProblem as error:
            problem = problem or error
        else:
            good.append((number, feed))
    if good:
        return CsvSource(good, limits, mapping=mapping, office=office)
    raise problem or UnknownSource(N_("The file is in no format that is known here"))
