from datetime import datetime, timedelta

import pytest
from fastapi import FastAPI

from service.core import clock
from service.identity.models import Organisation
from service.identity.permissions import Role
from tests.builders import (
    PASSWORD,
    Someone,
    make_organisation,
    make_person,
    make_person_with_password,
)
from tests.client import Browser, Program, session_of

NEW = {"login": "wangfang", "name": "王芳", "role": "exporter_staff"}
OTHER = "an entirely new sentence"


def owner_of(app: FastAPI, role: Role = Role.EXPORTER_OWNER) -> tuple[Program, Someone]:
    someone = make_person(app.state.database, role)
    return Program(app, someone), someone


def colleague(app: FastAPI, owner: Someone, role: Role = Role.EXPORTER_STAFF) -> Someone:
    with app.state.database.read() as session:
        organisation = session.get_one(Organisation, owner.organisation_id)
    return make_person(app.state.database, role, organisation=organisation)


def test_a_person_is_added_and_signs_in_by_the_link(app: FastAPI) -> None:
    owner, someone = owner_of(app)

    made = owner.call("POST", "/api/v1/people", status=201, json=NEW).json()

    assert made["organisation_id"] == str(someone.organisation_id)
    token = made["link"]["link"].partition("token=")[2]
    assert token not in owner.call("GET", f"/api/v1/people/{made['id']}", status=200).text
    visitor = Browser(app)
    visitor.get(f"/password?token={token}")
    visitor.post("/password", token=token, password=OTHER)
    visitor.post("/sign-in", login="wangfang", password=OTHER)
    visitor.get("/account")


def test_an_owner_adds_to_their_own_organisation_only(app: FastAPI) -> None:
    owner, someone = owner_of(app)
    stranger = make_organisation(app.state.database)

    made = owner.call(
        "POST", "/api/v1/people", status=201, json=NEW | {"organisation_id": str(stranger.id)}
    )

    assert made.json()["organisation_id"] == str(someone.organisation_id)


def test_an_administrator_adds_anywhere(app: FastAPI) -> None:
    admin, _ = owner_of(app, Role.ADMINISTRATOR)
    firm = make_organisation(app.state.database)
    body = NEW | {"organisation_id": str(firm.id)}

    made = admin.call("POST", "/api/v1/people", status=201, json=body).json()
    listed = admin.call("GET", f"/api/v1/people?organisation_id={firm.id}", status=200).json()

    assert [row["id"] for row in listed["items"]] == [made["id"]]
    again = admin.call("POST", "/api/v1/people", status=409, json=body).json()
    assert (again["code"], again["errors"][0]["field"]) == ("login-taken", "login")


def test_a_person_is_changed_with_the_version_that_was_read(app: FastAPI) -> None:
    owner, someone = owner_of(app)
    staff = colleague(app, someone)
    address = f"/api/v1/people/{staff.person_id}"
    body = {"name": "新名", "role": "exporter_owner"}

    tag = owner.call("GET", address, status=200).headers["ETag"]
    changed = owner.call("PUT", address, status=200, json=body, headers={"If-Match": tag})
    owner.call("PUT", address, status=412, json=body, headers={"If-Match": tag})
    owner.call("PUT", address, status=428, json=body)

    assert (changed.json()["role"], changed.json()["name"]) == ("exporter_owner", "新名")


def test_a_locked_persons_session_ends_at_once(app: FastAPI) -> None:
    owner, someone = owner_of(app)
    staff = colleague(app, someone)
    browser, program = Browser(app, staff), Program(app, staff)
    browser.get("/account")

    locked = owner.call("POST", f"/api/v1/people/{staff.person_id}/lock", status=200).json()
    browser.get("/account", status=401)
    program.call("GET", "/api/v1/me", status=401)
    owner.call("POST", f"/api/v1/people/{staff.person_id}/unlock", status=200)

    assert locked["active"] is False
    program.call("GET", "/api/v1/me", status=200)


def test_the_last_owner_is_not_locked(app: FastAPI) -> None:
    _, someone = owner_of(app)
    admin, _ = owner_of(app, Role.ADMINISTRATOR)

    refused = admin.call("POST", f"/api/v1/people/{someone.person_id}/lock", status=409).json()

    assert refused["code"] == "last-keeper"


def test_a_new_link_ends_password_and_sessions(app: FastAPI) -> None:
    owner, someone = owner_of(app)
    staff = colleague(app, someone)
    browser = Browser(app, staff)

    made = owner.call("POST", f"/api/v1/people/{staff.person_id}/link", status=201).json()

    browser.get("/account", status=401)
    assert made["link"].startswith("http://127.0.0.1:8000/password?token=")
    assert (
        timedelta(hours=71)
        < datetime.fromisoformat(made["expires_at"]) - clock.now()
        < timedelta(hours=73)
    )


def test_an_administrator_erases_a_person(app: FastAPI) -> None:
    admin, _ = owner_of(app, Role.ADMINISTRATOR)
    staff = make_person(app.state.database)

    admin.call("DELETE", f"/api/v1/people/{staff.person_id}", status=204)

    admin.call("GET", f"/api/v1/people/{staff.person_id}", status=404)


def test_one_changes_ones_own_password(app: FastAPI) -> None:
    someone = make_person_with_password(app.state.database)
    program = Program(app, someone)
    session_of(app.state.database, someone)

    wrong = {"current": "wrong", "password": OTHER}
    assert program.call("PUT", "/api/v1/me/password", json=wrong).status_code == 401
    right = {"current": PASSWORD, "password": OTHER}
    program.call("PUT", "/api/v1/me/password", status=204, json=right)

    Browser(app).post("/sign-in", login=someone.login, password=OTHER)


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_the_language_one_chose_is_spoken(app: FastAPI, language: str) -> None:
    someone = make_person(app.state.database)
    program = Program(app, someone)

    program.call("PUT", "/api/v1/me/language", status=204, json={"language": language})

    page = Browser(app, someone, language="fr").get("/account")
    assert page.language == language
    program.call("PUT", "/api/v1/me/language", status=422, json={"language": "fr"})


def test_the_chain_is_read_by_ids_and_checked(app: FastAPI) -> None:
    auditor, _ = owner_of(app, Role.AUDITOR)
    owner, someone = owner_of(app)
    made = owner.call("POST", "/api/v1/people", status=201, json=NEW).json()

    rows = auditor.call("GET", "/api/v1/audit?verb=person", status=200).json()["items"]
    by = auditor.call("GET", f"/api/v1/audit?actor_id={someone.person_id}&limit=1", status=200)
    about = auditor.call("GET", f"/api/v1/audit?subject_id={made['id']}", status=200).json()
    check = auditor.call("GET", "/api/v1/audit/check", status=200).json()

    assert {row["verb"] for row in rows} == {"person.added", "person.link_made"}
    assert by.json()["next"]
    assert {row["subject_id"] for row in about["items"]} == {made["id"]}
    assert check["faults"] == []
    assert check["rows"] >= 3
    assert "王芳" not in str(rows)
