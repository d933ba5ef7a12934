"""The kit in a real browser: accessibility, and what `behaviour.js` and htmx do."""

from collections.abc import Callable, Iterator
from itertools import product
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Dialog, Page, expect

from service.ui.i18n import Language
from tests.browsing import violations

pytestmark = pytest.mark.browser
Open = Callable[..., Page]
WIDE, NARROW = 1280, 320
"""CSS pixels; 320 is what WCAG 2.2, 1.4.10 asks to reflow to."""
COMPOSING = """key => {
  const options = {key, bubbles: true, cancelable: true, isComposing: true};
  const event = new KeyboardEvent("keydown", options);
  document.querySelector("#name").dispatchEvent(event);
  return event.defaultPrevented;
}"""


LOOKS = [
    *product(["/gallery"], Language, ["light", "dark"], [WIDE, NARROW]),
    *product(["/wrong"], [Language.ZH_HANS], ["light", "dark"], [NARROW]),
    ("/missing", Language.EN, "light", WIDE),
]
"""The gallery in every look; the others differ from it in little."""


@pytest.fixture
def open_page(chromium: Browser, site: str) -> Iterator[Open]:
    """Open an address in a context of its own; any refusal of the content policy fails the test."""
    contexts = []
    complaints: list[str] = []

    def open_it(address: str, *, width: int = WIDE, **options: Any) -> Page:
        context = chromium.new_context(viewport={"width": width, "height": 900}, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda line: complaints.append(line.text))
        page.goto(f"{site}{address}")
        return page

    yield open_it
    for context in contexts:
        context.close()
    expected = "Failed to load resource: the server responded with a status of"
    htmx_reports = "Response Status Error Code"
    assert [c for c in complaints if not c.startswith((expected, htmx_reports))] == []


def answer_dialogs(page: Page, *, accept: bool) -> list[str]:
    """Answer every question of the page the same way, and return the list they are noted in."""
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(f"{dialog.type}: {dialog.message}")
        dialog.accept() if accept else dialog.dismiss()

    page.on("dialog", answer)
    return asked


@pytest.mark.parametrize(("address", "language", "scheme", "width"), LOOKS)
def test_axe_finds_nothing(
    open_page: Open,
    address: str,
    language: Language,
    scheme: Literal["light", "dark"],
    width: int,
) -> None:
    page = open_page(f"{address}?lang={language}", width=width, color_scheme=scheme)

    assert violations(page) == []


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("width", [NARROW, WIDE // 2])
def test_a_narrow_or_zoomed_page_does_not_scroll_sideways(
    open_page: Open, language: Language, width: int
) -> None:
    page = open_page(f"/gallery?lang={language}", width=width)

    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_every_target_is_at_least_24_pixels_high(open_page: Open) -> None:
    page = open_page("/gallery?lang=en")
    script = """() => {
      const targets = "button, .btn, .side a, .languages a, summary, select, .form-control";
      return [...document.querySelectorAll(targets)].filter(e => e.checkVisibility())
        .filter(e => e.getBoundingClientRect().height < 24).map(e => e.outerHTML);
    }"""

    assert page.evaluate(script) == []


def test_the_first_tab_leads_to_the_content(open_page: Open) -> None:
    page = open_page("/gallery?lang=en")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.locator("main")).to_be_focused()


def test_a_wrong_form_puts_the_focus_on_its_errors(open_page: Open) -> None:
    expect(open_page("/wrong?lang=en").locator("#errors")).to_be_focused()


def test_the_browser_does_not_say_in_its_own_language_what_is_wrong(open_page: Open) -> None:
    page = open_page("/gallery?lang=zh-Hans")
    page.locator("#name").fill("")

    page.get_by_role("button", name="提交").click()

    expect(page.locator("#errors")).to_contain_text("最多填写 500 个字符。")


def test_an_error_leads_to_its_field(open_page: Open) -> None:
    page = open_page("/wrong?lang=en")

    page.locator("#errors a").first.click()

    expect(page.locator("#name")).to_be_focused()


def test_the_menu_folds_on_narrow_screens(open_page: Open) -> None:
    page = open_page("/gallery?lang=en", width=NARROW)
    expect(page.locator("#side")).to_be_hidden()

    page.get_by_role("button", name="Menu").click()

    expect(page.locator("#side")).to_be_visible()
    expect(page.locator(".menu-button")).to_have_attribute("aria-expanded", "true")


def test_without_scripts_the_menu_is_open(open_page: Open) -> None:
    page = open_page("/gallery?lang=en", width=NARROW, java_script_enabled=False)

    expect(page.locator("#side")).to_be_visible()
    expect(page.locator(".menu-button")).to_be_hidden()


def test_filters_work_without_scripts(open_page: Open) -> None:
    page = open_page("/gallery?lang=en", java_script_enabled=False)
    page.locator("#q").fill("ya")

    page.get_by_role("button", name="Apply filters").click()

    assert "q=ya" in page.url


def test_filters_swap_only_the_list_and_keep_the_focus(open_page: Open) -> None:
    page = open_page("/gallery?lang=en")
    page.locator("#goods").fill("typed before")
    page.locator("#q").fill("ya")

    page.locator("#q").press("Enter")

    expect(page.locator("#live")).to_have_text("3")
    expect(page.locator("#q")).to_be_focused()
    expect(page.locator("#goods")).to_have_value("typed before")
    assert "q=ya" in page.url


def test_a_problem_of_a_part_is_shown_in_its_own_place(open_page: Open) -> None:
    page = open_page("/gallery?lang=en")

    page.get_by_role("button", name="Ask").click()

    expect(page.locator("#problem")).to_contain_text("There is no such page.")
    expect(page.locator("#hit-list")).to_contain_text("YADEA")


def test_enter_that_chooses_a_word_sends_nothing(open_page: Open) -> None:
    assert open_page("/gallery?lang=en").evaluate(COMPOSING, "Enter") is True


def test_other_keys_reach_the_input_method(open_page: Open) -> None:
    assert open_page("/gallery?lang=en").evaluate(COMPOSING, "a") is False


def test_a_refused_question_sends_nothing(open_page: Open) -> None:
    page = open_page("/gallery?lang=en")
    asked = answer_dialogs(page, accept=False)

    page.get_by_role("button", name="Remove").click()

    assert asked == ["confirm: Remove this?"]
    assert page.locator("#errors").count() == 0


def test_an_answered_question_sends_the_form(open_page: Open) -> None:
    page = open_page("/gallery?lang=en")
    answer_dialogs(page, accept=True)

    page.get_by_role("button", name="Remove").click()

    expect(page.locator("#errors")).to_be_visible()


def test_a_form_is_sent_once(open_page: Open) -> None:
    page = open_page("/gallery?lang=en")
    script = """() => {
      const form = document.querySelector("form[action='/gallery'][method=post]");
      const submit = () => form.dispatchEvent(
        new SubmitEvent("submit", {bubbles: true, cancelable: true}));
      return [submit(), submit()];
    }"""

    assert page.evaluate(script) == [True, False]


def test_a_changed_form_is_not_left_without_a_question(open_page: Open) -> None:
    page = open_page("/gallery?lang=en")
    asked = answer_dialogs(page, accept=True)
    page.locator("#goods").press_sequentially("x")

    page.get_by_role("link", name="New").click()
    page.wait_for_url("**/")

    assert asked == ["beforeunload: "]


def test_an_untouched_form_is_left_without_a_question(open_page: Open) -> None:
    page = open_page("/gallery?lang=en")
    asked = answer_dialogs(page, accept=True)

    page.get_by_role("link", name="New").click()
    page.wait_for_url("**/")

    assert asked == []


def test_paper_is_light_and_shows_why(open_page: Open) -> None:
    page = open_page("/gallery?lang=en", color_scheme="dark")

    page.emulate_media(media="print", color_scheme="dark")

    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(27, 36, 48)"
    expect(page.locator(".topbar")).to_be_hidden()
    expect(page.locator(".print-header")).to_be_visible()
    expect(page.locator(".deadline details p").first).to_be_visible()


def test_axe_would_find_a_fault(open_page: Open) -> None:
    page = open_page("/missing?lang=en")

    page.evaluate("document.querySelector('main').append(document.createElement('input'))")

    assert [line.split(":")[0] for line in violations(page)] == ["label"]
