"""Right holders, representatives and mandates by the interface."""

from fastapi import FastAPI

from service.identity.permissions import OrganisationKind, Role
from tests.builders import make_organisation, make_person
from tests.client import Program

MARK = {"kind": "trademark", "status": "in_force", "title": "雅迪", "territory": "CN"}


def test_a_holder_is_read_changed_and_represented(app: FastAPI) -> None:
    program = Program(app, make_person(app.state.database, Role.EXPORTER_OWNER))
    right = program.call("POST", "/api/v1/rights", json=MARK, status=201).json()
    taken = {"right_id": right["id"]}
    asset = program.call("POST", "/api/v1/recordation/rights", json=taken, status=201).json()
    place = f"/api/v1/recordation/holders/{asset['holder_id']}"
    read = program.call("GET", place, status=200)

    body = {"name_zh": "雅迪科技", "affiliates": ["雅迪香港"]}
    program.call("PUT", place, json=body, status=428)
    tag = {"If-Match": read.headers["etag"]}
    changed = program.call("PUT", place, json=body, headers=tag, status=200)
    program.call("PUT", place, json=body, headers=tag, status=412)
    contact = {"role": "after_hours", "name": "李四", "phone": "1"}
    program.call("PUT", f"{place}/contacts", json=contact, status=200)
    program.call("PUT", f"{place}/contacts", json={**contact, "name": "王五"}, status=200)
    agent = {"authority": "gacc", "name": "某代理所", "valid_to": "2030-01-01"}
    program.call("PUT", f"{place}/agents", json=agent, status=200)

    assert changed.json()["affiliates"] == ["雅迪香港"]
    contacts = program.call("GET", place, status=200).json()["contacts"]
    assert [(one["role"], one["name"]) for one in contacts] == [("after_hours", "王五")]
    [kept] = program.call("GET", f"{place}/agents", status=200).json()
    assert (kept["authority"], kept["valid_to"]) == ("gacc", "2030-01-01")
    [listed] = program.call("GET", "/api/v1/recordation/holders", status=200).json()["items"]
    assert listed["id"] == asset["holder_id"]


def test_a_mandate_is_given_once_seen_from_both_ends_and_taken_back(app: FastAPI) -> None:
    customs = make_organisation(app.state.database, OrganisationKind.CUSTOMS)
    liaison = make_person(app.state.database, Role.CUSTOMS_LIAISON, organisation=customs)
    program = Program(app, make_person(app.state.database, Role.EXPORTER_OWNER))
    body = {"to_id": str(customs.id), "valid_from": "2026-01-01"}
    path, key = "/api/v1/recordation/mandates", {"Idempotency-Key": "once"}

    made = program.call("POST", path, json=body, headers=key, status=201).json()
    again = program.call("POST", path, json=body, headers=key, status=201).json()
    seen = Program(app, liaison).call("GET", path, status=200).json()
    filing = program.call("POST", path, json={**body, "scope": "file"}, status=422).json()
    program.call("DELETE", f"{path}/{made['id']}", status=204)

    assert made["id"] == again["id"] == seen[0]["id"]
    assert {one["field"] for one in filing["errors"]} == {"to_id", "valid_to", "poa"}
    [kept] = program.call("GET", path, status=200).json()
    assert kept["revoked_at"] is not None
