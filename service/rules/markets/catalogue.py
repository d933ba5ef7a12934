"""The markets, the registers that bind in them, and the offices that keep those registers."""

import difflib
import unicodedata
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from service.core.text import N_
from service.rules.markets.domain import (
    Bilingual,
    Confidence,
    Market,
    Office,
    RegisterBasis,
    RegisterNeed,
)
from service.rules.markets.errors import UnknownMarket, UnknownOffice
from service.rules.markets.tables import RuleDataError, keyed, parts, read_rows

PACKAGE = "service.rules.markets"
PACKS = frozenset({"cn", "us", "eu", "gb", "jp", "kr", "general"})
INTERNATIONAL = "WO"
SPELLINGS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "EM": ("EU",),
        "GB": ("UK",),
        "BX": ("BE", "NL", "LU"),
        "OA": (
            *("BF", "BJ", "CF", "CG", "CI", "CM", "GA", "GN", "GQ"),
            *("GW", "KM", "ML", "MR", "NE", "SN", "TD", "TG"),
        ),
    }
)
"""Other codes under which files write a designation (WIPO ST.3 names the first)."""
ALIASES: Mapping[str, str] = MappingProxyType(
    {"UK": "GB", "EM": "EU", "OAPI": "OA", "USA": "US", "UAE": "AE", "KSA": "SA", "中国": "CN"}
)
"""What people write for a market besides its code and its names."""

MARKET_COLUMNS = (
    "code,name_zh,name_en,registers,part_registers,basis,pack,languages,territory,union"
)
OFFICE_COLUMNS = (
    "code,name_zh,name_en,blind_days,blind_confidence,blind_source_zh,blind_source_en,"
    "rhythm_days,stale_after_days,rhythm_confidence,rhythm_source_zh,rhythm_source_en"
)


def read_need(cell: str, *, whole_market: bool) -> RegisterNeed:
    """Return the need written as `DE` or `WO=DE+EM`.

    Raises:
        RuleDataError: a national register with designations, or `WO` without.
    """
    office, _, codes = cell.partition("=")
    designations = parts(codes, "+")
    if bool(designations) != (office == INTERNATIONAL):
        raise RuleDataError(f"{cell!r}: WO names its designations, other registers none")
    spellings = dict.fromkeys(designations)
    for code in designations:
        spellings.update(dict.fromkeys(SPELLINGS.get(code, ())))
    return RegisterNeed(office, designations, tuple(spellings), whole_market)


def read_basis(row: Mapping[str, str]) -> RegisterBasis:
    """Return why registers bind, from a row of `register_bases.csv`."""
    text = Bilingual(row["text_zh"], row["text_en"])
    return RegisterBasis(row["key"], text, row["reference"], Confidence(row["confidence"]))


def read_office(row: Mapping[str, str]) -> Office:
    """Return an office from a row of `offices.csv`.

    Raises:
        RuleDataError: a blind period without a confidence, or a confidence without a period.
    """
    blind = Confidence(row["blind_confidence"])
    if bool(row["blind_days"]) == (blind is Confidence.UNKNOWN):
        raise RuleDataError("a blind period needs a source, and none means unknown")
    return Office(
        code=row["code"],
        name=Bilingual(row["name_zh"], row["name_en"]),
        blind_days=int(row["blind_days"]) if row["blind_days"] else None,
        blind_confidence=blind,
        blind_source=Bilingual(row["blind_source_zh"], row["blind_source_en"]),
        rhythm_days=int(row["rhythm_days"]) if row["rhythm_days"] else None,
        stale_after_days=int(row["stale_after_days"]),
        rhythm_confidence=Confidence(row["rhythm_confidence"]),
        rhythm_source=Bilingual(row["rhythm_source_zh"], row["rhythm_source_en"]),
    )


def read_market(row: Mapping[str, str]) -> Market:
    """Return a market from a row of `markets.csv`; registers keep the order of the row.

    Raises:
        RuleDataError: an unknown pack, basis or office, or a market without a register.
    """
    needs = [read_need(cell, whole_market=True) for cell in parts(row["registers"])]
    needs += [read_need(cell, whole_market=False) for cell in parts(row["part_registers"])]
    if not needs or any(need.office not in offices() for need in needs):
        raise RuleDataError("every register must be an office of offices.csv, and one is needed")
    if row["pack"] not in PACKS:
        raise RuleDataError(f"there is no rule pack {row['pack']!r}")
    return Market(
        code=row["code"],
        name=Bilingual(row["name_zh"], row["name_en"]),
        registers=tuple(needs),
        basis=register_bases()[row["basis"]],
        pack=row["pack"],
        languages=parts(row["languages"]),
        territory=row["territory"],
        union=row["union"],
    )


@cache
def register_bases() -> Mapping[str, RegisterBasis]:
    """Return the reasons why registers bind, by key."""
    columns = ("key", "text_zh", "text_en", "reference", "confidence")
    rows = read_rows(PACKAGE, "register_bases.csv", columns)
    return MappingProxyType(keyed("register_bases.csv", rows, "key", read_basis))


@cache
def offices() -> Mapping[str, Office]:
    """Return every register by its WIPO ST.3 code."""
    rows = read_rows(PACKAGE, "offices.csv", tuple(OFFICE_COLUMNS.split(",")))
    return MappingProxyType(keyed("offices.csv", rows, "code", read_office))


@cache
def markets() -> Mapping[str, Market]:
    """Return every market by its code, in the order of the codes."""
    rows = read_rows(PACKAGE, "markets.csv", tuple(MARKET_COLUMNS.split(",")))
    return MappingProxyType(keyed("markets.csv", rows, "code", read_market))


def office(code: str) -> Office:
    """Return a register by its code.

    Raises:
        UnknownOffice: the tables know no such register.
    """
    found = offices().get(code.strip().upper())
    if found is None:
        raise UnknownOffice(N_("There is no register {office} in the tables."), office=code)
    return found


def fold(text: str) -> str:
    """Return what names of markets are compared by: NFKC, letters in one case, no outer spaces."""
    return unicodedata.normalize("NFKC", text).strip().casefold()


@cache
def codes_by_name() -> Mapping[str, str]:
    """Return market codes by every folded code, name and alias."""
    names = {fold(alias): code for alias, code in ALIASES.items()}
    for code, found in markets().items():
        names |= {fold(code): code, fold(found.name.zh): code, fold(found.name.en): code}
    return MappingProxyType(names)


def closest_codes(text: str, count: int = 3) -> tuple[str, ...]:
    """Return up to `count` codes whose code or name comes nearest to `text`, the nearest first."""
    near = difflib.get_close_matches(fold(text), codes_by_name(), n=4 * count, cutoff=0.5)
    return tuple(dict.fromkeys(codes_by_name()[name] for name in near))[:count]


def market(name: str) -> Market:
    """Return a market by code (`DE`), name (`Germany`, `德国`) or usual alias (`UK`).

    Raises:
        UnknownMarket: nothing has this name; `closest` holds the codes that come near.
    """
    code = codes_by_name().get(fold(name))
    if code is None:
        near = ", ".join(closest_codes(name))
        hint = N_("There is no market {market}. Closest: {closest}.")
        plain = N_("There is no market {market}. Use a two-letter country code such as DE or US.")
        raise UnknownMarket(hint if near else plain, market=name, closest=near)
    return markets()[code]


def registers_of(name: str) -> tuple[RegisterNeed, ...]:
    """Return all registers that bind in a market: clear means that each was loaded and fresh.

    Raises:
        UnknownMarket: nothing has this name.
    """
    return market(name).registers
