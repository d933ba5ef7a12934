"""The two languages: which one a request wants, its catalogue, and how dates and numbers look.

A message id is the English sentence. Places to fill are written `{name}`, in templates and in
code alike; `{% trans %}` blocks, which Jinja turns into `%(name)s`, are understood too. The
catalogues are `locales/zh_Hans/<module>.po`, read once when first needed (no compiled files).
"""

import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime, get_timezone_location
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent
from babel.support import NullTranslations, Translations
from markupsafe import Markup, escape
from starlette.requests import Request

LOCALES = Path(__file__).parent / "locales"
COOKIE = "language"
QUERY = "lang"
COOKIE_SECONDS = 365 * 24 * 3600
ZONE = ZoneInfo("Asia/Shanghai")
"""Times are shown in the one zone of China, and name it: readers, stations and clocks are there."""

_PLACE = re.compile(r"%%|%\((?P<percent>\w+)\)s|\{(?P<brace>[A-Za-z_]\w*)\}")
_PREFERENCE = re.compile(
    r"\s*(?P<tag>[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*)\s*(?:;\s*q=(?P<q>[\d.]+))?"
)


class Language(StrEnum):
    """The languages every page exists in, as BCP 47 tags."""

    ZH_HANS = "zh-Hans"
    EN = "en"


LOCALE_OF: Mapping[Language, Locale] = {
    Language.ZH_HANS: Locale("zh", territory="CN", script="Hans"),
    Language.EN: Locale("en", territory="GB"),
}
NAME_OF: Mapping[Language, str] = {Language.ZH_HANS: "简体中文", Language.EN: "English"}
"""What a language calls itself: never translated."""


@dataclass(frozen=True, slots=True)
class Translator:
    """One language: sentences from its catalogue, dates and numbers in its form."""

    language: Language
    catalogue: NullTranslations

    @property
    def locale(self) -> Locale:
        """Babel's locale of the language."""
        return LOCALE_OF[self.language]

    def text(self, message: str, /, **values: object) -> str:
        """Translate a message id and fill its `{name}` places.

        A place without a value stays as it stands, as in `core.errors.fill`; the strict page
        reader of the tests calls it a fault. A value that is markup makes the whole result
        markup, the sentence and the other values being escaped; otherwise the result is plain
        text, which a template escapes: no catalogue and no value is trusted with HTML.
        """
        return self._fill(self.catalogue.ugettext(message) if message else "", values)

    def plural(self, one: str, many: str, count: int, /, **values: object) -> str:
        """Translate the form that fits `count`, which also fills `{count}`."""
        values = {"count": self.number(count), **values}
        return self._fill(self.catalogue.ungettext(one, many, count), values)

    def in_context(self, context: str, message: str, /, **values: object) -> str:
        """Translate a word that means different things in different places (`msgctxt`)."""
        return self._fill(str(self.catalogue.upgettext(context, message)), values)

    def month(self, value: date) -> str:
        """Write the month of a day: January 2026 · 2026年1月."""
        shape = "yyyy年M月" if self.language is Language.ZH_HANS else "MMMM yyyy"
        return format_date(value, shape, locale=self.locale)

    def date(self, value: date, *, length: str = "medium") -> str:
        """Write a day: 31 Jan 2026 · 2026年1月31日. `length` is Babel's short…full."""
        return format_date(value, format=length, locale=self.locale)

    def moment(self, value: datetime, zone: str = "") -> str:
        """Write an aware time in China's zone, or by the clock of another, and name the zone.

        Raises:
            ValueError: the time has no zone; a guess here would move a deadline.
        """
        if value.tzinfo is None:
            raise ValueError("a time without a zone cannot be shown")
        there = ZoneInfo(zone) if zone else ZONE
        local = value.astimezone(there)
        shape = "yyyy年M月d日 HH:mm" if self.language is Language.ZH_HANS else "d MMM yyyy, HH:mm"
        written = format_datetime(local, shape, locale=self.locale)
        if there != ZONE:
            return f"{written} · {self.clock(there.key)}"
        home = self.clock(ZONE.key)
        return (
            f"{written}（{home}）" if self.language is Language.ZH_HANS else f"{written} ({home})"
        )

    def clock(self, zone: str) -> str:
        """Name the time of a zone by its place: `United States (New York) Time`."""
        if zone == ZONE.key:
            return "北京时间" if self.language is Language.ZH_HANS else "Beijing time"
        return str(get_timezone_location(zone, locale=self.locale))

    def number(self, value: float, *, digits: int | None = None) -> str:
        """Write a number with the language's separators; `digits` fixes the decimals."""
        shape = None if digits is None else "#,##0" + ("." + "0" * digits if digits else "")
        return format_decimal(value, format=shape, locale=self.locale)

    def percent(self, share: float) -> str:
        """Write a share in [0, 1] as a whole percentage."""
        return format_percent(share, locale=self.locale)

    def _fill(self, text: str, values: Mapping[str, object]) -> str:
        shown = {name: self._shown(value) for name, value in values.items()}
        if any(hasattr(value, "__html__") for value in shown.values()):
            return Markup(_put(str(escape(text)), {k: str(escape(v)) for k, v in shown.items()}))  # noqa: S704  every part was escaped in this line
        return _put(text, {name: str(value) for name, value in shown.items()})

    def _shown(self, value: object) -> object:
        if isinstance(value, datetime):
            return self.moment(value)
        return self.date(value) if isinstance(value, date) else value


def _put(text: str, values: Mapping[str, str]) -> str:
    def replacement(found: re.Match[str]) -> str:
        name = found["percent"] or found["brace"]
        return values.get(name, found[0]) if name else "%"

    return _PLACE.sub(replacement, text)


@lru_cache
def translator(language: Language) -> Translator:
    """Return the translator of a language, its catalogues read on first use and then kept."""
    catalogue: NullTranslations = NullTranslations()
    for path in sorted((LOCALES / language.replace("-", "_")).glob("*.po")):
        one = read_catalogue(path)
        catalogue = one.merge(catalogue) if isinstance(catalogue, Translations) else one
    return Translator(language, catalogue)


def read_catalogue(path: Path) -> Translations:
    """Read one `.po` file; fuzzy entries are left out, so that a guess is never shown."""
    compiled = io.BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=path.parent.name))
    compiled.seek(0)
    return Translations(compiled)


def language_of(request: Request) -> Language:
    """Return the language to answer in: asked for by `?lang=`, remembered, or preferred.

    The order is query, cookie, the signed-in person's choice (`request.state.viewer.language`),
    the browser's `Accept-Language`, English.
    """
    viewer = getattr(request.state, "viewer", None)
    chosen = (
        request.query_params.get(QUERY),
        request.cookies.get(COOKIE),
        getattr(viewer, "language", None),
    )
    for tag in chosen:
        if tag in tuple(Language):
            return Language(tag)
    return preferred(request.headers.get("accept-language", ""))


def preferred(accept_language: str) -> Language:
    """Return the language a browser likes best; any Chinese means Chinese, all else English."""
    for tag in _by_preference(accept_language):
        if tag == "zh" or tag.startswith("zh-"):
            return Language.ZH_HANS
        if tag == "en" or tag.startswith("en-"):
            return Language.EN
    return Language.EN


def _by_preference(accept_language: str) -> Iterable[str]:
    found = [_PREFERENCE.fullmatch(part.rstrip()) for part in accept_language.split(",")]
    weighed = [(_quality(match["q"]), match["tag"].lower()) for match in found if match]
    return [tag for quality, tag in sorted(weighed, key=lambda pair: -pair[0]) if quality > 0]


def _quality(text: str | None) -> float:
    try:
        return 1.0 if text is None else float(text)
    except ValueError:
        return 0.0
