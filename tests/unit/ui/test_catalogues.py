"""Both languages are whole, and the tools that say so find what they should."""

import functools
from pathlib import Path

import pytest

from tools.i18n.catalogues import FOLDER, HEADER, faults_of, missing_of, read_module, update_module
from tools.i18n.extraction import CODE, TEMPLATES, Message, Uses, collect, module_of
from tools.i18n.literals import all_literals, literals_of

MODULES = sorted(path.stem for path in FOLDER.glob("*.po"))


@functools.cache
def uses() -> Uses:
    """Return what all code and templates use: reading them takes seconds."""
    return collect()


def test_every_module_with_sentences_has_its_catalogue() -> None:
    assert {name for names in uses().modules.values() for name in names} == set(MODULES)


@pytest.mark.parametrize("module", MODULES)
def test_every_sentence_of_a_module_is_translated(module: str) -> None:
    assert faults_of(module, uses()) == []


def test_no_text_in_a_template_passes_by_the_catalogue() -> None:
    assert all_literals() == []


def uses_of(*messages: Message) -> Uses:
    uses = Uses()
    for message in messages:
        uses.places[message].append("here:1")
        uses.modules[message].add("one")
    return uses


def write(folder: Path, module: str, entries: str) -> None:
    (folder / f"{module}.po").write_text(HEADER + entries, encoding="utf-8")


HELLO = Message("Hello {name}")


@pytest.mark.parametrize(
    ("entries", "fault"),
    [
        ("", "not translated: 'Hello {name}' (here:1)"),
        ('msgid "Hello {name}"\nmsgstr ""\n', "empty: 'Hello {name}'"),
        ('#, fuzzy\nmsgid "Hello {name}"\nmsgstr "你好 {name}"\n', "fuzzy: 'Hello {name}'"),
        ('msgid "Hello {name}"\nmsgstr "你好"\n', "places to fill differ: 'Hello {name}'"),
        ('msgid "Hello {name}"\nmsgstr "你好 {nam}"\n', "places to fill differ: 'Hello {name}'"),
        ('msgid "Gone"\nmsgstr "去"\n', "unused: 'Gone'"),
    ],
)
def test_each_fault_of_a_catalogue_is_found(tmp_path: Path, entries: str, fault: str) -> None:
    write(tmp_path, "one", entries)

    assert fault in faults_of("one", uses_of(HELLO), tmp_path)


def test_english_left_standing_is_found(tmp_path: Path) -> None:
    write(tmp_path, "one", 'msgid "Two words"\nmsgstr "Two words"\n')

    assert faults_of("one", uses_of(Message("Two words")), tmp_path) == [
        "left in English: 'Two words'"
    ]


def test_two_translations_of_one_message_are_found(tmp_path: Path) -> None:
    write(tmp_path, "one", 'msgid "Mark"\nmsgstr "商标"\n')
    write(tmp_path, "two", 'msgid "Mark"\nmsgstr "标记"\n')

    faults = faults_of("one", uses_of(Message("Mark")), tmp_path)

    assert faults == ["translated in more than one way: 'Mark' (one, two)"]


def test_another_module_s_translation_counts(tmp_path: Path) -> None:
    write(tmp_path, "two", 'msgid "Mark"\nmsgstr "商标"\n')

    assert missing_of("one", uses_of(Message("Mark")), tmp_path) == []


def test_an_update_adds_what_is_missing_and_drops_what_is_unused(tmp_path: Path) -> None:
    write(tmp_path, "one", 'msgid "Gone"\nmsgstr "去"\n\nmsgid "Mark"\nmsgstr "商标"\n')
    uses = uses_of(
        Message("Mark"), Message("{count} day", "{count} days"), Message("Bow", "", "ship")
    )

    waiting = update_module("one", uses, tmp_path)

    texts = {entry.message: entry.text for entry in read_module("one", tmp_path)}
    assert waiting == 2
    assert texts == {
        Message("Mark"): "商标",
        Message("{count} day", "{count} days"): "",
        Message("Bow", "", "ship"): "",
    }


def test_an_update_of_a_whole_catalogue_changes_nothing(tmp_path: Path) -> None:
    update_module("one", uses_of(HELLO), tmp_path)
    before = (tmp_path / "one.po").read_bytes()

    update_module("one", uses_of(HELLO), tmp_path)

    assert (tmp_path / "one.po").read_bytes() == before


@pytest.mark.parametrize(
    ("path", "module"),
    [
        (CODE / "registry" / "sources" / "st66.py", "registry"),
        (TEMPLATES / "registry" / "list.html", "registry"),
        (TEMPLATES / "macros" / "forms.html", "ui"),
        (TEMPLATES / "base.html", "ui"),
        (CODE / "cli.py", "cli"),
    ],
)
def test_a_message_belongs_to_the_module_of_its_file(path: Path, module: str) -> None:
    assert module_of(path) == module


@pytest.mark.parametrize(
    "message",
    [
        Message("Sign in"),
        Message("{count} day left", "{count} days left"),
        Message("Enter {ge} or more."),
        Message("No conflict found"),
    ],
)
def test_messages_are_found_in_templates_and_code(message: Message) -> None:
    assert "ui" in uses().modules[message]


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("<p>Hello</p>", ["1: 'Hello'"]),
        ("\n<p>你好 {{ name }}</p>", ["2: '你好 …'"]),
        ('<img alt="A mark">', ["1: 'A mark'"]),
        ('<p title="{{ _("Hello") }}">{{ _("Hello") }}</p>', []),
        ("{% trans %}Hello{% endtrans %}<p>x</p>", []),
        ("{% trans %}Hello{% endtrans %}<p>there</p>", ["1: 'there'"]),
        ("{# Hello #}<code>Hello</code>", []),
        ('<p lang="zh-Hans">标通<b>x</b></p><p translate="no">Markpass</p>', []),
        ('<html lang="en"><p>Hello</p></html>', ["1: 'Hello'"]),
        ('<a{% if x %} class="now"{% endif %}>{{ x }} · {{ y }}</a>', []),
        ('<br><p translate="no">x</p>Hello', ["1: 'Hello'"]),
    ],
)
def test_literal_text_is_found(tmp_path: Path, source: str, found: list[str]) -> None:
    path = tmp_path / "t.html"
    path.write_text(source, encoding="utf-8")

    assert [line.removeprefix("t.html:") for line in literals_of(path)] == found
