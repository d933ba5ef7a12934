"""A mark record made ready for the store: done outside the write transaction."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar, cast
from uuid import UUID

from service.registry.domain import MarkRecord, Party, PartyRole

T = TypeVar("T")

TEXT_KEY = 48
NAME_KEY = 120
NUMBER = 64
ALPHA_2 = 2
AUTHORITY = 64
HIGHEST_CLASS = 62
"""Bits of the class mask; Nice classes end at 45."""
_UNSTORABLE = re.compile(r"\\x00|\\ud[89a-f]")
"""NUL and lone surrogates, as `repr` writes them."""
_BETWEEN = re.compile(r"[\W_]+")


MARK_COLUMNS = (
    "office",
    "number",
    "text",
    "text_key",
    "kind",
    "status",
    "office_status",
    "application_number",
    "registration_number",
    "filed_on",
    "published_on",
    "publication_issue",
    "registered_on",
    "expires_on",
    "priority_on",
    "class_mask",
    "translation",
    "transliteration",
    "image_ref",
    "madrid_number",
    "designations",
)
CLASS_COLUMNS = ("position", "nice", "goods", "subgroups")
PARTY_COLUMNS = ("id", "name", "name_key", "country")
MARK_PARTY_COLUMNS = ("role", "position", "party_id", "name", "address", "identifier")
CUSTOMS_COLUMNS = ("position", "authority", "number", "expires_on", "authorised_users")


class PartyRow(NamedTuple):
    """A party of a mark: its row there, and its own."""

    of_mark: tuple[Any, ...]
    itself: tuple[UUID, str, str, str]


@dataclass(frozen=True, slots=True)
class Prepared:
    """The columns and rows of one record, but for key, change number and edition."""

    office: str
    number: str
    application_number: str
    updated_on: date | None
    withdrawn: bool
    hash: bytes
    class_mask: int
    mark: tuple[Any, ...]
    """As `MARK_COLUMNS`; the other rows likewise, without the key of the mark."""
    classes: tuple[tuple[Any, ...], ...]
    parties: tuple[PartyRow, ...]
    customs: tuple[tuple[Any, ...], ...]
    record: MarkRecord


def prepare(record: MarkRecord, dated: date | None = None) -> Prepared:
    """Make a record ready; `dated` is the date of its file, for a record that tells none.

    Characters no database stores (NUL, lone surrogates) are dropped.

    Raises:
        ValueError: The number is empty or too long, or a class is none (`code` as its text).
    """
    # The date is left out: the same record seen again later has not changed.
    told = repr(replace(record, updated_on=None) if record.updated_on else record)
    if _UNSTORABLE.search(told):
        return _prepare(_cleaned(record), told, dated)
    return _prepare(record, told, dated)


def _prepare(record: MarkRecord, told: str, dated: date | None) -> Prepared:
    if not record.number or len(record.number) > NUMBER:
        raise ValueError("bad-number")
    if any(not 0 <= entry.nice <= HIGHEST_CLASS for entry in record.classes):
        raise ValueError("bad-class")
    mask = mask_of(entry.nice for entry in record.classes)
    mark = (
        record.office,
        record.number,
        record.text,
        fold(record.text)[:TEXT_KEY],
        record.kind.value,
        record.status.value,
        record.office_status,
        record.application_number,
        record.registration_number,
        record.filed_on,
        record.published_on,
        record.publication_issue,
        record.registered_on,
        record.expires_on,
        record.priority_on,
        mask,
        record.translation,
        record.transliteration,
        record.image_ref,
        record.madrid_number,
        _lines(record.designations),
    )
    classes = tuple(
        (position, entry.nice, entry.goods, _lines(entry.subgroups))
        for position, entry in enumerate(record.classes)
    )
    parties = tuple(
        _party(role, position, party)
        for role, listed in (
            (PartyRole.OWNER, record.owners),
            (PartyRole.REPRESENTATIVE, record.representatives),
        )
        for position, party in enumerate(listed)
    )
    customs = tuple(
        (
            position,
            entry.authority[:AUTHORITY],
            entry.number,
            entry.expires_on,
            _lines(entry.authorised_users),
        )
        for position, entry in enumerate(record.customs_records)
    )
    return Prepared(
        office=record.office,
        number=record.number,
        application_number=record.application_number,
        updated_on=record.updated_on or dated,
        withdrawn=record.withdrawn,
        hash=hashlib.blake2b(told.encode(), digest_size=16).digest(),
        class_mask=mask,
        mark=mark,
        classes=classes,
        parties=parties,
        customs=customs,
        record=record,
    )


def fold(text: str) -> str:
    """Return what texts are looked up by: NFKC, one case, single spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def fold_name(name: str) -> str:
    """Return what a party is known by: folded, letters and digits only, single spaces."""
    return _BETWEEN.sub(" ", unicodedata.normalize("NFKC", name).casefold()).strip()


def party_id(name: str, country: str) -> UUID:
    """Return the key of a party: the same for the same folded name and country."""
    return _key_of(fold_name(name), country)


def _key_of(folded: str, country: str) -> UUID:
    told = f"{folded}\0{country}".encode("utf-8", "replace")
    return UUID(bytes=hashlib.blake2b(told, digest_size=16).digest())


@lru_cache(maxsize=10_000)
def _party_row(name: str, country: str) -> tuple[UUID, str, str, str]:
    """Return the row of `party`; a register names the same owners and agents again and again."""
    folded = fold_name(name)
    return _key_of(folded, country), name, folded[:NAME_KEY], country


def mask_of(classes: Iterable[int]) -> int:
    """Return the class mask: bit n for class n."""
    mask = 0
    for nice in classes:
        mask |= 1 << nice
    return mask


def classes_of(mask: int) -> tuple[int, ...]:
    """Return the Nice classes of a mask, without the 0 of goods that have no class."""
    return tuple(nice for nice in range(1, HIGHEST_CLASS + 1) if mask >> nice & 1)


def _party(role: PartyRole, position: int, party: Party) -> PartyRow:
    country = party.country.upper() if len(party.country) == ALPHA_2 else ""
    row = _party_row(party.name, country)
    return PartyRow(
        (role.value, position, row[0], party.name, party.address, party.identifier), row
    )


def _lines(texts: tuple[str, ...]) -> str:
    """Return the texts one a line, as `Codes` stores them; no text keeps line breaks of its own."""
    return "\n".join(" ".join(text.split()) for text in texts if text.strip())


def _cleaned(value: T) -> T:
    """Return the value with every text in it made storable."""
    cleaned: Any = value
    if type(value) is str:
        cleaned = str(value).replace("\0", "").encode("utf-8", "ignore").decode()
    elif isinstance(value, tuple):
        cleaned = tuple(_cleaned(item) for item in value)
    elif is_dataclass(value) and not isinstance(value, type):
        parts = {field.name: _cleaned(getattr(value, field.name)) for field in fields(value)}
        cleaned = replace(value, **parts)
    return cast(T, cleaned)
