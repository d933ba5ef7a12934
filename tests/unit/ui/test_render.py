"""Whole pages, parts, problems, and what every answer carries."""

import json
from typing import Any

import pytest
from fastapi import FastAPI, Request
from fastapi.responses import Response
from jinja2 import UndefinedError
from starlette.datastructures import UploadFile
from starlette.testclient import TestClient

from service.core.errors import FieldError, Invalid
from service.ui.forms import PostedForm
from service.ui.i18n import Language
from service.ui.render import environment, page, problem_page
from tests.page import Page

HTMX = {"HX-Request": "true", "HX-Target": "hit-list"}
HOSTILE = "<script>alert('&')</script>"


def app_of(source: str, **context: Any) -> TestClient:
    """Serve one template at `/`."""
    app = FastAPI()

    @app.get("/")
    def show(request: Request) -> Response:
        request.state.csp_nonce = "nonce-1"
        template = environment(Language.EN).from_string(source)
        return page(request, template, headers={"X-Own": "1"}, **context)

    return TestClient(app)


def whole(body: str) -> str:
    return (
        '{% extends "base.html" %}{% block title %}T{% endblock %}'
        f"{{% block main %}}{body}{{% endblock %}}"
    )


def test_values_are_escaped() -> None:
    response = app_of(whole("<p>{{ value }}</p>"), value=HOSTILE).get("/")

    assert "<script>alert" not in response.text
    assert Page(response).one("main").text.endswith(HOSTILE)


def test_values_inside_a_translated_sentence_are_escaped() -> None:
    source = whole('<p>{{ _("Reference: {reference}", reference=value) }}</p>')

    assert "<script>alert" not in app_of(source, value=HOSTILE).get("/").text


def test_a_message_that_came_from_outside_is_escaped() -> None:
    assert "<script>alert" not in app_of(whole("{{ _(value) }}"), value=HOSTILE).get("/").text


def test_values_inside_a_trans_block_are_escaped() -> None:
    source = whole("{% trans name=value %}Hello {{ name }}, 100 % sure{% endtrans %}")

    text = app_of(source, value="<b>").get("/").text

    assert "Hello &lt;b&gt;, 100 % sure" in text


def test_a_name_that_the_page_was_not_given_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        app_of(whole("{{ forgotten }}")).get("/")


def test_every_page_forbids_what_is_inline() -> None:
    policy = app_of(whole("")).get("/").headers["content-security-policy"]

    assert "script-src 'self' 'nonce-nonce-1';" in policy
    assert "unsafe" not in policy


def test_scripts_carry_the_nonce_of_the_policy() -> None:
    scripts = Page(app_of(whole("")).get("/")).all("script")

    assert {script.get("nonce") for script in scripts} == {"nonce-1"}


def test_pages_are_not_kept_by_the_browser() -> None:
    assert app_of(whole("")).get("/").headers["cache-control"] == "private, no-store"


def test_headers_of_the_handler_are_sent() -> None:
    assert app_of(whole("")).get("/").headers["x-own"] == "1"


def test_htmx_may_evaluate_nothing(client: TestClient) -> None:
    settings = Page(client.get("/gallery")).one("meta", name="htmx-config").get("content")

    assert '"allowEval": false' in settings


def test_htmx_gets_only_the_part_it_asked_for(client: TestClient) -> None:
    text = client.get("/gallery", headers=HTMX).text

    assert text.startswith('<div id="hit-list">')
    assert "<html" not in text


def test_a_part_brings_its_news_for_the_live_region(client: TestClient) -> None:
    text = client.get("/gallery", headers=HTMX).text

    assert '<div id="live" hx-swap-oob="innerHTML">3</div>' in text


def test_htmx_without_a_known_part_gets_the_whole_page(client: TestClient) -> None:
    response = client.get("/gallery", headers={**HTMX, "HX-Target": "elsewhere"})

    assert "<html" in response.text


def test_a_page_that_htmx_has_lost_is_whole(client: TestClient) -> None:
    response = client.get("/gallery", headers={**HTMX, "HX-History-Restore-Request": "true"})

    assert "<html" in response.text


def test_parts_and_pages_are_not_mixed_up_by_caches(client: TestClient) -> None:
    assert "HX-Request" in client.get("/gallery").headers["vary"]


def test_a_problem_page_has_its_status(client: TestClient) -> None:
    assert client.get("/missing").status_code == 404


def test_a_problem_page_names_what_went_wrong(client: TestClient) -> None:
    assert Page(client.get("/missing", params={"lang": "en"})).heading == "Not found"


def test_a_busy_answer_says_when_to_come_back(client: TestClient) -> None:
    assert client.get("/busy").headers["retry-after"] == "7"


def test_htmx_gets_a_problem_as_a_part(client: TestClient) -> None:
    response = client.get("/missing", headers=HTMX)

    assert "<html" not in response.text
    assert Page(response, fragment=True).faults() == []


def test_a_problem_with_fields_lists_them() -> None:
    app = FastAPI()

    @app.get("/")
    def show(request: Request) -> Response:
        error = FieldError("/goods/0", "Enter {ge} or more.", {"ge": 1})
        return problem_page(request, Invalid("Please correct the marked fields.", errors=[error]))

    text = Page(TestClient(app).get("/", params={"lang": "en"})).one("main").text

    assert "/goods/0 Enter 1 or more." in text


def test_the_viewer_sees_only_entries_with_a_permission_held(client: TestClient) -> None:
    side = Page(client.get("/gallery", params={"lang": "en"})).one("nav", id="side")

    assert [link.text for link in side.all("a")] == ["My work", "Screening"]


def test_after_signing_in_the_reader_comes_back(client: TestClient) -> None:
    page_read = Page(client.get("/missing?q=a%26b&lang=en"))

    assert page_read.link("Sign in") == "/sign-in?next=%2Fmissing%3Fq%3Da%2526b"


def test_htmx_sends_the_csrf_token_as_a_header(client: TestClient) -> None:
    headers = Page(client.get("/gallery")).one("body").get("hx-headers")

    assert json.loads(headers) == {"X-CSRF-Token": "token"}


def test_nobody_signed_in_sees_the_open_entries(client: TestClient) -> None:
    side = Page(client.get("/missing", params={"lang": "en"})).one("nav", id="side")

    assert [link.text for link in side.all("a")] == ["My work"]


def test_the_entry_of_this_page_is_marked(client: TestClient) -> None:
    page_read = Page(client.get("/gallery", params={"lang": "en"}))

    assert page_read.one("a", aria_current="page").text == "Screening"


def test_staff_get_dense_pages(client: TestClient) -> None:
    assert Page(client.get("/gallery")).one("body").get("class") == "compact"


def test_others_get_airy_pages(client: TestClient) -> None:
    assert Page(client.get("/missing")).one("body").get("class") == "airy"


def test_a_wrong_form_is_told_in_the_title(client: TestClient) -> None:
    title = Page(client.get("/wrong", params={"lang": "en"})).one("title").text

    assert title.startswith("Error: ")


def test_an_uploaded_file_can_be_read_and_is_closed_after() -> None:
    held: list[UploadFile] = []
    app = FastAPI()

    @app.post("/")
    def keep(sent: PostedForm) -> str:
        given = sent["file"]
        assert isinstance(given, UploadFile)
        held.append(given)
        return given.file.read().decode()

    response = TestClient(app).post("/", files={"file": ("a.txt", b"hello")})

    assert response.json() == "hello"
    assert held[0].file.closed
