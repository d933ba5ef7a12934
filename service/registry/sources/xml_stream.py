"""Reading XML record by record: no entities, no external DTD, no network, bounded memory."""

from collections.abc import Iterator
from typing import IO, Any

from lxml import etree

from service.core.text import N_
from service.registry.errors import (
    BrokenSource,
    SourceProblem,
    SourceTooLarge,
    UnreadableText,
    UnsafeSource,
)
from service.registry.sources.feeds import Feed

Element = etree._Element  # noqa: SLF001  the class lxml gives no public name to

_ENCODING_ERRORS = frozenset({31, 32, 81})
"""libxml2: unknown encoding, unsupported encoding, bytes that are wrong in the encoding."""
_HARMLESS = {
    "resolve_entities": False,
    "load_dtd": False,
    "dtd_validation": False,
    "attribute_defaults": False,
    "no_network": True,
    "huge_tree": False,
    "recover": False,
    "remove_comments": True,
    "remove_pis": True,
    "collect_ids": False,
}


def local_name(element: Element) -> str:
    """Return the name of an element without its namespace."""
    tag = element.tag
    assert isinstance(tag, str)
    return tag.rpartition("}")[2]


def first_names(feed: Feed, most: int) -> tuple[str, ...]:
    """Return the local names of the root element and of its first child, if it has one.

    Raises:
        SourceProblem: What stands there is no XML, or it declares entities.
    """
    names: list[str] = []
    with feed.open() as raw:
        stream = _Metered(raw, feed.name, most)
        try:
            for event, element in etree.iterparse(stream, events=("start", "end"), **_HARMLESS):
                _refuse_entities(element, feed)
                if event == "end":
                    break
                names.append(local_name(element))
                if len(names) == 2:
                    break
        except etree.XMLSyntaxError as error:
            if not names:
                raise _problem(error, feed) from error
    return tuple(names)


def leading_texts(feed: Feed, names: frozenset[str], until: str, most: int) -> dict[str, str]:
    """Return the texts of the elements `names` that stand before the first `until`."""
    found: dict[str, str] = {}
    with feed.open() as raw:
        stream = _Metered(raw, feed.name, most)
        try:
            for event, element in etree.iterparse(stream, events=("start", "end"), **_HARMLESS):
                name = local_name(element)
                if event == "start" and name == until:
                    break
                if event == "end" and name in names:
                    found[name] = (element.text or "").strip()
        except etree.XMLSyntaxError as error:
            raise _problem(error, feed) from error
    return found


def elements(feed: Feed, name: str, most: int) -> Iterator[Element]:
    """Yield each element of a local name, whole; it is emptied when the next one is asked for.

    `most` bounds the bytes between the ends of two records, so that a file of one endless record
    fills no memory.

    Raises:
        SourceProblem: The XML is damaged or hostile from here on.
        SourceTooLarge: A record is over the bound.
    """
    with feed.open() as raw:
        stream = _Metered(raw, feed.name, most)
        context = etree.iterparse(stream, events=("end",), tag="{*}" + name, **_HARMLESS)
        first = True
        try:
            for _, element in context:
                if first:
                    _refuse_entities(element, feed)
                    first = False
                stream.restart()
                yield element
                _forget(element)
        except etree.XMLSyntaxError as error:
            raise _problem(error, feed) from error


def _forget(element: Element) -> None:
    element.clear()
    parent = element.getparent()
    if parent is not None:
        while element.getprevious() is not None:
            del parent[0]


def _refuse_entities(element: Element, feed: Feed) -> None:
    dtd: Any = element.getroottree().docinfo.internalDTD
    if dtd is not None and dtd.entities():
        raise UnsafeSource(
            N_("{member} declares entities, which no register file needs"), member=feed.name
        )


def _problem(error: etree.XMLSyntaxError, feed: Feed) -> SourceProblem:
    line = error.position[0] if error.position else 0
    if getattr(error, "code", 0) in _ENCODING_ERRORS:
        return UnreadableText(
            N_("{member} has bytes that are wrong in its encoding, near line {line}"),
            member=feed.name,
            line=line,
        )
    return BrokenSource(
        N_("{member} is no well-formed XML from line {line} on: {error}"),
        member=feed.name,
        line=line,
        error=error.msg or "",
    )


class _Metered:
    """Hands bytes to the parser and stops where one record takes too many."""

    def __init__(self, stream: IO[bytes], name: str, most: int) -> None:
        self._stream, self._name, self._most = stream, name, most
        self._taken = 0

    def restart(self) -> None:
        """A record has ended."""
        self._taken = 0

    def read(self, count: int = -1) -> bytes:
        """Return the next bytes."""
        data = self._stream.read(count)
        self._taken += len(data)
        if self._taken > self._most:
            raise SourceTooLarge(
                N_("A record of {member} is over {limit} bytes"),
                member=self._name,
                limit=self._most,
            )
        return data
