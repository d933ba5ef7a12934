"""Reading the manual as a program: tables, code blocks, headings and links of a page."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
READMES = (ROOT / "README.md", ROOT / "README.zh.md")
FENCE = re.compile(r"^```(\S*)[^\n]*\n(.*?)^```$", re.M | re.S)
CODE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"(?<!!)\[[^\]]+\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.M)


def page(name: str) -> str:
    """Return a page of the manual."""
    return (DOCS / name).read_text(encoding="utf-8")


def pages() -> list[Path]:
    """Return every page there is, the two readmes first."""
    return [*READMES, *sorted(DOCS.rglob("*.md"))]


def rows(text: str, heading: str = "") -> Iterator[list[str]]:
    """Yield the cells of each table row, of one section or of the whole page."""
    for line in (section(text, heading) if heading else text).splitlines():
        if line.startswith("|") and not set(line) <= set("|-: "):
            yield [cell.strip() for cell in line.strip().strip("|").split("|")]


def section(text: str, heading: str) -> str:
    """Return what stands under a heading, up to the next one of its rank."""
    found = re.search(rf"^(##+) {re.escape(heading)}$", text, re.M)
    assert found, f"no heading {heading!r}"
    rest = text[found.end() :]
    end = re.search(rf"^#{{1,{len(found[1])}}} ", rest, re.M)
    return rest[: end.start()] if end else rest


def terms(text: str) -> set[str]:
    """Return everything that stands between backticks."""
    return set(CODE.findall(FENCE.sub("", text)))


def first_terms(text: str, heading: str = "") -> list[str]:
    """Return what stands between backticks in the first cell of each row."""
    return [term for row in rows(text, heading) for term in CODE.findall(row[0])]


def commands(text: str, program: str) -> Iterator[list[str]]:
    """Yield the words of every shell line that starts with `program`, in blocks and in the text."""
    blocks = [body for kind, body in FENCE.findall(text) if kind in {"sh", "console"}]
    lines = [line for body in blocks for line in body.splitlines()]
    for line in [*lines, *CODE.findall(FENCE.sub("", text))]:
        words = line.partition(" #")[0].removeprefix("$ ").split()
        if words[:1] == [program] and len(words) > 1:
            yield words


@dataclass(frozen=True, slots=True)
class Exchange:
    """One example of a request: a block marked `http`."""

    method: str
    path: str
    body: str


def exchanges(text: str) -> list[Exchange]:
    """Return the examples of requests: the first line, an empty one, the body."""
    found = []
    for kind, body in FENCE.findall(text):
        if kind == "http":
            first, _, rest = body.partition("\n\n")
            method, path = first.splitlines()[0].split()[:2]
            found.append(Exchange(method, path, rest.strip()))
    return found


def anchors(text: str) -> set[str]:
    """Return the anchors of a page's headings as a forge makes them."""
    bare = FENCE.sub("", text)
    return {
        re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")
        for heading in HEADING.findall(bare)
    }


def links(text: str) -> list[str]:
    """Return the targets of all links outside code."""
    return LINK.findall(CODE.sub("", FENCE.sub("", text)))
