"""Write the demonstration register, district and catalogue: the same seed gives the same bytes.

    python -m tools.demonstration.generate [--seed 7] [-o FOLDER] [--avoid NAMES.csv[.gz] …]

Every name is invented. `--avoid` takes lists of real names (CSV, first row headings); the program
then ends with 1 and says which of ours is among them, so that a seed without one can be chosen.
"""

import argparse
import csv
import gzip
import io
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from random import Random

from tools.demonstration.district import organisations, products
from tools.demonstration.formats import SHEET, as_csv, chinese_sheet, st96
from tools.demonstration.names import Namer
from tools.demonstration.penalties import COLUMNS, penalties
from tools.demonstration.register import FIRST_NUMBER, arrivals, changes, register, stands_alone

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "service" / "demonstration" / "data"
SEED = 7


def generate(seed: int = SEED) -> tuple[dict[str, bytes], frozenset[str]]:
    """Return the files by name, and every invented name, folded."""
    random = Random(seed)  # noqa: S311  a seeded draw, no secret
    namer = Namer(random)
    bodies = list(organisations(namer))
    enterprises = [one for one in bodies if one["kind"] == "exporter"]
    catalogue = products(random, namer, enterprises, stands_alone)
    makers = {one["code"]: one["name_zh"] for one in enterprises}
    rows = register(random, namer, catalogue, makers)
    files = {
        "organisations.csv": as_csv(bodies, list(bodies[0])),
        "catalogue.csv": as_csv(catalogue, list(catalogue[0])),
        "penalties.csv": as_csv(list(penalties(catalogue, enterprises)), COLUMNS),
        "register-XX-full.csv": as_csv(rows, SHEET),
        "register-XX-changes-1.csv": chinese_sheet(changes(random, rows)),
        "register-XX-changes-2.xml": st96(arrivals(random, namer, FIRST_NUMBER + len(rows))),
    }
    return files, namer.made


def real_names(paths: Iterable[Path]) -> Iterator[str]:
    """Yield every cell of lists of real names, folded; several names in a cell are split."""
    for path in paths:
        packed = path.read_bytes()
        text = (gzip.decompress(packed) if path.suffix == ".gz" else packed).decode("utf-8-sig")
        for row in csv.reader(io.StringIO(text)):
            for cell in row:
                yield from (part.strip().casefold() for part in cell.split(";"))


def write(files: Mapping[str, bytes], folder: Path) -> None:
    """Write the files and nothing else."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)


def main() -> int:
    """Generate, check against lists of real names where given, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("-o", "--output", type=Path, default=DATA)
    parser.add_argument("--avoid", type=Path, action="append", default=[])
    given = parser.parse_args()
    files, names = generate(given.seed)
    real = names & frozenset(real_names(given.avoid))
    if real:
        sys.stderr.write(f"Real names, choose another seed: {', '.join(sorted(real))}\n")
        return 1
    write(files, given.output)
    for name, content in files.items():
        sys.stdout.write(f"{name}: {len(content):,} bytes\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
