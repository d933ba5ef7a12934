"""The clerk takes in, the expert mediates, the parties agree, the court confirms."""

from dataclasses import dataclass

import pytest
from fastapi import FastAPI
from playwright.sync_api import Page, expect

from service.identity.guard import COOKIE
from service.identity.permissions import OrganisationKind, Role
from tests.browsing import violations
from tests.builders import Someone, make_organisation, make_person
from tests.client import session_of

pytestmark = pytest.mark.browser
DAY = "2026-09-28"


@dataclass
class Staff:
    """One browser tab that changes hands."""

    tab: Page
    house: FastAPI
    address: str

    def sign_in(self, someone: Someone) -> None:
        """Go on as somebody else."""
        token, _ = session_of(self.house.state.database, someone)
        self.tab.context.clear_cookies()
        self.tab.context.add_cookies([{"name": COOKIE, "value": token, "url": self.address}])

    def press(self, selector: str) -> None:
        """Press a button that sends its form."""
        with self.tab.expect_navigation():
            self.tab.click(selector)

    def step(self, event: str) -> None:
        """Take a step of the page's table."""
        with_day = self.tab.locator("form[action$='/moves'] [name=day]")
        if with_day.count():
            with_day.fill(DAY)
        self.press(f"button[name=event][value={event}]")

    def sound(self) -> None:
        """Hold the page to axe."""
        expect(self.tab.locator("h1")).to_be_visible()
        assert violations(self.tab) == []


@pytest.mark.parametrize("tab", ["zh-CN"], indirect=True)
def test_from_the_counter_to_judicial_confirmation(tab: Page, house: FastAPI, address: str) -> None:
    database = house.state.database
    station = make_organisation(database, OrganisationKind.STATION)
    clerk = make_person(database, Role.STATION_CLERK, organisation=station)
    mediator = make_person(database, Role.STATION_MEDIATOR, organisation=station)
    staff = Staff(tab, house, address)

    staff.sign_in(clerk)
    tab.goto("/intakes/new")
    staff.sound()
    tab.select_option("[name=service_line]", "mediation")
    tab.fill("[name=visitor]", "无锡演示车业有限公司")
    tab.fill("[name=contact]", "0510-0000000")
    tab.fill("[name=title]", "三轮车商标被仿冒")
    tab.fill("[name=opponents]", "某虚构贸易公司")
    tab.select_option("[name=dispute_kind]", "infringement")
    staff.press("main form button[type=submit]")
    staff.press("form[action$='/check'] button")
    staff.sound()
    intake = tab.url.removesuffix("/check")

    staff.sign_in(mediator)
    tab.goto(intake)
    staff.step("accept")
    staff.step("promote")
    staff.sound()
    tab.select_option("[name=kind]", "mediation")
    staff.press("form[action$='/tracks'] button")
    staff.step("invite")
    tab.select_option("[name='detail.respondent_consents']", "yes")
    tab.fill("[name='detail.mediator']", "王芳")
    tab.fill("[name='detail.court']", "无锡市新吴区人民法院")
    staff.press("#detail form button")
    staff.step("appoint")
    tab.fill("[name=at]", "2099-01-05T09:00")
    tab.fill("[name=place]", "301 室")
    staff.press("form[action$='/sessions'] button")
    staff.step("open")
    tab.fill("[name=attendees]", "李四")
    tab.check("[name=identity_checked]")
    tab.fill("[name=record]", "双方到场，愿意和解。")
    staff.press("#sessions form button >> nth=0")
    tab.fill("[name=clauses]", "停止使用；赔偿五万元。")
    staff.press("form[action$='/agreement'] button")
    staff.sound()
    while tab.locator("form[action*='/signatures/']").count():
        tab.fill("form[action*='/signatures/'] [name=on] >> nth=0", DAY)
        staff.press("form[action*='/signatures/'] button >> nth=0")
    staff.step("agree")

    track = tab.url
    staff.press("#evidence a.btn")
    staff.sound()
    tab.fill("[name=title]", "调解组织证明")
    tab.select_option("[name=kind]", "document")
    tab.select_option("[name=obtained]", "received")
    tab.set_input_files(
        "[name=file]",
        {"name": "proof.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 proof"},
    )
    staff.press("form[enctype] button[type=submit]")
    tab.goto(track)
    for event in ("ask_confirmation", "accept_confirmation", "confirm"):
        staff.step(event)
    staff.sound()
    assert not tab.locator("button[name=event]").count()
