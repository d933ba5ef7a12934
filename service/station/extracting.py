"""What the patterns of `data/mail_patterns.yaml` read from a message: proposals, no facts."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field

from service.core.text import N_
from service.rules.schema import Text
from service.station.reading import Letter

FILE = Path(__file__).parent / "data" / "mail_patterns.yaml"
FIELDS: Mapping[str, str] = {
    "complaint_number": N_("Number of the complaint"),
    "listing": N_("Listing"),
    "complainant": N_("Complainant"),
    "right_number": N_("Number of the right"),
    "notice_on": N_("Day of the notice"),
    "docket": N_("Docket number"),
    "court": N_("Court"),
    "alias": N_("Defendant's alias"),
    "served_on": N_("Day of service"),
}
DAYS = frozenset({"notice_on", "served_on"})
EACH = 20
"""Values proposed of one field at most: a Schedule A names hundreds of shops."""
FORMS = ("%Y-%m-%d", "%Y/%m/%d", "%Y年%m月%d日", "%B %d, %Y", "%b %d, %Y", "%d %B %Y", "%d %b %Y")
US_FORM = "%m/%d/%Y"
LOOKS_LIKE_DAY = re.compile(
    r"\d{4}年\d{1,2}月\d{1,2}日|\d{4}[-/]\d{1,2}[-/]\d{1,2}|\d{1,2}/\d{1,2}/\d{4}"
    r"|[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4}|\d{1,2} [A-Z][a-z]{2,8} \d{4}"
)


class ClockOf(BaseModel):
    """The rule whose period a confirmed day starts."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    rule: str
    field: str


class Sender(BaseModel):
    """One kind of message."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    key: Annotated[str, Field(pattern=r"^[a-z_]+$")]
    name: Text
    told_by: Annotated[tuple[str, ...], Field(min_length=1)]
    fields: Mapping[str, tuple[str, ...]]
    clock: ClockOf | None = None

    def wrote(self, text: str) -> bool:
        """Say whether every word that tells this kind is in a message."""
        return all(re.search(one, text) for one in self.told_by)


@dataclass(frozen=True, slots=True)
class Found:
    """One proposal: what a pattern read, and the line it stands in."""

    sender: str
    field: str
    value: str
    excerpt: str


@lru_cache(maxsize=1)
def senders() -> dict[str, Sender]:
    """Return the kinds of messages by key; an unknown field or a broken pattern is an error."""
    found = {}
    for row in yaml.safe_load(FILE.read_text("utf-8")):
        sender = Sender.model_validate(row)
        if set(sender.fields) - set(FIELDS):
            raise ValueError(f"{sender.key}: a field nobody knows")
        for pattern in (*sender.told_by, *(one for each in sender.fields.values() for one in each)):
            re.compile(pattern)
        found[sender.key] = sender
    return found


def extract(letter: Letter) -> list[Found]:
    """Return what every kind of message that this one may be proposes; each value once."""
    text = letter.whole
    found: dict[tuple[str, str], Found] = {}
    for sender in senders().values():
        if not sender.wrote(text):
            continue
        for field, patterns in sender.fields.items():
            for one in list(_values(sender.key, field, patterns, text))[:EACH]:
                found.setdefault((field, one.value.casefold()), one)
    return list(found.values())


def _values(key: str, field: str, patterns: tuple[str, ...], text: str) -> Iterator[Found]:
    for pattern in patterns:
        for match in re.finditer(pattern, text):
            value = " ".join(match.group(1).split()).strip(" .,;:：")
            if field in DAYS:
                value = day_in(value, american=key in {"summons", "tro", "schedule_a"})
            if value:
                yield Found(key, field, value[:300], _line(text, match.start(1)))


def _line(text: str, at: int) -> str:
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    return text[start : end if end >= 0 else len(text)].strip()[:300]


def day_in(text: str, *, american: bool = False) -> str:
    """Return the day a text names as ISO 8601; empty where it names none, or not plainly which.

    `american`: 01/02/2026 is the second of January; elsewhere nobody can tell, and nothing is said.
    """
    if (sent := _of_header(text)) is not None:
        return sent.isoformat()
    match = LOOKS_LIKE_DAY.search(text)
    if match is None:
        return ""
    named = match.group().replace(".", "")
    for form in (*FORMS, US_FORM) if american else FORMS:
        try:
            return datetime.strptime(named, form).date().isoformat()  # noqa: DTZ007  a day has no zone
        except ValueError:
            continue
    return ""


def _of_header(text: str) -> date | None:
    try:
        return parsedate_to_datetime(text).date()
    except (ValueError, TypeError, IndexError):
        return None
