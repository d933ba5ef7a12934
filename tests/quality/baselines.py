"""What common ways rank the same names by, for comparison in the same run."""

import os
import sqlite3
from collections.abc import Callable, Sequence
from importlib import import_module

import numpy as np
import psycopg
from numpy.typing import NDArray
from rapidfuzz import fuzz, process
from rapidfuzz.distance import JaroWinkler

from service.matching import normalise

SCORERS: dict[str, Callable[..., float]] = {
    "ratio": fuzz.ratio,
    "WRatio": fuzz.WRatio,
    "Jaro-Winkler": JaroWinkler.normalized_similarity,
    "token_set_ratio": fuzz.token_set_ratio,
}
ABSENT = 10**9
"""Rank of a mark that was not found."""


def folded(names: Sequence[str]) -> list[str]:
    """Names as the baselines get them: folded by the engine's own normaliser, words kept."""
    return [normalise.fold(name) for name in names]


def fuzzy_ranks(
    scorer: Callable[..., float], queries: Sequence[str], rows: Sequence[int], names: Sequence[str]
) -> NDArray[np.float64]:
    """Rank of each wanted row by a RapidFuzz scorer over all names; ties count half."""
    ranks = []
    for query, row in zip(queries, rows, strict=True):
        scores = process.cdist([query], names, scorer=scorer, dtype=np.float64, workers=2)[0]
        better = int((scores > scores[row]).sum())
        tied = int((scores == scores[row]).sum()) - 1
        ranks.append(1 + better + tied / 2)
    return np.array(ranks)


class Trigrams:
    """SQLite FTS5 with its trigram tokenizer: the OR of the query's trigrams, ranked by bm25."""

    def __init__(self, names: Sequence[str]) -> None:
        self._base = sqlite3.connect(":memory:")
        self._base.execute("create virtual table names using fts5(name, tokenize='trigram')")
        self._base.executemany("insert into names(rowid, name) values (?, ?)", enumerate(names))

    def rank(self, query: str, row: int) -> float:
        """Rank of the wanted row among the best thousand."""
        grams = {query[at : at + 3] for at in range(len(query) - 2)}
        if not grams:
            return ABSENT
        wanted = " OR ".join('"' + gram.replace('"', '""') + '"' for gram in sorted(grams))
        found = self._base.execute(
            "select rowid from names where names match ? order by rank limit 1000", (wanted,)
        ).fetchall()
        return next((at + 1 for at, (rowid,) in enumerate(found) if rowid == row), ABSENT)


DATABASE = "MARKPASS_BENCH_DATABASE_URL"
"""Names a PostgreSQL database with the extension pg_trgm at hand, to measure it too."""


def trigram_ranks(
    queries: Sequence[str], rows: Sequence[int], names: Sequence[str]
) -> list[float] | None:
    """Ranks by PostgreSQL's pg_trgm (similarity of 0.15 and more); None without a database."""
    url = os.environ.get(DATABASE)
    if not url:
        return None
    with psycopg.connect(url) as base, base.cursor() as cursor:
        cursor.execute("create extension if not exists pg_trgm")
        cursor.execute("create temporary table names (id integer, name text)")
        with cursor.copy("copy names from stdin") as lines:
            for row, name in enumerate(names):
                lines.write_row((row, name))
        cursor.execute("create index on names using gin (name gin_trgm_ops)")
        cursor.execute("set pg_trgm.similarity_threshold = 0.15")
        return [_placed(cursor, query, row) for query, row in zip(queries, rows, strict=True)]


def _placed(cursor: "psycopg.Cursor[tuple[int]]", query: str, row: int) -> float:
    cursor.execute(
        "select id from names where name %% %s order by similarity(name, %s) desc, id limit 1000",
        (query, query),
    )
    found = cursor.fetchall()
    return next((at + 1 for at, (number,) in enumerate(found) if number == row), ABSENT)


def logic_v2() -> str:
    """Why nomenklatura's logic-v2 ranks nothing here; tried anew, so that the reason holds."""
    for name in ("icu", "nomenklatura"):
        try:
            import_module(name)
        except ImportError as error:
            return f"not measured here ({error}; it needs PyICU, of which there is no wheel)"
    return "not measured: it can be imported here, but nobody has written its ranking"
