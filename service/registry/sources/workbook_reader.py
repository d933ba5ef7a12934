"""Reads a spreadsheet in a process of its own and prints its rows as JSON lines.

Run as a script by `workbook`: `python workbook_reader.py PATH SHEET MOST_ROWS MEMORY`. With
sheet -1 it prints `[name, rows]` of every sheet, else the rows of that one. The reader holds a
sheet whole, and a few bytes of a hostile file can ask for gigabytes: here that ends this process
and nothing else. Imports nothing of ours, so that it starts quickly.
"""

import json
import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

SECONDS = 300
"""Processor time one sheet may take."""


def bound(memory: int) -> None:
    """Bound address space and processor time where the system can."""
    try:
        import resource  # not on every system

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    except (ImportError, OSError, ValueError):
        return


def cell(value: object) -> str:
    """Return a cell as a person would type it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return str(value)


def rows(book: Any, sheet: int, most: int | None) -> Iterator[list[str]]:
    """Yield the rows of a sheet from its first line, empty ones too, so that numbers are right."""
    for row in islice(book.get_sheet_by_index(sheet).iter_rows(), most):
        yield [cell(value) for value in row]


def main(path: str, sheet: int, most: int, memory: int) -> None:
    """Print what was asked for."""
    bound(memory)
    from python_calamine import CalamineWorkbook  # under the bound

    book = CalamineWorkbook.from_path(path)
    write = sys.stdout.write
    if sheet < 0:
        for number, name in enumerate(book.sheet_names):
            write(json.dumps([name, list(rows(book, number, most))]) + "\n")
        return
    for row in rows(book, sheet, None):
        write(json.dumps(row) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
