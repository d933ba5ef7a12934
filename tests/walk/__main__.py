"""Walks the case on SQLite and prints what it gave; `--write` puts it into the manual."""

import sys
import tempfile
from pathlib import Path

from service.core.migrate import upgrade
from service.core.settings import Settings
from tests.application import make_app
from tests.walk.pages import LANGUAGES, written
from tests.walk.story import walk_through
from tests.walk.walking import Walk


def main(arguments: list[str]) -> None:
    """Walk, then print or write."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        home.mkdir()
        app = make_app(Settings(home=home), run_jobs=False)
        upgrade(app.state.database)
        walk = walk_through(Walk(app), Path(folder))
        app.state.database.dispose()
    for language, path in LANGUAGES.items():
        if "--write" in arguments:
            path.write_text(written(path.read_text("utf-8"), walk.text(language)), "utf-8")
        else:
            for key, text in walk.text(language).items():
                sys.stdout.write(f"[{key}]\n{text}\n\n")


if __name__ == "__main__":
    main(sys.argv[1:])
