from fastapi import FastAPI

from service.identity.permissions import Role
from tests.builders import make_person
from tests.client import Browser, Program


def test_a_process_that_answers_is_live(app: FastAPI) -> None:
    assert Program(app).call("GET", "/health/live", status=200).json() == {"status": "live"}


def test_a_cold_process_is_not_ready_and_says_what_it_waits_for(app: FastAPI) -> None:
    answer = Program(app).call("GET", "/health/ready", status=503)

    assert answer.json()["waits_for"] == "kernels"


def test_a_warm_process_with_its_index_is_ready(app: FastAPI) -> None:
    app.state.readiness.warm_seconds = 0.1

    assert Program(app).call("GET", "/health/ready", status=200).json() == {"status": "ready"}


def test_the_start_page_leads_each_reader_to_their_first_task(app: FastAPI) -> None:
    def leads(browser: Browser) -> str:
        answer = browser.client.get("/", follow_redirects=False)
        return str(answer.headers["location"])

    database = app.state.database
    assert leads(Browser(app)) == "/sign-in"
    assert leads(Browser(app, make_person(database))) == "/screenings/new"
    assert leads(Browser(app, make_person(database, Role.BUREAU_GUIDE))) == "/registers"
