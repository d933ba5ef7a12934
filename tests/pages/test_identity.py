import pytest
from fastapi import FastAPI

from service.core.db import Database
from service.identity.guard import COOKIE
from service.identity.permissions import Role
from service.identity.usecases.setup import open_setup
from tests.builders import PASSWORD, make_person, make_person_with_password
from tests.client import Browser


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
@pytest.mark.parametrize("path", ["/sign-in", "/setup"])
def test_the_doors_are_sound_pages_in_both_languages(
    app: FastAPI, path: str, language: str
) -> None:
    assert Browser(app, language=language).get(path).language == language


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
@pytest.mark.parametrize("path", ["/account", "/people"])
def test_the_rooms_are_sound_pages_in_both_languages(
    app: FastAPI, path: str, language: str
) -> None:
    owner = make_person(app.state.database, Role.EXPORTER_OWNER)

    assert Browser(app, owner, language=language).get(path).language == language


def test_signing_in_leads_where_the_reader_was_going(app: FastAPI) -> None:
    someone = make_person_with_password(app.state.database)
    browser = Browser(app)

    answer = browser.post("/sign-in", login=someone.login, password=PASSWORD, next="/account")

    assert answer.headers["location"] == "/account"
    browser.get("/account")


def test_the_session_cookie_is_hidden_from_scripts_and_other_sites(app: FastAPI) -> None:
    someone = make_person_with_password(app.state.database)

    answer = Browser(app).post("/sign-in", login=someone.login, password=PASSWORD)

    cookie = answer.headers["set-cookie"].lower()
    assert cookie.startswith(COOKIE)
    assert "httponly" in cookie
    assert "samesite=lax" in cookie


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "/\\evil"])
def test_signing_in_never_leads_to_another_site(app: FastAPI, elsewhere: str) -> None:
    someone = make_person_with_password(app.state.database)

    answer = Browser(app).post("/sign-in", login=someone.login, password=PASSWORD, next=elsewhere)

    assert answer.headers["location"] == "/"


def test_a_wrong_password_shows_the_form_again_with_the_login_kept(app: FastAPI) -> None:
    page = Browser(app).send("/sign-in", status=401, login="nobody", password="wrong password")

    assert "nobody" in page.form_values("/sign-in")["login"]


def test_signing_out_closes_the_door(app: FastAPI) -> None:
    browser = Browser(app, make_person(app.state.database))

    browser.post("/sign-out")

    browser.get("/account", status=401)


def test_the_first_administrator_sets_up_with_the_token_and_signs_in(app: FastAPI) -> None:
    database: Database = app.state.database
    with database.write() as session:
        token = open_setup(session)
    browser = Browser(app)

    browser.post("/setup", token=token, login="root", name="管理员", password=PASSWORD)
    browser.post("/sign-in", login="root", password=PASSWORD)

    assert "管理员" in browser.get("/account").text


def test_a_key_made_on_the_page_is_shown_once(app: FastAPI) -> None:
    browser = Browser(app, make_person(app.state.database, Role.EXPORTER_OWNER))

    shown = browser.send("/account/keys", name="ERP", days="30", scopes=["mark:read"])

    assert "mp_" in shown.text
    assert "mp_" not in browser.get("/account").text


def test_a_key_without_permissions_is_sent_back_with_the_field_named(app: FastAPI) -> None:
    browser = Browser(app, make_person(app.state.database, Role.EXPORTER_OWNER))

    page = browser.send("/account/keys", status=422, name="ERP", days="30")

    assert page.all("a")
    assert "ERP" in page.form_values("/account/keys")["name"]
