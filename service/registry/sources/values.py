"""Reading single values: dates in the many ways offices and people write them, lists, countries."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache, lru_cache

EMPTY = frozenset(
    {"", "-", "--", "—", "/", "\\", "n/a", "na", "none", "null", "nil", "无", "暂无", "空", "nan"}
)
"""What people write into a cell that has no value."""

LONGEST_EMPTY = max(map(len, EMPTY))

SERIAL_ZERO = date(1899, 12, 30)
"""Day 0 of a spreadsheet's 1900 calendar, which counts a 29 February 1900 that never was."""

EARLIEST, LATEST = 1800, 2200
"""Years outside are slips of the pen. The oldest living marks are of the 1870s."""

_MONTHS = {
    name: number
    for number, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
        start=1,
    )
}
_TIME = r"(?:[T\s]*\d{1,2}:\d{2}.*|\s*[+-]\d{2}:\d{2}|Z)?"
_YEAR_FIRST = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*[日号]?" + _TIME, re.DOTALL
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:\d{4}|\d{6})?(?:\.0)?")
_DOTTED = re.compile(r"(\d{1,2})\s*\.\s*(\d{1,2})\s*\.\s*(\d{4})" + _TIME, re.DOTALL)
_YEAR_LAST = re.compile(r"(\d{1,2})\s*[-/]\s*(\d{1,2})\s*[-/]\s*(\d{4})" + _TIME, re.DOTALL)
_DAY_MONTH = re.compile(r"(\d{1,2})\s*[- ]\s*([a-z]{3,9})\.?\s*[-, ]\s*(\d{4})", re.IGNORECASE)
_MONTH_DAY = re.compile(r"([a-z]{3,9})\.?\s+(\d{1,2})\s*,?\s+(\d{4})", re.IGNORECASE)
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
_ZERO = re.compile(r"[0\s/.:\-年月日T]+")


class BadDate(ValueError):
    """The text is no date, or a date that can be read two ways."""


def plain(text: str) -> str:
    """Fold width and compatibility forms (ＮＦＫＣ → NFKC) and the outer space.

    For everything but the words of a mark, which are kept as the register writes them.
    """
    if text.isascii():
        return text.strip()
    return unicodedata.normalize("NFKC", text).strip()


def filled(text: str) -> str:
    """Return `plain(text)`, or nothing where the cell only says that it is empty."""
    if not text:
        return ""
    value = plain(text)
    return "" if len(value) <= LONGEST_EMPTY and value.casefold() in EMPTY else value


@lru_cache(1 << 14)
def read_date(text: str) -> date | None:
    """Read a date; None where there is none.

    Year first with any separator, 2024年1月31日, yyyymmdd, a spreadsheet's day number, month names,
    31.1.2024, and 31/1/2024 only where the day is over 12: 03/04/2024 is two dates, so it is none.

    Raises:
        BadDate: It is not empty and not one date.
    """
    value = filled(text)
    if not value or _ZERO.fullmatch(value):
        return None
    for pattern, build in _READERS:
        match = pattern.fullmatch(value)
        if match:
            return build(*match.groups())
    raise BadDate(text)


def read_iso(text: str | None) -> date | None:
    """Read the dates of offices' own files: yyyymmdd or yyyy-mm-dd and what follows (zone, time).

    A month or day that the office left at 00 makes the date unknown, as does a date that never was.
    """
    if not text:
        return None
    text = text.strip()
    try:
        if text[4:5] == "-":
            return date(int(text[:4]), int(text[5:7]), int(text[8:10]))
        return date(int(text[:4]), int(text[4:6]), int(text[6:8]))
    except ValueError:
        return None


def _ymd(year: str, month: str, day: str) -> date | None:
    if not int(year) or not int(month) or not int(day):
        return None
    try:
        found = date(int(year), int(month), int(day))
    except ValueError as error:
        raise BadDate(f"{year}-{month}-{day}") from error
    if not EARLIEST <= found.year <= LATEST:
        raise BadDate(f"{year}-{month}-{day}")
    return found


def _dmy(first: str, second: str, year: str) -> date | None:
    one, two = int(first), int(second)
    if one > 12 >= two or one == two:
        return _ymd(year, second, first)
    if two > 12 >= one:
        return _ymd(year, first, second)
    raise BadDate(f"{first}/{second}/{year}")


def _named(day: str, month: str, year: str) -> date | None:
    number = _MONTHS.get(month.casefold()[:3])
    if number is None:
        raise BadDate(month)
    return _ymd(year, str(number), day)


def _serial(days: str) -> date | None:
    return SERIAL_ZERO + timedelta(days=int(days))


_READERS = (
    (_YEAR_FIRST, _ymd),
    (_COMPACT, _ymd),
    (_SERIAL, _serial),
    (_DOTTED, lambda day, month, year: _ymd(year, month, day)),
    (_YEAR_LAST, _dmy),
    (_DAY_MONTH, _named),
    (_MONTH_DAY, lambda month, day, year: _named(day, month, year)),
)

_LAST_DATE = re.compile(r"(?:至|到|~|～|—|–|\bto\b|\s-\s|\d\s*[日号]\s*-)", re.IGNORECASE)


@lru_cache(1 << 14)
def read_end(text: str) -> date | None:
    """Read the last day of a period (2015-03-21至2025-03-20), or a single date.

    Raises:
        BadDate: As `read_date`.
    """
    value = filled(text)
    pieces = [piece for piece in _LAST_DATE.split(value) if piece.strip()]
    return read_date(pieces[-1]) if pieces else None


def split_list(text: str, separators: str = ";；") -> tuple[str, ...]:
    """Split a cell of several values; the empty ones go, the order stays, doubles go."""
    if not text:
        return ()
    pieces: Iterable[str] = [text]
    for separator in separators:
        if separator in text:
            pieces = [part for piece in pieces for part in piece.split(separator)]
    return tuple(dict.fromkeys(value for piece in pieces if (value := piece.strip())))


@cache
def _territories() -> dict[str, str]:
    """Return territories by folded name, in the languages a register may be written in."""
    from babel import Locale  # large, and needed only for names

    names: dict[str, str] = {}
    for language in ("zh_Hant", "zh", "ko", "ja", "de", "fr", "es", "en"):
        for code, name in Locale.parse(language).territories.items():
            if len(code) == 2 and code.isalpha():
                names[name.casefold()] = code
    return names | _OFFICE_NAMES


_OFFICE_NAMES = {
    "中华人民共和国": "CN", "中国大陆": "CN", "cnipa": "CN", "国家知识产权局": "CN", "prc": "CN",
    "china mainland": "CN", "中国香港": "HK", "香港": "HK", "中国澳门": "MO", "澳门": "MO",
    "中国台湾": "TW", "台湾": "TW", "台湾地区": "TW", "uspto": "US", "usa": "US",
    "美利坚合众国": "US", "euipo": "EM", "ohim": "EM", "eu": "EM", "欧盟": "EM",
    "欧盟知识产权局": "EM", "european union": "EM", "wipo": "WO", "madrid": "WO",
    "马德里": "WO", "国际局": "WO", "世界知识产权组织": "WO", "kipo": "KR", "jpo": "JP",
    "ukipo": "GB", "uk": "GB", "england": "GB", "dpma": "DE", "inpi": "FR", "benelux": "BX",
    "比荷卢": "BX", "boip": "BX", "south korea": "KR", "korea": "KR", "russia": "RU",
    "vietnam": "VN",
}  # fmt: skip
"""Names of offices and short names of countries that the locale data lacks."""


@lru_cache(4096)
def territory(text: str) -> str:
    """Return the two-letter code of a country or office given as code or name; empty if unknown."""
    value = filled(text)
    if len(value) == 2 and value.isascii() and value.isalpha():
        return _OFFICE_NAMES.get(value.casefold(), value.upper())
    return _territories().get(value.casefold(), "")
