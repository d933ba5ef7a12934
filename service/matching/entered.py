"""Equivalents entered since the index was made: a mark that has one asks for the other name too.

Every mark in an index holds its own joined text as a form of the kind *record*, so that no index
need be made anew.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from service.matching import meaning
from service.matching.grounds import values_of
from service.matching.kinds import Form, FormKind
from service.matching.meaning import SHARES, EvidenceRow, Link, Strength
from service.matching.prepared import Prepared

ABOVE = 6
"""By how much the share that a pair of names carries together lies above a shipped link's."""


def with_rows(prepared: Prepared, rows: Iterable[EvidenceRow]) -> Prepared:
    """Return a mark that also asks for the other names of those rows that are about it.

    Each of its links has a value of its own, by which `Prepared.grounds` knows it again. Rows of
    the shipped table for the same two names count with those entered: such links come first, to
    find the other name by a higher value than the shipped link does.
    """
    own = meaning.key_of(prepared.sign.text)
    others: dict[str, list[EvidenceRow]] = {}
    for row in rows:
        one, other = row.sides
        if own in (one, other):
            others.setdefault(other if own == one else one, []).append(row)
    taken, links, forms = set(prepared.grounds), dict[str, Link](), list(prepared.forms)
    shipped = {other: _shipped(prepared, own, other) for other in others}
    for other in sorted(others, key=lambda one: not shipped[one]):
        linking = (*others[other], *shipped[other])
        share = _free(linking, taken)
        taken |= set(values_of(share))
        text = f"~{other}"
        links[text] = Link(text, linking, share)
        forms.append(Form(FormKind.RECORD, text, prepared.sign.text[:256], True, share))
    return replace(prepared, forms=tuple(forms), entered=links) if links else prepared


def _shipped(prepared: Prepared, own: str, other: str) -> Sequence[EvidenceRow]:
    held: Mapping[str, tuple[Link, ...]] = (prepared.evidence or meaning.shipped()).rows
    return [row for link in held.get(own, ()) for row in link.rows if other in row.sides]


def _free(rows: Sequence[EvidenceRow], taken: set[int]) -> int:
    """Return the highest share for the best strength of these rows whose values are not taken."""
    best = next(strength for strength in Strength if strength in {row.strength for row in rows})
    together = SHARES[best] + ABOVE
    share = 1000 * together // (2000 - together)
    while taken & set(values_of(share)):
        share -= 1
    return share
