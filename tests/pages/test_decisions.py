"""Deciding on a page, with evidence; who decided what, beside the hit."""

from typing import Any

import pytest
from fastapi import FastAPI

from service.identity.permissions import Role
from tests.builders import make_person
from tests.client import Browser
from tests.pages.test_screening import FIELDS
from tests.register import load

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 32


@pytest.fixture(params=["zh-Hans", "en"])
def browser(app: FastAPI, request: pytest.FixtureRequest) -> Browser:
    load(app.state.database, app.state.settings)
    someone = make_person(app.state.database, Role.EXPORTER_OWNER)
    return Browser(app, someone, language=request.param)


def form_of(browser: Browser) -> tuple[str, dict[str, Any]]:
    address = browser.post("/screenings", **FIELDS).headers["location"]
    links = [a.get("href") for a in browser.get(address).all("a")]
    link = next(each for each in links if each.startswith("/decisions/new"))
    return address, browser.get(link).form_values("/decisions")


def test_a_decision_with_evidence_stands_beside_its_hit(browser: Browser) -> None:
    address, values = form_of(browser)
    sent = values | {"csrf_token": browser.csrf, "kind": "licence_held", "reason": "合同 No. 7"}
    answer = browser.client.post(
        "/decisions",
        data=sent,
        files={"file": ("contract.png", PNG, "image/png")},
        follow_redirects=False,
    )

    assert answer.headers["location"].startswith(f"{address}#hit-")
    page = browser.get(address)
    assert "合同 No. 7" in page.text
    assert "张三" in page.text
    assert "合同 No. 7" in browser.get("/decisions").text


def test_what_was_typed_comes_back_with_the_fault(browser: Browser) -> None:
    _, values = form_of(browser)
    page = browser.send(
        "/decisions", status=422, **values | {"kind": "dismissed", "reason": "", "scope": "pair"}
    )

    assert page.form_values("/decisions")["kind"] == "dismissed"


def test_a_decision_is_taken_back_and_a_paper_is_got(browser: Browser) -> None:
    _, values = form_of(browser)
    browser.post("/decisions", **values | {"kind": "consent_held", "reason": "They wrote to us"})
    actions = [form.get("action") for form in browser.get("/decisions").all("form")]
    got = next(each for each in actions if each.endswith("/got"))
    browser.send(got, status=422)
    browser.client.post(
        got, data={"csrf_token": browser.csrf}, files={"file": ("a.png", PNG, "image/png")}
    )
    browser.post(next(each for each in actions if each.endswith("/withdraw")))

    left = [form.get("action") for form in browser.get("/decisions").all("form")]
    assert not [each for each in left if each.startswith(("/papers", "/decisions"))]
