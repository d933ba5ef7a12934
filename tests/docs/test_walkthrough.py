"""The walk of the manual really gives what its two pages show, on both databases."""

from pathlib import Path

from service.core.settings import Settings
from tests.application import make_app
from tests.walk.pages import LANGUAGES, blocks
from tests.walk.story import walk_through
from tests.walk.walking import Walk


def test_the_pages_show_what_the_walk_gave(settings: Settings, tmp_path: Path) -> None:
    app = make_app(settings, run_jobs=False)
    walk = walk_through(Walk(app), tmp_path)
    app.state.database.dispose()

    for language, page in LANGUAGES.items():
        assert blocks(page.read_text("utf-8")) == walk.text(language)
