"""Things are shown to stations only, and no longer when sharing is ended."""

from typing import Any

import pytest
from fastapi import FastAPI

from service.identity.permissions import OrganisationKind, Role
from tests.builders import make_organisation, make_person
from tests.client import Program
from tests.register import load

MADE: dict[str, Any] = {
    "products": {"sku": "EB-20", "name_zh": "电动自行车", "brands": ["雅迪"]},
    "rights": {"kind": "design", "status": "in_force", "title": "车架"},
    "screenings": {"names": ["雅迪"], "route": {"origin": "XX", "destinations": ["XX"]}},
}
KINDS = pytest.mark.parametrize("kind", MADE)


@pytest.fixture
def owner(app: FastAPI) -> Program:
    """A program of an exporter, with a register to screen."""
    load(app.state.database, app.state.settings)
    return Program(app, make_person(app.state.database, Role.EXPORTER_OWNER))


def make(owner: Program, kind: str) -> str:
    """Make a thing; return its address."""
    made = owner.call("POST", f"/api/v1/{kind}", status=201, json=MADE[kind])
    return str(made.headers["location"])


@KINDS
def test_a_station_sees_a_thing_from_sharing_to_its_end(
    app: FastAPI, owner: Program, kind: str
) -> None:
    place, clerk = make(owner, kind), make_person(app.state.database, Role.STATION_CLERK)
    station = Program(app, clerk)
    body = {"organisation_id": str(clerk.organisation_id)}

    station.call("GET", place, status=404)
    for _ in range(2):
        owner.call("POST", f"{place}/shares", status=204, json=body)
    station.call("GET", place, status=200)
    listed = owner.call("GET", f"{place}/shares", status=200).json()
    assert [one["organisation_id"] for one in listed] == [str(clerk.organisation_id)]

    owner.call("DELETE", f"{place}/shares/{clerk.organisation_id}", status=204)

    station.call("GET", place, status=404)
    assert owner.call("GET", f"{place}/shares", status=200).json() == []
    owner.call("DELETE", f"{place}/shares/{clerk.organisation_id}", status=404)


@KINDS
@pytest.mark.parametrize("other", set(OrganisationKind) - {OrganisationKind.STATION})
def test_nothing_is_shared_with_another_body_than_a_station(
    app: FastAPI, owner: Program, kind: str, other: OrganisationKind
) -> None:
    place, rival = make(owner, kind), make_organisation(app.state.database, other)

    owner.call("POST", f"{place}/shares", status=404, json={"organisation_id": str(rival.id)})

    assert owner.call("GET", f"{place}/shares", status=200).json() == []


@KINDS
def test_a_station_does_not_pass_on_what_it_sees(app: FastAPI, owner: Program, kind: str) -> None:
    place, clerk = make(owner, kind), make_person(app.state.database, Role.STATION_CLERK)
    body = {"organisation_id": str(clerk.organisation_id)}
    owner.call("POST", f"{place}/shares", status=204, json=body)
    station = Program(app, clerk)

    for method, path in (("GET", "shares"), ("DELETE", f"shares/{clerk.organisation_id}")):
        station.call(method, f"{place}/{path}", status=403)
    station.call("POST", f"{place}/shares", status=403, json=body)


def test_the_paper_of_a_shared_right_is_read_until_sharing_ends(
    app: FastAPI, owner: Program
) -> None:
    place, clerk = make(owner, "rights"), make_person(app.state.database, Role.STATION_CLERK)
    file = owner.call("POST", "/api/v1/files", files={"file": ("证书.pdf", b"%PDF-1.7 x")}).json()
    paper = {"kind": "patent_certificate", "file_id": file["id"]}
    owner.call("POST", f"{place}/documents", status=201, json=paper)
    station, address = Program(app, clerk), f"/api/v1/files/{file['id']}"
    body = {"organisation_id": str(clerk.organisation_id)}

    owner.call("POST", f"{place}/shares", status=204, json=body)
    answer = station.call("GET", address, status=200)
    owner.call("DELETE", f"{place}/shares/{clerk.organisation_id}", status=204)

    assert "%E8%AF%81%E4%B9%A6.pdf" in answer.headers["content-disposition"]
    station.call("GET", address, status=404)
