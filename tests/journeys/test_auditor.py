"""The auditor verifies both chains and writes nothing; the lead's bundle verifies without us."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import sqlalchemy as sa
from fastapi import FastAPI
from playwright.sync_api import Page, expect

from service.cases.models_evidence import CustodyEvent
from service.core.audit import AuditEvent
from tests.db.cases.matters import make_cast
from tests.db.dispute.casework import make_case, make_evidence
from tests.journeys.test_station import Staff

pytestmark = pytest.mark.browser


def written(house: FastAPI) -> tuple[int | None, ...]:
    """Count the rows of both chains."""
    with house.state.database.read() as session:
        return tuple(
            session.scalar(sa.select(sa.func.count()).select_from(table))
            for table in (AuditEvent, CustodyEvent)
        )


@pytest.mark.parametrize("tab", ["en-GB"], indirect=True)
def test_the_auditor_verifies_the_chains(
    tab: Page, house: FastAPI, address: str, tmp_path: Path
) -> None:
    database = house.state.database
    cast = make_cast(database)
    folder = house.state.settings.files_folder
    with database.write() as session:
        case = make_case(session, cast, folder, title="Audited three-wheeler")
        make_evidence(session, cast, case.id, folder)
    before = written(house)
    here = Staff(tab, house, address)

    here.sign_in(cast.auditor)
    tab.goto("/audit")
    here.sound()
    tab.get_by_role("link", name="Check the whole chain").focus()
    with tab.expect_navigation():
        tab.keyboard.press("Enter")
    expect(tab.get_by_text("The chain holds.")).to_be_visible()
    here.sound()

    tab.goto("/cases")
    with tab.expect_navigation():
        tab.get_by_role("link", name="Audited three-wheeler").first.click()
    here.sound()
    assert tab.locator("main form[method=post]").count() == 0
    tab.goto(f"/threads/{case.id}/evidence")
    assert tab.locator("main form[method=post]").count() == 0
    with tab.expect_navigation():
        tab.get_by_role("link", name="Verify all").click()
    expect(tab.get_by_text("Every piece of evidence holds.")).to_be_visible()
    here.sound()
    with tab.expect_navigation():
        tab.get_by_role("link", name="1 证明").click()
    here.press("form[action$='/verify'] button")
    expect(tab.get_by_text("Content and custody chain hold.")).to_be_visible()
    here.sound()
    assert written(house) == before

    here.sign_in(cast.lead)
    tab.goto(f"/threads/{case.id}/evidence")
    tab.fill("#recipient", "A court")
    with tab.expect_download() as bundle:
        tab.click("form[action$='/bundle'] button")
    zipfile.ZipFile(bundle.value.path()).extractall(tmp_path)
    done = subprocess.run(
        [sys.executable, "-I", "verify.py"], cwd=tmp_path, capture_output=True, check=False
    )
    assert (done.returncode, b"ALL HOLDS" in done.stdout) == (0, True)
