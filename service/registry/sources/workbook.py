"""Spreadsheet files (.xlsx, .xls, .ods): bounded, and read by a process that may fail alone."""

import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from service.core.text import N_
from service.registry.errors import BrokenSource, SourceTooLarge
from service.registry.sources.base import Limits
from service.registry.sources.feeds import RATIO_FREE

_READER = Path(__file__).with_name("workbook_reader.py")


def sheet_heads(path: Path, rows: int, limits: Limits) -> list[tuple[str, list[list[str]]]]:
    """Return the name and the first rows of every sheet.

    Raises:
        SourceTooLarge: The workbook is over a limit.
        BrokenSource: It cannot be read.
    """
    _check_size(path, limits)
    return [(name, head) for name, head in _run(path, -1, rows, limits)]


def sheet_rows(path: Path, sheet: int, limits: Limits) -> Iterator[list[str]]:
    """Yield the cells of one sheet row by row, as text."""
    _check_size(path, limits)
    yield from _run(path, sheet, 0, limits)


def _check_size(path: Path, limits: Limits) -> None:
    if path.stat().st_size > limits.workbook_bytes:
        raise SourceTooLarge(
            N_("The workbook is over {limit} bytes; save it as CSV"), limit=limits.workbook_bytes
        )
    if not zipfile.is_zipfile(path):
        return
    with zipfile.ZipFile(path) as archive:
        members = archive.infolist()
    unpacked = sum(member.file_size for member in members)
    if unpacked > limits.unpacked_bytes or any(
        member.file_size > max(RATIO_FREE, member.compress_size * limits.ratio)
        for member in members
    ):
        raise SourceTooLarge(
            N_("The workbook unpacks to {size} bytes, more than is allowed"), size=unpacked
        )


def _run(path: Path, sheet: int, rows: int, limits: Limits) -> Iterator[Any]:
    command = [sys.executable, "-I", str(_READER), str(path.absolute())]
    command += [str(sheet), str(rows), str(limits.workbook_memory)]
    with subprocess.Popen(  # noqa: S603  our own script, no shell
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        assert process.stdout is not None
        try:
            for line in process.stdout:
                if line.endswith(b"\n"):
                    yield json.loads(line)
        except GeneratorExit:
            process.kill()
            raise
    if process.returncode:
        raise BrokenSource(
            N_("The workbook cannot be read; open it, save it as .xlsx or CSV UTF-8 and try again")
        )
