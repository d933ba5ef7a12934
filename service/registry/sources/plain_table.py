"""Any sheet as rows of text: for files that are no register, such as an exporter's catalogue."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from service.core.text import N_
from service.registry.errors import UnknownSource
from service.registry.sources.base import Limits
from service.registry.sources.encodings import choose_encoding
from service.registry.sources.feeds import FileFeed
from service.registry.sources.opening import OLE, ZIP
from service.registry.sources.workbook import sheet_rows

HEAD = 4096
DELIMITERS = ",;\t"


def read_plain_table(path: Path, limits: Limits) -> Iterator[tuple[int, list[str]]]:
    """Yield the number (from 1) and cells of each row that is not blank.

    CSV in UTF-8, UTF-16 or GB18030 with comma, semicolon or tab; or the first sheet of a workbook.

    Raises:
        UnknownSource: the file is empty or not there.
        UnreadableText, BrokenSource, SourceTooLarge: it cannot be read, or is over a limit.
    """
    if not path.is_file():
        raise UnknownSource(N_("There is no file {name}"), name=path.name)
    feed = FileFeed(path)
    head = feed.head(HEAD)
    if not head:
        raise UnknownSource(N_("The file is empty"))
    packed = head.startswith((OLE, *ZIP))
    rows = sheet_rows(path, 0, limits) if packed else _csv_rows(feed)
    for number, cells in enumerate(rows, start=1):
        if any(cell.strip() for cell in cells):
            yield number, cells


def _csv_rows(feed: FileFeed) -> Iterator[list[str]]:
    encoding = choose_encoding(feed)
    with feed.open() as raw, io.TextIOWrapper(raw, encoding=encoding, newline="") as text:
        first = text.readline()
        delimiter = max(DELIMITERS, key=first.count)
        yield from csv.reader([first], delimiter=delimiter)
        yield from csv.reader(text, delimiter=delimiter)
