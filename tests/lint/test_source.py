"""The project's own rules hold in all code and in all tracked files."""

import ast
import functools
import subprocess
from pathlib import Path

import pytest

from tests.lint import rules

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "service").rglob("*.py"))
BINARY = frozenset({".docx", ".png", ".ttf", ".xls", ".xlsx", ".zip", ".woff2", ".npy", ".gz"})


@functools.cache
def breaches() -> dict[str, dict[str, list[str]]]:
    """Return the breaches of each rule by file, allowed or not: every file is parsed once."""
    found: dict[str, dict[str, list[str]]] = {rule.name: {} for rule in rules.RULES}
    for source in SOURCES:
        path, tree = str(source.relative_to(ROOT)), ast.parse(source.read_text("utf-8"))
        for rule in rules.RULES:
            if lines := rule.breaches(path, tree):
                found[rule.name][path] = lines
    return found


def tracked() -> list[Path]:
    """Return the files git knows."""
    listed = subprocess.run(
        ["git", "-c", f"safe.directory={ROOT}", "ls-files", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    )
    return [ROOT / name for name in listed.stdout.split("\0") if name]


@pytest.mark.parametrize("rule", rules.RULES, ids=lambda rule: rule.name)
def test_the_rule_holds_everywhere(rule: rules.Rule) -> None:
    found = breaches()[rule.name]
    assert [lines for path, lines in found.items() if not rule.allows(path)] == []


@pytest.mark.parametrize("rule", rules.RULES, ids=lambda rule: rule.name)
def test_every_exception_to_a_rule_is_needed(rule: rules.Rule) -> None:
    breaking = [Path(path) for path in breaches()[rule.name]]
    assert [glob for glob in rule.allowed if not any(path.match(glob) for path in breaking)] == []


def test_no_tracked_file_names_a_package_registry_a_machine_or_a_reminder() -> None:
    texts = [path for path in tracked() if path.exists() and path.suffix not in BINARY]
    faults = [
        fault
        for path in texts
        for fault in rules.text_faults(
            str(path.relative_to(ROOT)), path.read_text("utf-8", errors="replace")
        )
    ]
    assert faults == []
