from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from fastapi import FastAPI

from service.identity.permissions import OrganisationKind, Role
from tests.builders import Someone, make_organisation, make_person
from tests.client import Program

NEW = {"kind": "exporter", "name_zh": "无锡新企业有限公司", "uscc": "91350100M000100Y43"}
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 32


def owner_of(app: FastAPI, role: Role = Role.EXPORTER_OWNER) -> tuple[Program, Someone]:
    someone = make_person(app.state.database, role)
    return Program(app, someone), someone


def test_an_administrator_adds_an_organisation_and_finds_it(app: FastAPI) -> None:
    admin, _ = owner_of(app, Role.ADMINISTRATOR)

    made = admin.call("POST", "/api/v1/organisations", status=201, json=NEW)

    found = admin.call("GET", made.headers["Location"], status=200)
    assert found.json() == made.json()
    assert found.headers["ETag"] == made.headers["ETag"]
    listed = admin.call("GET", "/api/v1/organisations?kind=exporter", status=200).json()
    assert [row["id"] for row in listed["items"]] == [made.json()["id"]]


def test_an_owner_reads_and_changes_their_own_and_sees_no_other(app: FastAPI) -> None:
    owner, someone = owner_of(app)
    make_organisation(app.state.database)
    address = f"/api/v1/organisations/{someone.organisation_id}"

    listed = owner.call("GET", "/api/v1/organisations", status=200).json()
    assert [row["id"] for row in listed["items"]] == [str(someone.organisation_id)]
    tag = owner.call("GET", address, status=200).headers["ETag"]
    changed = owner.call(
        "PUT",
        address,
        status=200,
        json={"name_zh": "改名", "customs_code": "3202960001"},
        headers={"If-Match": tag},
    )
    assert changed.json()["customs_code"] == "3202960001"
    stale = owner.call(
        "PUT", address, status=412, json={"name_zh": "旧"}, headers={"If-Match": tag}
    )
    assert stale.json()["code"] == "stale"


def test_changes_at_the_same_moment_are_made_or_told_to_read_again(app: FastAPI) -> None:
    owner, someone = owner_of(app)
    gate = Barrier(4)

    def change(number: int) -> int:
        gate.wait()
        return owner.call(
            "PUT",
            f"/api/v1/organisations/{someone.organisation_id}",
            json={"name_zh": f"名{number}"},
            headers={"If-Match": "*"},
        ).status_code

    with ThreadPoolExecutor(4) as pool:
        statuses = set(pool.map(change, range(4)))

    assert 200 in statuses
    assert statuses <= {200, 412}


def test_a_wrong_code_is_named_in_both_languages(app: FastAPI) -> None:
    owner, someone = owner_of(app)
    body = owner.call(
        "PUT",
        f"/api/v1/organisations/{someone.organisation_id}",
        status=422,
        json={"name_zh": "甲", "uscc": "91350100M000100Y44"},
        headers={"If-Match": "*"},
    ).json()

    assert [error["field"] for error in body["errors"]] == ["uscc"]
    assert "校验码" in body["translations"]["zh-Hans"]["errors"][0]["message"]
    assert "licence" in body["translations"]["en"]["errors"][0]["message"]


def test_a_credit_code_that_is_taken_is_a_conflict(app: FastAPI) -> None:
    admin, _ = owner_of(app, Role.ADMINISTRATOR)
    admin.call("POST", "/api/v1/organisations", status=201, json=NEW)

    refused = admin.call("POST", "/api/v1/organisations", status=409, json=NEW).json()

    assert refused["code"] == "organisation-taken"


def test_a_licence_is_kept_beside_the_particulars(app: FastAPI) -> None:
    owner, someone = owner_of(app)
    address = f"/api/v1/organisations/{someone.organisation_id}/documents"
    file = owner.call(
        "POST", "/api/v1/files", status=201, files={"file": ("licence.png", PNG, "image/png")}
    ).json()
    paper = {"kind": "business_licence", "file_id": file["id"], "number": "1"}

    made = owner.call("POST", address, status=201, json=paper).json()
    wrong = owner.call("POST", address, status=422, json=paper | {"kind": "patent_certificate"})

    assert owner.call("GET", address, status=200).json() == [made]
    assert [error["field"] for error in wrong.json()["errors"]] == ["kind"]


@pytest.mark.parametrize("role", [Role.EXPORTER_OWNER, Role.STATION_LEAD])
def test_a_strangers_licence_does_not_exist(app: FastAPI, role: Role) -> None:
    stranger = make_organisation(app.state.database, OrganisationKind.EXPORTER)
    program, _ = owner_of(app, role)

    program.call("GET", f"/api/v1/organisations/{stranger.id}/documents", status=404)
