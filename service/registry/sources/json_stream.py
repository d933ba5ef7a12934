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
        events = ijson.parse(_shallow(ijson.basic_parse(stream, **_OPTIONS), feed))
        for number, (prefix, event, value) in enumerate(events):
            if event == "map_key":
                yield prefix, str(value)
            if number > FIRST_EVENTS:
                return


def records(feed: Feed, prefix: str, most: int) -> Iterator[object]:
    """Yield every value under a prefix (`item` for the elements of an array).

    `most` bounds the bytes of one value, `DEEPEST` how deep it nests.

    Raises:
        SourceProblem: The JSON is damaged from here on.
        SourceTooLarge: A record is over a bound.
    """
    with _reading(feed, most) as stream, _problems(feed):
        events = ijson.parse(_shallow(ijson.basic_parse(stream, **_OPTIONS), feed))
        for value in ijson.items(events, prefix):
            stream.restart()
            yield _clean(value)


_OPTIONS: dict[str, Any] = {"multiple_values": True, "use_float": True}


def _shallow(events: Iterator[tuple[str, Any]], feed: Feed) -> Iterator[tuple[str, Any]]:
    """Pass the events on while they nest reasonably: prefixes grow with the depth."""
    depth = 0
    for entry in events:
        if entry[0] in {"start_map", "start_array"}:
            depth += 1
            if depth > DEEPEST:
                raise SourceTooLarge(
                    N_("{member} nests over {limit} levels"), member=feed.name, limit=DEEPEST
                )
        elif entry[0] in {"end_map", "end_array"}:
            depth -= 1
        yield entry


def _clean(value: object) -> object:
    """Drop what no database stores: zero characters and halves of surrogate pairs."""
    if isinstance(value, str):
        if value.isascii():
            return value.replace("\0", "")
        return value.replace("\0", "").encode("utf-8", "replace").decode()
    if isinstance(value, list):
        return [_clean(entry) for entry in value]
    if isinstance(value, dict):
        return {_clean(key): _clean(entry) for key, entry in value.items()}
    return value


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
