"""The project's own rules hold in all code and in all tracked files."""

import ast
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from tests.lint import rules

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "service").rglob("*.py"))
BINARY = frozenset({".docx", ".png", ".ttf", ".xls", ".xlsx", ".zip", ".woff2", ".npy", ".gz"})
TREES = {str(path.relative_to(ROOT)): ast.parse(path.read_text("utf-8")) for path in SOURCES}


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
    assert [fault for path, tree in TREES.items() for fault in rule.faults(path, tree)] == []


@pytest.mark.parametrize("rule", rules.RULES, ids=lambda rule: rule.name)
def test_every_exception_to_a_rule_is_needed(rule: rules.Rule) -> None:
    bare = replace(rule, allowed={})
    breaking = [Path(path) for path, tree in TREES.items() if bare.faults(path, tree)]
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
