"""The two pages of the manual: each chapter's block is what the walk gave."""

import re
from collections.abc import Mapping
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"
LANGUAGES = {"en": DOCS / "walkthrough.md", "zh": DOCS / "walkthrough.zh.md"}
BLOCK = re.compile(r"```text (\w+)\n(.*?)\n```", re.S)


def blocks(page: str) -> dict[str, str]:
    """Return what a page shows of each chapter."""
    return dict(BLOCK.findall(page))


def written(page: str, chapters: Mapping[str, str]) -> str:
    """Return a page with the blocks of these chapters in place of its own."""
    return BLOCK.sub(lambda found: f"```text {found[1]}\n{chapters[found[1]]}\n```", page)
