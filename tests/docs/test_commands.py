"""Every command is told in both readmes, and every command that is told exists."""

import re
from typing import Any

import pytest
import typer

from service.cli import app
from tests.docs.reading import READMES, ROOT, commands, first_terms, pages

COMMANDS_HEADING = {"README.md": "Command line", "README.zh.md": "命令行"}
ALL = pages()


def tree() -> dict[str, set[str]]:
    """Return the options of every command by its words: `user add`."""
    found: dict[str, set[str]] = {}

    def walk(command: Any, words: tuple[str, ...]) -> None:
        inner = getattr(command, "commands", None)
        if inner:
            for name, child in inner.items():
                walk(child, (*words, name))
            return
        found[" ".join(words)] = {option for part in command.params for option in part.opts}

    walk(typer.main.get_command(app), ())
    return found


KNOWN = tree()


def command_of(words: list[str]) -> str:
    """Return the command a line calls: the longest one whose words it begins with."""
    fitting = [name for name in KNOWN if words[1 : 1 + len(name.split())] == name.split()]
    return max(fitting, key=len, default="")


@pytest.mark.parametrize("path", READMES, ids=lambda path: path.name)
def test_every_command_stands_in_the_table_of_the_readme(path: object) -> None:
    readme = ROOT / str(path)
    text = readme.read_text("utf-8")
    told = {command_of(t.split()) for t in first_terms(text, COMMANDS_HEADING[readme.name])}
    assert sorted(KNOWN.keys() - told) == []


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.name)
def test_every_command_told_exists_with_its_options(path: object) -> None:
    text = (ROOT / str(path)).read_text("utf-8")
    wrong = []
    for words in commands(text, "markpass"):
        name = command_of(words)
        options = {
            w.partition("=")[0] for w in re.findall(r"(?<!\S)--?[a-z][\w-]*", " ".join(words))
        }
        if words[1].startswith("-") or words[1] == "…":
            continue
        if not name or options - KNOWN[name] - {"--help"}:
            wrong.append(" ".join(words))
    assert wrong == []


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.name)
def test_every_make_target_told_exists(path: object) -> None:
    text = (ROOT / str(path)).read_text("utf-8")
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text("utf-8"), re.M))
    asked = [w for words in commands(text, "make") for w in words[1:] if re.fullmatch(r"[a-z]+", w)]
    assert [target for target in asked if target not in targets] == []


@pytest.mark.parametrize("path", READMES, ids=lambda path: path.name)
def test_the_readme_begins_with_the_two_commands(path: object) -> None:
    start = (ROOT / str(path)).read_text("utf-8")[:900]
    assert "make run" in start
    assert "make test" in start


def test_every_script_named_as_a_module_exists() -> None:
    named = {
        found
        for path in ALL
        for found in re.findall(r"python -m ((?:tools|tests)[\w.]*)", path.read_text("utf-8"))
    }
    missing = [
        name
        for name in named
        if not any((ROOT / name.replace(".", "/")).with_suffix(s).exists() for s in ("", ".py"))
    ]
    assert missing == []
