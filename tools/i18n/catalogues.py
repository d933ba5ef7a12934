"""Reading, checking and writing `service/ui/locales/zh_Hans/<module>.po`."""

import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as Entry
from babel.messages.pofile import read_po, write_po

from tools.i18n.extraction import CODE, Message, Uses, collect

LOCALE = "zh_Hans"
FOLDER = CODE / "ui" / "locales" / LOCALE
HEADER = f"""\
msgid ""
msgstr ""
"Language: {LOCALE}\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""
_PLACE = re.compile(r"%\(\w+\)s|\{[A-Za-z_]\w*\}")
_WORDS = re.compile(r"[A-Za-z]{2,} +[A-Za-z]{2,}")


@dataclass(frozen=True, slots=True)
class Translation:
    """One entry of a catalogue."""

    message: Message
    text: str
    """The Chinese; empty where it is missing."""
    fuzzy: bool
    module: str


def read_module(module: str, folder: Path = FOLDER) -> list[Translation]:
    """Return the entries of a module's catalogue; a catalogue that is not there has none."""
    path = folder / f"{module}.po"
    if not path.exists():
        return []
    with path.open("rb") as file:
        catalog = read_po(file, locale=LOCALE, abort_invalid=True)
    return [_translation(entry, module) for entry in catalog if entry.id]


def read_all(folder: Path = FOLDER) -> list[Translation]:
    """Return the entries of all catalogues."""
    modules = sorted(path.stem for path in folder.glob("*.po"))
    return [entry for module in modules for entry in read_module(module, folder)]


def faults_of(module: str, uses: Uses | None = None, folder: Path = FOLDER) -> list[str]:
    """Return what is wrong with a module's translations; an empty list is a pass.

    A message may be translated in any catalogue. What counts as wrong: missing, fuzzy, empty,
    places to fill that differ, a translation that repeats the English, two translations of one
    message, and an entry that nothing uses.
    """
    uses = uses or collect()
    by_message: dict[Message, list[Translation]] = defaultdict(list)
    for entry in read_all(folder):
        by_message[entry.message].append(entry)
    found = [*_missing(uses.of(module), by_message, uses)]
    for entry in read_module(module, folder):
        found += _faults_of_entry(entry, by_message[entry.message], uses)
    return found


def missing_of(module: str, uses: Uses, folder: Path = FOLDER) -> list[Message]:
    """Return a module's messages that have no usable translation in any catalogue."""
    known = {e.message for e in read_all(folder) if e.text and not e.fuzzy}
    return [message for message in uses.of(module) if message not in known]


def update_module(module: str, uses: Uses, folder: Path = FOLDER) -> int:
    """Rewrite a module's catalogue in order: add what is missing (empty), drop what is unused.

    Returns:
        How many messages still wait for their translation.
    """
    kept = {e.message: e for e in read_module(module, folder) if e.message in uses.places}
    waiting = [m for m in missing_of(module, uses, folder) if m not in kept]
    catalog = Catalog(locale=LOCALE)
    for message in sorted([*kept, *waiting]):
        entry = kept.get(message)
        flags = ["fuzzy"] if entry and entry.fuzzy else []
        text = entry.text if entry else ""
        identity = (message.text, message.plural) if message.plural else message.text
        translated = (text,) if message.plural else text
        catalog.add(identity, translated, context=message.context or None, flags=flags)
    body = io.BytesIO()
    write_po(body, catalog, no_location=True, omit_header=True, sort_output=True, width=100)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{module}.po").write_text(HEADER + body.getvalue().decode(), encoding="utf-8")
    return sum(1 for m in [*kept, *waiting] if m in waiting or not kept[m].text)


def _translation(entry: Entry, module: str) -> Translation:
    one, many = (entry.id[0], entry.id[1]) if isinstance(entry.id, tuple | list) else (entry.id, "")
    text = entry.string[0] if isinstance(entry.string, tuple | list) else entry.string
    return Translation(Message(one, many, entry.context or ""), text or "", entry.fuzzy, module)


def _missing(
    messages: Iterable[Message], known: dict[Message, list[Translation]], uses: Uses
) -> Iterator[str]:
    for message in messages:
        if message not in known:
            yield f"not translated: {message.text!r} ({uses.places[message][0]})"


def _faults_of_entry(entry: Translation, same: list[Translation], uses: Uses) -> Iterator[str]:
    name = repr(entry.message.text)
    if entry.message not in uses.places:
        yield f"unused: {name}"
    if entry.fuzzy:
        yield f"fuzzy: {name}"
    if not entry.text:
        yield f"empty: {name}"
        return
    if len({other.text for other in same}) > 1:
        where = ", ".join(sorted(other.module for other in same))
        yield f"translated in more than one way: {name} ({where})"
    english = entry.message.plural or entry.message.text
    if _places(entry.text) != _places(english):
        yield f"places to fill differ: {name}"
    if entry.text == entry.message.text and _WORDS.search(entry.text):
        yield f"left in English: {name}"


def _places(text: str) -> set[str]:
    return set(_PLACE.findall(text.replace("%%", "")))
