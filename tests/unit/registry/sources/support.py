"""Reading the project's own small files in the formats of the offices."""

import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from service.registry.domain import MarkRecord, Note, Reject
from service.registry.sources import Item, open_source

FILES = Path(__file__).with_name("files")
XML = ("uspto_daily.xml", "st66.xml", "st96.xml", "st96_d3.xml")
JSON = ("euipo_page.json", "euipo_mark.json", "kipo.json")
SHEETS = ("sheet_zh.csv", "sheet_en.csv", "sheet.xls")
ALL = (*XML, *JSON, *SHEETS)


def items(path: Path | str, **options: Any) -> list[Item]:
    """Return everything a file yields; a bare name is one of the project's own files."""
    found = FILES / path if isinstance(path, str) else path
    return [item for _, item in open_source(found, office="CN", **options).records()]


def marks(path: Path | str, **options: Any) -> dict[str, MarkRecord]:
    """Return the marks of a file by number."""
    return {one.number: one for one in items(path, **options) if isinstance(one, MarkRecord)}


def rejects(path: Path | str, **options: Any) -> list[tuple[str, str]]:
    """Return place and code of what could not be read."""
    found = items(path, **options)
    return [(one.place, one.code) for one in found if isinstance(one, Reject)]


def notes(path: Path | str, **options: Any) -> list[tuple[str, str]]:
    """Return place and code of the remarks."""
    return [(one.place, one.code) for one in items(path, **options) if isinstance(one, Note)]


def packed(path: Path, members: Mapping[str, bytes | str]) -> Path:
    """Write a zip archive."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def sheet(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    """Write a sheet as text."""
    path = folder / "sheet.csv"
    path.write_bytes(text.encode(encoding))
    return path
