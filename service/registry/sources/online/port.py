"""The ports between an adapter, the network below it and the refresh that drives it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from service.registry.domain import EditionScope

Cursor = Mapping[str, Any]
"""Where a refresh stands: plain JSON values, kept after each step."""


class Answer(Protocol):
    """A whole answer of an office."""

    @property
    def status(self) -> int:
        """The HTTP status."""

    @property
    def headers(self) -> Mapping[str, str]:
        """By names in small letters."""

    @property
    def body(self) -> bytes:
        """The body; empty where it was written to a file."""


class Asks(Protocol):
    """Asks an office in its pace, again where that helps (`core.outgoing.Outside`)."""

    def get(
        self,
        url: str,
        *,
        query: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        pace: str = "",
        whole: Callable[[bytes], bool] = ...,
    ) -> Answer:
        """Return a whole answer."""

    def post_form(self, url: str, fields: Mapping[str, str], *, pace: str = "") -> Answer:
        """Send a form."""

    def download(
        self, url: str, target: Path, *, headers: Mapping[str, str], most: int, pace: str = ""
    ) -> Answer:
        """Write the body to a file."""


@dataclass(frozen=True, slots=True)
class Told:
    """How the file that a step completes is to be read."""

    office: str | None
    name: str
    """What people see it called."""
    scope: EditionScope | None = None
    dated: date | None = None
    period_from: date | None = None
    part: int | None = None
    parts: int | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One thing brought, and where the refresh stands behind it."""

    cursor: Cursor
    piece: bytes | Path | None = None
    """To be kept for the file that is being made; nothing where only the cursor moved."""
    restart: bool = False
    """The pieces kept since the last whole file, from number `keep` on, are void: read anew."""
    keep: int = 0
    complete: Told | None = None
    """The pieces kept so far are one whole file."""
    records: int = 0
    spoiled: Cursor | None = None
    """Where the refresh stands instead, should the whole file turn out to be unreadable."""
    note: str = ""
    """Something a person should know: a message id; `values` fill its places."""
    values: Mapping[str, str] | None = None


class Adapter(Protocol):
    """Brings what is new at one office."""

    def begin(self, memory: Cursor, today: date) -> Cursor | None:
        """Return where to begin, by what earlier refreshes left; None: nothing can be new."""

    def next(self, cursor: Cursor) -> Step | None:
        """Bring the next piece; None: there is nothing more."""

    def progress(self, cursor: Cursor) -> tuple[int, int]:
        """Return how many of how many windows, cases or files are done."""

    def remember(self, memory: Cursor, cursor: Cursor) -> Cursor:
        """Return what the next refresh shall know, now that this one came to its end."""
