"""A mark record made ready for the store: done outside the write transaction."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from typing import Any, TypeVar, cast
from uuid import UUID

from service.registry.domain import MarkRecord, Party, PartyRole

T = TypeVar("T")

TEXT_KEY = 48
NAME_KEY = 120
NUMBER = 64
AUTHORITY = 64
HIGHEST_CLASS = 62
"""Bits of the class mask; Nice classes end at 45."""
_UNSTORABLE = re.compile(r"\\x00|\\ud[89a-f]")
"""NUL and lone surrogates, as `repr` writes them."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """The columns and rows of one record, but for key, change number and edition."""

    office: str
    number: str
    application_number: str
    updated_on: date | None
    withdrawn: bool
    hash: bytes
    mark: dict[str, Any]
    classes: tuple[dict[str, Any], ...]
    parties: tuple[dict[str, Any], ...]
    """Rows of `mark_party`, each with the columns of its `party` under `party`."""
    customs: tuple[dict[str, Any], ...]
    record: MarkRecord


def prepare(record: MarkRecord, dated: date | None = None) -> Prepared:
    """Make a record ready; `dated` is the date of its file, for a record that tells none.

    Characters no database stores (NUL, lone surrogates) are dropped.

    Raises:
        ValueError: The number is empty or too long, or a class is none (`code` as its text).
    """
    # The date is left out: the same record seen again later has not changed.
    told = repr(replace(record, updated_on=None))
    if _UNSTORABLE.search(told):
        return _prepare(_cleaned(record), told, dated)
    return _prepare(record, told, dated)


def _prepare(record: MarkRecord, told: str, dated: date | None) -> Prepared:
    if not record.number or len(record.number) > NUMBER:
        raise ValueError("bad-number")
    if any(not 0 <= entry.nice <= HIGHEST_CLASS for entry in record.classes):
        raise ValueError("bad-class")
    mark = {
        "office": record.office,
        "number": record.number,
        "text": record.text,
        "text_key": fold(record.text)[:TEXT_KEY],
        "kind": record.kind,
        "status": record.status,
        "office_status": record.office_status,
        "application_number": record.application_number,
        "registration_number": record.registration_number,
        "filed_on": record.filed_on,
        "published_on": record.published_on,
        "publication_issue": record.publication_issue,
        "registered_on": record.registered_on,
        "expires_on": record.expires_on,
        "priority_on": record.priority_on,
        "class_mask": mask_of(entry.nice for entry in record.classes),
        "translation": record.translation,
        "transliteration": record.transliteration,
        "image_ref": record.image_ref,
        "madrid_number": record.madrid_number,
        "designations": _lines(record.designations),
    }
    classes = tuple(
        {
            "position": position,
            "nice": entry.nice,
            "goods": entry.goods,
            "subgroups": _lines(entry.subgroups),
        }
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
        {
            "position": position,
            "authority": entry.authority[:AUTHORITY],
            "number": entry.number,
            "expires_on": entry.expires_on,
            "authorised_users": _lines(entry.authorised_users),
        }
        for position, entry in enumerate(record.customs_records)
    )
    return Prepared(
        office=record.office,
        number=record.number,
        application_number=record.application_number,
        updated_on=record.updated_on or dated,
        withdrawn=record.withdrawn,
        hash=hashlib.blake2b(told.encode(), digest_size=16).digest(),
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
    folded = unicodedata.normalize("NFKC", name).casefold()
    return " ".join("".join(c if c.isalnum() else " " for c in folded).split())


def party_id(name: str, country: str) -> UUID:
    """Return the key of a party: the same for the same folded name and country."""
    told = f"{fold_name(name)}\0{country}".encode("utf-8", "replace")
    return UUID(bytes=hashlib.blake2b(told, digest_size=16).digest())


def mask_of(classes: Iterable[int]) -> int:
    """Return the class mask: bit n for class n."""
    mask = 0
    for nice in classes:
        mask |= 1 << nice
    return mask


def classes_of(mask: int) -> tuple[int, ...]:
    """Return the Nice classes of a mask, without the 0 of goods that have no class."""
    return tuple(nice for nice in range(1, HIGHEST_CLASS + 1) if mask >> nice & 1)


def _party(role: PartyRole, position: int, party: Party) -> dict[str, Any]:
    country = party.country.upper() if len(party.country) == 2 else ""
    key = party_id(party.name, country)
    return {
        "role": role,
        "position": position,
        "party_id": key,
        "name": party.name,
        "address": party.address,
        "identifier": party.identifier,
        "party": {
            "id": key,
            "name": party.name,
            "name_key": fold_name(party.name)[:NAME_KEY],
            "country": country,
        },
    }


def _lines(texts: tuple[str, ...]) -> tuple[str, ...]:
    """Return the texts without line breaks, which separate them in the column."""
    return tuple(" ".join(text.split()) for text in texts if text.strip())


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
