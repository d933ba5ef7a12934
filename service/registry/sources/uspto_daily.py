"""USPTO bulk data `trademark-applications-daily` (version 2.0): the annual and the daily files.

Each `case-file` is the complete state of one application; a later one replaces an earlier one.
Facts of the format: the documentation the office publishes with the files.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import ClassVar

from service.core.text import N_
from service.registry.domain import EditionScope, GoodsClass, MarkRecord, Note, Party, Reject
from service.registry.sources.base import Item, Limits, Source
from service.registry.sources.feeds import Feed
from service.registry.sources.field_table import FieldWatch, element_paths
from service.registry.sources.uspto import (
    OFFICE,
    class_number,
    country,
    kind_of,
    latest_owners,
    real_number,
    status_of,
)
from service.registry.sources.values import read_iso
from service.registry.sources.xml_stream import Element, elements, leading_texts

ROOT = "trademark-applications-daily"
RECORD = "case-file"

_ANNUAL = re.compile(r"apc(\d{8})-(\d{8})-(\d+)", re.IGNORECASE)
_DAILY = re.compile(r"apc(\d{2})(\d{2})(\d{2})(?!\d)", re.IGNORECASE)
DATES = ("filing-date", "published-for-opposition-date", "registration-date")
ADDRESS = ("address-1", "address-2", "city", "state", "postcode")
HEADER = (
    *DATES,
    "status-code",
    "mark-identification",
    "mark-drawing-code",
    "drawing-3d-current-in",
    "attorney-name",
    "domestic-representative-name",
)
STATEMENT = ("type-code", "text")
OWNER = (*ADDRESS, "party-name", "country")
FOREIGN = ("filing-date", "foreign-priority-claim-in")
MADRID = ("international-registration-number", "priority-claimed-date")
LOOKED_AT = 100


class UsptoDailySource(Source):
    """Case files of the USPTO, from one XML file or the XML files of a zip."""

    format: ClassVar[str] = "uspto-daily"

    def __init__(self, feeds: Sequence[tuple[int, Feed]], limits: Limits) -> None:
        super().__init__(feeds, limits)
        first = feeds[0][1]
        head = leading_texts(first, frozenset({"creation-datetime"}), RECORD, limits.record_bytes)
        self.edition_date = read_iso(head.get("creation-datetime"))
        self.scope, self.period, self.part = _covered([feed.name for _, feed in feeds])

    def _read(self, _member: int, feed: Feed, first: int) -> Iterator[tuple[int, list[Item]]]:
        reader = _CaseReader()
        cases = elements(feed, RECORD, self._limits.record_bytes)
        for record, case in enumerate(cases, start=1):
            if record >= first:
                yield record, reader.read(case, f"{RECORD} {record}")


Coverage = tuple[EditionScope, tuple[date, date] | None, int | None]
"""Scope, first and last day of the changes, and number among the parts of one edition."""


def _coverage(name: str) -> Coverage:
    """Tell an annual part from a daily file by the name the office gives the XML file itself."""
    annual = _ANNUAL.search(name)
    if annual:
        start, end = read_iso(annual[1]), read_iso(annual[2])
        return EditionScope.FULL, (start, end) if start and end else None, int(annual[3])
    daily = _DAILY.search(name)
    day = read_iso("20" + "".join(daily.groups())) if daily else None
    return (EditionScope.DELTA, (day, day), None) if day else (EditionScope.UNKNOWN, None, None)


def _covered(names: list[str]) -> Coverage:
    """Return what several files cover together; days that follow each other are one period."""
    each = [_coverage(name) for name in names]
    if len(each) == 1:
        return each[0]
    days = sorted(period for scope, period, _ in each if scope is EditionScope.DELTA and period)
    following = all(other[0] - one[1] == timedelta(1) for one, other in pairwise(days))
    if len(days) == len(each) and following:
        return EditionScope.DELTA, (days[0][0], days[-1][1]), None
    return EditionScope.UNKNOWN, None, None


class _CaseReader:
    """Reads case files one by one and watches for fields the table does not have.

    The first `LOOKED_AT` case files are looked at in full, and one in `LOOKED_AT` after them: a
    new field of the format comes in every file, and looking costs as much as reading.
    """

    def __init__(self) -> None:
        self._watch = FieldWatch("uspto_daily")
        self._count = 0

    def read(self, case: Element, place: str) -> list[Item]:
        """Return the mark with the remarks on it before it, or one reject."""
        self._count += 1
        unlisted: list[Note] = []
        if self._count <= LOOKED_AT or self._count % LOOKED_AT == 0:
            unlisted = self._watch.unlisted(element_paths(case), place)
        parts: dict[str, Element] = {str(child.tag): child for child in case}
        number = real_number(_text(parts.get("serial-number")))
        if not number:
            reason = N_("The case file has no serial number")
            return [*unlisted, Reject(place, "missing-number", reason)]
        return [*unlisted, *_mark(number, parts, place)]


def _text(element: Element | None) -> str:
    return (element.text or "").strip() if element is not None else ""


def _texts(element: Element | None, names: Iterable[str]) -> dict[str, str]:
    """Return the texts of the children with these names."""
    if element is None:
        return {}
    return {str(child.tag): child.text or "" for child in element.iterchildren(*names)}


def _mark(number: str, parts: dict[str, Element], place: str) -> list[Item]:
    header = _texts(parts.get("case-file-header"), HEADER)
    statements = _statements(parts.get("case-file-statements"))
    text = _overflowed(header.get("mark-identification", "").strip(), statements.get("MK"))
    status, office_status, notes = status_of(header.get("status-code", ""), place)
    filed_on, published_on, registered_on = (_date(header, name, place, notes) for name in DATES)
    attorney = header.get("attorney-name") or header.get("domestic-representative-name")
    madrid = _texts(parts.get("international-registration"), MADRID)
    three_d = header.get("drawing-3d-current-in") == "T"
    mark = MarkRecord(
        office=OFFICE,
        number=number,
        text=text,
        kind=kind_of(header.get("mark-drawing-code", ""), text, three_d=three_d),
        status=status,
        office_status=office_status,
        application_number=number,
        registration_number=real_number(_text(parts.get("registration-number"))),
        filed_on=filed_on,
        published_on=published_on,
        registered_on=registered_on,
        priority_on=_priority(parts.get("foreign-applications"), madrid),
        classes=_classes(parts.get("classifications"), statements.get("GS", [])),
        owners=_owners(parts.get("case-file-owners")),
        representatives=(Party(attorney.strip()),) if attorney else (),
        translation=_joined(statements.get("TR")),
        transliteration=_joined(statements.get("TL")),
        madrid_number=real_number(madrid.get("international-registration-number")),
        updated_on=read_iso(_text(parts.get("transaction-date"))),
    )
    return [*notes, mark]


def _statements(element: Element | None) -> dict[str, list[tuple[str, str]]]:
    """Return the statements by the first two letters of their type: (type code, text)."""
    found: dict[str, list[tuple[str, str]]] = {}
    for statement in element if element is not None else ():
        texts = _texts(statement, STATEMENT)
        code = texts.get("type-code", "")
        found.setdefault(code[:2], []).append((code, texts.get("text", "").strip()))
    return found


def _classes(element: Element | None, statements: list[tuple[str, str]]) -> tuple[GoodsClass, ...]:
    """Join classes and goods.

    Goods are filed under the prime class; in old cases that is a class of the former national
    classification, which stands for all international classes of its block.
    """
    goods: dict[str, list[str]] = {}
    for code, text in statements:
        goods.setdefault(code[2:5], []).append(text)
    found: dict[int, list[str]] = {}
    for block in element if element is not None else ():
        prime = _text(next(block.iterchildren("primary-code"), None))
        codes = [child.text or "" for child in block.iterchildren("international-code")]
        texts = goods.pop(prime, [])
        for code in codes or [prime]:
            found.setdefault(class_number(code), []).extend(texts)
    for prime, texts in goods.items():
        found.setdefault(class_number(prime), []).extend(texts)
    return tuple(
        GoodsClass(number, "; ".join(texts)) for number, texts in found.items() if number or texts
    )


def _owners(element: Element | None) -> tuple[Party, ...]:
    """Return the owners of today; the register lists all there ever were."""
    if element is None:
        return ()
    typed = [(_text(next(one.iterchildren("party-type"), None)), one) for one in element]
    parties: dict[Party, None] = {}
    for owner in latest_owners(typed):
        texts = _texts(owner, OWNER)
        name = texts.get("party-name", "").strip()
        address = ", ".join(texts[part].strip() for part in ADDRESS if texts.get(part))
        if name:
            where = country(texts.get("country", ""), texts.get("state", ""))
            parties[Party(name, where, address)] = None
    return tuple(parties)


def _priority(foreign: Element | None, madrid: dict[str, str]) -> date | None:
    """Return the earliest priority claimed, by a foreign application or in the Madrid one."""
    found = [read_iso(madrid.get("priority-claimed-date"))]
    for application in foreign if foreign is not None else ():
        texts = _texts(application, FOREIGN)
        if texts.get("foreign-priority-claim-in") == "T":
            found.append(read_iso(texts.get("filing-date")))
    return min((day for day in found if day), default=None)


def _date(texts: dict[str, str], name: str, place: str, notes: list[Note]) -> date | None:
    raw = texts.get(name, "")
    found = read_iso(raw)
    if found is None and raw.strip("0 "):
        reason = N_("“{value}” is not one date; the mark was kept without its {field}")
        notes.append(Note(place, "bad-date", reason, {"value": raw[:60], "field": name}))
    return found


def _joined(statements: list[tuple[str, str]] | None) -> str:
    return " ".join(text for _, text in statements or ())


def _overflowed(text: str, overflow: list[tuple[str, str]] | None) -> str:
    """Put the words that did not fit the field behind those that did."""
    for _, more in overflow or ():
        text = more if more.startswith(text) else f"{text} {more}".strip()
    return text
