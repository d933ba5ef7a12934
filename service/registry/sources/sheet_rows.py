"""From the cells of one sheet row to a mark."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from service.core.text import N_
from service.registry.domain import (
    CustomsRecord,
    GoodsClass,
    MarkKind,
    MarkRecord,
    MarkStatus,
    Note,
    Party,
    Reject,
)
from service.registry.sources.sheet_columns import Columns
from service.registry.sources.sheet_goods import read_classes
from service.registry.sources.statuses import NO_KIND, folded, kind_of, status_of
from service.registry.sources.values import (
    EMPTY,
    BadDate,
    filled,
    plain,
    read_date,
    read_end,
    split_list,
    territory,
)

T = TypeVar("T")

MANY = ";；"
LONGEST, LONGEST_NUMBER = 4096, 64
"""Characters of a mark and of a number; longer is a cell that swallowed the rest of the sheet."""

ONE_NUMBER = frozenset({"CN", "EM", "XX"})
"""Offices that register a mark under the number of its application."""

_ONLY_DEVICE = frozenset({"图形", "图", "图形商标", "纯图形", "device", "figurative"})
_WITH_DEVICE = re.compile(r"[\s(（]*(?:及|和|与|\+|&)\s*(?:图形|图案|图)[)）]?\s*$")
_SHORTENED = re.compile(r"\d(?:\.\d+)?E\+\d+")
_MADRID = re.compile(r"[GＧ]?\s*0*(\d{4,8}[A-Z]?)", re.IGNORECASE)


@dataclass(slots=True)
class RowReader:
    """Reads the rows of one sheet; `office` is for rows that name none."""

    columns: Columns
    office: str = ""
    _notes: list[Note] = field(default_factory=list)

    def read(
        self, row: Sequence[str], place: str, key: tuple[str, str]
    ) -> list[MarkRecord | Reject | Note]:
        """Return the mark with the remarks on it before it, or one reject."""
        self._notes = []
        cells = self.columns.cells(row)
        office, number = key

        def cell(name: str) -> str:
            return cells.get(name, "")

        if not office:
            return [_no_office(place, cell("office"))]
        if not number:
            reason = N_("The row has neither a registration nor an application number")
            return [Reject(place, "missing-number", reason)]
        if _SHORTENED.fullmatch(number):
            reason = N_("A spreadsheet has shortened the number to {number}; format it as text")
            return [Reject(place, "shortened-number", reason, {"number": number})]
        text, kind = self._sign(cell("text"), cell("kind"), place)
        if not text and kind in {MarkKind.WORD, MarkKind.COMBINED}:
            reason = N_("The row has no mark; a mark without words needs its kind, e.g. 图形")
            return [Reject(place, "missing-text", reason)]
        if len(text) > LONGEST or len(number) > LONGEST_NUMBER:
            reason = N_("Mark or number is over {limit} characters; is a quotation mark missing?")
            return [Reject(place, "too-long", reason, {"limit": f"{LONGEST}, {LONGEST_NUMBER}"})]
        mark = self._mark(cell, office, number, text, kind, place)
        return [*self._notes, mark]

    def key(self, row: Sequence[str]) -> tuple[str, str]:
        """Return office and number of a row, which name a mark; empty what it lacks."""
        value = self.columns.value
        named = value(row, "office") if "office" in self.columns.places else ""
        office = territory(named) or ("" if filled(named) else self.office)
        number = _number(value(row, "number")) or _number(value(row, "application_number"))
        return office, number

    def _mark(
        self,
        cell: Callable[[str], str],
        office: str,
        number: str,
        text: str,
        kind: MarkKind,
        place: str,
    ) -> MarkRecord:
        office_status = filled(cell("status"))
        status = self._status(office_status, place)
        registered_on = self._date(cell, "registration_date", place)
        application = _number(cell("application_number"))
        registered = registered_on is not None or status is MarkStatus.REGISTERED
        one_number = office in ONE_NUMBER
        madrid = _madrid(cell("madrid_number") or (number if number[:1] in "GgＧ" else ""))
        mark = MarkRecord(
            office=office,
            number=number,
            text=text,
            kind=kind,
            status=status,
            office_status=office_status,
            application_number=application or (number if one_number or not registered else ""),
            registration_number=number
            if registered and (one_number or number != application)
            else "",
            filed_on=self._date(cell, "filing_date", place),
            published_on=self._date(cell, "publication_date", place),
            publication_issue=_issue(cell("publication_issue")),
            registered_on=registered_on,
            expires_on=self._date(cell, "expiry_date", place, read_end),
            priority_on=self._date(cell, "priority_date", place),
            classes=self._classes(cell, place),
            owners=_owners(cell),
            representatives=tuple(
                Party(name) for name in split_list(filled(cell("representative")), MANY)
            ),
            translation=filled(cell("translation")),
            transliteration=filled(cell("transliteration")),
            image_ref=filled(cell("image")),
            madrid_number=madrid,
            designations=self._designations(cell("designations"), place),
            customs_records=self._customs(cell, place),
            updated_on=self._date(cell, "updated_on", place),
        )
        self._order(mark, place)
        return mark

    def _note(self, place: str, code: str, reason: str, **values: str) -> None:
        self._notes.append(Note(place, code, reason, values))

    def _sign(self, raw: str, kind_word: str, place: str) -> tuple[str, MarkKind]:
        text = raw.strip()
        word = filled(kind_word)
        kind = kind_of(word) if word else None
        if word and kind is None and folded(word) not in NO_KIND:
            reason = N_("The kind “{word}” is not known; it was told from the words")
            self._note(place, "unknown-kind", reason, word=word)
        if folded(plain(text)) in _ONLY_DEVICE:
            return "", kind if kind and kind is not MarkKind.WORD else MarkKind.FIGURATIVE
        bare = _WITH_DEVICE.sub("", text)
        if bare and bare != text:
            return bare, kind or MarkKind.COMBINED
        if kind is MarkKind.FIGURATIVE and text:
            return text, MarkKind.COMBINED
        return text, kind or MarkKind.WORD

    def _status(self, word: str, place: str) -> MarkStatus:
        status = status_of(word) if word else None
        if status is None:
            if word:
                reason = N_("The status “{word}” is not known; the mark counts as live")
                self._note(place, "unknown-status", reason, word=word)
            elif "status" in self.columns.places:
                reason = N_("The row has no status; the mark counts as live")
                self._note(place, "missing-status", reason)
            return MarkStatus.UNKNOWN
        return status

    def _date(
        self,
        cell: Callable[[str], str],
        name: str,
        place: str,
        read: Callable[[str], date | None] = read_date,
    ) -> date | None:
        try:
            return read(cell(name))
        except BadDate:
            reason = N_("“{value}” is not one date; the mark was kept without its {field}")
            self._note(place, "bad-date", reason, value=cell(name).strip()[:60], field=name)
            return None

    def _order(self, mark: MarkRecord, place: str) -> None:
        if mark.registered_on and mark.expires_on and mark.expires_on < mark.registered_on:
            reason = N_("The mark expires on {expiry}, before its registration on {registration}")
            self._note(
                place,
                "date-order",
                reason,
                expiry=mark.expires_on.isoformat(),
                registration=mark.registered_on.isoformat(),
            )

    def _classes(self, cell: Callable[[str], str], place: str) -> tuple[GoodsClass, ...]:
        classes, bad = read_classes(cell("classes"), cell("goods"), cell("subgroups"))
        for piece in bad:
            reason = N_("“{value}” is no Nice class; the mark was kept without it")
            self._note(place, "bad-class", reason, value=piece[:60])
        return classes

    def _designations(self, raw: str, place: str) -> tuple[str, ...]:
        codes = []
        for name in split_list(filled(raw), ";；,，、"):
            code = territory(name)
            if code:
                codes.append(code)
            else:
                reason = N_("The designated territory “{value}” is not known")
                self._note(place, "unknown-territory", reason, value=name[:60])
        return tuple(dict.fromkeys(codes))

    def _customs(self, cell: Callable[[str], str], place: str) -> tuple[CustomsRecord, ...]:
        if not cell("recorded_with") and not cell("recordation_number"):
            return ()
        authorities = [part.strip() for part in re.split("[;；]", filled(cell("recorded_with")))]
        numbers = [part.strip() for part in re.split("[;；]", filled(cell("recordation_number")))]
        if not any(authorities) and not any(numbers):
            return ()
        expiries = re.split("[;；]", cell("recordation_expiry"))
        dates = [self._expiry(part, place) for part in expiries]
        users = split_list(filled(cell("authorised_users")), MANY)
        count = max(len(authorities), len(numbers))
        return tuple(
            CustomsRecord(
                authority=_territory_or_name(_at(authorities, at) or authorities[-1]),
                number=_at(numbers, at) or "",
                expires_on=_at(dates, at) or (dates[0] if len(dates) == 1 else None),
                authorised_users=users,
            )
            for at in range(count)
        )

    def _expiry(self, text: str, place: str) -> date | None:
        return self._date(lambda _: text, "recordation_expiry", place, read_end)


def _at(values: Sequence[T], index: int) -> T | None:
    return values[index] if index < len(values) else None


def _no_office(place: str, raw: str) -> Reject:
    if filled(raw):
        reason = N_("The office “{value}” is not known; use its two-letter code, e.g. CN")
        return Reject(place, "unknown-office", reason, {"value": raw.strip()[:60]})
    reason = N_("The row names no office, and none was chosen for the whole sheet")
    return Reject(place, "missing-office", reason)


def _number(raw: str) -> str:
    if raw.isascii() and raw.isalnum() and raw not in EMPTY:
        return raw.upper()
    value = re.sub(r"\s+", "", filled(raw)).upper()
    return value.removesuffix(".0") if value.removesuffix(".0").isdigit() else value


def _issue(raw: str) -> str:
    """Return the number of a gazette: 第1611期 → 1611."""
    return filled(raw).removeprefix("第").removesuffix("期").strip()


def _madrid(raw: str) -> str:
    match = _MADRID.fullmatch(filled(raw))
    return match[1].upper() if match else ""


def _territory_or_name(raw: str) -> str:
    return territory(raw) or raw


def _owners(cell: Callable[[str], str]) -> tuple[Party, ...]:
    names = split_list(filled(cell("owner_name")), MANY)
    if not names:
        return ()
    countries = [part.strip() for part in re.split("[;；]", filled(cell("owner_country")))]
    address = filled(cell("owner_address"))
    identifier = filled(cell("owner_identifier"))
    one = len(names) == 1
    return tuple(
        Party(
            name=name,
            country=territory(_at(countries, at) or countries[-1]),
            address=address if one else "",
            identifier=identifier if one else "",
        )
        for at, name in enumerate(names)
    )
