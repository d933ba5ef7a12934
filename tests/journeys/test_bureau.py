"""The bureau reads a case and leaves a note; the station reads it; the bureau changes nothing."""

import pytest
from fastapi import FastAPI
from playwright.sync_api import Page, expect

from tests.db.cases.matters import make_cast
from tests.db.dispute.casework import make_case
from tests.journeys.test_station import Staff

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("tab", ["en-GB"], indirect=True)
def test_the_bureau_reads_and_guides(tab: Page, house: FastAPI, address: str) -> None:
    database = house.state.database
    cast = make_cast(database)
    with database.write() as session:
        case = make_case(session, cast, house.state.settings.files_folder)
    here = Staff(tab, house, address)

    here.sign_in(cast.bureau)
    tab.goto("/cases")
    here.sound()
    with tab.expect_navigation():
        tab.get_by_role("link", name="YADEA held at the port").first.click()
    here.sound()
    assert tab.locator("main form[method=post]").count() == 0
    token = tab.locator("[name=csrf_token]").first.input_value()
    moved = tab.context.request.post(
        f"{address}/cases/{case.id}/moves",
        form={"csrf_token": token, "event": "accept", "version": "1"},
    )
    assert moved.status == 403

    with tab.expect_navigation():
        tab.get_by_role("link", name="Guidance of the bureau").click()
    tab.fill("#text", "Ask the court whether the goods can be sampled.")
    tab.locator("#text").focus()
    tab.keyboard.press("Tab")
    here.press("form[action$='/guidance'] button")
    expect(tab.get_by_text("Not read yet.")).to_be_visible()
    here.sound()
    notes = tab.url

    here.sign_in(cast.station)
    tab.goto("/notices")
    with tab.expect_navigation():
        tab.get_by_role("button", name="The bureau left a note").first.click()
    assert tab.url == notes
    tab.get_by_label("Reply", exact=True).fill("We have asked it.")
    here.press("form[action*='/guidance/'] button")
    expect(tab.get_by_text("Read by")).to_be_visible()
    here.sound()

    here.sign_in(cast.bureau)
    tab.goto(notes)
    expect(tab.get_by_text("Read by")).to_be_visible()
    expect(tab.get_by_text("We have asked it.")).to_be_visible()
    assert tab.locator("form[action*='/guidance/']").count() == 0
