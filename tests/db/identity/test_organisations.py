import pytest

from service.core.db import Database
from service.identity.domain import LINKS, Link
from service.identity.permissions import Actor, OrganisationKind, Role, console
from service.identity.repository import Organisations, linked_ids
from tests.builders import make_organisation


@pytest.mark.parametrize("link", Link)
def test_whoever_a_link_leads_to_finds_those_it_leads_from(database: Database, link: Link) -> None:
    ends = LINKS[link]
    target = make_organisation(database, ends.target)
    other = make_organisation(database, ends.target)
    sources = [
        make_organisation(database, ends.source, name_zh=name, **{f"{link.value}_id": target.id})
        for name in ("乙", "甲")
    ]
    make_organisation(database, ends.source, **{f"{link.value}_id": other.id})

    with database.read() as session:
        found = Organisations(session).linked_to(target.id, link)
        actor = Actor(None, target.id, Role.BODY_CONTACT)
        ids = session.scalars(linked_ids(actor, link)).all()

    assert {row.id for row in found} == {row.id for row in sources} == set(ids)
    assert [row.linked(link) for row in found] == [target.id, target.id]


def test_a_console_without_an_organisation_is_linked_to_nobody(database: Database) -> None:
    make_organisation(database, OrganisationKind.STATION)

    with database.read() as session:
        assert session.scalars(linked_ids(console(), Link.SUPERVISOR)).all() == []
