"""Template filters: how values of our own types are written."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from markupsafe import Markup

from service.ui.alignment import aligned
from service.ui.i18n import Language, Translator
from service.ui.views import Option

_ATTRIBUTE = re.compile(r"[a-z][a-z0-9-]*")

_SCRIPT_LANGUAGES = (("HIRAGANA", "ja"), ("KATAKANA", "ja"), ("HANGUL", "ko"), ("CJK", "zh"))
"""Unicode name prefix of a letter → language tag; the first row that occurs in a name wins."""
_UNITS = ("B", "KiB", "MiB", "GiB", "TiB")
_UNIT_STEP = 1024


def script_language(text: str) -> str:
    """Return the language tag a name is most likely read in, by its script; empty if unsure.

    Kana makes a name Japanese and Hangul Korean even beside Han; Han alone counts as Chinese.
    """
    names = [unicodedata.name(letter, "") for letter in text]
    for prefix, tag in _SCRIPT_LANGUAGES:
        if any(name.startswith(prefix) for name in names):
            return tag
    return ""


def element_id(name: str) -> str:
    """Return an element id made from a field name or JSON pointer: `/goods/0/hs` → `goods-0-hs`."""
    kept = "".join(letter if letter.isalnum() or letter in "_-" else "-" for letter in name)
    return kept.strip("-")


def attributes(values: Mapping[str, object]) -> Markup:
    """Write keywords as HTML attributes: `hx_get` is `hx-get`, True stands alone, None is left out.

    Raises:
        ValueError: an event handler (`on…`) or `style`; our content policy would refuse it anyway.
    """
    parts = []
    for keyword, value in values.items():
        name = keyword.replace("_", "-")
        if not _ATTRIBUTE.fullmatch(name) or name.startswith("on") or name == "style":
            raise ValueError(f"{keyword} may not be an attribute")
        if value is True:
            parts.append(Markup(" {}").format(name))
        elif value is not None and value is not False:
            parts.append(Markup(' {}="{}"').format(name, value))
    return Markup("").join(parts)


def as_options(choices: Iterable[Option | tuple[str, str]]) -> list[Option]:
    """Return the answers of a choice, given as `Option` or as pairs of value and message id."""
    return [one if isinstance(one, Option) else Option(str(one[0]), one[1]) for one in choices]


def with_query(url: str, **changes: object) -> str:
    """Return an address with these query values set, or left out where None; the rest stays."""
    parts = urlsplit(url)
    kept = [
        pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0] not in changes
    ]
    added = [(name, str(value)) for name, value in changes.items() if value is not None]
    return urlunsplit(parts._replace(query=urlencode([*kept, *added])))


FILTERS: Mapping[str, Callable[..., object]] = {
    "script_language": script_language,
    "aligned_with": aligned,
    "as_options": as_options,
    "attributes": attributes,
    "element_id": element_id,
    "with_query": with_query,
}


def translated_filters(words: Translator) -> Mapping[str, Callable[..., object]]:
    """Return the filters whose result depends on the language."""

    def size(count: int) -> str:
        """Write a number of bytes in the largest unit that keeps it above one: `1.5 MiB`."""
        steps = sum(count >= _UNIT_STEP**power for power in range(1, len(_UNITS)))
        value = words.number(count / _UNIT_STEP**steps, digits=1 if steps else 0)
        return f"{value} {_UNITS[steps]}"

    def localised(texts: object) -> str:
        """Choose from a sentence kept in both languages: `{"zh": …, "en": …}`, or attributes."""
        tag = "zh" if words.language is Language.ZH_HANS else "en"
        return str(texts[tag] if isinstance(texts, Mapping) else getattr(texts, tag))

    return {
        "localised": localised,
        "date": words.date,
        "clock": words.clock,
        "moment": words.moment,
        "month": words.month,
        "number": words.number,
        "percent": words.percent,
        "size": size,
        "tr": words.text,
    }
