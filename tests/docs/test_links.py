"""Every link of the manual leads somewhere, and every page is reached from its index."""

from pathlib import Path

import pytest

from tests.docs.reading import DOCS, READMES, ROOT, anchors, links, pages

ALL = pages()


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", ALL, ids=name_of)
def test_every_link_leads_to_a_file_of_the_project(path: Path) -> None:
    text = path.read_text("utf-8")
    local = [target.partition("#")[0] for target in links(text) if "://" not in target]
    assert [target for target in local if target and not (path.parent / target).exists()] == []


@pytest.mark.parametrize("path", ALL, ids=name_of)
def test_every_link_into_a_page_leads_to_a_heading(path: Path) -> None:
    broken = []
    for target in links(path.read_text("utf-8")):
        file, _, anchor = target.partition("#")
        aimed = path.parent / file if file else path
        if anchor and "://" not in target and aimed.suffix == ".md" and aimed.exists():
            known = anchors(aimed.read_text("utf-8"))
            broken += [] if anchor in known else [target]
    assert broken == []


def test_every_page_is_linked_from_the_index() -> None:
    listed = {(DOCS / target).resolve() for target in links((DOCS / "index.md").read_text("utf-8"))}
    assert [name_of(p) for p in ALL if p.is_relative_to(DOCS) and p.resolve() not in listed] == [
        "docs/index.md"
    ]


def test_the_two_readmes_have_the_same_shape() -> None:
    shapes = [
        [line.split(" ")[0] for line in path.read_text("utf-8").splitlines() if line[:1] == "#"]
        for path in READMES
    ]
    assert shapes[0] == shapes[1]


def test_each_readme_links_the_other() -> None:
    english, chinese = (path.read_text("utf-8") for path in READMES)
    assert "README.zh.md" in links(english)
    assert "README.md" in links(chinese)


def test_every_decision_has_its_four_parts() -> None:
    wanted = ["## Context", "## Decision", "## Consequences", "## Alternatives"]
    for path in sorted((DOCS / "decisions").glob("*.md")):
        text = path.read_text("utf-8")
        assert [part for part in wanted if part not in text] == [], path.name
