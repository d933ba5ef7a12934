"""What the United States Patent and Trademark Office's codes mean, in all three of its formats."""

import csv
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files
from typing import TypeVar

from service.core.text import N_
from service.registry.domain import MarkKind, MarkStatus, Note
from service.registry.sources.values import territory

T = TypeVar("T")

OFFICE = "US"

_DRAWING = {
    "1": MarkKind.WORD,
    "2": MarkKind.FIGURATIVE,
    "3": MarkKind.COMBINED,
    "4": MarkKind.WORD,
    "5": MarkKind.COMBINED,
    "6": MarkKind.OTHER,
}
"""First digit of the mark drawing code. 5 is words in a stylised form, 6 a sign without drawing."""


@cache
def _statuses() -> dict[str, tuple[MarkStatus, str]]:
    path = files("service.registry.sources").joinpath("fields/uspto_status.csv")
    rows = csv.DictReader(path.read_text("utf-8").splitlines())
    return {
        row["code"]: (MarkStatus(row["status"]), f"{row['code']} {row['description']}")
        for row in rows
    }


def known_codes() -> frozenset[str]:
    """Return every status code of the table."""
    return frozenset(_statuses())


def status_of(code: str, place: str) -> tuple[MarkStatus, str, list[Note]]:
    """Return our status, the office's own (code and words), and a note where it is not known."""
    status, words = _statuses().get(code, (MarkStatus.UNKNOWN, code))
    if status is not MarkStatus.UNKNOWN:
        return status, words, []
    reason = N_("The status “{word}” is not known; the mark counts as live")
    return status, words, [Note(place, "unknown-status", reason, {"word": words})]


def kind_of(drawing: str, text: str, *, three_d: bool = False) -> MarkKind:
    """Return the kind from the drawing code; from the words where the code says nothing."""
    if three_d:
        return MarkKind.THREE_D
    return _DRAWING.get(drawing[:1], MarkKind.WORD if text else MarkKind.FIGURATIVE)


@lru_cache(1024)
def country(code: str, state: str = "") -> str:
    """Return the country of an address: the office writes ISO codes, some with an X behind."""
    code = code.strip().upper()
    if len(code) == 3 and code.endswith("X"):
        code = code[:2]
    return territory(code) or (OFFICE if state and not code else "")


def latest_owners(parties: Iterable[tuple[str | None, T]]) -> list[T]:
    """Return the parties of the highest party type, in order: the owners of today.

    The office lists every owner since the application, and the type counts up with each transfer.
    10 to 69 are owners; 70 is a correspondent.
    """
    owners = [(_party_type(code), party) for code, party in parties]
    newest = max((kind for kind, _ in owners if kind < 70), default=None)
    return [party for kind, party in owners if kind == newest]


def _party_type(code: str | None) -> int:
    code = (code or "").strip()
    return int(code) if code.isascii() and code.isdigit() else 0


def class_number(code: str) -> int:
    """Return the Nice class of an international code; 0 for A, B and 200, which have none."""
    code = code.strip()
    number = int(code) if code.isascii() and code.isdigit() else 0
    return number if 1 <= number <= 45 else 0


def real_number(text: str | None) -> str:
    """Return a registration or serial number; empty where the office fills the field with zeros."""
    number = (text or "").strip()
    return number if number.strip("0") else ""
