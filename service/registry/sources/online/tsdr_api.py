"""The USPTO's TSDR: the state and the papers of single cases, by number.

TSDR knows no search, so it keeps chosen marks current between the office's daily files: those that
somebody named. Paths and parameters are those of the description kept with the shared data; answers
are WIPO ST.66 or ST.96, read by local name. A request carries the header `USPTO-API-KEY`; a key may
ask 60 times a minute, and 4 times for several cases at once, PDF and zip.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from service.core.text import N_
from service.registry.errors import OfficeChanged, OfficeRefused
from service.registry.sources.online.port import Answer, Asks, Cursor, Step, Told

OFFICE = "US"
TOGETHER = 20
"""Cases asked for in one request."""
BULK = "bulk"
"""The pace of requests that the office counts as downloads."""
SERIAL = re.compile(r"\d{8}")
APPLICATION = re.compile(
    rb"<(?:\w+:)?ApplicationNumber(?:Text)?>\s*(\d{8})\s*</(?:\w+:)?ApplicationNumber(?:Text)?>"
)
ROOT = re.compile(rb"<((?:\w+:)?\w+)[\s>]")
MARK = re.compile(rb"<(?:\w+:)?(?:Trademark|TradeMark)>")
CHANGED = N_("The answer of {service} no longer has the shape this release reads.")
REFUSED = N_("{service} answered {answered}. {reason} Check its credentials in the settings.")
UNKNOWN = N_("The office knows no case {number}")


@dataclass(frozen=True, slots=True)
class TsdrAccess:
    """Where TSDR is and who asks."""

    url: str
    key: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Paper:
    """One document of a case."""

    id: str
    title: str
    mailed_on: str
    pages: int


class TsdrApi:
    """Cases of the USPTO by their serial numbers."""

    def __init__(self, asks: Asks, access: TsdrAccess) -> None:
        self._asks = asks
        self._access = access

    def begin(self, memory: Cursor, today: date) -> Cursor | None:
        """Return the cases to ask for: all that were named, unless TSDR was not updated since.

        Cases named since the last refresh are asked for in any case.
        """
        numbers = sorted(memory.get("numbers", []))
        fresh = sorted(set(numbers) - set(memory.get("asked", [])))
        if not numbers:
            return None
        updated = self.last_update()
        same = updated == memory.get("updated")
        todo = fresh if same else numbers
        if not todo:
            return None
        return {
            "day": today.isoformat(),
            "updated": updated,
            "asked": todo,
            "todo": todo,
            "singly": [],
            "count": len(todo),
        }

    def next(self, cursor: Cursor) -> Step | None:
        """Ask for the next cases together, or for one that was missing among them."""
        if cursor["singly"]:
            return self._single(cursor)
        if not cursor["todo"]:
            return None
        batch, rest = cursor["todo"][:TOGETHER], cursor["todo"][TOGETHER:]
        answer = self._get(
            "/ts/cd/caseMultiStatus/xml", {"sn": ",".join(batch)}, pace=BULK, also=frozenset({400})
        )
        onward = {**cursor, "todo": rest}
        if answer.status != 200:  # not offered in this form: one by one, then
            return Step({**onward, "singly": batch})
        there = _numbers(answer.body)
        missing = [number for number in batch if number not in there]
        onward["singly"] = missing
        step = _brought(onward, answer.body, len(batch) - len(missing))
        return step if there else Step(onward)

    def progress(self, cursor: Cursor) -> tuple[int, int]:
        """Return how many cases are done."""
        return cursor["count"] - len(cursor["todo"]) - len(cursor["singly"]), cursor["count"]

    def remember(self, memory: Cursor, cursor: Cursor) -> Cursor:
        """These cases were asked for, as of this update of TSDR."""
        asked = sorted({*memory.get("asked", []), *cursor["asked"]})
        return {**memory, "updated": cursor["updated"], "asked": asked}

    def last_update(self) -> str:
        """Return when the office last updated TSDR, as it writes it."""
        answer = self._get("/last-update/info.json", {})
        found = _json(answer.body)
        if answer.status != 200 or not isinstance(found, dict):
            raise OfficeChanged(CHANGED, service="TSDR")
        return json.dumps(found, sort_keys=True)

    def papers(self, number: str) -> Sequence[Paper] | None:
        """Return the documents of a case; None where the office knows no such case."""
        answer = self._get(f"/ts/cd/casedocs/sn{number}/info", {})
        if answer.status == 404:
            return None
        found = _json(answer.body)
        listed = found.get("documentList") if isinstance(found, dict) else None
        if not isinstance(listed, list):
            raise OfficeChanged(CHANGED, service="TSDR")
        return [_paper(entry) for entry in listed if isinstance(entry, dict)]

    def paper(self, number: str, paper: str) -> bytes | None:
        """Return one document as PDF; None where there is none."""
        answer = self._get(f"/ts/cd/casedoc/sn{number}/{paper}/content.pdf", {}, pace=BULK)
        return answer.body if answer.status == 200 else None

    def _single(self, cursor: Cursor) -> Step:
        number, rest = cursor["singly"][0], cursor["singly"][1:]
        answer = self._get(f"/ts/cd/casestatus/sn{number}/info.xml", {})
        onward = {**cursor, "singly": rest}
        if answer.status == 404:
            return Step(onward, note=UNKNOWN, values={"number": number})
        if number not in _numbers(answer.body):
            raise OfficeChanged(CHANGED, service="TSDR")
        return _brought(onward, answer.body, 1)

    def _get(
        self,
        path: str,
        query: dict[str, str],
        *,
        pace: str = "",
        also: frozenset[int] = frozenset(),
    ) -> Answer:
        answer = self._asks.get(
            self._access.url.rstrip("/") + path,
            query=query,
            headers={"USPTO-API-KEY": self._access.key},
            pace=pace,
            whole=_is_whole,
        )
        if answer.status in {200, 404} | also:
            return answer
        raise OfficeRefused(REFUSED, service="TSDR", answered=answer.status, reason="")


def _brought(cursor: Cursor, body: bytes, records: int) -> Step:
    left = len(cursor["todo"]) + len(cursor["singly"])
    name = f"tsdr-{cursor['day']}-{cursor['count'] - left:05}.xml"
    told = Told(OFFICE, name)
    return Step(cursor, body, complete=told, records=records)


def _numbers(body: bytes) -> set[str]:
    """Return the serial numbers that an answer tells of."""
    if MARK.search(body) is None:
        raise OfficeChanged(CHANGED, service="TSDR")
    return {number.decode() for number in APPLICATION.findall(body)}


def _is_whole(body: bytes) -> bool:
    """Say whether an answer ends where such an answer ends; PDF and the like say it themselves."""
    start = body[:64].lstrip(b"\xef\xbb\xbf \r\n\t")[:1]
    if start == b"<":
        root = ROOT.search(body)
        return root is not None and body.rstrip().endswith(b"</" + root[1] + b">")
    if start in {b"{", b"["}:
        return _json(body) is not None
    return True


def _json(body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        return None


def _paper(entry: dict[str, Any]) -> Paper:
    pages = entry.get("numberOfPages")
    return Paper(
        id=str(entry.get("documentId", "")),
        title=str(entry.get("documentDescription", "")),
        mailed_on=str(entry.get("mailDate", "")),
        pages=pages if isinstance(pages, int) else 0,
    )
