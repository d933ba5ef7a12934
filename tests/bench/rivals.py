"""The alternatives, each made as its manual says and asked the same names."""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import numpy as np
import psycopg
import tantivy
from rapidfuzz import fuzz, process

TOP = 200
"""How many names the alternatives with a ranking of their own return."""
Ask = Callable[[str], object]


def folded(name: str) -> str:
    """What the alternatives compare."""
    return name.casefold()


@contextmanager
def rapidfuzz_ratio(names: list[str], workers: int) -> Iterator[Ask]:
    """`process.cdist` with `ratio` over all names, those of 70 and more."""
    choices = [folded(name) for name in names]

    def ask(name: str) -> object:
        scores = process.cdist(
            [folded(name)],
            choices,
            scorer=fuzz.ratio,
            dtype=np.float64,
            score_cutoff=70,
            workers=workers,
        )
        return np.flatnonzero(scores[0])

    yield ask


def _grams(name: str) -> list[str]:
    text = folded(name)
    return [text[place : place + 3] for place in range(len(text) - 2)]


@contextmanager
def fts5(names: list[str], _workers: int) -> Iterator[Ask]:
    """SQLite FTS5 with the trigram tokeniser: any gram, best first by bm25."""
    base = sqlite3.connect(":memory:")
    base.execute("CREATE VIRTUAL TABLE marks USING fts5(name, tokenize='trigram')")
    base.executemany("INSERT INTO marks(name) VALUES (?)", ((name,) for name in names))
    base.execute("INSERT INTO marks(marks) VALUES ('optimize')")

    def ask(name: str) -> object:
        grams = " OR ".join('"' + gram.replace('"', '""') + '"' for gram in _grams(name))
        if not grams:
            return []
        return base.execute(
            "SELECT rowid FROM marks WHERE marks MATCH ? ORDER BY rank LIMIT ?", (grams, TOP)
        ).fetchall()

    yield ask
    base.close()


@contextmanager
def tantivy_trigram(names: list[str], _workers: int) -> Iterator[Ask]:
    """Tantivy with grams of three letters: any gram, best first by bm25."""
    folder = tempfile.mkdtemp()
    schema = tantivy.SchemaBuilder().add_text_field("name", tokenizer_name="three").build()
    index = tantivy.Index(schema, path=folder)
    three = tantivy.TextAnalyzerBuilder(
        tantivy.Tokenizer.ngram(min_gram=3, max_gram=3, prefix_only=False)
    ).filter(tantivy.Filter.lowercase())
    index.register_tokenizer("three", three.build())
    writer = index.writer(heap_size=200_000_000)
    for name in names:
        writer.add_document(tantivy.Document(name=[name]))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def ask(name: str) -> object:
        terms = [
            (tantivy.Occur.Should, tantivy.Query.term_query(schema, "name", gram))
            for gram in _grams(name)
        ]
        return searcher.search(tantivy.Query.boolean_query(terms), TOP).hits if terms else []

    yield ask
    shutil.rmtree(folder)


@contextmanager
def pg_trgm(names: list[str], _workers: int) -> Iterator[Ask]:
    """PostgreSQL `pg_trgm` with a GIN index, similarity of 0.3 and more."""
    with psycopg.connect(os.environ["MARKPASS_BENCH_DATABASE_URL"]) as base:
        base.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        base.execute("CREATE TEMPORARY TABLE names (name text)")
        with base.cursor() as cursor, cursor.copy("COPY names FROM STDIN") as copy:
            for name in names:
                copy.write_row([folded(name)])
        base.execute("CREATE INDEX ON names USING gin (name gin_trgm_ops)")
        base.execute("ANALYZE names")

        def ask(name: str) -> object:
            return base.execute(
                "SELECT name FROM names WHERE name %% %s", (folded(name),)
            ).fetchall()

        yield ask
        base.rollback()


RIVALS = {
    "RapidFuzz `cdist`, `ratio` >= 70, all names": rapidfuzz_ratio,
    "SQLite FTS5 trigram, top 200": fts5,
    "Tantivy trigram, top 200": tantivy_trigram,
}
NEEDS_SERVER = "PostgreSQL `pg_trgm`, GIN, 0.3"
SERVER = "MARKPASS_BENCH_DATABASE_URL"
