"""Which language, and how sentences, dates and numbers look in it."""

from datetime import UTC, date, datetime

import pytest
from markupsafe import Markup
from starlette.requests import Request
from starlette.testclient import TestClient

from service.ui.filters import with_query
from service.ui.i18n import Language, preferred, translator
from service.ui.render import address_of
from tests.page import Page

ZH, EN = translator(Language.ZH_HANS), translator(Language.EN)


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("zh-CN,zh;q=0.9,en;q=0.8", Language.ZH_HANS),
        ("zh-TW", Language.ZH_HANS),
        ("en-US,en;q=0.9,zh;q=0.8", Language.EN),
        ("en;q=0.3, zh;q=0.7", Language.ZH_HANS),
        ("vi,zh;q=0.5", Language.ZH_HANS),
        ("zh;q=0, en", Language.EN),
        ("de,fr;q=0.5", Language.EN),
        ("", Language.EN),
        ("zhx, ;;q=, *;q=2.2.2", Language.EN),
        ("zh;q=1.2.3, en;q=0.1", Language.EN),
    ],
)
def test_the_browser_s_wish_is_read(header: str, language: Language) -> None:
    assert preferred(header) is language


def language_of_page(client: TestClient, url: str, accept: str = "en") -> str:
    return Page(client.get(url, headers={"Accept-Language": accept})).language


def test_the_address_beats_the_browser(client: TestClient) -> None:
    assert language_of_page(client, "/missing?lang=zh-Hans") == "zh-Hans"


def test_a_choice_is_remembered(client: TestClient) -> None:
    client.get("/missing?lang=zh-Hans")

    assert language_of_page(client, "/missing") == "zh-Hans"


def test_an_unknown_choice_is_not_remembered(client: TestClient) -> None:
    client.get("/missing?lang=tlh")

    assert "language" not in client.cookies


def test_the_language_link_stays_on_the_page_with_its_question(client: TestClient) -> None:
    page = Page(client.get("/missing?q=%E9%9B%85&lang=en&q=b"))

    assert page.link("简体中文") == "/missing?q=%E9%9B%85&q=b&lang=zh-Hans"


def test_the_language_link_of_a_refused_form_leads_to_the_form_s_page(client: TestClient) -> None:
    headers = {"Referer": "http://testserver/missing?q=a&lang=en"}

    page = Page(client.post("/gallery", data={"name": ""}, headers=headers))

    assert page.link("简体中文") == "/missing?q=a&lang=zh-Hans"


def test_another_site_s_address_is_not_taken_over(client: TestClient) -> None:
    headers = {"Referer": "http://elsewhere/missing"}

    page = Page(client.post("/gallery", data={"name": ""}, headers=headers))

    assert page.link("简体中文") == "/gallery?lang=zh-Hans"


@pytest.mark.parametrize(
    ("path", "query", "link"),
    [
        ("//elsewhere/x", b"", "/elsewhere/x?lang=zh-Hans"),
        ("/\\elsewhere", b"", "/%5Celsewhere?lang=zh-Hans"),
        ("//[", b"", "/%5B?lang=zh-Hans"),
        ("/a?b#c", b"d=1", "/a%3Fb%23c?d=1&lang=zh-Hans"),
        ("/名", b"q=\xff", "/%E5%90%8D?q=%C3%BF&lang=zh-Hans"),
    ],
)
def test_no_address_leads_to_another_host(path: str, query: bytes, link: str) -> None:
    scope = {"type": "http", "method": "GET", "path": path, "query_string": query, "headers": []}

    assert with_query(address_of(Request(scope)), lang="zh-Hans") == link


def test_a_broken_referer_is_not_followed(client: TestClient) -> None:
    page = Page(client.post("/gallery", data={"name": ""}, headers={"Referer": "http://["}))

    assert page.link("简体中文") == "/gallery?lang=zh-Hans"


def test_a_sentence_is_translated() -> None:
    assert ZH.text("Sign in") == "登录"


def test_an_empty_message_stays_empty() -> None:
    assert ZH.text("") == ""


def test_places_are_filled_in_the_translated_sentence() -> None:
    assert ZH.text("Enter {ge} or more.", ge=3) == "请填写不小于 3 的数字。"


def test_a_place_without_value_stays_as_it_stands() -> None:
    assert EN.text("From {a} to {b}", a=1) == "From 1 to {b}"


def test_a_filled_value_is_not_filled_again() -> None:
    assert EN.text("{a} {b}", a="{b}", b="x") == "{b} x"


def test_a_day_inside_a_sentence_is_written_in_the_language() -> None:
    assert ZH.text("Reference: {reference}", reference=date(2026, 1, 31)) == "编号：2026年1月31日"


def test_markup_in_a_value_makes_markup_and_escapes_the_rest() -> None:
    text = EN.text("<{a}> {b}", a=Markup("<b>x</b>"), b="&")

    assert text == Markup("&lt;<b>x</b>&gt; &amp;")


def test_without_markup_the_result_is_plain() -> None:
    assert not hasattr(EN.text("{a}", a="<b>"), "__html__")


def test_the_form_of_the_number_is_chosen() -> None:
    forms = [EN.plural("{count} day left", "{count} days left", count) for count in (1, 1234)]

    assert forms == ["1 day left", "1,234 days left"]


def test_chinese_has_one_form() -> None:
    assert ZH.plural("{count} day left", "{count} days left", 2) == "还剩 2 天"


def test_a_word_with_two_meanings_falls_back_to_the_word() -> None:
    assert ZH.in_context("of a ship", "Bow of {name}", name="A") == "Bow of A"


@pytest.mark.parametrize(("words", "text"), [(EN, "31 Jan 2026"), (ZH, "2026年1月31日")])
def test_days_are_written_in_the_language(words: object, text: str) -> None:
    assert {EN: EN, ZH: ZH}[words].date(date(2026, 1, 31)) == text  # type: ignore[index]


def test_times_are_shown_in_china_s_zone_and_name_it() -> None:
    moment = datetime(2026, 1, 30, 17, 5, tzinfo=UTC)

    assert EN.moment(moment) == "31 Jan 2026, 01:05 (Beijing time)"
    assert ZH.moment(moment) == "2026年1月31日 01:05（北京时间）"


def test_a_time_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        EN.moment(datetime(2026, 1, 30))  # noqa: DTZ001  the very mistake


def test_numbers_have_the_decimals_asked_for() -> None:
    assert [EN.number(1234.5, digits=0), EN.number(0.5, digits=2)] == ["1,234", "0.50"]


def test_shares_are_percentages() -> None:
    assert EN.percent(0.75) == "75%"
