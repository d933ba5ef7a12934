"""Build an index of the names, ask it and the alternatives the same, print one report."""

import argparse
import os
import tempfile
from pathlib import Path
from typing import Any

from service.matching.index import Index, warm
from service.matching.index.pool import threads
from service.matching.index.retrieval import found_forms
from service.matching.index.search import Snapshot, retrieve, search
from service.matching.index.signature import prepare
from service.matching.kinds import Kind
from service.matching.prepared import Prepared
from tests.bench import importing, oracles, ours, watching, whole_screening
from tests.bench.clock import ROUNDS, Times, bandwidth, machine, timed
from tests.bench.names import Names, names, queries
from tests.bench.ours import STRING_KINDS
from tests.bench.rivals import NEEDS_SERVER, RIVALS, SERVER, pg_trgm

_TIMES = "p50 ms | p90 | max | processor p50"

OTHERS = {
    "screening": whole_screening.run,
    "importing": importing.run,
    "watching": watching.run,
}
"""What is measured besides the index, each as `python -m tests.bench NAME`."""


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("what", nargs="?", choices=("index", *OTHERS), default="index")
    parser.add_argument("--marks", type=int, default=700_000, help="real first, then composed")
    parser.add_argument("--queries", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=1, help="the shortest of so many runs counts")
    parser.add_argument("--alone", action="store_true", help="the index alone, no alternatives")
    parser.add_argument("--copies", type=int, default=1, help="search so many copies, alone")
    parser.add_argument("--keep", type=Path, help="folder to keep the index in, used again")
    parser.add_argument("--data", type=Path, help="MARKPASS_DATA, else ../shared/data if there")
    options = parser.parse_args()
    shared = Path(os.environ.get("MARKPASS_DATA") or "../shared/data")
    if options.data is None and shared.is_dir():
        options.data = shared
    return options


def _build(index: Index, taken: float | None, source: Names) -> None:
    status = index.status()
    forms, tables = ours.build_parts(source.every)
    marks = len(source.every)
    built = f"{taken:.1f} s, {marks / taken:,.0f} marks a second" if taken else "kept from before"
    print(
        f"\nBuild: {built} ({threads()} processes). One processor alone makes the forms of "
        f"{forms:,.0f} and the tables of {tables:,.0f} marks a second."
    )
    print(
        f"Size: {marks:,} marks ({source.real:,} real), {status.forms / marks:.1f} distinct forms "
        f"a mark, {status.segments} segments, {status.file_bytes / 1e6:,.0f} MB, "
        f"{status.file_bytes / marks:.0f} bytes a mark."
    )


def _fresh(folder: Path, source: Names, asked: list[str]) -> None:
    seen: dict[str, Any] = ours.fresh(folder, source.every, asked)
    total = seen["imported"] + seen["warmed"] + seen["opened"] + seen["first"]
    print(
        f"\nA new process: {seen['imported']:.2f} s imports, {seen['warmed']:.2f} s kernels from "
        f"the cache, {seen['opened'] * 1e3:.1f} ms open, {seen['first'] * 1e3:.1f} ms first "
        f"search: {total:.2f} s; {seen['worked']:.2f} s of processor time in all."
    )
    if seen["after"]:
        before, after = seen["before"], seen["after"]
        own = (after["Anonymous"] - before["Anonymous"]) * 1024
        shared = (after["Rss"] - after["Anonymous"] - before["Rss"] + before["Anonymous"]) * 1024
        marks = len(source.every)
        print(
            f"Memory after {len(asked)} searches: {own / marks:.0f} bytes a mark of the process's "
            f"own and {shared / marks:.0f} of shared pages."
        )


def _table(title: str, head: str, rows: list[str]) -> None:
    print(f"\n{title}\n\n| {head} |\n|{'---|' * (head.count('|') + 1)}")
    print("\n".join(f"| {row} |" for row in rows))


def _ours(snapshot: Snapshot, asked: list[str]) -> float:
    """Print what the index does; median milliseconds of retrieval over all kinds."""
    prepared = ours.prepared(asked)
    ours.whole(snapshot, prepared[:5])
    kinds = ours.by_kind(snapshot, prepared)
    _table(
        "Retrieval of one kind, values included",
        f"kind | forms asked | {_TIMES}",
        [f"{kind.name} | {kind.asked:.1f} | {kind.times.row()}" for kind in kinds],
    )
    times, found = ours.whole(snapshot, prepared)
    answer = timed(lambda query: search(snapshot, query, limit=ours.LIMIT), prepared)
    _table(
        "All kinds",
        f"what | {_TIMES}",
        [
            f"retrieval, {found:,.0f} marks found in the median | {times.row()}",
            f"search, scored and ranked, limit {ours.LIMIT} | {answer.row()}",
        ],
    )
    wall, work = ours.batch(snapshot, prepared)
    print(f"\nMany names at once: {wall:.0f} a second; {work:.0f} by processor time.")
    print(
        f"Memory bandwidth: {bandwidth(1):.1f} GB/s by one thread, "
        f"{bandwidth(threads()):.1f} GB/s by {threads()}."
    )
    rows = []
    for name in ("spelling", "sound", "loose", "han"):
        scan = ours.scan(snapshot, prepared, name)
        rows.append(f"{name} | {scan.forms:,} | {scan.per_form:.2f} | {scan.ceiling:.2f}")
    _table(
        "One thread scans one kind for one form",
        "kind | forms | ns a form | ns to read the columns of its letters",
        rows,
    )
    return times.at(50)


def _beside(other: Times, own: Times) -> str:
    """Our median, how many times as long the other takes, and the same of processor time."""
    return f"{own.at(50):.2f} | {other.at(50) / own.at(50):.0f} | {other.work / own.work:.0f}"


def _string_kinds(index: Index, asked: list[Prepared], few: int) -> str:
    """Row of RapidFuzz over every form of every string kind, form by form as the queries ask."""
    tables = {
        kind.holds: [segment.tables[kind.holds] for segment in index.snapshot.segments]
        for kind in STRING_KINDS
    }
    slow = {kind.name: oracles.one_kind(index.snapshot, kind, threads()) for kind in STRING_KINDS}
    pairs = [
        [(kind, form.text) for kind in STRING_KINDS for form in query.by_kind.get(kind.asks, ())]
        for query in asked[:few]
    ]

    def fast(pair: tuple[Kind, str]) -> set[str]:
        own, ready = tables[pair[0].holds], prepare([pair[1]])
        return {t.text(int(form)) for t in own for form in found_forms(t, pair[0], ready)[0]}

    for kind, text in {pair for query in pairs for pair in query}:
        if slow[kind.name](text) != fast((kind, text)):
            raise SystemExit(f"{kind.name}: another result for {text!r}")
    plain = timed(lambda query: [slow[kind.name](text) for kind, text in query], pairs)
    scans = timed(
        lambda query: [
            found_forms(t, kind, prepare([text]))
            for kind, text in query
            for t in tables[kind.holds]
        ],
        pairs,
    )
    way = f"RapidFuzz `LCSseq`, all string kinds, {threads()} threads; ours on one"
    return f"{way} | {plain.row()} | {_beside(plain, scans)}"


def _oracle(index: Index, asked: list[Prepared], few: int) -> str:
    """Row of the product's own oracle over all kinds."""
    every = oracles.all_kinds(index.snapshot)
    for query in asked[:few]:
        if list(index.search(query).marks) != every.search(query):
            raise SystemExit(f"all kinds: another result for {query.sign.text!r}")
    ours_alone = timed(lambda query: retrieve(index.snapshot, query), asked[:few])
    plain = timed(every.values, asked[:few])
    way = "`engine.Exhaustive`, all kinds with values, one thread"
    return f"{way} | {plain.row()} | {_beside(plain, ours_alone)}"


def _rivals(source: Names, asked: list[str], median: float) -> list[str]:
    """Rows of the alternatives, times as long as our retrieval over all kinds."""
    known = dict(RIVALS)
    rows = []
    if os.environ.get(SERVER):
        known[NEEDS_SERVER] = pg_trgm
    for name, make in known.items():
        with make(source.every, threads()) as ask:
            ask(asked[0])
            times = timed(ask, asked)
        ratio = times.at(50) / median
        rows.append(f"{name} | {times.row()} | {f'{ratio:.1f}' if ratio >= 0.1 else '< 0.1'}")
    if NEEDS_SERVER not in known:
        rows.append(f"{NEEDS_SERVER} | *not measured here* ({SERVER} is not set) | | | |")
    return rows


def main() -> None:
    """Run everything."""
    options = _options()
    if options.what in OTHERS:
        OTHERS[options.what](options)
        return
    ROUNDS[0] = options.rounds
    source = names(options.data, options.marks)
    asked = queries(source, options.queries)
    print(
        f"{machine()}\n\n{len(source.every):,} marks, {source.real:,} of them real names; "
        f"{len(asked)} queries; {threads()} threads; the shortest of {options.rounds} runs counts."
    )
    warm()
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.keep or Path(scratch) / "index"
        index, taken = ours.opened(folder, source.every)
        _build(index, taken, source)
        _fresh(folder, source, asked)
        snapshot = index.snapshot
        if options.copies > 1:
            snapshot = ours.copied(folder, source.every, options.copies, Path(scratch) / "copies")
            print(
                f"\nFrom here on {options.copies} copies of the index, each in files and memory of "
                f"its own: {options.copies * len(source.every):,} marks."
            )
        median = _ours(snapshot, asked)
        if options.alone or options.copies > 1:
            return
        prepared = ours.prepared(asked)
        _table(
            "The same result, one by one",
            f"way | {_TIMES} | ours, p50 | times as long | of processor time",
            [_string_kinds(index, prepared, 4), _oracle(index, prepared, 12)],
        )
        _table(
            "Other ways, which find other things",
            f"way | {_TIMES} | times our retrieval ({median:.1f} ms)",
            _rivals(source, asked, median),
        )


if __name__ == "__main__":
    main()
