"""A second opinion on the goods tables, and what in them still rests on memory.

    python -m tools.goods.check [--nice-list FILE] [--hs-list FILE]

`--nice-list` is a Nice alphabetical list as JSON (`goods` and `services`, each with `number`, whose
first two digits are the class, and `description`); `--hs-list` a CSV of the Harmonized System with
a column `hscode`. Nothing of either is copied: words are compared, and what differs is printed.
Exit code 1 where a word of ours stands in another class than the list's, or an HS code is none.
"""

import argparse
import csv
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from service.rules.goods.catalogue import articles, articles_by_word
from service.rules.goods.codes import group_facts, hs_headings
from service.rules.goods.parsing import words_item
from service.rules.goods.words import fold_phrase
from service.rules.markets import markets, offices


def listed_classes(path: Path) -> dict[str, set[int]]:
    """Return the classes of every term of a Nice list, by the term as written."""
    listed = json.loads(path.read_text(encoding="utf-8"))
    found: dict[str, set[int]] = {}
    for term in (*listed["goods"], *listed["services"]):
        found.setdefault(term["description"], set()).add(int(term["number"]) // 10000)
    return found


def wrong_words(listed: dict[str, set[int]]) -> Iterator[str]:
    """Yield each word of ours that the list has in other classes only."""
    folded: dict[str, set[int]] = {}
    for term, classes in listed.items():
        folded.setdefault(fold_phrase(term), set()).update(classes)
    for word, keys in articles_by_word().items():
        ours = {number for key in keys for number in articles()[key].classes}
        if word in folded and not ours & folded[word]:
            yield f"{word}: ours {sorted(ours)}, listed {sorted(folded[word])}"


def reading(listed: dict[str, set[int]]) -> Counter[str]:
    """Return how the terms of a list are read: firmly or approximately, right or wrong."""
    found: Counter[str] = Counter()
    for term, classes in listed.items():
        item = words_item(term)
        how = "approximate" if item.approximate else "firm"
        right = "right" if classes & set(item.classes) else "wrong"
        found[f"{how} {right}" if item.understood else "not understood"] += 1
    return found


def standing() -> Iterator[str]:
    """Yield the size of each table and how much of it is read from a source."""
    for name, facts in (
        ("articles", [one.confidence for one in articles().values()]),
        ("groups", [one.confidence for one in group_facts().values()]),
        ("registers of markets", [one.basis.confidence for one in markets().values()]),
        ("blind periods", [one.blind_confidence for one in offices().values()]),
        ("rhythms", [one.rhythm_confidence for one in offices().values()]),
    ):
        counts = ", ".join(f"{kind} {number}" for kind, number in sorted(Counter(facts).items()))
        yield f"{name}: {len(facts)} ({counts})"
    yield f"words: {len(articles_by_word())}"


def main() -> int:
    """Print the second opinion; return 1 where a table contradicts it."""
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m tools.goods.check")
    parser.add_argument("--nice-list", type=Path)
    parser.add_argument("--hs-list", type=Path)
    given = parser.parse_args()
    lines = list(standing())
    faults: list[str] = []
    if given.nice_list:
        listed = listed_classes(given.nice_list)
        faults += wrong_words(listed)
        counts = sorted(reading(listed).items())
        lines.append("reading the list: " + ", ".join(f"{how} {count}" for how, count in counts))
    if given.hs_list:
        with given.hs_list.open(encoding="utf-8", newline="") as stream:
            known = {row["hscode"] for row in csv.DictReader(stream)}
        faults += [f"hs {code}: not in the list" for code in sorted(set(hs_headings()) - known)]
    sys.stdout.write("".join(f"{line}\n" for line in (*lines, *faults)))
    return int(bool(faults))


if __name__ == "__main__":
    raise SystemExit(main())
