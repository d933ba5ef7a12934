"""Texts in both languages, and how a paper tells them: both, or one language only."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from service.core.text import N_
from service.ui.i18n import Language, translator

Pair = dict[str, str]


class Told(StrEnum):
    """In which language a paper is written."""

    BOTH = "both"
    ZH = "zh"
    EN = "en"


TOLD: Mapping[Told, str] = {
    Told.BOTH: N_("Chinese and English"),
    Told.ZH: N_("Chinese"),
    Told.EN: N_("English"),
}


def both(message: str) -> Pair:
    """Return a message id with its Chinese, as papers print pairs."""
    return {"zh": translator(Language.ZH_HANS).text(message), "en": message}


def told_in(data: Any, told: Told) -> Any:
    """Return the same data with every pair reduced to one language; unchanged for both."""
    if told is Told.BOTH:
        return data
    if isinstance(data, Mapping):
        if data.keys() == {"zh", "en"}:
            return data[told.value] or data["zh"]
        return {key: told_in(value, told) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [told_in(value, told) for value in data]
    return data


def as_text(value: Any) -> str:
    """Return a value on one line of an editable paper; a list, on one line each."""
    if isinstance(value, Mapping):
        return f"{value['zh']} {value['en']}".strip() if value["zh"] != value["en"] else value["zh"]
    if isinstance(value, list):
        return "\n".join(as_text(one) for one in value)
    return str(value)
