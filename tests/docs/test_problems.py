"""Every problem code is told in the manual and has a page, with status, title and way out."""

import importlib
import pkgutil

import pytest
from fastapi import FastAPI

import service
from service.core.errors import Problem, every_problem
from service.ui.problem_ways import WAYS_OUT
from tests.client import Browser
from tests.docs.reading import page, rows


def ours() -> dict[str, type[Problem]]:
    """Return the problems of the product (tests make some of their own)."""
    for module in pkgutil.walk_packages(service.__path__, "service."):
        importlib.import_module(module.name)
    return {
        code: kind
        for code, kind in every_problem().items()
        if kind.__module__.partition(".")[0] == "service"
    }


KINDS = ours()


def classes(root: type[Problem]) -> list[type[Problem]]:
    below = [found for child in root.__subclasses__() for found in classes(child)]
    return [root, *below]


def test_no_two_problems_share_a_code() -> None:
    codes = [k.code for k in classes(Problem) if k.__module__.startswith("service.")]
    assert sorted(codes) == sorted(set(codes))


def test_every_problem_has_a_way_out() -> None:
    assert set(WAYS_OUT) == set(KINDS)


def test_the_table_of_the_manual_is_the_one_in_force() -> None:
    told = {tuple(row) for row in rows(page("problems.md"), "Codes")}
    expected = {
        (f"`{code}`", str(kind.status.value), kind.title, WAYS_OUT[code])
        for code, kind in KINDS.items()
    }
    told.discard(("code", "status", "title", "way out"))
    assert sorted(told) == sorted(expected)


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_every_problem_has_a_sound_page(app: FastAPI, language: str) -> None:
    browser = Browser(app, language=language)
    for code in KINDS:
        assert browser.get(f"/problems/{code}").language == language


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_the_list_of_problems_is_a_sound_page(app: FastAPI, language: str) -> None:
    assert Browser(app, language=language).get("/problems").language == language


def test_an_unknown_code_is_not_found(app: FastAPI) -> None:
    Browser(app).get("/problems/no-such-code", status=404)
