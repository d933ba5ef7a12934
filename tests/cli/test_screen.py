import json
from pathlib import Path

import pytest

from service.core.console import NotMigrated
from service.core.db import Database
from service.core.errors import Invalid, NotFound, Problem
from service.core.settings import Settings
from service.rules.goods.errors import UnreadableGoods
from service.rules.markets import UnknownMarket
from service.screening.errors import NameTooLong, NoMarket, NoName, TooManyAsked
from tests.builders import make_person
from tests.cli.conftest import Call
from tests.register import load

KEYS = {
    "screening_id",
    "input",
    "searched",
    "not_searched",
    "markets",
    "hits",
    "counts",
    "truncated",
}
WITHOUT_A_QUESTION: list[tuple[tuple[str, ...], type[Problem]]] = [
    ((), NoName),
    (("",), NoName),
    (("😀", "--to", "XX"), NoName),
    (("x" * 501, "--to", "XX"), NameTooLong),
    (("YADEA", "--to", "Narnia"), UnknownMarket),
    (("YADEA", "--to", "XX", "--goods", "class:99"), UnreadableGoods),
    (("YADEA", "-o", "r.csv"), Invalid),
    (("YADEA\udcff", "--to", "XX"), Invalid),
    (("YADEA", "--to", "XX", "--as", "nobody"), NotFound),
]

pytestmark = pytest.mark.usefixtures("register")


def test_a_blocked_market_ends_with_code_1(markpass: Call) -> None:
    result = markpass("screen", "雅迪", "YADEA", "--goods", "8711.60", "--to", "XX", code=1)

    assert "blocked" in result.stdout


def test_a_name_like_none_ends_with_code_0(markpass: Call) -> None:
    assert "no_conflict_found" in markpass("screen", "QWOXTZ", "--from", "XX", "--to", "XX").stdout


def test_json_is_one_object_with_the_keys_of_an_answer(markpass: Call) -> None:
    result = markpass("screen", "YADEA", "--goods", "8711.60", "--to", "XX", "--json", code=1)

    assert json.loads(result.stdout).keys() >= KEYS


def test_a_limit_cuts_the_list_and_says_so(markpass: Call) -> None:
    result = markpass("screen", "YADEA", "--to", "XX", "--limit", "1", "--json", code=1)

    answer = json.loads(result.stdout)
    assert (len(answer["hits"]), answer["truncated"]) == (1, True)


def test_markets_are_named_together_or_one_by_one(markpass: Call) -> None:
    result = markpass("screen", "YADEA", "--to", "XX,US", "--to", "VN", "--json", code=1)

    assert list(json.loads(result.stdout)["markets"]) == ["XX", "US", "VN", "CN"]


def test_without_a_market_every_loaded_register_is_searched(
    markpass: Call, database: Database, settings: Settings
) -> None:
    load(database, settings, "EM,9,YADEA,registered,12,,Y,2020-01-01,2040-01-01,", name="em.csv")

    result = markpass("screen", "YADEA", "--json", code=1)

    assert list(json.loads(result.stdout)["markets"]) == ["EU", "XX", "CN"]


def test_what_is_not_searched_is_printed(markpass: Call) -> None:
    out = markpass("screen", "QWOXTZ", "--to", "XX").stdout

    assert "CNIPA Trademark Office (CN): never loaded" in out
    assert "外观设计未检索" in out


def test_a_name_with_brackets_is_printed_as_it_stands(markpass: Call) -> None:
    assert "[/red] [bold]" in markpass("screen", "[/red] [bold]", "--to", "XX").stdout


def test_a_screening_belongs_to_the_person_named(markpass: Call, database: Database) -> None:
    someone = make_person(database)

    markpass("screen", "QWOXTZ", "--to", "XX", "--as", someone.login)


@pytest.mark.parametrize(("arguments", "problem"), WITHOUT_A_QUESTION)
def test_a_wrong_question_is_a_problem(
    markpass: Call, arguments: tuple[str, ...], problem: type[Problem]
) -> None:
    with pytest.raises(problem) as raised:
        markpass("screen", *arguments)

    assert raised.value.errors or isinstance(raised.value, NotFound)


def test_a_limit_of_nothing_is_refused(markpass: Call) -> None:
    assert "--limit" in markpass("screen", "YADEA", "--limit", "0", code=2).stderr


def test_the_greatest_limit_is_that_of_the_setting(
    markpass: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(TooManyAsked) as refused:
        markpass("screen", "YADEA", "--to", "XX", "--limit", "1001")
    monkeypatch.setenv("MARKPASS_HITS_MAX", "2000")

    markpass("screen", "YADEA", "--to", "XX", "--limit", "1001", code=1)

    assert refused.value.errors[0].field == "limit"


def test_a_file_given_as_a_name_is_told_apart(markpass: Call) -> None:
    Path("products.csv").write_text("name\nYADEA\n")

    with pytest.raises(Invalid, match="--catalogue"):
        markpass("screen", "products.csv")


def test_help_names_every_option(markpass: Call) -> None:
    out = markpass("screen", "--help").stdout

    told = [name for name in ("--goods", "--from", "--to", "--limit", "--json") if name in out]
    assert len(told) == 5


def test_two_marks_are_compared(markpass: Call) -> None:
    answer = json.loads(markpass("compare", "RODA", "ODA", "--json").stdout)

    assert answer["similarity"] > 0.6
    assert "aural" in markpass("compare", "RODA", "ODA").stdout


@pytest.mark.parametrize("mark", ["", "!!!", "x" * 501, "a\udcff"])
def test_a_mark_that_cannot_be_compared_is_a_problem(markpass: Call, mark: str) -> None:
    with pytest.raises(Invalid) as raised:
        markpass("compare", "RODA", mark)

    assert raised.value.errors[0].field == "b"


class TestWithoutAnything:
    def test_no_register_and_no_market_is_a_problem(
        self, markpass: Call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setenv("MARKPASS_HOME", str(tmp_path / "empty"))
        monkeypatch.delenv("MARKPASS_DATABASE_URL")
        (tmp_path / "empty").mkdir()
        markpass("migrate")

        with pytest.raises(NoMarket):
            markpass("screen", "YADEA")

    def test_no_database_is_a_problem(
        self, markpass: Call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setenv("MARKPASS_HOME", str(tmp_path / "none"))
        monkeypatch.delenv("MARKPASS_DATABASE_URL")

        with pytest.raises(NotMigrated, match="markpass migrate"):
            markpass("screen", "YADEA", "--to", "XX")
