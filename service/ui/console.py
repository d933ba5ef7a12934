"""The terminal in both languages at once: a sentence in English, and then in Chinese."""

from collections.abc import Mapping
from dataclasses import dataclass

from rich.console import Console

from service.ui.i18n import Language, Translator, translator

LANGUAGES = (Language.EN, Language.ZH_HANS)


@dataclass(frozen=True, slots=True)
class Word:
    """A value that is itself a message id, such as the label of a tag."""

    message: str


def said(message: str, **values: object) -> str:
    """Return a sentence, a message id with its values, in English and then in Chinese."""
    return "  ".join(_in(translator(language), message, values) for language in LANGUAGES)


def _in(words: Translator, message: str, values: dict[str, object]) -> str:
    shown = {
        name: words.text(value.message) if isinstance(value, Word) else value
        for name, value in values.items()
    }
    return words.text(message, **shown)


def tell(
    out: Console,
    message: str,
    values: Mapping[str, object] | None = None,
    *,
    style: str = "",
    indent: int = 0,
    **more: object,
) -> None:
    """Print a sentence in both languages, as text: what is in it is never markup."""
    line = " " * indent + said(message, **(values or {}), **more)
    out.print(line, style=style, highlight=False, markup=False, soft_wrap=True)


def line(out: Console, *cells: object) -> None:
    """Print one row of a list that may be wide: cells as text, two spaces apart, never cut."""
    text = "  ".join(str(cell) for cell in cells if cell != "")
    out.print(text, highlight=False, markup=False, soft_wrap=True)
