"""Sign-ins sent all at once."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from service.core.db import Database
from service.core.settings import Settings
from service.identity.errors import TooManyTries, WrongPassword
from service.identity.usecases import signing_in
from service.identity.usecases.signing_in import sign_in
from tests.builders import PASSWORD, make_person_with_password

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
