"""Reading the CSV tables of markets and goods: what is not understood is refused at load time."""

import csv
from collections.abc import Callable, Iterable, Mapping
from importlib.resources import files
from typing import TypeVar

Value = TypeVar("Value")


class RuleDataError(ValueError):
    """A table says what its reader does not know; the text names file, row and cell."""


def read_rows(package: str, name: str, columns: tuple[str, ...]) -> list[dict[str, str]]:
    """Return the rows of a UTF-8 CSV beside the code, every cell present and trimmed.

    Args:
        package: package that holds the `data` folder, e.g. `service.rules.markets`.
        name: file name, e.g. `offices.csv`.
        columns: the exact heading; another column, or one missing, is refused.

    Raises:
        RuleDataError: another heading, a row of another width, or a cell with outer spaces.
    """
    text = (files(package) / "data" / name).read_text(encoding="utf-8")
    return check_rows(name, csv.reader(text.splitlines(keepends=True)), columns)


def check_rows(
    name: str, lines: Iterable[list[str]], columns: tuple[str, ...]
) -> list[dict[str, str]]:
    """Return `lines` as dictionaries by column, refusing what `read_rows` refuses."""
    numbered = list(enumerate(lines, start=1))
    if not numbered or tuple(numbered[0][1]) != columns:
        raise RuleDataError(f"{name}: the heading must be {','.join(columns)}")
    for number, line in numbered[1:]:
        if len(line) != len(columns):
            raise RuleDataError(f"{name} row {number}: {len(line)} cells, not {len(columns)}")
        if any(cell != cell.strip() for cell in line):
            raise RuleDataError(f"{name} row {number}: a cell begins or ends with a space")
    return [dict(zip(columns, line, strict=True)) for _, line in numbered[1:]]


def keyed(
    name: str,
    rows: Iterable[Mapping[str, str]],
    key: str,
    make: Callable[[Mapping[str, str]], Value],
) -> dict[str, Value]:
    """Return the values made of `rows` by their key cell, refusing an empty or repeated key.

    Raises:
        RuleDataError: a repeated or empty key, or a cell `make` cannot read.
    """
    found: dict[str, Value] = {}
    for row in rows:
        code = row[key]
        if not code or code in found:
            raise RuleDataError(f"{name}: the {key} {code!r} is empty or repeated")
        try:
            found[code] = make(row)
        except (ValueError, KeyError) as wrong:
            raise RuleDataError(f"{name} {code}: {wrong}") from wrong
    return found


def parts(cell: str, separator: str = ";") -> tuple[str, ...]:
    """Return the values of a cell that holds several, in order; refuse an empty one among them."""
    if not cell:
        return ()
    found = tuple(cell.split(separator))
    if not all(part and part == part.strip() for part in found):
        raise RuleDataError(f"{cell!r} has an empty or spaced value")
    return found
