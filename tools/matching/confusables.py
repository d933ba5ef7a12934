"""Take from Unicode's confusables (UTS #39) the single letters of other scripts that look Latin.

    python tools/matching/confusables.py --source confusables.txt[.gz] \
        --out service/matching/data/confusables.csv

Only what the normaliser keeps can occur in a mark, so a row is written when the letter survives
folding and its prototype is one Latin letter or digit after folding.
"""

import argparse
import csv
import gzip
import sys
from pathlib import Path

from service.matching.normalise import fold, is_han

NOTICE = (
    "# Letters that look like a Latin letter; made by tools/matching/confusables.py from Unicode's",
    "# confusables.txt (UTS #39, version 14.0.0), © 1991-2021 Unicode, Inc., Unicode licence,",
    "# notice in README.md beside this file.",
)


def pairs(source: Path) -> dict[str, str]:
    """Letter to Latin letter, both folded."""
    opener = gzip.open if source.suffix == ".gz" else open
    found: dict[str, str] = {}
    with opener(source, "rt", encoding="utf-8-sig") as lines:
        for line in lines:
            columns = line.split("#")[0].split(";")
            if len(columns) < 3:
                continue
            letters = [chr(int(code, 16)) for code in columns[0].split()]
            target = "".join(chr(int(code, 16)) for code in columns[1].split())
            if len(letters) != 1 or letters[0].isascii() or is_han(letters[0]):
                continue
            letter, latin = fold(letters[0]), fold(target)
            if len(letter) == 1 and not letter.isascii() and len(latin) == 1 and latin.isascii():
                found.setdefault(letter, latin)
    return found


def main() -> int:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--source", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    with options.out.open("w", encoding="utf-8", newline="") as lines:
        lines.write("\n".join(NOTICE) + "\n")
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(["letter", "latin"])
        writer.writerows(sorted(pairs(options.source).items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
