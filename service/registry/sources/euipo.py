"""Answers of the EUIPO trade mark search API 1.1: pages of a search, and single marks.

Several pages may follow each other in one file. Shapes and meanings: the OpenAPI description that
the office publishes.
"""

import re
from datetime import date
from typing import ClassVar

from service.core.text import N_
from service.registry.domain import (
    GoodsClass,
    MarkKind,
    MarkRecord,
    MarkStatus,
    Note,
    Party,
    Reject,
)
from service.registry.sources.base import Item
from service.registry.sources.json_records import (
    JsonSource,
    day,
    earliest,
    listed,
    mapped,
    string,
)
from service.registry.sources.json_stream import Record
from service.registry.sources.values import read_iso

OFFICE = "EM"

STATUSES = {
    "RECEIVED": MarkStatus.FILED,
    "UNDER_EXAMINATION": MarkStatus.FILED,
    "APPEALED": MarkStatus.FILED,
    "APPEALABLE": MarkStatus.FILED,
    "APPLICATION_PUBLISHED": MarkStatus.PUBLISHED,
    "START_OF_OPPOSITION_PERIOD": MarkStatus.PUBLISHED,
    "REGISTRATION_PENDING": MarkStatus.PUBLISHED,
    "ACCEPTANCE_PENDING": MarkStatus.PUBLISHED,
    "OPPOSITION_PENDING": MarkStatus.OPPOSED,
    "REGISTERED": MarkStatus.REGISTERED,
    "ACCEPTED": MarkStatus.REGISTERED,
    "CANCELLATION_PENDING": MarkStatus.REGISTERED,
    "CANCELLED": MarkStatus.CANCELLED,
    "SURRENDERED": MarkStatus.CANCELLED,
    "EXPIRED": MarkStatus.EXPIRED,
    "REMOVED_FROM_REGISTER": MarkStatus.EXPIRED,
    "WITHDRAWN": MarkStatus.WITHDRAWN,
    "REFUSED": MarkStatus.REFUSED,
}
"""A refusal that can still be appealed is alive."""

KINDS = {
    "WORD": MarkKind.WORD,
    "FIGURATIVE": MarkKind.COMBINED,
    "SHAPE_3D": MarkKind.THREE_D,
    "SOUND": MarkKind.SOUND,
}
"""Every other feature is `other`; a figurative mark without words is `figurative`."""

LANGUAGES = ("en", "de", "fr", "es", "it")
"""Which language of the goods is kept: English, else the next the office works in."""
DEAD_CLAIMS = frozenset({"ABANDONED", "REFUSED"})
FILING_SECTION = "A.1"
"""Section of the bulletin that opens the opposition period."""

_MADRID = re.compile(r"W0*(\d+[A-Z]?)")


class EuipoSource(JsonSource):
    """Marks of the EUIPO, EU trade marks and designations of the EU."""

    format: ClassVar[str] = "euipo"
    signature = frozenset({"markFeature", "markBasis", "markKind", "wordMarkSpecification"})
    array = "trademarks"

    def _mark(self, record: Record, place: str) -> list[Item]:
        number = string(record.get("applicationNumber"))
        if not number:
            return [Reject(place, "missing-number", N_("The mark has no application number"))]
        notes: list[Note] = []
        text = _text(record)
        own = string(record.get("status"))
        status = STATUSES.get(own, MarkStatus.UNKNOWN)
        if status is MarkStatus.UNKNOWN:
            reason = N_("The status “{word}” is not known; the mark counts as live")
            notes.append(Note(place, "unknown-status", reason, {"word": own}))
        first = _publication(record)
        published_on = day(first, "publicationDate", place, notes)
        madrid = _MADRID.fullmatch(number)
        registered_on = day(record, "registrationDate", place, notes)
        mark = MarkRecord(
            office=OFFICE,
            number=number,
            text=text,
            kind=_kind(string(record.get("markFeature")), text),
            status=status,
            office_status=own,
            application_number=number,
            registration_number=number if registered_on else "",
            filed_on=day(record, "applicationDate", place, notes)
            or day(record, "designationDate", place, notes),
            published_on=published_on or day(record, "publicationDate", place, notes),
            publication_issue=string(first.get("bulletinNumber")),
            registered_on=registered_on,
            expires_on=day(record, "expiryDate", place, notes),
            priority_on=earliest(
                [
                    claim.get("applicationDate")
                    for claim in mapped(record.get("priorities"))
                    if claim.get("status") not in DEAD_CLAIMS
                ]
            ),
            classes=_classes(record),
            owners=_parties(record.get("applicants")),
            representatives=_parties(record.get("representatives")),
            madrid_number=madrid[1] if madrid else "",
            updated_on=_updated(record),
        )
        return [*notes, mark]


def _text(record: Record) -> str:
    words = record.get("wordMarkSpecification")
    return string(words.get("verbalElement")) if isinstance(words, dict) else ""


def _kind(feature: str, text: str) -> MarkKind:
    if feature == "FIGURATIVE" and not text:
        return MarkKind.FIGURATIVE
    if not feature:
        return MarkKind.WORD if text else MarkKind.FIGURATIVE
    return KINDS.get(feature, MarkKind.OTHER)


def _publication(record: Record) -> Record:
    """Return the publication that opened the opposition period, else the earliest."""
    entries = mapped(record.get("publications"))
    dated = sorted(entries, key=lambda entry: string(entry.get("publicationDate")) or "9999")
    filing = [e for e in dated if string(e.get("publicationSection")).startswith(FILING_SECTION)]
    return next(iter(filing or dated), {})


def _classes(record: Record) -> tuple[GoodsClass, ...]:
    goods: dict[int, str] = {}
    for number in listed(record.get("niceClasses")):
        if isinstance(number, int) and 1 <= number <= 45:
            goods[number] = ""
    for entry in mapped(record.get("goodsAndServices")):
        number = entry.get("classNumber")
        terms = {
            string(one.get("language")): [string(term) for term in listed(one.get("terms"))]
            for one in mapped(entry.get("description"))
        }
        chosen = next((terms[name] for name in LANGUAGES if terms.get(name)), None)
        chosen = chosen or next(iter(terms.values()), [])
        known = number if isinstance(number, int) and 1 <= number <= 45 else 0
        goods[known] = "; ".join(filter(None, chosen))
    return tuple(GoodsClass(number, text) for number, text in sorted(goods.items()))


def _parties(value: object) -> tuple[Party, ...]:
    found = (
        Party(name=string(one.get("name")), identifier=string(one.get("identifier")))
        for one in mapped(value)
    )
    return tuple(dict.fromkeys(party for party in found if party.name))


def _updated(record: Record) -> date | None:
    """Return the latest date of the state itself, of publications, records and decisions."""
    dates = [record.get("statusDate")]
    for group, key in (
        ("publications", "publicationDate"),
        ("records", "publicationDate"),
        ("decisions", "decisionDate"),
    ):
        dates += [entry.get(key) for entry in mapped(record.get(group))]
    return max(filter(None, (read_iso(string(value)) for value in dates)), default=None)
