"""Alignments a person can read: what stays, what is changed, and why a change is slight."""

from dataclasses import dataclass

from rapidfuzz.distance import Indel

from service.matching import costs, look
from service.matching.kinds import Family, Form, Kind, Style

NEAR = 70
"""Exchanges that cost at most this, in hundredths, are called near."""
_READ = {Style.SYLLABLES, Style.CLASSES}
"""Styles whose texts are codes; the readable side is aligned instead."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an alignment."""

    op: str
    """equal, replace, insert, delete."""
    a: str
    b: str
    reason: str
    """Why a change is slight: `look-alike`, `near-sound`, `doubled`; empty otherwise."""


def _readable(form: Form, style: int) -> str:
    """The text a person can follow: reading aids are shown as they are read."""
    if style in _READ:
        return form.shown.split(": ")[-1]
    return form.text


def _reason(style: int, a: str, b: str) -> str:
    if len(a) == len(b) == 1:
        if ord(a) < costs.SPAN and ord(b) < costs.SPAN:
            near = int(costs.SUBSTITUTE[style, ord(a), ord(b)]) <= NEAR
            return ("near-sound" if style == Style.PHONEMES else "look-alike") if near else ""
        return "look-alike" if b in look.lookalikes().get(a, ()) else ""
    return ""


def align(query: tuple[Form, ...], mark: tuple[Form, ...], kind: Kind) -> tuple[Step, ...]:
    """Steps from the query's form to the mark's, neighbouring deletion and insertion made one."""
    if kind.family is not Family.STRING:
        return tuple(
            Step("equal" if a.shown == b.shown else "replace", a.shown, b.shown, kind.name)
            for a, b in zip(query, mark, strict=True)
        )
    a, b = _readable(query[0], kind.style), _readable(mark[0], kind.style)
    steps: list[Step] = []
    for op in Indel.opcodes(a, b):
        left, right = a[op.src_start : op.src_end], b[op.dest_start : op.dest_end]
        last = steps[-1] if steps else None
        if op.tag != "equal" and last is not None and last.op in ("delete", "insert"):
            left, right = last.a + left, last.b + right
            steps[-1] = Step("replace", left, right, _reason(kind.style, left, right))
            continue
        doubled = op.tag != "equal" and last is not None and (left or right) == last.a[-1:]
        steps.append(Step(op.tag, left, right, "doubled" if doubled else ""))
    return tuple(steps)
