from datetime import timedelta

import pytest

from service.core import clock
from service.core.db import Database
from service.core.settings import Settings
from service.identity.errors import TooManyTries, WrongPassword
from service.identity.permissions import Role
from service.identity.usecases.signing_in import Opened, recognise_session, sign_in, sign_out
from tests.builders import PASSWORD, make_person_with_password


def enter(database: Database, settings: Settings, login: str, password: str = PASSWORD) -> Opened:
    return sign_in(database, settings, login=login, password=password, address="127.0.0.1")


def test_the_right_password_opens_a_session_of_that_person(
    database: Database, settings: Settings
) -> None:
    someone = make_person_with_password(database, Role.STATION_LEAD)

    opened = enter(database, settings, someone.login)

    proof = recognise_session(database, settings, opened.token)
    assert proof is not None
    assert proof.actor == someone.actor


def test_a_wrong_password_and_an_unknown_login_are_refused_alike(
    database: Database, settings: Settings
) -> None:
    someone = make_person_with_password(database)

    with pytest.raises(WrongPassword) as wrong:
        enter(database, settings, someone.login, "not the password")
    with pytest.raises(WrongPassword) as unknown:
        enter(database, settings, "nobody", "not the password")

    assert wrong.value.detail == unknown.value.detail


def test_after_too_many_failures_even_the_right_password_must_wait(
    database: Database, settings: Settings
) -> None:
    someone = make_person_with_password(database)
    strict = settings.model_copy(update={"sign_in_tries": 2})
    for _ in range(2):
        with pytest.raises(WrongPassword):
            enter(database, strict, someone.login, "not the password")

    with pytest.raises(TooManyTries):
        enter(database, strict, someone.login)

    with clock.at(clock.now() + strict.sign_in_window + timedelta(seconds=1)):
        assert enter(database, strict, someone.login).token


def test_a_session_ends_after_its_idle_time(database: Database, settings: Settings) -> None:
    opened = enter(database, settings, make_person_with_password(database).login)

    with clock.at(clock.now() + settings.session_idle + timedelta(seconds=1)):
        assert recognise_session(database, settings, opened.token) is None


def test_a_used_session_lives_on_but_never_past_its_life(
    database: Database, settings: Settings
) -> None:
    opened = enter(database, settings, make_person_with_password(database).login)
    start = clock.now()

    moment = start
    while moment < start + settings.session_life:
        with clock.at(moment):
            assert recognise_session(database, settings, opened.token) is not None
        moment += settings.session_idle - timedelta(minutes=1)
    with clock.at(start + settings.session_life + timedelta(seconds=1)):
        assert recognise_session(database, settings, opened.token) is None


def test_signing_in_again_ends_the_session_it_replaces(
    database: Database, settings: Settings
) -> None:
    someone = make_person_with_password(database)
    old = enter(database, settings, someone.login).token

    sign_in(
        database,
        settings,
        login=someone.login,
        password=PASSWORD,
        address="127.0.0.1",
        replaces=old,
    )

    assert recognise_session(database, settings, old) is None


def test_signing_out_ends_the_session(database: Database, settings: Settings) -> None:
    opened = enter(database, settings, make_person_with_password(database).login)

    sign_out(database, opened.token)

    assert recognise_session(database, settings, opened.token) is None
