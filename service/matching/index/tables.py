"""The forms of one kind in one segment: texts kept once, sorted, with the marks that have them."""

from array import array
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from service.matching.index.kernels import (
    CODES,
    FIRST_WORD,
    FORM_COUNT,
    FORMS,
    LENGTH,
    STRIDE,
    WIDTH,
    WORD_COUNT,
    Ints,
    Strings,
)
from service.matching.index.signature import (
    COLUMNS,
    Layout,
    Words,
    hash_rows,
    hash_text,
    layout_of,
    repeats,
    sign,
)

_TYPES = {1: np.uint8, 2: np.uint16, 4: np.uint32}


@dataclass(slots=True)
class Gathering:
    """Forms of one kind on their way into a table."""

    once: bool = False
    """Whether equal texts of one mark count once, by the first."""
    numbers: dict[str, int] = field(default_factory=lambda: defaultdict(count().__next__))
    """Each distinct text and its number, in order of appearance; a new text gets the next."""
    forms: "array[int]" = field(default_factory=lambda: array("I"))
    """One entry for each posting: number of the form, ..."""
    marks: "array[int]" = field(default_factory=lambda: array("I"))
    """... place of the mark in the segment, ascending, ..."""
    shares: "array[int]" = field(default_factory=lambda: array("H"))
    """... and share of the mark's weight that the form carries, per mille."""

    def add(self, texts: Sequence[str], marks: ArrayLike, shares: ArrayLike) -> None:
        """Note that marks have forms, each of the three for one posting; marks ascend."""
        forms = np.fromiter(map(self.numbers.__getitem__, texts), np.uint32, len(texts))
        places, parts = np.asarray(marks, np.uint32), np.asarray(shares, np.uint16)
        if self.once:
            first = _first(forms, places)
            forms, places, parts = forms[first], places[first], parts[first]
        self.forms.frombytes(forms.tobytes())
        self.marks.frombytes(places.tobytes())
        self.shares.frombytes(parts.tobytes())


def _first(forms: NDArray[np.uint32], marks: NDArray[np.uint32]) -> Ints:
    """Places of the first posting of each form and mark, ascending."""
    pairs = marks.astype(np.uint64) << np.uint64(32) | forms
    places: Ints = np.unique(pairs, return_index=True)[1]
    return np.sort(places)


@dataclass(frozen=True, slots=True)
class Table:
    """The forms of one kind in one segment, and the marks that have each of them."""

    strings: Strings
    starts: NDArray[np.uint32]
    """Shape (forms + 1,): where the postings of each form begin."""
    marks: NDArray[np.uint32]
    """Place of the mark in the segment."""
    shares: NDArray[np.uint16]
    """Share of the mark's weight that the form carries, per mille; ascending within a form."""
    hashes: Words
    """Hashes of the texts in ascending order; empty where no kind asks for equality."""
    hashed: NDArray[np.uint32]
    """The form each hash belongs to."""

    @property
    def size(self) -> int:
        """Number of distinct forms."""
        return len(self.starts) - 1

    def arrays(self) -> dict[str, NDArray[np.generic]]:
        """Every array by name, as a segment file keeps them."""
        parts = self.strings._asdict()
        own = ("starts", "marks", "shares", "hashes", "hashed")
        return {**parts, **{name: getattr(self, name) for name in own}}

    @classmethod
    def of_arrays(cls, arrays: Mapping[str, NDArray[np.generic]]) -> "Table":
        """The table whose `arrays` these are."""
        strings = Strings(*(arrays[name] for name in Strings._fields))  # type: ignore[arg-type]
        own = ("starts", "marks", "shares", "hashes", "hashed")
        return cls(strings, *(arrays[name] for name in own))  # type: ignore[arg-type]

    def text(self, form: int) -> str:
        """The text of a form by its number."""
        groups = self.strings.groups
        group = groups[int(np.searchsorted(groups[:, FORMS], form, "right")) - 1]
        width, length = int(group[WIDTH]), int(group[LENGTH])
        at = int(group[CODES]) + (form - int(group[FORMS])) * length
        return self._decoded(width, at, length)

    def _decoded(self, width: int, at: int, length: int) -> str:
        strings = self.strings
        codes: dict[int, NDArray[Any]] = {1: strings.codes1, 2: strings.codes2, 4: strings.codes4}
        raw: bytes = codes[width][at : at + length].astype(np.uint32).tobytes()
        return raw.decode("utf-32-le", "surrogatepass")

    def texts(self) -> Iterator[str]:
        """Every distinct text in the order of form numbers."""
        for row in self.strings.groups.tolist():
            width, length, count = row[WIDTH], row[LENGTH], row[FORM_COUNT]
            joined = self._decoded(width, row[CODES], length * count)
            yield from (joined[i * length : (i + 1) * length] for i in range(count))

    def equal(self, text: str) -> int:
        """The number of the form with exactly this text, or -1."""
        wanted = hash_text(text)
        place = int(np.searchsorted(self.hashes, wanted))
        while place < len(self.hashes) and self.hashes[place] == wanted:
            form = int(self.hashed[place])
            if self.text(form) == text:
                return form
            place += 1
        return -1


@dataclass(slots=True)
class _Group:
    """Forms of one width and length on their way into a table."""

    width: int
    length: int
    numbers: Ints
    """Number of each form in the order of appearance."""
    rows: NDArray[Any]
    signs: Words
    """Its columns, shape (COLUMNS, words)."""

    def signed(self, layout: Layout) -> None:
        """Fill the columns."""
        words = -(-len(self.rows) // (64 * STRIDE)) * STRIDE
        self.signs = np.zeros((COLUMNS, words), np.uint64)
        sign(self.rows, layout, self.signs)


def _grouped(texts: list[str]) -> Iterator[_Group]:
    """Texts by width and length, groups in that order."""
    if not texts:
        return
    flat = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), np.uint32)
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    offsets = np.cumsum(lengths) - lengths
    largest = np.maximum.reduceat(flat, offsets)
    widths = np.where(largest < 256, 1, np.where(largest < 65536, 2, 4))
    order = np.lexsort((lengths, widths))
    names = widths[order] * (1 << 32) + lengths[order]
    for members in np.split(order, np.flatnonzero(np.diff(names)) + 1):
        width, length = int(widths[members[0]]), int(lengths[members[0]])
        rows = flat[offsets[members][:, None] + np.arange(length)[None, :]]
        yield _Group(
            width,
            length,
            members,
            rows.astype(_TYPES[width]),
            np.empty((COLUMNS, 0), np.uint64),
        )


def _group_table(groups: list[_Group]) -> Ints:
    """Where the forms, signatures and code points of each group are, columns as in `kernels`."""
    table = np.zeros((len(groups), 7), np.int64)
    for row, group in zip(table, groups, strict=True):
        row[WIDTH], row[LENGTH] = group.width, group.length
        row[FORM_COUNT], row[WORD_COUNT] = len(group.rows), group.signs.shape[1]
    for counted, start, each in ((FORM_COUNT, FORMS, 1), (WORD_COUNT, FIRST_WORD, COLUMNS)):
        table[:, start] = each * (np.cumsum(table[:, counted]) - table[:, counted])
    letters = table[:, FORM_COUNT] * table[:, LENGTH]
    for width in _TYPES:
        own = np.where(table[:, WIDTH] == width, letters, 0)
        table[:, CODES] += np.where(table[:, WIDTH] == width, np.cumsum(own) - own, 0)
    return table


def _joined(parts: list[NDArray[Any]], empty: NDArray[Any]) -> NDArray[Any]:
    """Parts one after the other along the last axis."""
    return np.ascontiguousarray(np.concatenate([empty, *parts], axis=-1))


def _strings(groups: list[_Group], layouts: NDArray[np.uint8]) -> Strings:
    """The arrays that kernels read."""
    codes = [
        _joined([g.rows.reshape(-1) for g in groups if g.width == width], np.empty(0, kind))
        for width, kind in _TYPES.items()
    ]
    return Strings(
        _group_table(groups),
        _joined([group.signs.reshape(-1) for group in groups], np.empty(0, np.uint64)),
        layouts,
        *codes,
    )


def _hashes(groups: list[_Group]) -> tuple[Words, NDArray[np.uint32]]:
    """Hashes of all forms in ascending order, and the form of each."""
    hashes = [np.empty(len(group.rows), np.uint64) for group in groups]
    for group, own in zip(groups, hashes, strict=True):
        hash_rows(group.rows, own)
    listed = _joined(list(hashes), np.empty(0, np.uint64))
    order = np.argsort(listed, kind="stable")
    return listed[order], order.astype(np.uint32)


def build(gathered: Gathering, *, scanned: bool, hashed: bool) -> Table:
    """The table of gathered forms.

    Args:
        gathered: the forms of one kind, none empty.
        scanned: whether a string kind will scan it: signatures are kept.
        hashed: whether a key or set kind will look texts up: hashes are kept.
    """
    groups = list(_grouped(list(gathered.numbers)))
    narrow = [group.rows for group in groups if group.width == 1]
    wide = [group.rows for group in groups if group.width > 1]
    layouts = np.stack([layout_of(repeats(rows)) for rows in (narrow, wide)])
    if scanned:
        for group in groups:
            group.signed(layouts[int(group.width > 1)])
    hashes = _hashes(groups if hashed else [])
    ranks = _joined([group.numbers for group in groups], np.empty(0, np.int64))
    return Table(_strings(groups, layouts), *_postings(gathered, ranks), *hashes)


def _postings(
    gathered: Gathering, ranks: Ints
) -> tuple[NDArray[np.uint32], NDArray[np.uint32], NDArray[np.uint16]]:
    """Postings in the order of form numbers: where each begins, marks, shares."""
    forms = len(ranks)
    number = np.empty(forms, np.int64)
    number[ranks] = np.arange(forms)
    form = number[np.frombuffer(gathered.forms, np.uint32)]
    starts = np.zeros(forms + 1, np.uint32)
    starts[1:] = np.cumsum(np.bincount(form, minlength=forms))
    shares = np.frombuffer(gathered.shares, np.uint16)
    order = _by_form_and_share(form, shares)
    marks = np.frombuffer(gathered.marks, np.uint32)[order]
    return starts, marks, shares[order]


def _by_form_and_share(form: Ints, shares: NDArray[np.uint16]) -> NDArray[np.intp]:
    """The stable order of postings by form, then share.

    Sorted 16 bits at a time, for which NumPy has a radix sort: half the time of one of all bits.
    """
    order = np.argsort(shares, kind="stable")
    for bits in (form & 0xFFFF, form >> 16):
        order = order[np.argsort(bits.astype(np.uint16)[order], kind="stable")]
    return order
