"""Write the table of USPTO status codes with the status each stands for here.

    python -m tools.uspto_status STATUS_CODES.csv

The input has the columns `code`, `description` and `live_dead_indicator`, as the USPTO documents
its codes (a work of the United States government, in the public domain). Which of our statuses a
code stands for is decided by the rules below: first the single codes, then the ranges, then the
office's own word for alive or dead. Whatever may still come back to life stays alive.
"""

import argparse
import csv
from pathlib import Path

OUTPUT = Path("service/registry/sources/fields/uspto_status.csv")

SINGLE = {
    "filed": "400 403 612 715 760 762 763 764 804",
    "published": "686 688 689 690 773 775 777 802 803",
    "opposed": "774 779 801",
    "registered": "717 740",
    "refused": "603 604 608 610 614 632 901",
    "withdrawn": "968",
    "unknown": "000 622 969 970",
}
"""400, 403: transformation of a lapsed Madrid designation is open; 612: a petition to revive."""
RANGES = ((718, 757, "published"), (806, 825, "published"))
"""After the notice of allowance: extensions and statements of use."""
WORDS = {
    "Dead/Cancelled": "cancelled",
    "Dead/Abandoned": "withdrawn",
    "Dead/Expired": "expired",
    "Live/Registered": "registered",
    "Live/Pending": "filed",
}
NAMED = {code: status for status, codes in SINGLE.items() for code in codes.split()}


def status_of(code: str, word: str) -> str:
    """Return the status of a code; `unknown`, which counts as live, where no rule knows it."""
    if code in NAMED:
        return NAMED[code]
    if code.isdigit():
        for first, last, status in RANGES:
            if first <= int(code) <= last and word != "Live/Registered":
                return status
    return WORDS.get(word, "unknown")


def main() -> None:
    """Read the file named on the command line and write the table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("codes", type=Path, help="status_codes.csv as the USPTO documents them")
    parser.add_argument("-o", "--output", type=Path, default=OUTPUT)
    options = parser.parse_args()
    with options.codes.open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["code"].isdigit()]
    with options.output.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(["code", "status", "description"])
        for row in rows:
            word = row["live_dead_indicator"]
            writer.writerow([row["code"], status_of(row["code"], word), row["description"]])


if __name__ == "__main__":
    main()
