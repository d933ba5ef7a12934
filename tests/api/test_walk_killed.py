"""A kill just before and just after every commit of a whole case leaves nothing half-done."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from service.core.db import Database
from service.core.files import Files
from service.core.settings import Settings
from service.recordation.detention.models import Detention
from tests.application import make_app
from tests.children import child, ending
from tests.detentions import make_harbour
from tests.walk.breaking import GONE, Moment, enter_and_die
from tests.walk.killing import KilledWalk
from tests.walk.pages import LANGUAGES, blocks
from tests.walk.sound import faults
from tests.walk.story import walk_through


def test_a_walk_broken_off_at_every_commit_comes_to_the_same_end(
    settings: Settings, tmp_path: Path
) -> None:
    app = make_app(settings, run_jobs=False)
    walk = KilledWalk(app)
    walk_through(walk, tmp_path)
    app.state.database.dispose()

    assert walk.kills > 90
    assert walk.text("en") == blocks(LANGUAGES["en"].read_text("utf-8"))


@pytest.mark.parametrize(("moment", "there"), [(Moment.BEFORE, 0), (Moment.AFTER, 1)])
def test_a_process_that_dies_at_the_commit_leaves_all_or_nothing(
    database: Database, settings: Settings, moment: Moment, there: int
) -> None:
    harbour = make_harbour(database)
    with child(enter_and_die, settings, harbour.owner, moment) as process:
        assert ending(process) == GONE

    with database.read() as session:
        found = session.scalar(sa.select(sa.func.count()).select_from(Detention))
    assert found == there
    assert faults(database, Files(settings.files_folder)) == []
