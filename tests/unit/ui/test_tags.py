"""Tags: told apart without colour, and complete."""

from collections.abc import Mapping

import pytest

from service.registry.domain import MarkStatus
from service.ui.tags import COVERAGE, DEGREES, STATUSES, VERDICTS, Tag
from tests.page import Page
from tests.unit.ui.test_render import app_of, whole


@pytest.mark.parametrize("table", [VERDICTS, COVERAGE, DEGREES])
def test_no_two_tags_of_a_table_share_a_shape(table: Mapping[str, Tag]) -> None:
    assert len({tag.shape for tag in table.values()}) == len(table)


@pytest.mark.parametrize("table", [VERDICTS, COVERAGE, DEGREES, STATUSES])
def test_no_two_tags_of_a_table_share_a_word(table: Mapping[str, Tag]) -> None:
    assert len({tag.label for tag in table.values()}) == len(table)


def test_every_status_of_a_mark_has_a_tag() -> None:
    assert set(MarkStatus) - set(STATUSES) == set()


def test_the_verdicts_are_those_of_the_product() -> None:
    assert list(VERDICTS) == [
        *("blocked", "high", "medium", "low"),
        *("no_conflict_found", "not_searched"),
    ]


def test_the_office_s_own_word_is_never_translated() -> None:
    page = Page(app_of(whole('{{ ui.status_tag("filed", office_word="注册") }}')).get("/"))

    assert page.one("span", class_="office-word").get("translate") == "no"


def test_an_unknown_verdict_is_an_error() -> None:
    with pytest.raises(Exception, match="fine"):
        app_of(whole('{{ ui.verdict_tag("fine") }}')).get("/")
