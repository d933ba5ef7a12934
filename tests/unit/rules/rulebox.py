"""A small rule library written for one test: the shipped one with one law file, and changes."""

import shutil
from pathlib import Path
from typing import Any

import yaml

from service.rules.book import RuleBook
from service.rules.loader import DATA, load

Row = dict[str, Any]
KEPT = "cn-trademarks.yaml"
"""The one law file a box keeps: reading all of them takes most of a second."""


def version(**changes: object) -> Row:
    """A version with everything it needs."""
    plain: Row = {
        "id": "test-rule",
        "count": [{"length": 3, "unit": "months"}],
        "counting": "cn-tm",
        "basis": "Act Art 1",
        "source": "a page",
        "confidence": "source",
        "checked": "2026-11-23",
    }
    return {name: value for name, value in (plain | changes).items() if value is not None}


def rule(*versions: Row, **changes: object) -> Row:
    """A rule with everything it needs."""
    plain: Row = {
        "id": "test-rule",
        "area": "tm-prosecution",
        "kind": "deadline",
        "authority": "cnipa",
        "actor": "opponent",
        "rights": ["trademark"],
        "title": {"zh": "测试", "en": "Test"},
        "trigger": {"zh": "公告", "en": "publication"},
        "task": {"zh": "办理", "en": "act"},
        "versions": list(versions) or [version()],
    }
    return {name: value for name, value in (plain | changes).items() if value is not None}


class Box:
    """A folder of rule files that a test changes and loads."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "rules"
        shutil.copytree(DATA, self.folder)
        for path in (self.folder / "law").glob("*.yaml"):
            if path.name != KEPT:
                path.unlink()

    def write(self, *rules: Row, jurisdiction: str = "CN", **more: object) -> "Box":
        """Put rules of their own beside the shipped ones."""
        content = {"jurisdiction": jurisdiction, "rules": list(rules), **more}
        self.text("law/zz-test.yaml", yaml.safe_dump(content, allow_unicode=True))
        return self

    def text(self, name: str, text: str) -> "Box":
        """Write a file as it stands."""
        (self.folder / name).write_text(text, encoding="utf-8")
        return self

    def change(self, name: str, key: str, row: str, **changes: object) -> "Box":
        """Change one row of a list in a shipped file."""
        path = self.folder / name
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        next(each for each in content[key] if each["id"] == row).update(changes)
        path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
        return self

    def load(self) -> RuleBook:
        """Load the folder."""
        return load(self.folder)
