"""What WIPO ST.66 and ST.96 records have in common, read by local name whatever the namespace."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from service.core.text import N_
from service.registry.domain import GoodsClass, MarkKind, MarkRecord, MarkStatus, Note, Party
from service.registry.sources import uspto
from service.registry.sources.base import Item
from service.registry.sources.statuses import kind_of, status_of
from service.registry.sources.values import read_iso
from service.registry.sources.xml_stream import Element

NO_IMAGE = "No image available"


def nodes(element: Element, path: str) -> Iterator[Element]:
    """Yield the elements at a path of local names; `//` before a name looks at any depth."""
    steps = path.replace("//", "/.//").split("/")
    return element.iterfind("/".join(s if s in {".", ""} else "{*}" + s for s in steps))


def texts(element: Element, path: str) -> list[str]:
    """Return the filled texts at a path, in order."""
    return [text for node in nodes(element, path) if (text := (node.text or "").strip())]


def text(element: Element, *paths: str) -> str:
    """Return the first filled text at the first path that has one."""
    for path in paths:
        for found in texts(element, path):
            return found
    return ""


class Reading:
    """One mark being read: collects the remarks, which stand before it in the result."""

    def __init__(self, element: Element, place: str) -> None:
        self.element = element
        self.place = place
        self.notes: list[Note] = []

    def day(self, *paths: str) -> date | None:
        """Read the first filled date; a remark where it is none."""
        raw = text(self.element, *paths)
        found = read_iso(raw)
        if found is None and raw.strip("0 "):
            reason = N_("“{value}” is not one date; the mark was kept without its {field}")
            values = {"value": raw[:60], "field": paths[0]}
            self.notes.append(Note(self.place, "bad-date", reason, values))
        return found

    def earliest(self, path: str) -> date | None:
        """Return the earliest of the dates at a path."""
        return min(filter(None, map(read_iso, texts(self.element, path))), default=None)

    def latest(self, *paths: str) -> date | None:
        """Return the latest of the dates at the paths."""
        every = [read_iso(raw) for path in paths for raw in texts(self.element, path)]
        return max(filter(None, every), default=None)

    def status(self, office: str, code: str, words: str) -> tuple[MarkStatus, str]:
        """Return our status and the office's own: by the USPTO's codes, else by the words."""
        if office == uspto.OFFICE:
            status, own, notes = uspto.status_of(code, self.place)
            self.notes += notes
            return status, own
        own = words or code
        status_by_word = status_of(own) if own else None
        if status_by_word is None or status_by_word is MarkStatus.UNKNOWN:
            reason = N_("The status “{word}” is not known; the mark counts as live")
            self.notes.append(Note(self.place, "unknown-status", reason, {"word": own}))
            return MarkStatus.UNKNOWN, own
        return status_by_word, own

    def kind(self, drawing: str, words: str, sign: str) -> MarkKind:
        """Return the kind: by the USPTO's drawing code, else by the word of the standard."""
        if drawing:
            return uspto.kind_of(drawing, sign)
        return kind_of(words) or (MarkKind.WORD if sign else MarkKind.FIGURATIVE)

    def result(self, mark: MarkRecord) -> list[Item]:
        """Return the mark behind its remarks."""
        return [*self.notes, mark]


def party_at(
    element: Element, *, name: str, country: str, address: Sequence[str], fallback: str = ""
) -> Party:
    """Read a party.

    Args:
        element: What holds the party.
        name: As the standard's paths tell it.
        country: Path of the code of its country.
        address: Paths of the lines of its address, in their order.
        fallback: Path of the address in one text, where those give none.
    """
    lines = [line for path in address for line in texts(element, path)]
    return Party(
        name=name,
        country=uspto.country(text(element, country)),
        address=", ".join(lines or (texts(element, fallback) if fallback else [])),
    )


def owners_of_today(
    listed: Iterable[tuple[str, Element]], read: Callable[[Element], Party]
) -> tuple[Party, ...]:
    """Return the newest owners of (party type, element) pairs, each once, nameless ones left out.

    TSDR numbers the applicants by party type: whoever owns the mark today has the highest.
    """
    parties = [read(one) for one in uspto.latest_owners(list(listed))]
    return tuple(dict.fromkeys(party for party in parties if party.name))


def goods_classes(parts: list[tuple[str, str]]) -> tuple[GoodsClass, ...]:
    """Join (class number, goods) pairs to classes; what has no Nice class goes under 0."""
    found: dict[int, list[str]] = {}
    for number, goods in parts:
        known = found.setdefault(uspto.class_number(number), [])
        if goods and goods not in known:
            known.append(goods)
    return tuple(
        GoodsClass(number, "; ".join(goods)) for number, goods in found.items() if number or goods
    )
