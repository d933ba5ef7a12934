"""The search for similar marks on its page, and as JSON."""

import pytest
from fastapi import FastAPI

from service.identity.permissions import Role
from tests.builders import make_person
from tests.client import Browser, Program
from tests.register import load


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
def test_similar_marks_are_shown_with_their_reasons(app: FastAPI, language: str) -> None:
    load(app.state.database, app.state.settings)
    clerk = make_person(app.state.database, Role.STATION_CLERK)
    browser = Browser(app, clerk, language=language)
    assert browser.get("/similar-marks").language == language

    asked = {"text": "Yadea", "classes": "12，25", "not_owner": "Other"}
    page = browser.send("/similar-marks", status=200, **asked)
    assert page.form_values("/similar-marks")["classes"] == "12，25"
    links = [link.get("href") for link in page.all("a")]
    assert [one for one in links if one.startswith("/marks/XX/")] == ["/marks/XX/1", "/marks/XX/2"]

    wrong = browser.send("/similar-marks", status=422, **asked | {"classes": "12, 46"})
    assert wrong.form_values("/similar-marks")["text"] == "Yadea"


def test_a_program_is_told_counts_and_reasons(app: FastAPI) -> None:
    load(app.state.database, app.state.settings)
    program = Program(app, make_person(app.state.database, Role.CUSTOMS_LIAISON))
    body = {"text": "YADEA", "classes": [12], "limit": 1}
    found = program.call("POST", "/api/v1/similar-marks", status=200, json=body).json()

    assert [one["mark"]["text"] for one in found["marks"]] == ["YADEA"]
    assert found["counts"]["high"] >= 1
    assert found["searched"][0]["office"] == "XX"
