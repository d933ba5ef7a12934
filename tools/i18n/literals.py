"""Text in templates that passes by the catalogue."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from jinja2 import Environment

from tools.i18n.extraction import TEMPLATES

VALUE = "\ue000"
"""Stands for an expression: a letter of the private-use area, which no template holds."""
NAMING_ATTRIBUTES = ("aria-label", "alt", "placeholder", "title")
NOT_PROSE = frozenset({"script", "style", "code", "pre"})
VOID = frozenset({"br", "hr", "img", "input", "link", "meta"})
_LETTERS = re.compile(r"[A-Za-z]{2,}|[\u3400-\u9fff]")


def literals_of(path: Path) -> list[str]:
    """Return the literal texts of a template, with their lines; an empty list is a pass.

    Text inside an element with `lang` or `translate="no"`, and inside code, is meant as it is.
    """
    reader = _Reader()
    reader.feed(_markup(path.read_text(encoding="utf-8")))
    reader.close()
    name = path.relative_to(TEMPLATES) if path.is_relative_to(TEMPLATES) else path.name
    return [f"{name}:{line}: {text!r}" for line, text in reader.found]


def all_literals(folder: Path = TEMPLATES) -> list[str]:
    """Return the literal texts of all templates."""
    return [text for path in sorted(folder.rglob("*.html")) for text in literals_of(path)]


def _markup(source: str) -> str:
    """Return the template's HTML: expressions stand as `VALUE`, blocks are gone, lines are kept."""
    parts: list[str] = []
    translating = False
    env = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
    words: list[str] = []
    for _, kind, text in env.lex(source):
        if kind == "data":
            parts.append("\n" * text.count("\n") if translating else text)
            continue
        parts.append("\n" * text.count("\n"))
        if kind == "block_begin":
            words = []
        elif kind == "name":
            words.append(text)
        elif kind == "block_end":
            translating = words[:1] == ["trans"] or (translating and words[:1] != ["endtrans"])
        elif kind == "variable_end":
            parts.append(VALUE)
    return "".join(parts)


class _Reader(HTMLParser):
    """Collects prose; forgiving, because a template's branches may open a tag twice."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[int, str]] = []
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        meant = tag in NOT_PROSE or values.get("translate") == "no" or "lang" in values
        meant = tag != "html" and (meant or self._meant())
        if tag not in VOID:
            self._open.append((tag, meant))
        if not meant:
            for name in NAMING_ATTRIBUTES:
                self._note(values.get(name, ""))

    def handle_endtag(self, tag: str) -> None:
        for place in range(len(self._open) - 1, -1, -1):
            if self._open[place][0] == tag:
                del self._open[place:]
                return

    def handle_data(self, data: str) -> None:
        if not self._meant():
            self._note(data)

    def _meant(self) -> bool:
        return bool(self._open) and self._open[-1][1]

    def _note(self, text: str) -> None:
        if _LETTERS.search(text):
            folded = " ".join(text.replace(VALUE, "…").split())
            self.found.append((self.getpos()[0], folded))


def fault_lines() -> Iterator[str]:
    """Yield a sentence for each literal text."""
    for place in all_literals():
        yield f"literal text: {place}"
