"""Whom a warning concerns, and why: pure comparisons of marks, markets, classes and HS codes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from service.station.alike import marks_alike
from service.station.base.domain import ReasonKind

HS_LENGTH = 4
"""Digits of the heading of the Harmonized System: finer ones differ from country to country."""
EVERYWHERE = ""
"""Stands for a watch of every loaded register."""


@dataclass(frozen=True, slots=True)
class About:
    """What a warning is about; an empty part says nothing."""

    marks: tuple[str, ...] = ()
    markets: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    hs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Held:
    """Something of an enterprise: a product, a watch, a right, a mark in a register."""

    enterprise_id: UUID
    shown: bool
    """The station may see it, or it is public."""
    marks: tuple[str, ...] = ()
    markets: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    hs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Reason:
    """Why an enterprise is concerned; `detail` is its own mark, market, class or code."""

    kind: ReasonKind
    detail: str = ""


def heading(code: str) -> str:
    """Return the heading of an HS code, digits only."""
    return "".join(each for each in code if each.isdigit())[:HS_LENGTH]


def concerned(about: About, held: Sequence[Held]) -> dict[UUID, list[Reason]]:
    """Return who is concerned: by a mark that is alike, else by every part that is named.

    A warning of a market and goods concerns who ships such goods there; one of a market alone,
    everybody who ships there.
    """
    theirs = {mark for one in held for mark in one.marks}
    alike = set(marks_alike(about.marks, theirs)) if about.marks else set()
    found: dict[UUID, set[Reason]] = {}
    for one in held:
        reasons = _reasons(about, one, alike)
        if reasons:
            told = reasons if one.shown else [Reason(ReasonKind.UNSHOWN)]
            found.setdefault(one.enterprise_id, set()).update(told)
    return {key: sorted(reasons) for key, reasons in found.items()}


def _reasons(about: About, one: Held, alike: set[str]) -> list[Reason]:
    marks = [Reason(ReasonKind.MARK, mark) for mark in one.marks if mark in alike]
    markets = _shared(ReasonKind.MARKET, about.markets, one.markets)
    if about.markets and EVERYWHERE in one.markets:
        markets = [Reason(ReasonKind.MARKET, code) for code in about.markets]
    goods = [
        *_shared(ReasonKind.CLASS, about.classes, one.classes),
        *_shared(ReasonKind.HS, map(heading, about.hs), map(heading, one.hs)),
    ]
    asked = [bool(about.markets), bool(about.classes or about.hs)]
    if any(asked) and all(
        met for met, wanted in zip((markets, goods), asked, strict=True) if wanted
    ):
        return [*marks, *markets, *goods]
    return [*marks, *goods] if marks else []


def _shared(kind: ReasonKind, ours: Iterable[str], theirs: Iterable[str]) -> list[Reason]:
    return [Reason(kind, one) for one in sorted(set(ours) & set(theirs)) if one]
