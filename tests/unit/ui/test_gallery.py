"""Each macro, in both languages, under the strict reader."""

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from service.ui.i18n import Language
from service.ui.render import TEMPLATES
from tests.page import Page
from tests.unit.ui.gallery import SOURCE

ADDRESSES = ("/gallery", "/wrong", "/missing", "/busy")
_MACRO = re.compile(r"{% macro ([a-z]\w*)\(")


def macro_names() -> list[str]:
    texts = [path.read_text(encoding="utf-8") for path in (TEMPLATES / "macros").glob("*.html")]
    return sorted(name for text in texts for name in _MACRO.findall(text))


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("address", ADDRESSES)
def test_pages_are_without_fault(client: TestClient, address: str, language: Language) -> None:
    assert Page(client.get(address, params={"lang": language})).faults() == []


def test_what_was_sent_comes_back_with_its_errors(client: TestClient) -> None:
    response = client.post("/gallery", data={"name": "x" * 9, "markets": ["US"]})

    page = Page(response)
    assert page.faults() == []
    assert page.one("input", id="name").get("value") == "x" * 9
    assert "checked" in page.one("input", value="US").attributes


@pytest.mark.parametrize("language", list(Language))
def test_a_part_is_without_fault(client: TestClient, language: Language) -> None:
    headers = {"HX-Request": "true", "HX-Target": "hit-list"}

    response = client.get("/gallery", params={"lang": language}, headers=headers)

    assert Page(response, fragment=True).faults() == []


@pytest.mark.parametrize("name", macro_names())
def test_every_macro_is_on_the_gallery_page_or_used_by_one_that_is(name: str) -> None:
    macros = "".join(p.read_text(encoding="utf-8") for p in (TEMPLATES / "macros").glob("*.html"))

    assert f"ui.{name}(" in SOURCE or re.search(rf"(?<!macro )\b{name}\(", macros)


def test_every_macro_is_described() -> None:
    text = (Path(__file__).parents[3] / "docs" / "pages.md").read_text(encoding="utf-8")

    assert [name for name in macro_names() if f"ui.{name}" not in text] == []


def test_a_deadline_shows_why_and_all_its_warnings(client: TestClient) -> None:
    text = Page(client.get("/gallery", params={"lang": "en"})).text

    for word in ("missed by 2 days", "Provisional", "Sources disagree", "Art. 16", "1 day left"):
        assert word in text


def test_a_deadline_without_a_rule_shows_no_date(client: TestClient) -> None:
    page = Page(client.get("/gallery", params={"lang": "en"}))

    unknown = [e for e in page.all("div") if "deadline" in e.get("class").split()][-1]

    assert unknown.all("time") == []
    assert "Not researched" in unknown.text


def test_differing_letters_are_marked_and_said(client: TestClient) -> None:
    page = Page(client.get("/gallery", params={"lang": "en"}))

    assert [mark.text for mark in page.all("mark")][:2] == ["D", "T"]
    assert "“D” against “T”" in page.text


def test_the_sorted_column_says_so_and_its_link_turns_the_order(client: TestClient) -> None:
    page = Page(client.get("/gallery", params={"lang": "en"}))

    header = page.one("th", aria_sort="descending")

    assert header.all("a")[0].get("href") == "/gallery?q=ya&sort=class"


def test_progress_is_told_in_words_too(client: TestClient) -> None:
    page = Page(client.get("/gallery", params={"lang": "en"}))

    assert "1,500 of 200,000 done" in page.text
    assert page.one("progress", max="200000").get("value") == "1500"


def test_progress_without_a_total_claims_no_share(client: TestClient) -> None:
    page = Page(client.get("/gallery", params={"lang": "en"}))

    assert "value" not in page.one("progress", id="progress-without-a-total").attributes


def test_the_next_page_keeps_the_question(client: TestClient) -> None:
    page = Page(client.get("/gallery", params={"lang": "en"}))

    assert page.link("Next page") == "/gallery?q=ya&cursor=c2"
