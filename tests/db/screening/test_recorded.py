"""Which authorities' lists are loaded: told by leaps in the index, and never late or wrong."""

import sqlalchemy as sa

from service.core.db import Database
from service.core.settings import Settings
from service.identity.permissions import console
from service.registry.models import MarkCustoms
from service.registry.prepared import fold_name
from service.registry.usecases.importing import import_file
from service.screening.recorded import authorities_listed

HEAD = "office,number,text,status,classes,recorded_with,recordation_number"


def test_the_authorities_are_those_of_all_recordations(
    database: Database, settings: Settings
) -> None:
    with database.read() as session:
        assert authorities_listed(session) == frozenset()
    for names in (("CN",), ("CN", "US", "海关总署", "GACC", "eu", "EU")):
        path = settings.home / f"{len(names)}.csv"
        rows = [f"CN,{at},M{at},registered,12,{name},T{at}" for at, name in enumerate(names * 2)]
        path.write_text("\n".join((HEAD, *rows)) + "\n", encoding="utf-8")
        import_file(database, settings, path, actor=console())

        with database.read() as session:
            every = session.scalars(sa.select(MarkCustoms.authority).distinct())
            assert authorities_listed(session) == {fold_name(one) for one in every}
            assert len(authorities_listed(session)) == len({fold_name(one) for one in names})
