from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa

from service.core.audit import AuditEvent
from service.core.db import Database
from service.core.errors import Invalid, NotFound, PermissionDenied
from service.identity.domain import BRANCHES_OF, LINKS, Branch, Link
from service.identity.errors import OrganisationTaken
from service.identity.models import Organisation
from service.identity.permissions import Actor, OrganisationKind, Role, console
from service.identity.repository import Organisations, Tenants, linked_ids
from service.identity.usecases.organisations import change_organisation
from tests.builders import make_organisation, make_person

USCC, OTHER_USCC = "91350100M000100Y43", "9199000000000001X0"


def change(database: Database, actor: Actor, organisation_id: UUID, **values: object) -> None:
    with database.write() as session:
        row = Tenants(session, actor).get(organisation_id)
        change_organisation(session, actor, row, values)


def kept(database: Database, organisation_id: UUID) -> Organisation:
    with database.read() as session:
        return session.get_one(Organisation, organisation_id)


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


@pytest.mark.parametrize("link", Link)
def test_a_link_leads_between_its_own_kinds_only(database: Database, link: Link) -> None:
    wrong = next(kind for kind in OrganisationKind if kind is not LINKS[link].target)
    target = make_organisation(database, wrong)

    with pytest.raises(Invalid) as refused:
        make_organisation(database, LINKS[link].source, **{f"{link.value}_id": target.id})

    assert [error.field for error in refused.value.errors] == [f"{link.value}_id"]


def test_a_link_to_nobody_is_refused_by_name(database: Database) -> None:
    with pytest.raises(Invalid):
        make_organisation(database, served_by_id=uuid4())


def test_centres_and_stations_stand_in_two_rows_and_never_in_a_ring(database: Database) -> None:
    centre = make_organisation(database, OrganisationKind.STATION)
    station = make_organisation(database, OrganisationKind.STATION, parent_id=centre.id)

    for below, above in ((centre, station), (centre, centre)):
        with pytest.raises(Invalid):
            change(database, console(), below.id, parent_id=above.id)
    with pytest.raises(Invalid):
        make_organisation(database, OrganisationKind.STATION, parent_id=station.id)


@pytest.mark.parametrize("kind", OrganisationKind)
def test_a_branch_fits_its_kind(database: Database, kind: OrganisationKind) -> None:
    fitting = BRANCHES_OF.get(kind, ())
    for branch in fitting:
        assert make_organisation(database, kind, branch=branch).branch is branch
    for branch in set(Branch) - set(fitting):
        with pytest.raises(Invalid):
            make_organisation(database, kind, branch=branch)


def test_an_owner_changes_the_particulars_of_their_own(database: Database) -> None:
    owner = make_person(database, Role.EXPORTER_OWNER)

    change(database, owner.actor, owner.organisation_id, uscc=USCC.lower(), eori="de 123", iec="")

    row = kept(database, owner.organisation_id)
    assert (row.uscc, row.eori, row.iec, row.version) == (USCC, "DE123", "", 2)
    with database.read() as session:
        noted = session.scalars(
            sa.select(AuditEvent).where(AuditEvent.verb == "organisation.changed")
        ).one()
    assert noted.detail == {"fields": ["eori", "uscc"]}


def test_a_change_of_nothing_is_not_noted(database: Database) -> None:
    owner = make_person(database, Role.EXPORTER_OWNER)

    change(database, owner.actor, owner.organisation_id, country="CN")

    assert kept(database, owner.organisation_id).version == 1


def test_every_wrong_field_is_named_and_nothing_is_kept(database: Database) -> None:
    owner = make_person(database, Role.EXPORTER_OWNER)

    with pytest.raises(Invalid) as refused:
        change(
            database,
            owner.actor,
            owner.organisation_id,
            name_en="New",
            uscc="91350100M000100Y44",
            customs_code="12",
            branch=Branch.COURT,
        )

    assert {each.field for each in refused.value.errors} == {"uscc", "customs_code", "branch"}
    assert kept(database, owner.organisation_id).name_en == ""


@pytest.mark.parametrize("field", ["served_by_id", "uscc"])
def test_what_others_rely_on_is_changed_by_an_administrator(database: Database, field: str) -> None:
    owner = make_person(database, Role.EXPORTER_OWNER)
    change(database, owner.actor, owner.organisation_id, uscc=USCC)
    station = make_organisation(database, OrganisationKind.STATION)
    value = station.id if field == "served_by_id" else OTHER_USCC

    with pytest.raises(Invalid):
        change(database, owner.actor, owner.organisation_id, **{field: value})
    change(database, console(), owner.organisation_id, **{field: value})

    assert getattr(kept(database, owner.organisation_id), field) == value


def test_a_credit_code_belongs_to_one_organisation(database: Database) -> None:
    make_organisation(database, uscc=USCC)

    with pytest.raises(OrganisationTaken):
        make_organisation(database, uscc=USCC)


def test_staff_read_their_organisation_and_change_nothing(database: Database) -> None:
    staff = make_person(database, Role.EXPORTER_STAFF)

    with pytest.raises(PermissionDenied):
        change(database, staff.actor, staff.organisation_id, name_en="X")


@pytest.mark.parametrize("role", [Role.EXPORTER_OWNER, Role.STATION_LEAD, Role.BUREAU_GUIDE])
def test_the_particulars_of_others_do_not_exist(database: Database, role: Role) -> None:
    stranger = make_organisation(database)
    actor = make_person(database, role).actor

    with database.read() as session, pytest.raises(NotFound):
        Tenants(session, actor).get(stranger.id)
