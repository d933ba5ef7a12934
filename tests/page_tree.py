"""HTML as a tree for the strict page reader: every tag must be closed in order."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser

VOID = frozenset(
    {
        *("area", "base", "br", "col", "embed", "hr", "img"),
        *("input", "link", "meta", "source", "track", "wbr"),
    }
)
SILENT = frozenset({"script", "style", "template"})


@dataclass(eq=False)
class Element:
    """One element: its attributes, what is in it, and what it is in."""

    tag: str
    attributes: dict[str, str]
    parent: "Element | None"
    children: list["Element | str"] = field(default_factory=list)

    @cached_property
    def inside(self) -> list["Element"]:
        """Every element inside, in the order of the page; asked for when the page is parsed."""
        found: list[Element] = []
        for child in self.children:
            if isinstance(child, Element):
                found.append(child)
                found += child.inside
        return found

    def walk(self) -> Iterator["Element"]:
        """Yield every element inside, in the order of the page."""
        return iter(self.inside)

    def all(self, *tags: str) -> list["Element"]:
        """Return the elements of these names inside."""
        return [element for element in self.inside if element.tag in tags]

    def texts(self) -> Iterator[tuple["Element", str]]:
        """Yield each piece of text with the element it stands in."""
        for child in self.children:
            if isinstance(child, str):
                yield self, child
            elif child.tag not in SILENT:
                yield from child.texts()

    @cached_property
    def text(self) -> str:
        """What a reader sees, spaces folded."""
        return " ".join("".join(text for _, text in self.texts()).split())

    @property
    def name(self) -> str:
        """What a screen reader calls it: label, text, or the text of its pictures."""
        pictures = " ".join(image.attributes.get("alt", "") for image in self.all("img"))
        return self.attributes.get("aria-label", "") or self.text or pictures.strip()

    def get(self, attribute: str) -> str:
        """Return an attribute, empty where it is missing."""
        return self.attributes.get(attribute, "")

    def around(self) -> Iterator["Element"]:
        """Yield the element and what it is in, from inside out."""
        here: Element | None = self
        while here is not None:
            yield here
            here = here.parent

    def inherited(self, attribute: str) -> str:
        """Return the attribute of the nearest element around that has it."""
        return next((e.get(attribute) for e in self.around() if attribute in e.attributes), "")


class _Builder(HTMLParser):
    """Makes the tree, and notes tags that are not closed in order."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {}, None)
        self.open = self.root
        self.faults: list[str] = []
        self.doctype = ""

    def handle_decl(self, decl: str) -> None:
        self.doctype = decl

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        if len(names) != len(set(names)):
            self.faults.append(f"<{tag}> has an attribute twice: {' '.join(names)}")
        element = Element(tag, {name: value or "" for name, value in attrs}, self.open)
        self.open.children.append(element)
        if tag not in VOID:
            self.open = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.open.tag != tag or self.open.parent is None:
            self.faults.append(f"</{tag}> closes <{self.open.tag}>")
            return
        self.open = self.open.parent

    def handle_data(self, data: str) -> None:
        self.open.children.append(data)


@dataclass(frozen=True)
class Document:
    """A whole page or a fragment, parsed."""

    root: Element
    doctype: str
    fragment: bool
    faults: tuple[str, ...]
    """Tags that are not closed in order, attributes given twice."""

    def all(self, *tags: str) -> list[Element]:
        """Return the elements of these names."""
        return self.root.all(*tags)


def parse(html: str, *, fragment: bool) -> Document:
    """Parse HTML as it is written: nothing is repaired."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    faults = list(builder.faults)
    if builder.open is not builder.root:
        faults.append(f"<{builder.open.tag}> is never closed")
    return Document(builder.root, builder.doctype, fragment, tuple(faults))
