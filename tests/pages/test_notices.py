"""The inbox, the choices and the webhooks on their pages."""

from typing import Any

import pytest
from fastapi import FastAPI

from service.identity.permissions import Role
from tests.builders import Someone, make_person
from tests.client import Browser
from tests.db.notices.telling import tell

HOOK: dict[str, Any] = {"url": "https://93.184.216.34/hook", "topics": ["watch.alert"]}


@pytest.fixture
def owner(app: FastAPI) -> Someone:
    someone = make_person(app.state.database, Role.EXPORTER_OWNER)
    with app.state.database.write() as session:
        tell(session, people=[someone.person_id], link="/screenings", urgent=True)
    return someone


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_the_pages_are_sound_in_both_languages(app: FastAPI, owner: Someone, language: str) -> None:
    browser = Browser(app, owner, language=language)
    browser.send("/webhooks", **HOOK)

    for path in ("/notices", "/notices?unread=true", "/notices/choices", "/webhooks"):
        assert browser.get(path).language == language


def test_the_shell_counts_what_is_unread_until_it_is_opened(app: FastAPI, owner: Someone) -> None:
    browser = Browser(app, owner)
    page = browser.get("/screenings")
    assert "1 unread" in page.text

    (form,) = [f for f in browser.get("/notices").all("form") if "/open" in f.get("action")]
    answer = browser.post(form.get("action"))

    assert answer.headers["location"] == "/screenings"
    assert "1 unread" not in browser.get("/screenings").text


def test_choices_and_hours_are_kept(app: FastAPI, owner: Someone) -> None:
    browser = Browser(app, owner)
    browser.post("/notices/choices", mailed=["case.changed"])
    hours: dict[str, Any] = browser.get("/notices/choices").form_values("/notices/hours")
    browser.post(
        "/notices/hours", **{**hours, "time_zone": "Asia/Dubai", "csrf_token": browser.csrf}
    )

    page = browser.get("/notices/choices")
    assert page.form_values("/notices/choices")["mailed"] == "case.changed"
    assert page.form_values("/notices/hours")["time_zone"] == "Asia/Dubai"


def test_wrong_hours_come_back_with_what_was_typed(app: FastAPI, owner: Someone) -> None:
    browser = Browser(app, owner)
    hours = {"time_zone": "Mars", "calendar": "cn", "opens": "09:00", "closes": "18:00"}
    page = browser.send("/notices/hours", status=422, **hours)

    assert page.form_values("/notices/hours")["time_zone"] == "Mars"


def test_a_webhook_is_added_renewed_and_removed(app: FastAPI, owner: Someone) -> None:
    browser = Browser(app, owner)
    assert "whsec_" in browser.send("/webhooks", **HOOK).text
    page = browser.get("/webhooks")
    assert "whsec_" not in page.text

    actions = [form.get("action") for form in page.all("form")]
    secret, remove = (next(a for a in actions if a.endswith(e)) for e in ("/secret", "/remove"))
    assert "whsec_" in browser.send(secret).text
    browser.post(remove)
    assert "93.184.216.34" not in browser.get("/webhooks").text


def test_a_private_address_is_refused_at_its_field(app: FastAPI, owner: Someone) -> None:
    page = Browser(app, owner).send("/webhooks", status=422, **HOOK | {"url": "https://10.0.0.1/"})

    assert page.form_values("/webhooks")["url"] == "https://10.0.0.1/"
