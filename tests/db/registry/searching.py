"""A process of its own that searches whenever it is told to: `python -m … HOME URL`.

Reads a name a line; answers each with one JSON line: the texts found, the change number searched
to, and what it was refused with.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from service.core.db import Database
from service.core.errors import Problem
from service.core.settings import Settings
from service.matching.engine import Sign, prepare
from service.registry.contents import read_signs
from service.registry.finder import Finder, of_offices


def found(database: Database, finder: Finder, name: str, office: str = "XX") -> dict[str, Any]:
    """Search one name and tell what came of it."""
    try:
        result = finder.search([prepare(Sign(name))], of_offices([office]))
    except Problem as problem:
        return {"refused": problem.code}
    with database.read() as session:
        texts = sorted(one.text for one in read_signs(session, result.keys.tolist()).values())
    return {"texts": texts, "change": result.change}


class Searcher:
    """The other process."""

    def __init__(self, child: "subprocess.Popen[str]") -> None:
        self._child = child

    def ask(self, name: str) -> dict[str, Any]:
        """Have it search a name."""
        assert self._child.stdin is not None
        assert self._child.stdout is not None
        self._child.stdin.write(name + "\n")
        self._child.stdin.flush()
        answer: dict[str, Any] = json.loads(self._child.stdout.readline())
        return answer


@contextmanager
def searcher(settings: Settings) -> Iterator[Searcher]:
    """Start it on an installation; end it with the block."""
    with subprocess.Popen(
        [sys.executable, "-m", __name__, str(settings.home), settings.database_url],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    ) as child:
        try:
            yield Searcher(child)
        finally:
            child.kill()


def main(home: str, url: str) -> None:
    """Answer until the input ends."""
    settings = Settings(home=Path(home), database_url=url)
    database = Database(settings)
    finder = Finder(database, settings)
    for line in sys.stdin:
        sys.stdout.write(json.dumps(found(database, finder, line.strip())) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:3])
