from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from service.core import clock
from service.core.db import Database
from service.core.errors import Problem
from service.core.outgoing import ComeBack, Manners, Outside
from service.core.pace import hold_back, take_turn
from tests.offices.serving import Given, Office, open_office, status

NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)
MANNERS = Manners(tries=3, first_pause=timedelta(milliseconds=1), most_bytes=1000)


@pytest.fixture
def office() -> Iterator[Office]:
    with open_office(Office(lambda _: Given(body=b"{}"))) as office:
        yield office


@pytest.fixture
def outside(database: Database) -> Iterator[Outside]:
    with Outside(database, "test", {"": 6_000_000}, MANNERS) as outside:
        yield outside


def test_turns_lie_evenly_whoever_takes_them(database: Database) -> None:
    with clock.at(NOON):
        waits = [take_turn(database, "office", 60) for _ in range(4)]
        other = take_turn(database, "another", 60)

    assert waits == [timedelta(seconds=number) for number in range(4)]
    assert other == timedelta(0)


def test_a_turn_not_taken_is_not_saved_up(database: Database) -> None:
    with clock.at(NOON):
        take_turn(database, "office", 60)
    with clock.at(NOON + timedelta(minutes=5)):
        waits = [take_turn(database, "office", 60) for _ in range(2)]

    assert waits == [timedelta(0), timedelta(seconds=1)]


def test_who_asks_for_quiet_gets_it_from_every_process(database: Database) -> None:
    with clock.at(NOON):
        hold_back(database, "office", timedelta(minutes=2))
        hold_back(database, "office", timedelta(minutes=1))

        assert take_turn(database, "office", 60) == timedelta(minutes=2)


def test_it_gives_up_after_so_many_tries(outside: Outside, office: Office) -> None:
    office.faults.extend([status(503)] * 9)

    with pytest.raises(Problem) as raised:
        outside.get(office.url)

    assert (raised.value.code, len(office.asked)) == ("outside-silent", 3)


@pytest.mark.parametrize("pause", ["3600", "Sat, 28 Nov 2026 13:00:00 GMT"])
def test_a_long_pause_is_raised_and_holds_the_next_request_back(
    outside: Outside, office: Office, pause: str
) -> None:
    office.faults.append(status(429, Retry_After=pause))
    with clock.at(NOON):
        for _ in range(2):
            with pytest.raises(ComeBack) as raised:
                outside.get(office.url)
            assert raised.value.pause == timedelta(hours=1)

    assert len(office.asked) == 1


def test_a_quota_that_is_used_up_holds_the_next_request_back(
    outside: Outside, office: Office
) -> None:
    spent = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "90"}
    office.answers = lambda _: Given(body=b"{}", headers=spent)
    with clock.at(NOON):
        assert outside.get(office.url).status == 200
        with pytest.raises(ComeBack):
            outside.get(office.url)


def test_an_answer_without_end_is_cut_off(outside: Outside, office: Office) -> None:
    office.answers = lambda _: Given(body=b"x" * 2000)

    with pytest.raises(Problem) as raised:
        outside.get(office.url)

    assert raised.value.code == "too-large"


def test_what_no_further_try_would_change_is_returned(outside: Outside, office: Office) -> None:
    office.faults.append(status(404))

    assert (outside.get(office.url).status, len(office.asked)) == (404, 1)


def test_an_answer_that_is_known_is_asked_after_and_not_sent_again(
    database: Database, office: Office, tmp_path: Path
) -> None:
    sent = []

    def answers(asked: object) -> Given:
        known = office.asked[-1].headers.get("if-none-match") == '"v1"'
        sent.append(not known)
        return Given(304 if known else 200, b"" if known else b"body", {"ETag": '"v1"'})

    office.answers = answers
    for _ in range(2):
        cache = tmp_path / "cache" / "office.db"
        with Outside(database, "test", {"": 6_000_000}, MANNERS, cache) as outside:
            assert outside.get(office.url).body == b"body"

    assert sent == [True, False]
