import pytest
from fastapi import FastAPI
from playwright.sync_api import Page, expect

from service.identity.permissions import OrganisationKind, Role
from tests.browsing import violations
from tests.builders import PASSWORD, Someone, make_organisation, make_person_with_password

pytestmark = pytest.mark.browser


@pytest.fixture
def exporter(house: FastAPI) -> Someone:
    make_organisation(house.state.database, OrganisationKind.STATION)
    return make_person_with_password(house.state.database, Role.EXPORTER_OWNER)


def enter(tab: Page, someone: Someone) -> None:
    tab.goto("/sign-in")
    assert violations(tab) == []
    tab.fill("#login", someone.login)
    tab.fill("#password", PASSWORD)
    with tab.expect_navigation():
        tab.keyboard.press("Enter")
    assert tab.url.endswith("/screenings/new")


def test_an_exporter_screens_a_brand_reads_why_and_asks_a_station(
    tab: Page, exporter: Someone
) -> None:
    enter(tab, exporter)
    assert violations(tab) == []

    tab.fill("#names", "雅迪\nYADEA")
    tab.fill("#goods", "8711.60")
    tab.fill("#origin", "XX")
    tab.fill("#destinations", "XX, DE")
    with tab.expect_navigation():
        tab.click("main form button[type=submit]")
    expect(tab.locator("h1")).to_be_visible()
    expect(tab.get_by_role("link", name="YADEA").first).to_be_visible()
    assert violations(tab) == []

    tab.locator("details summary").first.click()
    expect(tab.locator("ul.evidence").first).to_be_visible()
    assert violations(tab) == []

    with tab.expect_navigation():
        tab.click("form[action$='/share'] button")
    assert violations(tab) == []


def test_a_wrong_market_brings_the_reader_back_to_the_field(tab: Page, exporter: Someone) -> None:
    enter(tab, exporter)
    tab.fill("#names", "YADEA")
    tab.fill("#destinations", "Narnia")
    with tab.expect_navigation():
        tab.click("main form button[type=submit]")

    expect(tab.locator("#errors")).to_be_focused()
    assert violations(tab) == []
    tab.locator("#errors a").click()
    expect(tab.locator("#destinations")).to_be_focused()
    expect(tab.locator("#names")).to_have_value("YADEA")


def test_two_marks_are_compared_by_keyboard_alone(tab: Page, exporter: Someone) -> None:
    enter(tab, exporter)
    tab.goto("/compare")
    tab.locator("#a").focus()
    tab.keyboard.type("RODA")
    tab.keyboard.press("Tab")
    tab.keyboard.type("ODA")
    with tab.expect_navigation():
        tab.keyboard.press("Enter")

    expect(tab.locator(".mark-pair")).to_be_visible()
    assert violations(tab) == []


def test_similar_marks_are_searched_and_the_reason_opened(tab: Page, exporter: Someone) -> None:
    enter(tab, exporter)
    tab.goto("/similar-marks")
    assert violations(tab) == []
    tab.fill("#text", "Yadea")
    tab.fill("#not_owner", "Other")
    with tab.expect_navigation():
        tab.click("main form button[type=submit]")

    expect(tab.get_by_role("link", name="YADEA").first).to_be_visible()
    tab.locator("details summary").first.click()
    assert violations(tab) == []


def test_the_answer_fits_a_telephone(tab: Page, exporter: Someone) -> None:
    enter(tab, exporter)
    tab.set_viewport_size({"width": 320, "height": 640})
    tab.fill("#names", "YADEA")
    tab.fill("#origin", "XX")
    tab.fill("#destinations", "XX")
    with tab.expect_navigation():
        tab.click("main form button[type=submit]")

    width = tab.evaluate("document.documentElement.scrollWidth")
    assert width <= 320
    assert violations(tab) == []
