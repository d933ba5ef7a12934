from collections.abc import Mapping

import pytest
from fastapi import FastAPI
from playwright.sync_api import Page, expect

from service.identity.guard import COOKIE
from service.identity.permissions import Role
from tests.browsing import violations
from tests.builders import Someone, make_person
from tests.client import session_of

pytestmark = pytest.mark.browser

PATHS: Mapping[Role, tuple[str, ...]] = {
    Role.EXPORTER_OWNER: (
        "/marks",
        "/marks/XX/2",
        "/products",
        "/products/new",
        "/registers",
        "/account",
        "/people",
    ),
    Role.ADMINISTRATOR: ("/imports", "/imports/new", "/registers"),
}


def enter(tab: Page, house: FastAPI, address: str, someone: Someone) -> None:
    token, _ = session_of(house.state.database, someone)
    tab.context.add_cookies([{"name": COOKIE, "value": token, "url": address}])


@pytest.mark.parametrize("role", PATHS)
def test_every_page_of_the_registry_is_without_a_fault_for_axe(
    tab: Page, house: FastAPI, address: str, role: Role
) -> None:
    enter(tab, house, address, make_person(house.state.database, role))

    faults = {}
    for path in PATHS[role]:
        tab.goto(path)
        expect(tab.locator("h1")).to_be_visible()
        faults[path] = violations(tab)

    assert {path: found for path, found in faults.items() if found} == {}


def test_an_exporter_enters_a_product_and_finds_it_in_the_list(
    tab: Page, house: FastAPI, address: str
) -> None:
    enter(tab, house, address, make_person(house.state.database, Role.EXPORTER_OWNER))
    tab.goto("/products/new")
    tab.fill("[name=sku]", "EB-48V")
    tab.fill("[name=name_zh]", "电动自行车")
    tab.fill("[name=brands]", "雅迪\nYADEA")
    with tab.expect_navigation():
        tab.click("main form button[type=submit]")

    tab.goto("/products")
    expect(tab.get_by_text("EB-48V").first).to_be_visible()
    assert violations(tab) == []
