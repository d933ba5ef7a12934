"""Run in a process of its own: how soon the first answer comes, and what the process keeps."""

import json
import sys
import time

BEGAN = time.perf_counter()

from pathlib import Path  # noqa: E402  the imports are what is measured

from service.matching.engine import Sign, prepare  # noqa: E402
from service.matching.index import Identity, Index, warm  # noqa: E402


def _memory() -> dict[str, int]:
    """Kilobytes of this process by `/proc/self/smaps_rollup`; nothing where there is none."""
    rollup = Path("/proc/self/smaps_rollup")
    lines = rollup.read_text().splitlines()[1:] if rollup.exists() else []
    return {line.split(":")[0]: int(line.split()[1]) for line in lines}


def main(folder: str, identity: str, names: list[str]) -> None:
    """Import, warm, open, answer; print what it took as JSON."""
    imported = time.perf_counter() - BEGAN
    warmed = warm()
    before = _memory()
    began = time.perf_counter()
    index = Index(Path(folder), Identity(**json.loads(identity)))
    opened = time.perf_counter() - began
    began = time.perf_counter()
    index.search(prepare(Sign(names[0])), limit=20)
    first = time.perf_counter() - began
    worked = time.process_time()
    for name in names[1:]:
        index.search(prepare(Sign(name)), limit=20)
    print(
        json.dumps(
            {
                "imported": imported,
                "warmed": warmed,
                "opened": opened,
                "first": first,
                "worked": worked,
                "before": before,
                "after": _memory(),
            }
        )
    )


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], json.loads(sys.argv[3]))
