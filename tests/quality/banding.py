"""The verdict bands that decide: what share of decided pairs, and of a register, reaches each.

Every pair goes the way of a screening: compared, told to a rule pack, its band by `bands.csv`,
raised by an axis, stopped by what is missing (`verdicts.sign_band`).
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from random import Random

import numpy as np
from numpy.typing import NDArray

from service.matching import meaning, sounding
from service.matching.compare import compare_sides
from service.matching.engine import Sign, prepare
from service.matching.index.search import retrieve
from service.matching.sides import Side
from service.matching.traits import traits_of
from service.registry.findings import findings
from service.rules.markets import market
from service.rules.markets.packs import Evidence, Script, SignBand, SignEvidence, pack_of, packs
from service.rules.markets.packs.verdicts import sign_band
from service.screening.judging import line, sign_evidence
from service.screening.signs import NOTHING, SCRIPTS, Stop, codes_of, evidence_of, signs_of
from service.screening.weighing import shared_scripts, stop_of
from tests.quality.corpus import Pair
from tests.quality.haystack import Haystack

BANDS = (SignBand.HIGH, SignBand.AVERAGE, SignBand.LOW)
DRAWN_FROM = 400
"""Names that the random pairs are drawn from."""
STEPS = (0.40, 0.45, 0.50, 0.55, 0.60, 0.62, 0.66, 0.70, 0.72, 0.75, 0.80, 0.85, 0.90)
"""Similarities at which the trade-off is shown."""
GROUPS: dict[str, tuple[Script, range]] = {
    "latin, 1 to 3": (Script.LATIN, range(1, 4)),
    "latin, 4 and more": (Script.LATIN, range(4, 10_000)),
    "Han, 1 and 2": (Script.HAN, range(1, 3)),
    "Han, 3 and more": (Script.HAN, range(3, 10_000)),
    "other": (Script.OTHER, range(1, 10_000)),
    "across": (Script.ACROSS, range(1, 10_000)),
}
"""Pairs as rows of `bands.csv` part them: the script shared, the letters of the shorter mark."""

Row = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Figures with their names."""

    title: str
    columns: tuple[str, ...]
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Judged:
    """A pair as the packs are told of it."""

    pair: Pair
    sign: SignEvidence

    def band(self, pack: str = "") -> SignBand:
        """Its band under a pack, or under that of the market that decided."""
        return sign_band(packs()[pack] if pack else pack_of(market(self.pair.where)), self.sign)[0]

    def within(self, group: str) -> bool:
        """Whether it is one of `GROUPS`."""
        script, lengths = GROUPS[group]
        return self.sign.script is script and self.sign.length in lengths


@dataclass(frozen=True, slots=True)
class Reach:
    """What one name finds in the register, itself left out."""

    codes: Counter[tuple[int, Stop]]
    """How often each code of signs was found, and what in the words stops it."""
    similarities: dict[str, NDArray[np.float64]]
    """Similarity of all it found, by `GROUPS`."""

    def at(self, pack: str, band: SignBand) -> int:
        """How many marks reach a band."""
        return sum(n for one, n in self.codes.items() if _band(pack, *one).rank >= band.rank)


@cache
def _band(pack: str, code: int, stop: Stop) -> SignBand:
    return sign_band(packs()[pack], evidence_of(signs_of(code), stop))[0]


def judged(pairs: Iterable[Pair], evidence: meaning.Evidence) -> list[Judged]:
    """Pairs compared, each name prepared once."""
    sides: dict[str, Side] = {}
    found = []
    for pair in pairs:
        for text in (pair.query, pair.earlier):
            if text not in sides:
                sides[text] = Side(prepare(Sign(text), evidence=evidence), None)
        compared = compare_sides(sides[pair.query], sides[pair.earlier])
        found.append(
            Judged(
                pair,
                sign_evidence(
                    compared, pair.query, pair.earlier, evidence=Evidence.NONE, linked=False
                ),
            )
        )
    return found


def drawn(names: Sequence[str], count: int, seed: int) -> list[Pair]:
    """Random pairs of names."""
    draw = Random(seed)
    pairs = list(combinations(draw.sample(names, DRAWN_FROM), 2))
    return [Pair(one, other, "", "random") for one, other in draw.sample(pairs, count)]


def reach(hay: Haystack, name: str, evidence: meaning.Evidence) -> Reach:
    """Search a name and tell the packs of all that was found, as a screening does."""
    query, own = prepare(Sign(name), evidence=evidence), traits_of(name)
    found = findings([retrieve(hay.index.snapshot, query)], hay.index.snapshot)
    rows = np.flatnonzero(found.keys != hay.row(name) + 1)
    facts, similarity = found.facts(rows), found.similarity[rows]
    scripts = np.array(shared_scripts(own.scripts))[facts.scripts]
    letters = np.minimum(own.letters, facts.letters)
    side, stops = Side(query, None), [NOTHING] * len(rows)
    maybe = ((facts.weak & np.uint64(own.weak)) != 0) | bool(side.read)
    for at in np.flatnonzero(maybe & (similarity >= line())):
        stops[at] = stop_of(side, hay.names[facts.key[at] - 1])
    said = sounding.alike(facts.sound, np.uint64(own.sound))
    codes = codes_of(found.values[rows], similarity, scripts, letters, said)
    alike = {
        group: similarity[
            (scripts == SCRIPTS.index(script))
            & (letters >= lengths.start)
            & (letters < lengths.stop)
        ]
        for group, (script, lengths) in GROUPS.items()
    }
    return Reach(Counter(zip(codes.tolist(), stops, strict=True)), alike)


def _share(bands: Sequence[SignBand], least: SignBand) -> float:
    return float(np.mean([band.rank >= least.rank for band in bands])) if bands else 0.0


def _decided(
    told: str, conflicts: Sequence[Judged], denied: Sequence[Judged], pack: str = ""
) -> Row:
    """For each band recall, the share of the denied that reach it too, precision of the two."""
    groups = [[one.band(pack) for one in group] for group in (conflicts, denied)]
    cells: list[float] = []
    for least in BANDS:
        hit, false = (sum(one.rank >= least.rank for one in group) for group in groups)
        cells += [*(_share(group, least) for group in groups), hit / max(1, hit + false)]
    return (f"{told} ({len(conflicts)}, {len(denied)} denied)", *cells)


def decided(conflicts: Sequence[Judged], denied: Sequence[Judged]) -> Table:
    """Decided pairs under the pack of the market that decided them, then all under each pack.

    Denied conflicts failed on goods, fame or evidence as often as on the signs, so precision among
    decided pairs says little of the signs; what random names reach says more.
    """
    rows = [_decided("all", conflicts, denied)]
    for half, told in enumerate(("first half", "second half")):
        rows.append(_decided(told, conflicts[half::2], denied[half::2]))
    for group in GROUPS:
        found, false = ([one for one in some if one.within(group)] for some in (conflicts, denied))
        if found or false:
            rows.append(_decided(group, found, false))
    rows += [_decided(f"all under {pack}", conflicts, denied, pack) for pack in packs()]
    columns = [f"{band} {what}" for band in BANDS for what in ("recall", "denied", "precision")]
    return Table("Decided pairs by sign band, of the market that decided", tuple(columns), rows)


def strangers(brands: Sequence[Judged], random: Sequence[Judged]) -> Table:
    """Chinese and Latin names of one brand, and names that have nothing to do with each other."""
    rows: list[Row] = []
    for told, group in (("brand pairs", brands), ("random pairs", random)):
        for pack in packs():
            bands = [one.band(pack) for one in group]
            shares = [f"{_share(bands, least):.4f}" for least in BANDS]
            rows.append((f"{told} ({len(group):,}), {pack}", *shares))
    return Table("Share that reaches a sign band or a nearer one", tuple(BANDS), rows)


def register(reaches: Sequence[Reach], names: int) -> Table:
    """How many other names of the haystack reach each band for a random name."""
    rows: list[Row] = []
    for pack in packs():
        cells: list[object] = []
        for least in BANDS:
            found = [one.at(pack, least) for one in reaches]
            cells += [f"{np.median(found):.0f}", f"{np.mean(found):.1f}"]
        rows.append((pack, *cells))
    columns = [f"{band} {what}" for band in BANDS for what in ("median", "mean")]
    title = f"Names of {names:,} that reach a sign band for one of {len(reaches)} random names"
    return Table(title, tuple(columns), rows)


def moved(
    conflicts: Sequence[Judged],
    denied: Sequence[Judged],
    brands: Sequence[Judged],
    reaches: Sequence[Reach],
) -> Table:
    """What a threshold of `bands.csv` could be: who reaches it by similarity alone."""
    rows: list[Row] = []
    for group in GROUPS:
        chosen = [[one for one in some if one.within(group)] for some in (conflicts, denied)]
        pairs = [chosen[0][::2], chosen[0][1::2], chosen[1]]
        pairs.append([one for one in brands if one.within(group)])
        asked = [one.similarities[group] for one in reaches if len(one.similarities[group])]
        for step in STEPS if asked else ():
            cells = [sum(one.sign.similarity >= step for one in some) for some in pairs]
            found = [int((one >= step).sum()) for one in asked]
            told = f"{group} ({', '.join(str(len(some)) for some in pairs)}) {step:.2f}"
            rows.append((told, *cells, f"{np.median(found):.0f}", f"{np.mean(found):.1f}"))
    columns = ("conflicts, 1st half", "2nd half", "denied", "brands", "names, median", "mean")
    return Table("Trade-off: pairs and names at or above a similarity", columns, rows)


def tables(
    hay: Haystack,
    decisions: Sequence[Sequence[Pair]],
    names: int,
    count: int,
    seed: int,
    evidence: meaning.Evidence,
) -> Iterator[Table]:
    """All of it.

    Args:
        hay: Names to search.
        decisions: Conflicts, denied ones, and names of one brand.
        names: How many names are searched.
        count: How many random pairs are compared.
        seed: What they are drawn with.
        evidence: Translations that count.
    """
    conflicts, denied, brands = (judged(pairs, evidence) for pairs in decisions)
    yield decided(conflicts, denied)
    yield strangers(brands, judged(drawn(hay.names, count, seed), evidence))
    reaches = [reach(hay, name, evidence) for name in Random(seed).sample(hay.names, names)]
    yield register(reaches, len(hay.names))
    yield moved(conflicts, denied, brands, reaches)
