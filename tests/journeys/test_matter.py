"""The exporter screens, opens a matter, uploads evidence, makes an application and signs it."""

from pathlib import Path

import pytest
from fastapi import FastAPI
from playwright.sync_api import Page, expect

from service.identity.permissions import OrganisationKind, Role
from tests.builders import make_organisation, make_person
from tests.journeys.test_station import Staff

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("tab", ["en-GB"], indirect=True)
def test_an_exporter_goes_from_a_screening_to_a_signed_application(
    tab: Page, house: FastAPI, address: str, tmp_path: Path
) -> None:
    make_organisation(house.state.database, OrganisationKind.STATION)
    exporter = make_person(house.state.database, Role.EXPORTER_OWNER)
    here = Staff(tab, house, address)
    here.sign_in(exporter)

    tab.goto("/screenings/new")
    tab.fill("#names", "雅迪\nYADEA")
    tab.fill("#goods", "8711.60")
    tab.fill("#origin", "XX")
    tab.fill("#destinations", "XX")
    here.press("main form button[type=submit]")
    here.press("form[action$='/case'] button >> nth=0")
    here.sound()
    matter = tab.url

    tab.get_by_text("Enter what is known now").click()
    tab.fill("form[action$='/about'] [name=facts]", "Three-wheelers of ours are copied abroad")
    tab.fill("form[action$='/about'] [name=rights]", "CN 1234567\nUS 7654321")
    here.press("form[action$='/about'] button")
    tab.get_by_text("Name one more party").click()
    tab.select_option("form[action$='/parties'] [name=role]", "applicant")
    tab.fill("form[action$='/parties'] [name=name]", "Wuxi Vehicles Co., Ltd.")
    here.press("form[action$='/parties'] button")
    here.sound()

    paper = tmp_path / "proof.pdf"
    paper.write_bytes(b"%PDF-1.7 proof")
    tab.goto(matter.replace("/cases/", "/threads/") + "/evidence")
    tab.fill("[name=title]", "Photograph of the stand")
    tab.select_option("[name=kind]", "document")
    tab.select_option("[name=obtained]", "received")
    tab.set_input_files("input[type=file]", paper)
    here.press("form[enctype='multipart/form-data'] button[type=submit]")
    expect(tab.get_by_role("link", name="Photograph of the stand")).to_be_visible()
    here.sound()

    tab.goto(f"{matter}/documents")
    here.sound()
    with tab.expect_navigation():
        tab.get_by_role("link", name="Application for rights-protection aid").click()
    here.sound()
    tab.fill("[name='entries.aid_wanted']", "Help to answer abroad")
    here.press("form[action$='/documents'] button[type=submit]")
    here.sound()
    tab.fill("[name=on]", "2026-09-28")
    tab.fill("[name=proof]", "Evidence 2: signed original")
    here.press("form[action*='/signatures/'] button")
    expect(tab.get_by_text("Evidence 2: signed original")).to_be_visible()
    here.sound()

    tab.goto("/search?q=Wuxi")
    expect(tab.get_by_role("link", name="Wuxi Vehicles Co., Ltd.")).to_be_visible()
    here.sound()
    for path in ("/desk", "/desk/calendar"):
        tab.goto(path)
        here.sound()
