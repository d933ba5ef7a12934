"""What is asked many times at once: sign-ins, one login, one credit code, the last two keepers."""

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from service.core.db import Database
from service.core.errors import Problem
from service.core.settings import Settings
from service.identity.errors import TooManyTries, WrongPassword
from service.identity.permissions import Role, console
from service.identity.repository import People
from service.identity.usecases import signing_in
from service.identity.usecases.people import add_person, lock_person
from service.identity.usecases.signing_in import sign_in
from tests.builders import (
    PASSWORD,
    Someone,
    make_organisation,
    make_person,
    make_person_with_password,
)

TRIES, CALLERS = 3, 12


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords compared without the slow hash, which only makes the burst longer."""
    monkeypatch.setattr(signing_in, "password_fits", lambda given, _: given == PASSWORD)


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("same", ["login", "address"])
def test_a_burst_gets_as_many_tries_as_a_queue(
    settings: Settings, database: Database, same: str
) -> None:
    few = settings.model_copy(update={"sign_in_tries": TRIES})
    gate = Barrier(CALLERS)

    def attempt(number: int) -> str:
        gate.wait()
        login = "x" if same == "login" else f"x{number}"
        address = "1" if same == "address" else str(number)
        try:
            sign_in(database, few, login=login, password="wrong", address=address)
        except (WrongPassword, TooManyTries) as problem:
            return problem.code
        return "in"

    with ThreadPoolExecutor(CALLERS) as pool:
        counts = Counter(pool.map(attempt, range(CALLERS)))

    assert counts == {"wrong-password": TRIES, "too-many-tries": CALLERS - TRIES}


def test_a_right_password_leaves_no_try_behind(settings: Settings, database: Database) -> None:
    few = settings.model_copy(update={"sign_in_tries": 2})
    someone = make_person_with_password(database)

    for _ in range(3):
        sign_in(database, few, login=someone.login, password=PASSWORD, address="1")


def at_once(asks: Sequence[Callable[[], object]]) -> Counter[str]:
    """Ask all at once; count the answers by problem code, `done` where there was none."""
    gate = Barrier(len(asks))

    def ask(one: Callable[[], object]) -> str:
        gate.wait()
        try:
            one()
        except Problem as problem:
            return problem.code
        return "done"

    with ThreadPoolExecutor(len(asks)) as pool:
        return Counter(pool.map(ask, asks))


def test_one_login_and_one_credit_code_are_taken_once(database: Database) -> None:
    firm = make_organisation(database)

    def person() -> None:
        with database.write() as session:
            add_person(
                session,
                console(),
                organisation_id=firm.id,
                login="anna",
                name="A",
                role=Role.EXPORTER_STAFF,
                password=None,
            )

    def organisation() -> None:
        make_organisation(database, uscc="91350100M000100Y43")

    assert at_once([person] * 4) == {"done": 1, "login-taken": 3}
    assert at_once([organisation] * 4) == {"done": 1, "organisation-taken": 3}


def test_two_administrators_do_not_lock_each_other_out(database: Database) -> None:
    one, other = (make_person(database, Role.ADMINISTRATOR) for _ in range(2))

    def lock(by: Someone, whom: Someone) -> None:
        with database.write() as session:
            lock_person(session, by.actor, People(session, by.actor).get(whom.person_id))

    answers = at_once([lambda: lock(one, other), lambda: lock(other, one)])

    assert answers == {"done": 1, "last-keeper": 1}
