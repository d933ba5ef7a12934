"""The notices of a program: one's own, in both languages; webhooks with their secret once."""

import pytest
from fastapi import FastAPI

from service.identity.permissions import Role
from tests.builders import Someone, make_person
from tests.client import Program
from tests.db.notices.telling import tell

HOOK = {"url": "https://93.184.216.34/hook", "topics": ["watch.alert"]}


@pytest.fixture
def owner(app: FastAPI) -> Someone:
    someone = make_person(app.state.database, Role.EXPORTER_OWNER)
    with app.state.database.write() as session:
        tell(session, people=[someone.person_id])
        tell(session, people=[someone.person_id], event_id="test:2")
    return someone


def test_notices_are_listed_read_and_counted(app: FastAPI, owner: Someone) -> None:
    program = Program(app, owner)
    first, second = program.call("GET", "/api/v1/notices", status=200).json()["items"]
    assert first["title"] == {"zh": "监测发现商标", "en": "A watch finds a mark"}

    read = program.call("POST", f"/api/v1/notices/{first['id']}/read", status=200).json()
    assert read["read_at"]
    unread = program.call("GET", "/api/v1/notices?unread=true", status=200).json()["items"]
    assert [each["id"] for each in unread] == [second["id"]]
    assert program.call("GET", "/api/v1/notices/unread").json() == {"unread": 1}

    program.call("POST", "/api/v1/notices/read", status=204)
    assert program.call("GET", "/api/v1/notices/unread").json() == {"unread": 0}


def test_one_chooses_what_is_mailed(app: FastAPI, owner: Someone) -> None:
    program = Program(app, owner)
    chosen = {"mailed": ["case.changed"]}

    program.call("PUT", "/api/v1/notices/topics", status=200, json=chosen)
    assert program.call("GET", "/api/v1/notices/topics").json() == chosen


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
        ({"calendar": "mars"}, "calendar"),
        ({"opens": "18:00", "closes": "09:00"}, "closes"),
        ({"opens": "25:00"}, "opens"),
    ],
)
def test_hours_that_cannot_be_kept_are_refused_by_field(
    app: FastAPI, owner: Someone, change: dict[str, str], field: str
) -> None:
    program = Program(app, owner)
    hours = program.call("GET", "/api/v1/notices/hours", status=200).json()

    answer = program.call("PUT", "/api/v1/notices/hours", status=422, json=hours | change)
    assert field in answer.json()["errors"][0]["field"]
    program.call("PUT", "/api/v1/notices/hours", status=200, json=hours)


def test_a_webhook_shows_its_secret_once(app: FastAPI, owner: Someone) -> None:
    program = Program(app, owner)
    made = program.call("POST", "/api/v1/webhooks", status=201, json=HOOK)
    address = made.headers["location"]

    assert made.json()["secret"].startswith("whsec_")
    assert "secret" not in program.call("GET", address, status=200).json()
    renewed = program.call("POST", f"{address}/secret", status=200).json()
    assert renewed["secret"] != made.json()["secret"]
    program.call("DELETE", address, status=204)
    assert program.call("GET", "/api/v1/webhooks", status=200).json() == []


@pytest.mark.parametrize(
    "url",
    [
        "http://93.184.216.34/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://169.254.169.254/latest",
        "https://user:pass@93.184.216.34/",
        "https://localhost/",
        "ftp://93.184.216.34/",
        "https:///",
        "https://93.184.216.34:99999/",
    ],
)
def test_a_webhook_goes_to_no_private_place(app: FastAPI, owner: Someone, url: str) -> None:
    answer = Program(app, owner).call("POST", "/api/v1/webhooks", json=HOOK | {"url": url})

    assert answer.status_code == 422
    assert answer.json()["code"] == "webhook-address-refused"
