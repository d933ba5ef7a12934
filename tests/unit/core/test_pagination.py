"""A cursor is opaque, so whatever comes in one is either a key or refused."""

import base64
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from service.core.errors import Invalid
from service.core.pagination import Cursor, decode, encode, newest_first


class Base(DeclarativeBase):
    """Tables of this test, made in no database."""


class Numbered(Base):
    __tablename__ = "numbered"
    id: Mapped[int] = mapped_column(sa.BigInteger, primary_key=True)


class Named(Base):
    __tablename__ = "named"
    id: Mapped[UUID] = mapped_column(primary_key=True)


def bound_of(table: Any, value: object) -> object:
    """Return what the query compares the key with."""
    query = newest_first(sa.select(table.id), table.id, Cursor(after=[value]))
    return query.compile().params["id_1"]


@pytest.mark.parametrize(
    ("table", "value", "key"),
    [
        (Numbered, "7", 7),
        (Numbered, 7, 7),
        (Numbered, str(2**63 - 1), 2**63 - 1),
        (Named, str(UUID(int=7)), UUID(int=7)),
    ],
)
def test_a_key_in_a_cursor_bounds_the_page(table: Any, value: object, key: object) -> None:
    assert bound_of(table, value) == key


@pytest.mark.parametrize("table", [Numbered, Named])
@pytest.mark.parametrize("value", [2**63, -(2**63) - 1, 10**30, 1.5, None, True, "", [5], {}])
def test_a_value_that_is_no_key_is_refused(table: Any, value: object) -> None:
    with pytest.raises(Invalid):
        bound_of(table, value)


def test_a_number_is_no_uuid() -> None:
    with pytest.raises(Invalid):
        bound_of(Named, 5)


@pytest.mark.parametrize("text", ["%", "é", "W1", encode([]), encode([1, 2]), encode(["a"])[:-2]])
def test_a_text_we_did_not_make_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        decode(text)


def test_a_cursor_nested_beyond_reading_is_refused() -> None:
    with pytest.raises(Invalid):
        decode(base64.urlsafe_b64encode(b"[" * 40_000).decode())
