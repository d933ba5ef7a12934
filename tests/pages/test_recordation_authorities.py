"""Pages and routes of the customs authorities."""

import pytest
from fastapi import FastAPI

from service.identity.permissions import Role
from service.rules.authorities import authorities
from tests.builders import make_person
from tests.client import Browser, Program

BOTH = pytest.mark.parametrize("language", ["zh-Hans", "en"])


@BOTH
def test_the_pages_of_all_authorities_are_sound_in_both_languages(
    app: FastAPI, language: str
) -> None:
    browser = Browser(app, make_person(app.state.database, Role.CUSTOMS_LIAISON), language=language)
    assert browser.get("/authorities").language == language
    shown = {one.standing: one.code for one in authorities()}
    for code in {"gacc", *shown.values()}:
        browser.get(f"/authorities/{code}")


def test_what_is_not_researched_is_said_and_what_is_from_memory_is_marked(app: FastAPI) -> None:
    browser = Browser(app, make_person(app.state.database, Role.EXPORTER_STAFF))
    assert "was not researched" in browser.get("/authorities/bd-customs").text
    assert "from memory" in browser.get("/authorities/tr-customs").text
    assert "apply for a court detention order" in browser.get("/authorities/hk-ced").text
    assert browser.get("/authorities/atlantis", status=404)


def test_an_authority_as_json_names_its_rules(app: FastAPI) -> None:
    program = Program(app, make_person(app.state.database, Role.EXPORTER_STAFF))
    listed = program.call("GET", "/api/v1/authorities", status=200).json()
    assert [one["code"] for one in listed] == [one.code for one in authorities()]
    german = program.call("GET", "/api/v1/authorities?market=DE", status=200).json()
    assert [one["code"] for one in german] == ["eu-customs"]
    gacc = program.call("GET", "/api/v1/authorities/gacc", status=200).json()
    assert gacc["rules"]["Term"][0]["rule_id"] == "cn-gacc-term"
    assert gacc["rules"]["Term"][0]["length"] == {"zh": "10年", "en": "10 years"}
    assert [one["key"] for one in gacc["documents"]][:2] == ["holder_identity", "right_certificate"]
    problem = program.call("GET", "/api/v1/authorities?market=CH", status=404).json()
    assert problem["code"] == "authority-unknown"
