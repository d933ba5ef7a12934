"""Reading JSON record by record, from arrays of any length, in any usual encoding."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

import ijson  # type: ignore[import-untyped]  # ships no stubs

from service.core.text import N_
from service.registry.errors import BrokenSource, SourceTooLarge
from service.registry.sources.encodings import choose_encoding
from service.registry.sources.feeds import Feed

Record = dict[str, Any]
FIRST_EVENTS = 4000
"""Parser events within which a format must show itself."""
DEEPEST = 64
"""Levels of arrays and objects; no register nests deeper than ten."""


def first_keys(feed: Feed, most: int) -> Iterator[tuple[str, str]]:
    """Yield (prefix, key) of the first keys of a file, to tell its format by.

    Raises:
        SourceProblem: It is no JSON.
    """
    with _reading(feed, most) as stream, _problems(feed):
        events = ijson.parse(_shallow(_events(stream), feed))
        for number, (prefix, event, value) in enumerate(events):
            if event == "map_key":
                yield prefix, str(value)
            if number > FIRST_EVENTS:
                return


def records(feed: Feed, prefix: str, most: int) -> Iterator[object]:
    """Yield every value under a prefix (`item` for the elements of an array, `trademarks.item`).

    `most` bounds the bytes of one value, `DEEPEST` how deep it nests.

    Raises:
        SourceProblem: The JSON is damaged from here on.
        SourceTooLarge: A record is over a bound.
    """
    wanted: list[str | None] = [*prefix.split(".")] if prefix else []
    with _reading(feed, most) as stream, _problems(feed):
        for value in _built(_shallow(_events(stream), feed), wanted):
            stream.restart()
            yield value


Event = tuple[str, Any]


def _events(stream: "_Recoded") -> Iterator[Event]:
    found: Iterator[Event] = ijson.basic_parse(stream, multiple_values=True, use_float=True)
    return found


def _shallow(events: Iterator[Event], feed: Feed) -> Iterator[Event]:
    """Pass the events on while they nest reasonably; deep nests cost time and end in recursion."""
    depth = 0
    for entry in events:
        event = entry[0]
        if event in _OPENING:
            depth += 1
            if depth > DEEPEST:
                raise SourceTooLarge(
                    N_("{member} nests over {limit} levels"), member=feed.name, limit=DEEPEST
                )
        elif event in _CLOSING:
            depth -= 1
        yield entry


_OPENING = {"start_map", "start_array"}
_CLOSING = {"end_map", "end_array"}


def _built(events: Iterator[Event], wanted: list[str | None]) -> Iterator[object]:
    """Build the values that stand at the path `wanted`, one at a time, and pass over the rest."""
    path: list[str | None] = []
    for event, value in events:
        if event == "map_key":
            path[-1] = value
        elif event in _CLOSING:
            path.pop()
        elif path == wanted:
            yield _value(event, value, events)
        elif event in _OPENING:
            path.append("item" if event == "start_array" else None)


def _value(event: str, value: object, events: Iterator[Event]) -> object:
    """Build the value that begins with this event, taking the events that belong to it."""
    if event == "start_map":
        found: dict[str, object] = {}
        for inner, content in events:
            if inner == "map_key":
                key = content.replace("\0", "")
            elif inner == "end_map":
                break
            else:
                found[key] = _value(inner, content, events)
        return found
    if event == "start_array":
        entries: list[object] = []
        for inner, content in events:
            if inner == "end_array":
                break
            entries.append(_value(inner, content, events))
        return entries
    return value.replace("\0", "") if isinstance(value, str) else value


@contextmanager
def _reading(feed: Feed, most: int) -> Iterator["_Recoded"]:
    encoding = choose_encoding(feed)
    with io.TextIOWrapper(feed.open(), encoding=encoding) as text:
        yield _Recoded(text, feed, most)


@contextmanager
def _problems(feed: Feed) -> Iterator[None]:
    try:
        yield
    except (ijson.JSONError, UnicodeError, ValueError, OverflowError) as error:
        raise BrokenSource(
            N_("{member} is no complete JSON: {error}"),
            member=feed.name,
            error=str(error).strip().split("\n", 1)[0][:200],
        ) from error


class _Recoded:
    """Hands UTF-8 to the parser and stops where one record takes too many bytes."""

    def __init__(self, text: IO[str], feed: Feed, most: int) -> None:
        self._text, self._feed, self._most = text, feed, most
        self._taken = 0

    def restart(self) -> None:
        """A record has ended."""
        self._taken = 0

    def read(self, count: int = -1) -> bytes:
        """Return the next bytes."""
        data = self._text.read(count).encode()
        self._taken += len(data)
        if self._taken > self._most:
            raise SourceTooLarge(
                N_("A record of {member} is over {limit} bytes"),
                member=self._feed.name,
                limit=self._most,
            )
        return data
