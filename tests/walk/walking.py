"""Walking: requests at set moments, and what each chapter has to tell, in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import httpx2 as httpx
import sqlalchemy as sa
from fastapi import FastAPI

from service.cases.models import Deadline
from service.core import clock
from service.core.db import Database
from service.ui.documents.pairs import Pair, both
from tests.walk.cast import Cast, make_cast

CHINA = ZoneInfo("Asia/Shanghai")
CREATED = 201


def pair(zh: str, en: str) -> Pair:
    """Return a text in both languages."""
    return {"zh": zh, "en": en}


def same(value: object) -> Pair:
    """Return what is the same in both languages."""
    return pair(str(value), str(value))


@dataclass
class Chapter:
    """What one stage of the walk gave: labels and values in both languages."""

    key: str
    lines: list[tuple[Pair, Pair]] = field(default_factory=list)

    def tell(self, zh: str, en: str, value: object) -> None:
        """Add a line; a value that is no pair is the same in both languages."""
        self.lines.append((pair(zh, en), value if isinstance(value, dict) else same(value)))

    def text(self, language: str) -> str:
        """Return the chapter as the manual shows it."""
        return "\n".join(f"{label[language]}: {value[language]}" for label, value in self.lines)


class Walk:
    """One walk: its people, the moment it has come to, and what it has told."""

    def __init__(self, app: FastAPI) -> None:
        self.app = app
        self.cast: Cast = make_cast(app)
        self.database: Database = app.state.database
        self.now = datetime(2026, 7, 6, 10, tzinfo=CHINA)
        self.chapters: list[Chapter] = []
        self.ids: dict[str, Any] = {}
        self._count = 0

    def chapter(self, key: str, *moment: int) -> Chapter:
        """Begin a chapter at a moment in China."""
        self.at(*moment)
        self.chapters.append(Chapter(key))
        return self.chapters[-1]

    def at(self, *moment: int) -> None:
        """Go to a moment of 2026 in China: month, day, hour, minute."""
        self.now = datetime(2026, *moment, tzinfo=CHINA)  # type: ignore[misc,arg-type]

    def get(self, who: str, path: str, **options: Any) -> httpx.Response:
        """Read as somebody."""
        with clock.at(self.now):
            return self.cast.programs[who].call("GET", path, status=200, **options)

    def post(self, who: str, path: str, *, status: int = CREATED, **options: Any) -> Any:
        """Send something; its key makes it safe to send again. Returns the body, or the answer."""
        self._count += 1
        headers = {"Idempotency-Key": f"walk-{self._count}", "If-Match": "*"}
        answer = self.send(who, "POST", path, headers=headers, **options)
        assert answer.status_code == status, f"{path}: {answer.text[:1500]}"
        kind = answer.headers.get("content-type", "")
        return answer.json() if kind.startswith("application/json") else answer

    def put(self, who: str, path: str, **options: Any) -> None:
        """Change something."""
        answer = self.send(who, "PUT", path, headers={"If-Match": "*"}, **options)
        assert answer.is_success, f"{path}: {answer.text[:1500]}"

    def send(self, who: str, method: str, path: str, **options: Any) -> httpx.Response:
        """Send what writes: once, and it arrives. Where it is disturbed, see the test of kills."""
        with clock.at(self.now):
            client = self.cast.programs[who].client
            return client.request(method, path, follow_redirects=False, **options)

    def clocks(self, thread: str, part: str | None = None) -> list[Deadline]:
        """Return the clocks of a matter, in the order they began."""
        wanted = sa.select(Deadline).where(Deadline.thread_id == UUID(thread))
        if part:
            wanted = wanted.where(Deadline.part_id == UUID(part))
        with self.database.read() as session:
            return list(session.scalars(wanted.order_by(Deadline.id)))

    def text(self, language: str) -> Mapping[str, str]:
        """Return every chapter's text by its key."""
        return {chapter.key: chapter.text(language) for chapter in self.chapters}


def clock_line(row: Deadline) -> tuple[str, str, Pair]:
    """Return a clock as a line: rule, last day and effect, and why."""
    due = row.due_on.isoformat() if row.due_on else "–"
    why = row.explanation or row.title
    label = row.rule_id
    return label, label, pair(f"{due} – {why['zh']}", f"{due} – {why['en']}")


def said(message: str) -> Pair:
    """Return a message id in both languages."""
    return both(message)
