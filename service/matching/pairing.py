"""Values of one pair of prepared marks, kind by kind, with the two forms that gave each value."""

from dataclasses import dataclass

from service.matching import kernels
from service.matching.kinds import KINDS, Family, Form, Kind
from service.matching.prepared import Prepared, codes_of


@dataclass(frozen=True, slots=True)
class Evidence:
    """The best pair of forms of one kind."""

    kind: Kind
    value: int
    """0..10000, see `kinds`."""
    query: tuple[Form, ...]
    mark: tuple[Form, ...]


def _string(kind: Kind, asked: tuple[Form, ...], held: tuple[Form, ...]) -> Evidence | None:
    best: Evidence | None = None
    codes = [codes_of(form.text) for form in held]
    for form in asked:
        query = codes_of(form.text)
        for other, text in zip(held, codes, strict=True):
            m, n = len(query), len(text)
            floor = kind.floors[min(m, n)]
            if 200 * min(m, n) < floor * (m + n):
                continue
            if 200 * kernels.lcs(query, text) < floor * (m + n):
                continue
            value = int(kernels.grade(query, text, form.share, other.share, int(kind.style)))
            if best is None or value > best.value:
                best = Evidence(kind, value, (form,), (other,))
    return best


def _set(kind: Kind, asked: tuple[Form, ...], held: tuple[Form, ...]) -> Evidence | None:
    mine = {form.text: form for form in reversed(asked)}
    theirs = {form.text: form for form in reversed(held)}
    shared = [text for text in (form.text for form in asked) if text in theirs]
    shared = list(dict.fromkeys(shared))
    if not shared:
        return None
    value = int(
        kernels.cover(
            sum(mine[text].share for text in shared),
            sum(theirs[text].share for text in shared),
            kind.floors[0],
        )
    )
    pairs = tuple(mine[text] for text in shared), tuple(theirs[text] for text in shared)
    return Evidence(kind, value, *pairs) if value else None


def _key(kind: Kind, asked: tuple[Form, ...], held: tuple[Form, ...]) -> Evidence | None:
    best: Evidence | None = None
    theirs: dict[str, list[Form]] = {}
    for form in held:
        theirs.setdefault(form.text, []).append(form)
    for form in asked:
        for other in theirs.get(form.text, ()):
            value = int(kernels.belong(form.share, other.share))
            if best is None or value > best.value:
                best = Evidence(kind, value, (form,), (other,))
    return best


_WAYS = {Family.STRING: _string, Family.SET: _set, Family.KEY: _key}


def values_of(query: Prepared, mark: Prepared) -> dict[str, Evidence]:
    """Every kind by which the query finds the mark, with its value and the forms behind it."""
    found = {}
    for kind in KINDS:
        asked, held = query.by_kind.get(kind.asks, ()), mark.by_kind.get(kind.holds, ())
        if asked and held:
            evidence = _WAYS[kind.family](kind, asked, held)
            if evidence is not None and evidence.value > 0:
                found[kind.name] = evidence
    return found
