"""Every message id in code and templates, and the module whose catalogue should hold it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from babel.messages.extract import extract
from jinja2.ext import babel_extract

ROOT = Path(__file__).parents[2]
CODE = ROOT / "service"
TEMPLATES = CODE / "ui" / "templates"
KEYWORDS: Mapping[str, Any] = {
    "_": None,
    "N_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "plural": (1, 2),
    "pgettext": ((1, "c"), 2),
    "in_context": ((1, "c"), 2),
    "in_language": (2,),
}
"""Function names whose arguments are message ids, in Babel's notation."""
SHARED_TEMPLATES = frozenset({"macros", "errors"})
COMMANDS = "cli"
"""Catalogue of the composition roots beside the modules (`main.py`, `worker.py`, `cli.py`)."""


@dataclass(frozen=True, slots=True, order=True)
class Message:
    """One message id as gettext knows it."""

    text: str
    plural: str = ""
    context: str = ""


@dataclass(frozen=True, slots=True)
class Uses:
    """Where each message is used."""

    places: dict[Message, list[str]] = field(default_factory=lambda: defaultdict(list))
    modules: dict[Message, set[str]] = field(default_factory=lambda: defaultdict(set))

    def of(self, module: str) -> list[Message]:
        """Return a module's messages in order."""
        return sorted(message for message, names in self.modules.items() if module in names)


def module_of(path: Path) -> str:
    """Return the module a file under `service/` belongs to; its templates belong to it as well."""
    parts = path.relative_to(CODE).parts
    if path.is_relative_to(TEMPLATES):
        folder = path.relative_to(TEMPLATES).parts[0]
        return "ui" if folder in SHARED_TEMPLATES or folder == path.name else folder
    return parts[0] if len(parts) > 1 else COMMANDS


def collect(root: Path = CODE) -> Uses:
    """Read all Python files and templates under `root`."""
    uses = Uses()
    for path in sorted([*root.rglob("*.py"), *root.rglob("*.html"), *root.rglob("*.txt")]):
        if "static" in path.parts or "locales" in path.parts:
            continue
        for line, message in _messages(path):
            uses.places[message].append(f"{path.relative_to(ROOT)}:{line}")
            uses.modules[message].add(module_of(path))
    return uses


def _messages(path: Path) -> Iterator[tuple[int, Message]]:
    method: Any = "python" if path.suffix == ".py" else babel_extract
    if path.suffix != ".py" and not path.is_relative_to(TEMPLATES):
        return
    with path.open("rb") as file:
        found = list(extract(method, file, keywords=KEYWORDS, options=_OPTIONS))
    for line, text, _, context in found:
        one, many = (text[0], text[1]) if isinstance(text, tuple) else (text, "")
        if one:
            yield line, Message(one, many, context or "")


_OPTIONS: dict[str, Any] = {
    "encoding": "utf-8",
    "silent": "false",
    "newstyle_gettext": "true",
    "trim_blocks": "true",
    "lstrip_blocks": "true",
    "extensions": "jinja2.ext.i18n, jinja2.ext.do",
}
