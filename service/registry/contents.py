"""What marks are registered for and where they reach, known by a number: many share it.

The index keeps the number beside each mark. What a number stands for is read from the database once
for each process and kept while there is room: it never changes, whatever becomes of the marks.
"""

import hashlib
import threading
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray
from sqlalchemy.orm import Session

from service.matching.forms import Sign
from service.matching.index.marks import Facts
from service.registry.goods import CHUNK, RawGoods, lines, read_goods
from service.registry.models import Mark

ROOM = 30_000_000
"""Characters of contents that a process keeps."""
_NOTHING = 0
"""Stands for the content of a mark that the database does not hold any more."""


class Content(NamedTuple):
    """Of a mark."""

    designations: tuple[str, ...]
    goods: RawGoods

    @property
    def size(self) -> int:
        """Characters, more or less."""
        return 200 + sum(len(goods) + len(groups) for _, goods, groups in self.goods)


def number_of(content: Content) -> int:
    """Return the number of a content: 64 bits of a hash of all of it, never 0."""
    told = repr(tuple(content)).encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(told, digest_size=8).digest()) or 1


class Contents:
    """The contents that are known, by number. Safe to use from several threads."""

    def __init__(self) -> None:
        self._known: dict[int, Content] = {}
        self._size = 0
        self._lock = threading.Lock()

    def of(self, session: Session, asked: Sequence[Facts]) -> Mapping[int, Content]:
        """Return the contents of marks by number, reading those that are not known.

        Marks are told as they were indexed. Where none holds what a number stands for any more,
        they are told as they are now: the `content` of their rows is set to the number of what they
        hold, or to one that no content has where they are gone.
        """
        one_each: dict[int, int] = {}
        for facts in asked:
            numbers, first = np.unique(facts.content, return_index=True)
            one_each.update(zip(numbers.tolist(), facts.key[first].tolist(), strict=True))
        held = self._known
        known = {number: held[number] for number in one_each if number in held}
        if missing := one_each.keys() - known.keys():
            read = read_contents(session, sorted({one_each[number] for number in missing}))
            known |= {number_of(content): content for _, content in read}
            if not missing <= known.keys():
                self._correct(session, asked, known)
            self._keep(known)
        return known

    @staticmethod
    def _correct(session: Session, asked: Sequence[Facts], known: dict[int, Content]) -> None:
        """Number anew the marks of which nobody holds any more what the index says."""
        for facts in asked:
            keys: list[int] = facts.key[_untold(facts, known)].tolist()
            read = dict(read_contents(session, sorted(keys)))
            known |= {number_of(content): content for content in read.values()}
            for row in _untold(facts, known).tolist():
                content = read.get(int(facts.key[row]))
                facts.content[row] = number_of(content) if content else _NOTHING

    def _keep(self, known: Mapping[int, Content]) -> None:
        with self._lock:
            for number, content in known.items():
                if number not in self._known:
                    if self._size > ROOM:
                        self._known, self._size = {}, 0
                    self._known[number] = content
                    self._size += content.size


def _untold(facts: Facts, known: Mapping[int, Content]) -> NDArray[np.intp]:
    return np.flatnonzero([number not in known for number in facts.content.tolist()])


CONTENTS = Contents()
"""Of this process."""


def read_contents(session: Session, keys: Sequence[int]) -> Iterator[tuple[int, Content]]:
    """Yield key and content of the marks with these keys, unknown ones left out."""
    goods = read_goods(session, keys)
    query = sa.select(Mark.id, sa.type_coerce(Mark.designations, sa.Text))
    for start in range(0, len(keys), CHUNK):
        some = query.where(Mark.id.in_(keys[start : start + CHUNK]))
        for key, designations in session.execute(some):
            yield key, Content(lines(designations), goods.get(key, ()))


def read_signs(session: Session, keys: Sequence[int]) -> dict[int, Sign]:
    """Return the words of the marks with these keys, unknown ones left out."""
    found: dict[int, Sign] = {}
    query = sa.select(Mark.id, Mark.text, Mark.translation, Mark.transliteration)
    for start in range(0, len(keys), CHUNK):
        some = query.where(Mark.id.in_(keys[start : start + CHUNK]))
        found.update((key, Sign(*told)) for key, *told in session.execute(some))
    return found
