"""Korean marks as JSON, in the shape KIPO's public data has when collected from its search service.

One array of records. A record gives its goods by classes and similarity codes, without words, and
names no owner.
"""

from typing import ClassVar

from service.core.text import N_
from service.registry.domain import GoodsClass, MarkKind, MarkRecord, MarkStatus, Note, Reject
from service.registry.sources.base import Item
from service.registry.sources.json_records import JsonSource, day, earliest, listed, string
from service.registry.sources.json_stream import Record
from service.registry.sources.statuses import status_of

OFFICE = "KR"


class KipoSource(JsonSource):
    """Marks of the Korean Intellectual Property Office."""

    format: ClassVar[str] = "kipo"
    signature = frozenset({"registerStatus", "asignProductMainCodeList", "productNameEng"})

    def _mark(self, record: Record, place: str) -> list[Item]:
        number = string(record.get("applicationNumber"))
        if not number:
            return [Reject(place, "missing-number", N_("The mark has no application number"))]
        notes: list[Note] = []
        names = [string(record.get(key)) for key in ("productName", "productNameEng")]
        text = " ".join(dict.fromkeys(filter(None, names)))
        own = string(record.get("registerStatus"))
        status = status_of(own) or MarkStatus.UNKNOWN
        if status is MarkStatus.UNKNOWN:
            reason = N_("The status “{word}” is not known; the mark counts as live")
            notes.append(Note(place, "unknown-status", reason, {"word": own}))
        mark = MarkRecord(
            office=OFFICE,
            number=number,
            text=text,
            kind=_kind(text, figured=bool(listed(record.get("viennaCodeList")))),
            status=status,
            office_status=own,
            application_number=number,
            registration_number=_first(record, "registrationNumber"),
            filed_on=day(record, "applicationDate", place, notes),
            published_on=day(record, "publicationDate", place, notes),
            publication_issue=_first(record, "publicationNumber"),
            registered_on=day(record, "registrationDate", place, notes),
            priority_on=earliest(listed(record.get("priorityClaimDateList"))),
            classes=_classes(record),
            madrid_number=_first(record, "internationalRegNumbers"),
        )
        return [*notes, mark]


def _first(record: Record, key: str) -> str:
    return next(filter(None, map(string, listed(record.get(key)))), "")


def _kind(text: str, *, figured: bool) -> MarkKind:
    """Return the kind: figure codes mean that there is a picture."""
    if not text:
        return MarkKind.FIGURATIVE if figured else MarkKind.OTHER
    return MarkKind.COMBINED if figured else MarkKind.WORD


def _classes(record: Record) -> tuple[GoodsClass, ...]:
    """Return the classes: two digits are Nice classes, three the national ones of before 1998."""
    groups = tuple(
        dict.fromkeys(filter(None, map(string, _list(record, "asignProductSubCodeList"))))
    )
    codes = list(filter(None, map(string, _list(record, "asignProductMainCodeList"))))
    nice = dict.fromkeys(
        int(code) for code in codes if len(code) < 3 and code.isdigit() and 1 <= int(code) <= 45
    )
    national = [code for code in codes if len(code) == 3]
    if len(nice) == 1 and not national:
        return (GoodsClass(next(iter(nice)), subgroups=groups),)
    classes = [GoodsClass(number) for number in nice]
    if groups or national:
        goods = ", ".join(f"KR {code}" for code in national)
        classes.append(GoodsClass(0, goods, groups))
    return tuple(classes)


def _list(record: Record, key: str) -> list[object]:
    return listed(record.get(key))
