"""The strict page reader: every HTML answer in the tests goes through `Page.faults()`.

It is an accessibility and security check that costs a test one line. It knows only what markup can
show (`tests/page_checks.py` lists it); the browser journeys and their axe run see the rest.
"""

from typing import Protocol

from tests.page_checks import OF_EVERYTHING, OF_WHOLE_PAGES
from tests.page_tree import Element, parse


class Answer(Protocol):
    """As much of a response as the reader needs."""

    @property
    def text(self) -> str: ...


class Page:
    """A parsed HTML answer.

    Args:
        answer: A response of the test client, or the HTML text.
        fragment: True for what htmx asks for: no html, title, h1 and main are expected.
    """

    def __init__(self, answer: Answer | str, *, fragment: bool = False) -> None:
        """Parse the answer; what is wrong with it is told by `faults`."""
        self.html = answer if isinstance(answer, str) else answer.text
        self.document = parse(self.html, fragment=fragment)

    def all(self, *tags: str) -> list[Element]:
        """Return the elements of these names."""
        return self.document.all(*tags)

    def one(self, tag: str, **attributes: str) -> Element:
        """Return the only element of this name with these attributes (`class_`, `hx_get` …).

        Raises:
            AssertionError: there is none, or there are several.
        """
        wanted = {name.strip("_").replace("_", "-"): value for name, value in attributes.items()}
        found = [e for e in self.all(tag) if wanted.items() <= e.attributes.items()]
        assert len(found) == 1, f"{len(found)} of <{tag} {wanted}>"
        return found[0]

    @property
    def text(self) -> str:
        """All that a reader sees, spaces folded."""
        return self.document.root.text

    @property
    def heading(self) -> str:
        """The text of the page's h1."""
        return self.one("h1").text

    @property
    def language(self) -> str:
        """The page's `lang`."""
        return self.one("html").get("lang")

    def link(self, name: str) -> str:
        """Return where the link called `name` leads."""
        found = [a.get("href") for a in self.all("a") if a.name == name]
        assert len(set(found)) == 1, f"{len(found)} links called {name!r}"
        return found[0]

    def form_values(self, action: str) -> dict[str, str | list[str]]:
        """Return what the browser would send for the form with this action, untouched."""
        return _values(self.one("form", action=action))

    def faults(self) -> list[str]:
        """Return everything that is wrong with the page; an empty list is a pass."""
        checks = OF_EVERYTHING if self.document.fragment else OF_WHOLE_PAGES
        faults = [fault for check in checks for fault in check(self.document)]
        return [*self.document.faults, *faults]


def _values(form: Element) -> dict[str, str | list[str]]:
    sent: dict[str, list[str]] = {}
    for element in form.all("input", "textarea", "select"):
        name = element.get("name")
        if not name or "disabled" in element.attributes:
            continue
        sent.setdefault(name, []).extend(_sent(element))
    return {name: one[0] if len(one) == 1 else one for name, one in sent.items() if one}


def _sent(element: Element) -> list[str]:
    if element.tag == "textarea":
        return ["".join(text for _, text in element.texts()).removeprefix("\n")]
    if element.tag == "select":
        options = element.all("option")
        chosen = [o.get("value") for o in options if "selected" in o.attributes]
        return chosen or [o.get("value") for o in options[:1]]
    if element.get("type") in {"checkbox", "radio"} and "checked" not in element.attributes:
        return []
    if element.get("type") in {"submit", "file", "button"}:
        return []
    return [element.get("value")]
