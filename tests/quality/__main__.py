"""The quality programme: `make quality`, or `python -m tests.quality [--short] [--each N]`."""

import argparse
import platform
import sys
import time
from collections.abc import Sequence
from importlib.metadata import version
from random import Random

import numpy as np

from service.matching import meaning, scores
from service.matching.engine import FORM_VERSION, VERSION
from service.matching.index import warm
from tests.quality import (
    banding,
    baselines,
    corpus,
    crowding,
    haystack,
    measure,
    mutations,
    tradeoff,
)
from tests.quality.corpus import Pair
from tests.quality.measure import Outcome

SEED = 20261123
SHORT_NAMES, SHORT_EACH, SHORT_RANDOM = 30_000, 8, 40
FULL_EACH, FULL_RANDOM = 40, 200
SHORT_DRAWN, FULL_DRAWN, BAND_RANDOM = 2_000, 20_000, 100
"""Random pairs, and names searched, for the verdict bands."""

FLOORS: dict[str, float] = {
    "conflict recall@10": 0.88,
    "conflict recall@50": 0.94,
    "typo recall@10": 0.97,
    "mutation recall@10": 0.95,
}
"""Least figures of the short run; below them it fails. Set a little under what was measured."""
MOST_HITS = 10
"""Most hits at medium or above of the median random name."""
MOST_TIED = 0.30


def evidence_without(pairs: Sequence[Pair]) -> meaning.Evidence:
    """The evidence table without the rows that name a pair of an evaluation set."""
    named = {haystack.plain(text) for pair in pairs for text in (pair.query, pair.earlier)}
    kept = [
        row
        for row in meaning.shipped_rows()
        if haystack.plain(row.han) not in named
        and haystack.plain(row.latin) not in named
        and row.strength is not meaning.Strength.DENIED
        and not row.source.startswith(("decided", "contested"))
    ]
    return meaning.Evidence.of(kept)


def _print(*columns: object, widths: Sequence[int] = ()) -> None:
    cells = [f"{column:.3f}" if isinstance(column, float) else str(column) for column in columns]
    print(
        "  ".join(
            cell.ljust(width)
            for cell, width in zip(cells, widths or [24] * len(cells), strict=False)
        ),
        flush=True,
    )


def _table(title: str, rows: Sequence[tuple[str, Sequence[float]]]) -> None:
    print(f"\n{title}")
    _print("", "recall@1", "@10", "@50", "@200", "@1000", widths=(30, 8, 6, 6, 6, 6))
    for name, ranks in rows:
        marks = [measure.recall(ranks, within) for within in (1, 10, 50, 200, 1000)]
        _print(name, *marks, widths=(30, 8, 6, 6, 6, 6))


def _conflicts(
    hay: haystack.Haystack, pairs: Sequence[Pair], evidence: meaning.Evidence, short: bool
) -> list[Outcome]:
    outcomes = measure.run_all(hay, pairs, evidence)
    rows: list[tuple[str, Sequence[float]]] = [("this engine", measure.ranks_of(outcomes))]
    folded = baselines.folded(hay.names)
    queries = baselines.folded([pair.query for pair in pairs])
    wanted = [hay.row(pair.earlier) for pair in pairs]
    for name, scorer in baselines.SCORERS.items():
        if not (short and name == "WRatio"):
            rows.append((name, list(baselines.fuzzy_ranks(scorer, queries, wanted, folded))))
    trigrams = baselines.Trigrams(folded)
    rows.append(
        (
            "SQLite FTS5 trigram",
            [trigrams.rank(query, row) for query, row in zip(queries, wanted, strict=True)],
        )
    )
    by_trigrams = baselines.trigram_ranks(queries, wanted, folded)
    if by_trigrams is not None:
        rows.append(("PostgreSQL pg_trgm", by_trigrams))
    _table(f"Decided conflicts, identical pairs left out ({len(pairs)} pairs)", rows)
    if by_trigrams is None:
        print(f"pg_trgm: not measured here ({baselines.DATABASE} names no database)")
    print(f"nomenklatura logic-v2: {baselines.logic_v2()}")
    for script in ("latin", "han", "han-latin"):
        chosen = [outcome for outcome in outcomes if outcome.pair.script == script]
        _table(f"  of these {script} ({len(chosen)})", [("this engine", measure.ranks_of(chosen))])
    missed = [outcome.pair for outcome in outcomes if not outcome.kinds]
    print(
        "pairs no kind retrieves:", "; ".join(f"{p.query} / {p.earlier}" for p in missed) or "none"
    )
    beyond = sorted((o for o in outcomes if o.rank > 10), key=lambda o: o.rank)
    print(
        "beyond rank 10:",
        "; ".join(f"{o.pair.query} / {o.pair.earlier} ({o.rank})" for o in beyond if o.kinds),
    )
    return outcomes


def _bands(
    hay: haystack.Haystack,
    decisions: Sequence[Sequence[Pair]],
    short: bool,
    evidence: meaning.Evidence,
) -> None:
    names, count = (SHORT_RANDOM, SHORT_DRAWN) if short else (BAND_RANDOM, FULL_DRAWN)
    for table in banding.tables(hay, decisions, names, count, SEED, evidence):
        print(f"\n{table.title}")
        widths = (38, *[max(9, len(column)) for column in table.columns])
        _print("", *table.columns, widths=widths)
        for row in table.rows:
            _print(*row, widths=widths)


def _tradeoff(hay: haystack.Haystack, pairs: Sequence[Pair], evidence: meaning.Evidence) -> None:
    """What any ranking could reach with these values, and what moving a number does."""
    pools = [tradeoff.pool(hay, pair, evidence) for pair in pairs]
    bounds = [one.bound() for one in pools]
    _table(
        "Bound: best ranks any score could give that rises with every kind",
        [("decided conflicts", bounds)],
    )
    names = Random(SEED).sample(hay.names, 60)
    random = [tradeoff.pool(hay, Pair(name, name, "", "random"), evidence) for name in names]
    print("\nTrade-off: one number of service.matching.scores moved")
    widths = (20, 10, 6, 12, 12, 16)
    _print("", "recall@10", "@50", "@10, 1st half", "2nd half", "median at medium", widths=widths)
    for told, row in tradeoff.table(pools, random):
        _print(told, *row, widths=widths)


def _random(hay: haystack.Haystack, count: int, evidence: meaning.Evidence) -> list[Outcome]:
    real = corpus.real_names()
    names = Random(SEED).sample([name for name in real if haystack.plain(name) in hay.rows], count)
    outcomes = measure.run_all(hay, [Pair(name, name, "", "random") for name in names], evidence)
    print(f"\nHits of {count} random real names")
    for name, _ in scores.BANDS:
        hits = [outcome.hits[name] for outcome in outcomes]
        _print(
            f"{name} or above",
            f"median {np.median(hits):.0f}",
            f"mean {np.mean(hits):.1f}",
            f"p95 {np.percentile(hits, 95):.0f}",
            widths=(18, 12, 12, 12),
        )
    print(f"tie rate among the best fifty: {np.mean([o.tied for o in outcomes]):.3f}")
    return outcomes


def _mutations(
    hay: haystack.Haystack, each: int, evidence: meaning.Evidence, ceilings: bool
) -> tuple[list[Outcome], dict[str, list[Outcome]]]:
    cases = mutations.cases(hay.names, each, SEED)
    crowds = crowding.Crowds(hay.names)
    every: list[Outcome] = []
    aimed: dict[str, list[Outcome]] = {}
    print("\nMutations of real names")
    _print("", "n", "recall@1", "@10", "ceiling@10", widths=(32, 5, 9, 6, 10))
    for mutation in mutations.MUTATIONS:
        pairs = cases[mutation.name]
        outcomes = measure.run_all(hay, pairs, evidence)
        ranks = measure.ranks_of(outcomes)
        ceiling = crowds.ceiling(pairs, 10) if ceilings and mutation.crowded else 1.0
        _print(
            mutation.name,
            len(pairs),
            measure.recall(ranks, 1),
            measure.recall(ranks, 10),
            ceiling if mutation.crowded and ceilings else "",
            widths=(32, 5, 9, 6, 10),
        )
        every += outcomes
        if not mutation.crowded:
            aimed[mutation.name] = outcomes
    return every, aimed


def _slowest(outcomes: Sequence[Outcome]) -> None:
    print("\nSlowest ten queries (by the index; forms and scores included)")
    for outcome in sorted(outcomes, key=lambda o: -o.seconds)[:10]:
        print(f"  {outcome.seconds * 1000:7.0f} ms  {outcome.pair.query}")


def main() -> int:
    """Measure, print, and in the short run fail below the floors."""
    parser = argparse.ArgumentParser(prog="python -m tests.quality", description=__doc__)
    parser.add_argument(
        "--short", action="store_true", help="seeded sample with thresholds, for CI"
    )
    parser.add_argument("--each", type=int, help="changed names per kind of mutation")
    options = parser.parse_args()
    if not (corpus.folder() / "conflict-pairs").is_dir():
        print(f"No data in {corpus.folder()}: name the folder in MARKPASS_DATA.", file=sys.stderr)
        return 2
    began = time.perf_counter()
    pairs, typos, brands = corpus.conflict_pairs(), corpus.typo_pairs(), corpus.brand_pairs()
    short = options.short
    real = corpus.real_names()
    sample = Random(SEED).sample(real, SHORT_NAMES) if short else real
    planted = {haystack.plain(name): name for name in sample}
    for pair in (*pairs, *typos, *brands):
        planted.setdefault(haystack.plain(pair.earlier), pair.earlier)
    evidence = evidence_without((*pairs, *typos, *brands))
    hay = haystack.open_haystack(list(planted.values()), evidence)
    warm()
    print(
        f"{VERSION}, forms {FORM_VERSION}; {len(hay.names):,} names; Python"
        f" {platform.python_version()}, NumPy {version('numpy')}, Numba {version('numba')},"
        f" RapidFuzz {version('rapidfuzz')}; {platform.machine()}; built in"
        f" {time.perf_counter() - began:.0f} s"
    )
    outcomes = _conflicts(hay, pairs, evidence, short)
    denied = corpus.conflict_pairs(outcome="no_conflict")
    _bands(hay, (pairs, denied, brands), short, evidence)
    typo = measure.run_all(hay, typos, evidence)
    brand = measure.run_all(hay, Random(SEED).sample(brands, 30 if short else 150), evidence)
    _table(
        "Other pairs",
        [
            (f"domain imitations ({len(typo)})", measure.ranks_of(typo)),
            (f"Chinese and Latin brand ({len(brand)})", measure.ranks_of(brand)),
        ],
    )
    _table(
        "Decided conflicts with the evidence table",
        [("this engine", [measure.rank_with_table(hay, pair, evidence) for pair in pairs])],
    )
    times = [outcome.seconds * 1000 for outcome in (*outcomes, *typo, *brand)]
    print(
        f"one query: p50 {np.percentile(times, 50):.0f} ms, p95 {np.percentile(times, 95):.0f} ms"
    )
    random = _random(hay, SHORT_RANDOM if short else FULL_RANDOM, evidence)
    each = options.each or (SHORT_EACH if short else FULL_EACH)
    mutated, aimed = _mutations(hay, each, evidence, ceilings=not short)
    if not short:
        _tradeoff(hay, pairs, evidence)
    _slowest([*outcomes, *typo, *random, *mutated])
    print(f"\n{time.perf_counter() - began:.0f} s in all")
    return _judged(outcomes, typo, random, aimed) if short else 0


def _judged(
    outcomes: Sequence[Outcome],
    typo: Sequence[Outcome],
    random: Sequence[Outcome],
    aimed: dict[str, list[Outcome]],
) -> int:
    """Exit code of the short run: 1 when a figure is below its floor."""
    figures = {
        "conflict recall@10": measure.recall(measure.ranks_of(outcomes), 10),
        "conflict recall@50": measure.recall(measure.ranks_of(outcomes), 50),
        "typo recall@10": measure.recall(measure.ranks_of(typo), 10),
        "mutation recall@10": measure.recall(
            [outcome.rank for group in aimed.values() for outcome in group], 10
        ),
    }
    failed = [
        f"{name} {figures[name]:.3f} < {least}"
        for name, least in FLOORS.items()
        if figures[name] < least
    ]
    median = float(np.median([outcome.hits["medium"] for outcome in random]))
    if median > MOST_HITS:
        failed.append(f"hits at medium {median:.0f} > {MOST_HITS}")
    tied = float(np.mean([outcome.tied for outcome in random]))
    if tied > MOST_TIED:
        failed.append(f"tie rate {tied:.3f} > {MOST_TIED}")
    print("FAILED: " + "; ".join(failed) if failed else "all floors held", figures)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
