from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
import sqlalchemy as sa

from service.core.db import Database
from service.core.migrate import current, differences, downgrade, newest, upgrade
from service.core.settings import Settings
from tests.cluster import Cluster


@pytest.fixture(params=["sqlite", "postgresql"])
def blank(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    if request.param == "sqlite":
        database = Database(Settings(home=tmp_path))
        yield database
        database.dispose()
        return
    cluster: Cluster = request.getfixturevalue("cluster")
    name = f"t_{uuid4().hex}"
    database = Database(Settings(home=tmp_path, database_url=cluster.empty(name)))
    yield database
    database.dispose()
    cluster.drop(name)


def test_migrations_go_up_down_and_up_again_and_then_equal_the_models(blank: Database) -> None:
    upgrade(blank)
    downgrade(blank, to="base")
    upgrade(blank)

    assert current(blank) == newest()
    assert differences(blank) == []


def test_upgrading_twice_changes_nothing(blank: Database) -> None:
    upgrade(blank)

    assert upgrade(blank) == (newest(), newest())


def test_a_replaced_table_keeps_its_rows_and_those_that_point_to_it(blank: Database) -> None:
    upgrade(blank, to="0003")
    fill(blank)

    upgrade(blank)
    assert links(blank) == ([(None, "vehicle_maker"), (1, None)], ["owner"], 1)

    downgrade(blank, to="0003")
    with blank.engine.connect() as connection:
        said = connection.exec_driver_sql("SELECT industry FROM organisation ORDER BY name_zh")
        assert said.scalars().all() == ["整车 vehicles", ""]


def test_rows_that_point_to_nothing_are_refused_after_a_migration_as_before(
    blank: Database,
) -> None:
    upgrade(blank, to="0003")
    fill(blank)
    upgrade(blank)

    with pytest.raises(sa.exc.IntegrityError), blank.engine.begin() as connection:
        connection.execute(sa.text("UPDATE person SET organisation_id = id"))


def fill(database: Database) -> None:
    """Put in two organisations, one below the other, a person and a session."""
    above, below, person = (uuid4().hex for _ in range(3))
    at = "2026-01-01 00:00:00+00:00"
    with database.engine.begin() as connection:
        for key, name, parent, industry in (
            (above, "A", None, "整车 vehicles"),
            (below, "B", above, ""),
        ):
            connection.execute(
                sa.text(
                    "INSERT INTO organisation (id, kind, name_zh, name_en, eori, customs_code,"
                    " country, park, industry, parent_id, demonstration, created_at)"
                    " VALUES (:id, 'exporter', :name, '', '', '', 'CN', '', :industry, :parent,"
                    " false, :at)"
                ),
                {"id": key, "name": name, "industry": industry, "parent": parent, "at": at},
            )
        connection.execute(
            sa.text(
                "INSERT INTO person (id, organisation_id, login, name, email, language, role,"
                " password_hash, active, demonstration, created_at) VALUES (:id, :of, 'owner',"
                " 'O', '', '', 'exporter_owner', '', true, false, :at)"
            ),
            {"id": person, "of": above, "at": at},
        )
        connection.execute(
            sa.text(
                "INSERT INTO sign_in (token_hash, person_id, csrf_token, created_at, seen_at,"
                " expires_at) VALUES ('x', :id, 'x', :at, :at, :at)"
            ),
            {"id": person, "at": at},
        )


def links(database: Database) -> tuple[list[tuple[int | None, str | None]], list[str], int]:
    """Return, by name, whether each organisation has a parent and its branch; logins; sessions."""
    with database.engine.connect() as connection:
        rows = connection.exec_driver_sql(
            "SELECT CASE WHEN parent_id IS NULL THEN NULL ELSE 1 END, branch"
            " FROM organisation ORDER BY name_zh"
        )
        logins = connection.exec_driver_sql("SELECT login FROM person").scalars().all()
        return (
            [(row[0], row[1]) for row in rows],
            list(logins),
            len(connection.exec_driver_sql("SELECT 1 FROM sign_in").all()),
        )
