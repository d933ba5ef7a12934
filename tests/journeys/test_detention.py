"""The liaison answers a detention: the notice entered, the letter made, the answer, goods held."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from fastapi import FastAPI
from playwright.sync_api import FilePayload, Page, expect

from service.core import clock
from service.recordation.domain import Scope
from service.recordation.models import Mandate
from tests.detentions import make_harbour
from tests.journeys.test_station import Staff

pytestmark = pytest.mark.browser
CHINA = ZoneInfo("Asia/Shanghai")
PROOF: FilePayload = {
    "name": "proof.pdf",
    "mimeType": "application/pdf",
    "buffer": b"%PDF-1.7 proof",
}


def unfold(tab: Page, place: str) -> None:
    """Open what is folded away, by keyboard."""
    tab.locator(f"{place} > summary").first.focus()
    tab.keyboard.press("Enter")


@pytest.mark.parametrize("tab", ["zh-CN"], indirect=True)
def test_the_liaison_answers_a_detention(tab: Page, house: FastAPI, address: str) -> None:
    harbour = make_harbour(house.state.database)
    now = clock.now().astimezone(CHINA)
    with house.state.database.write() as session:
        session.add(
            Mandate(
                organisation_id=harbour.owner.organisation_id,
                to_id=harbour.station.id,
                scope=Scope.FILE,
                valid_from=date(2026, 1, 1),
                given_at=clock.now(),
            )
        )
    here = Staff(tab, house, address)
    here.sign_in(harbour.handler)

    tab.goto("/detentions")
    here.sound()
    with tab.expect_navigation():
        tab.get_by_role("link", name="货物被扣").first.click()
    here.sound()
    tab.select_option("#owner_id", str(harbour.owner.organisation_id))
    tab.check("input[name=our_side][value=exporter]")
    tab.select_option("#authority", "gacc")
    tab.select_option("#kind", "status_request")
    tab.fill("#number", "锡关知12号")
    served = now - timedelta(minutes=30)
    tab.fill("#served_at", served.strftime("%Y-%m-%dT%H:%M"))
    tab.fill("#stated_due", (now + timedelta(days=5)).date().isoformat())
    tab.check("input[name=mode][value=on_application]")
    tab.fill("#goods", "电动三轮车")
    tab.set_input_files("#files", PROOF)
    tab.locator("#goods").focus()
    with tab.expect_navigation():
        tab.keyboard.press("Enter")
    expect(tab.locator(".countdowns > li")).to_have_count(1)
    here.sound()

    unfold(tab, ".countdowns details")
    expect(tab.locator(".countdowns details[open]")).to_be_visible()
    with tab.expect_download() as letter:
        tab.click("a[href$='/letters/declaration.pdf']")
    assert letter.value.path().read_bytes().startswith(b"%PDF")
    step = "form[action$='/steps']:has([value=declare])"
    unfold(tab, "details:has([name=event][value=declare])")
    tab.fill(f"{step} [name=receipt]", "收文回执 8")
    here.press(f"{step} button")
    expect(tab.locator(".countdowns > li")).to_have_count(0)

    paper = "form[action$='/papers']"
    unfold(tab, f"details:has({paper})")
    tab.select_option(f"{paper} [name=kind]", "detention")
    tab.fill(f"{paper} [name=served_at]", now.strftime("%Y-%m-%dT%H:%M"))
    here.press(f"{paper} button")
    assert tab.locator(".countdowns > li").count() >= 3
    here.sound()

    with tab.expect_navigation():
        tab.get_by_role("link", name="归入已有案件").click()
    here.sound()
    here.press("form[action$='/case'] button")
    expect(tab.locator("#parts tbody tr")).to_have_count(1)
    assert tab.locator("#parts td a[href^='/deadlines/']").count() >= 3
    here.sound()
