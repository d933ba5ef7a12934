"""The EUIPO trade mark search API 1.1.0, as its OpenAPI description states it.

OAuth2 client credentials (scope `uid`) beside the header `X-IBM-Client-Id`; RSQL in `query`; pages
from 0, at most 100 marks each. A full load asks year by year after dates of application and
designation; a refresh asks day by day after `updateDate`. A window with more than `MOST` marks is
halved, so that no page lies deep. Marks that move while pages are read show in the total, or as a
number that comes twice: then the window is read anew. So none is lost and none counts twice.
"""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from service.core.text import N_
from service.registry.domain import EditionScope
from service.registry.errors import OfficeChanged, OfficeRefused
from service.registry.sources.online.port import Answer, Asks, Cursor, Step, Told

OFFICE = "EM"
PAGE = 100
MOST = 2000
"""Marks in one window, whose numbers travel in the cursor while it is read."""
REREADS = 5
FIRST_YEAR = 1996
"""The office took its first applications on 1 April 1996."""
DAY = timedelta(days=1)
EARLY = 60
"""Seconds before its end from which a token is no longer used."""
KEYS = frozenset({"trademarks", "size", "totalElements", "totalPages", "page"})
SORT = "applicationNumber:asc"
CHANGED = N_("The answer of {service} no longer has the shape this release reads.")
REFUSED = N_("{service} answered {answered}. {reason} Check its credentials in the settings.")


@dataclass(frozen=True, slots=True)
class EuipoAccess:
    """Where the API is and who asks."""

    url: str
    token_url: str
    client_id: str
    client_secret: str = field(repr=False)


class EuipoApi:
    """The register of EU trade marks and designations of the EU."""

    def __init__(self, asks: Asks, access: EuipoAccess) -> None:
        self._asks = asks
        self._access = access
        self._token, self._until = "", 0.0

    def begin(self, memory: Cursor, today: date) -> Cursor | None:
        """Return the cursor of a first full load, or of the days since the last refresh."""
        known = memory.get("dated")
        last = today - DAY
        if known is None:
            parts = today.year - FIRST_YEAR + 1
            return {"full": True, "part": 1, "parts": parts, "dated": last.isoformat(), "todo": []}
        first = date.fromisoformat(str(known)) + DAY
        if first > last:
            return None
        days = [first + DAY * number for number in range((last - first).days + 1)]
        todo = [[one.isoformat(), (one + DAY).isoformat()] for one in days]
        return {
            "full": False,
            "from": first.isoformat(),
            "dated": last.isoformat(),
            "todo": todo,
            "days": len(days),
        }

    def next(self, cursor: Cursor) -> Step | None:
        """Read one page, or halve a window that is too large for pages."""
        cursor = _with_windows(cursor)
        if not cursor["todo"]:
            return None
        window = (
            date.fromisoformat(cursor["todo"][0][0]),
            date.fromisoformat(cursor["todo"][0][1]),
        )
        number = cursor.get("page", 0)
        found = self._page(_question(window, full=cursor["full"]), number)
        total = found["totalElements"]
        if number == 0 and total > MOST and window[1] - window[0] > DAY:
            return Step(_halved(cursor, window))
        numbers = [_number(mark) for mark in found["trademarks"]]
        seen = [*cursor.get("seen", []), *numbers]
        moved = number and total != cursor["total"]
        short = number + 1 >= found["totalPages"] and len(seen) != total
        if moved or short or len(set(seen)) != len(seen):
            return _reread(cursor)
        body = json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()
        return _read(cursor, found, seen, body, len(numbers))

    def progress(self, cursor: Cursor) -> tuple[int, int]:
        """Return how many years, or days, are done."""
        if cursor["full"]:
            return cursor["part"] - 1, cursor["parts"]
        return cursor["days"] - len(cursor["todo"]), cursor["days"]

    def remember(self, memory: Cursor, cursor: Cursor) -> Cursor:
        """The register is known up to this day."""
        return {**memory, "dated": cursor["dated"]}

    def mark(self, number: str) -> bytes | None:
        """Return one mark with all its details as the office gives it; None where there is none."""
        answer = self._get(f"/trademarks/{number}", {})
        return None if answer.status == 404 else answer.body

    def _page(self, query: str, number: int) -> dict[str, Any]:
        asked = {"query": query, "page": str(number), "size": str(PAGE), "sort": SORT}
        answer = self._get("/trademarks", asked)
        found = json.loads(answer.body)
        if not _is_page(found, number):
            raise OfficeChanged(CHANGED, service="EUIPO")
        return dict(found)

    def _get(self, path: str, query: Mapping[str, str]) -> Answer:
        for fresh in (False, True):
            headers = {
                "X-IBM-Client-Id": self._access.client_id,
                "Authorization": f"Bearer {self._bearer(fresh=fresh)}",
                "Accept": "application/json",
            }
            answer = self._asks.get(
                self._access.url.rstrip("/") + path, query=query, headers=headers, whole=_is_json
            )
            if answer.status in {200, 404}:
                return answer
            if answer.status != 401:
                break
        raise _refused(answer.status, _reason(answer.body))

    def _bearer(self, *, fresh: bool) -> str:
        if fresh or time.monotonic() > self._until:
            fields = {
                "grant_type": "client_credentials",
                "scope": "uid",
                "client_id": self._access.client_id,
                "client_secret": self._access.client_secret,
            }
            answer = self._asks.post_form(self._access.token_url, fields)
            if answer.status != 200:
                raise _refused(answer.status, "")
            told = json.loads(answer.body)
            self._token = str(told["access_token"])
            self._until = time.monotonic() + float(told.get("expires_in", 0)) - EARLY
        return self._token


def _with_windows(cursor: Cursor) -> dict[str, Any]:
    """Give a full load the year it has come to."""
    if cursor["todo"] or not cursor["full"] or cursor["part"] > cursor["parts"]:
        return dict(cursor)
    year = FIRST_YEAR + cursor["part"] - 1
    return {**cursor, "todo": [[date(year, 1, 1).isoformat(), date(year + 1, 1, 1).isoformat()]]}


def _window(cursor: Cursor) -> tuple[date, date]:
    first, end = cursor["todo"][0]
    return date.fromisoformat(first), date.fromisoformat(end)


def _question(window: tuple[date, date], *, full: bool) -> str:
    """Return the RSQL of a window; its last day is not in it."""
    first, end = (day.isoformat() for day in window)
    if not full:
        return f"updateDate>={first} and updateDate<{end}"
    applied = f"(applicationDate>={first} and applicationDate<{end})"
    return f"{applied} or (designationDate>={first} and designationDate<{end})"


def _halved(cursor: Cursor, window: tuple[date, date]) -> Cursor:
    first, end = window
    middle = first + (end - first) // 2
    halves = [
        [first.isoformat(), middle.isoformat()],
        [middle.isoformat(), end.isoformat()],
    ]
    return {**cursor, "todo": [*halves, *cursor["todo"][1:]]}


def _reread(cursor: Cursor) -> Step:
    """Begin the window anew; give up where its marks never stand still."""
    again = cursor.get("again", 0) + 1
    if again > REREADS:
        raise OfficeChanged(
            N_("The list of {service} changed while it was read, {count} times over."),
            service="EUIPO",
            count=again,
        )
    bare = {name: cursor[name] for name in cursor if name not in {"page", "seen", "total"}}
    return Step({**bare, "again": again}, restart=True, keep=cursor.get("pieces", 0))


def _read(
    cursor: Cursor, found: Mapping[str, Any], seen: list[str], body: bytes, count: int
) -> Step:
    """Return the step behind a page: the next page, the next window, or a whole file."""
    page = found["page"] + 1
    if page < found["totalPages"]:
        onward = {**cursor, "page": page, "seen": seen, "total": found["totalElements"]}
        return Step(onward, body, records=count)
    begun = {"page", "seen", "total", "again"}
    bare = {name: cursor[name] for name in cursor if name not in begun}
    pieces = cursor.get("pieces", 0) + page
    onward = {**bare, "todo": cursor["todo"][1:], "pieces": pieces}
    if onward["todo"]:
        return Step(onward, body, records=count)
    onward["pieces"] = 0
    told = _told(cursor)
    if cursor["full"]:
        onward["part"] = cursor["part"] + 1
    return Step(onward, body, complete=told, records=count)


def _told(cursor: Cursor) -> Told:
    dated = date.fromisoformat(cursor["dated"])
    if not cursor["full"]:
        first = date.fromisoformat(cursor["from"])
        name = f"euipo-{first.isoformat()}-{dated.isoformat()}.json"
        return Told(OFFICE, name, EditionScope.DELTA, dated, period_from=first)
    part, parts = cursor["part"], cursor["parts"]
    year = FIRST_YEAR + part - 1
    name = f"euipo-{dated.isoformat()}-{year}.json"
    return Told(OFFICE, name, EditionScope.FULL, dated, part=part, parts=parts)


def _is_page(found: object, number: int) -> bool:
    """Say whether an answer has the members that the description requires, in their types."""
    return (
        isinstance(found, dict)
        and found.keys() >= KEYS
        and isinstance(found["trademarks"], list)
        and all(type(found[name]) is int for name in KEYS - {"trademarks"})
        and found["page"] == number
    )


def _number(mark: object) -> str:
    number = mark.get("applicationNumber") if isinstance(mark, dict) else None
    if not isinstance(number, str):
        raise OfficeChanged(CHANGED, service="EUIPO")
    return number


def _is_json(body: bytes) -> bool:
    try:
        json.loads(body)
    except ValueError:
        return False
    return True


def _reason(body: bytes) -> str:
    """Return what a problem answer says, short."""
    if not _is_json(body):
        return ""
    told = json.loads(body)
    return str(told.get("detail", ""))[:200] if isinstance(told, dict) else ""


def _refused(status: int, reason: str) -> OfficeRefused:
    return OfficeRefused(REFUSED, service="EUIPO", answered=status, reason=reason)
