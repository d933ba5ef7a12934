from typing import Any

import pytest
import sqlalchemy as sa
from fastapi import FastAPI

from service.core.audit import AuditEvent
from service.identity.models import Organisation, Person
from service.identity.permissions import OrganisationKind, Role
from tests.builders import PASSWORD, make_organisation, make_person, make_person_with_password
from tests.client import Browser

LANGUAGES = pytest.mark.parametrize("language", ["zh-Hans", "en"])
NEW = "an entirely new sentence"
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 32


@LANGUAGES
def test_an_administrators_rooms_are_sound_pages(app: FastAPI, language: str) -> None:
    admin = make_person(app.state.database, Role.ADMINISTRATOR)
    station = make_organisation(app.state.database, OrganisationKind.STATION)
    browser = Browser(app, admin, language=language)

    for path in (
        "/organisations",
        "/organisations?kind=station&q=x",
        "/organisations/new",
        *(f"/organisations/new?kind={kind.value}" for kind in OrganisationKind),
        f"/organisations/{station.id}",
        f"/people?organisation={station.id}",
        f"/people/new?organisation={station.id}",
        f"/people/{admin.person_id}",
        "/audit",
        "/audit?check=yes&verb=organisation",
        "/audit?actor_id=x",
        "/account",
        "/account/password",
    ):
        assert browser.get(path).language == language


@LANGUAGES
def test_everybody_has_their_organisation_and_account(app: FastAPI, language: str) -> None:
    for role in Role:
        browser = Browser(app, make_person(app.state.database, role), language=language)
        assert browser.get("/organisation").language == language
        assert browser.get("/account").language == language


@LANGUAGES
def test_an_owner_fills_in_the_particulars_and_keeps_the_licence(
    app: FastAPI, language: str
) -> None:
    owner = make_person(app.state.database, Role.EXPORTER_OWNER)
    browser = Browser(app, owner, language=language)
    action = f"/organisations/{owner.organisation_id}"
    sent: dict[str, Any] = {
        "version": "1",
        "name_zh": "甲",
        "country": "cn",
        "branch": "parts_maker",
    }

    wrong = browser.send(action, status=422, **sent, uscc="91350100M000100Y44")
    assert wrong.form_values(action)["uscc"] == "91350100M000100Y44"
    browser.post(action, **sent, uscc="91350100m000100y43")
    page = browser.get("/organisation?saved=yes")
    assert page.form_values(action)["uscc"] == "91350100M000100Y43"
    assert page.form_values(action)["branch"] == "parts_maker"

    answer = browser.client.post(
        "/organisation/papers",
        data={"csrf_token": browser.csrf, "kind": "business_licence", "issued_on": "2020-01-31"},
        files={"file": ("licence.png", PNG, "image/png")},
        follow_redirects=False,
    )
    assert answer.status_code == 303
    shown = browser.get("/organisation/papers")
    links = [link.get("href") or "" for link in shown.all("a")]
    file = next(link for link in links if link.startswith("/api/v1/files/"))
    assert browser.client.get(file).content == PNG


def test_a_paper_that_is_none_is_sent_back(app: FastAPI) -> None:
    browser = Browser(app, make_person(app.state.database, Role.EXPORTER_OWNER))

    browser.send("/organisation/papers", status=422, kind="business_licence")
    answer = browser.client.post(
        "/organisation/papers",
        data={"csrf_token": browser.csrf, "kind": "business_licence"},
        files={"file": ("licence.png", b"MZ not a picture", "image/png")},
    )

    assert answer.status_code == 422
    assert browser.get("/organisation/papers").faults() == []


def test_an_old_form_changes_nothing(app: FastAPI) -> None:
    owner = make_person(app.state.database, Role.EXPORTER_OWNER)
    browser = Browser(app, owner)

    browser.send(
        f"/organisations/{owner.organisation_id}",
        status=412,
        version="0",
        name_zh="甲",
        country="CN",
    )

    with app.state.database.read() as session:
        assert session.get_one(Organisation, owner.organisation_id).name_zh != "甲"


@LANGUAGES
def test_an_administrator_adds_a_station_with_its_links_and_a_lead(
    app: FastAPI, language: str
) -> None:
    database = app.state.database
    bureau = make_organisation(database, OrganisationKind.BUREAU)
    park = make_organisation(database, OrganisationKind.BODY)
    browser = Browser(app, make_person(database, Role.ADMINISTRATOR), language=language)

    made = browser.post(
        "/organisations",
        kind="station",
        name_zh="园区工作站",
        country="CN",
        branch="workstation",
        supervisor_id=str(bureau.id),
        operator_id=str(park.id),
    )
    station = made.headers["location"].split("/")[-1].partition("?")[0]
    shown = browser.send(
        "/people", organisation_id=station, login="lead", name="张站长", role="station_lead"
    )

    with database.read() as session:
        row = session.scalars(sa.select(Organisation).where(Organisation.name_zh == "园区工作站"))
        found = row.one()
        assert (found.supervisor_id, found.operator_id) == (bureau.id, park.id)
    assert "/password?token=" in shown.text
    browser.send("/organisations", status=422, kind="station", name_zh="", country="CN")
    browser.send("/people", status=409, organisation_id=station, login="lead", name="x",
                 role="station_lead")  # fmt: skip


@LANGUAGES
def test_a_person_is_locked_unlocked_linked_and_erased(app: FastAPI, language: str) -> None:
    database = app.state.database
    browser = Browser(app, make_person(database, Role.ADMINISTRATOR), language=language)
    someone = make_person(database)
    address = f"/people/{someone.person_id}"

    def active() -> bool:
        with database.read() as session:
            return bool(session.get_one(Person, someone.person_id).active)

    browser.post(f"{address}/lock")
    assert not active()
    browser.get(address)
    browser.post(f"{address}/unlock")
    assert active()
    assert "/password?token=" in browser.send(f"{address}/link").text
    version = browser.get(address).form_values(address)["version"]
    browser.post(address, version=version, name="改", role="exporter_owner")
    browser.send(f"{address}/lock", status=409)
    browser.send(address, status=412, version="0", name="改", role="exporter_staff")
    browser.post(f"{address}/erase")
    browser.get(address, status=404)


@LANGUAGES
def test_a_closed_link_says_what_to_do(app: FastAPI, language: str) -> None:
    browser = Browser(app, language=language)

    browser.get("/password?token=x")
    browser.send("/password", status=409, token="x", password=NEW)


def test_one_changes_password_and_language_on_the_account(app: FastAPI) -> None:
    someone = make_person_with_password(app.state.database)
    browser = Browser(app, someone)

    browser.send("/account/password", status=401, current="wrong", password=NEW)
    browser.send("/account/password", status=422, current=PASSWORD, password="short")
    browser.post("/account/language", language="zh-Hans")
    assert browser.get("/account").language == "zh-Hans"
    browser.post("/account/password", current=PASSWORD, password=NEW)

    browser.get("/account", status=401)
    browser.post("/sign-in", login=someone.login, password=NEW)


@LANGUAGES
def test_a_broken_chain_is_told(app: FastAPI, language: str) -> None:
    browser = Browser(app, make_person(app.state.database, Role.AUDITOR), language=language)
    with app.state.database.write() as session:
        session.execute(
            sa.update(AuditEvent).where(AuditEvent.number == 1).values(subject_id="changed")
        )

    assert {"zh-Hans": "断裂", "en": "broken"}[language] in browser.get("/audit?check=yes").text
