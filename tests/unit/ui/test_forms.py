"""What was typed, what is wrong, and where it is shown."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal
from uuid import UUID

import pytest
from pydantic import BaseModel, Field, HttpUrl, field_validator
from starlette.datastructures import FormData

from service.core.errors import Conflict, FieldError, Invalid
from service.core.text import N_
from service.ui.forms import SENTENCES, UNKNOWN_FAULT, Form, read_form
from tests.page import Page
from tests.unit.ui.test_render import app_of, whole


class Colour(StrEnum):
    """Something to choose."""

    RED = "red"


class Body(BaseModel):
    """A form with a field of each kind."""

    name: Annotated[str, Field(min_length=2, max_length=5, title=N_("Name searched"))]
    code: Annotated[str, Field(pattern=r"^\d+$")] = "1"
    count: Annotated[int, Field(ge=1, le=9)] = 1
    share: Annotated[float, Field(gt=0, lt=1)] = 0.5
    price: Decimal = Decimal(1)
    day: date | None = None
    colour: Colour = Colour.RED
    kind: Literal["a", "b"] = "a"
    sure: bool = False
    page: HttpUrl | None = None
    key: UUID | None = None
    markets: Annotated[list[str], Field(min_length=1, max_length=2)] = ["DE"]
    free: str = ""

    @field_validator("free")
    @classmethod
    def _no_digits(cls, value: str) -> str:
        if any(letter.isdigit() for letter in value):
            raise ValueError(N_("This value is not valid."))
        return value


def sent(*pairs: tuple[str, str]) -> FormData:
    return FormData([("name", "ab"), ("markets", "DE"), *pairs])


def errors_of(*pairs: tuple[str, str]) -> tuple[FieldError, ...]:
    with pytest.raises(Invalid) as caught:
        read_form(Body, sent(*pairs))
    return caught.value.errors


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("code", "x", "This does not have the form asked for."),
        ("count", "x", "Enter a whole number."),
        ("count", "1.5", "Enter a whole number."),
        ("count", "0", "Enter {ge} or more."),
        ("count", "10", "Enter {le} or less."),
        ("share", "x", "Enter a number."),
        ("share", "0", "Enter a number above {gt}."),
        ("share", "1", "Enter a number below {lt}."),
        ("price", "x", "Enter a number."),
        ("day", "31/1/2026", "Enter a date as year-month-day, such as 2026-01-31."),
        ("day", "2026-02-30", "Enter a date as year-month-day, such as 2026-01-31."),
        ("day", "2026-01-31T12:00:00", "Enter a date as year-month-day, such as 2026-01-31."),
        ("colour", "x", "Choose one of the answers offered."),
        ("kind", "x", "Choose one of the answers offered."),
        ("sure", "x", "Answer yes or no."),
        ("page", "x", "Enter a web address that begins with https://."),
        ("page", "ftp://x", "Enter a web address that begins with https://."),
        ("key", "x", "This reference is not one of ours."),
        ("free", "1", "This value is not valid."),
    ],
)
def test_each_fault_has_its_sentence(field: str, value: str, message: str) -> None:
    (error,) = errors_of((field, value))

    assert (error.field, error.message) == (field, message)


def test_a_blank_field_is_a_missing_one() -> None:
    with pytest.raises(Invalid) as caught:
        read_form(Body, FormData([("name", "  "), ("markets", "DE")]))

    assert caught.value.errors[0].message == SENTENCES["missing"]


def test_the_numbers_of_a_rule_go_along() -> None:
    (error,) = errors_of(("count", "10"))

    assert error.values["le"] == 9


def test_the_title_of_a_field_goes_along() -> None:
    with pytest.raises(Invalid) as caught:
        read_form(Body, FormData([("name", "a"), ("markets", "DE")]))

    assert caught.value.errors[0].values == {"min_length": 2, "label": "Name searched"}


def test_several_values_make_a_list() -> None:
    assert read_form(Body, sent(("markets", "US"))).markets == ["DE", "US"]


def test_too_many_values_are_told() -> None:
    (error,) = errors_of(("markets", "US"), ("markets", "VN"))

    assert error.message == "Give at most {max_length}."


def test_no_value_of_a_list_is_told() -> None:
    with pytest.raises(Invalid) as caught:
        read_form(Body, FormData([("name", "ab")]))

    assert caught.value.errors[0].message == "Give at least {min_length}."


def test_blank_optional_fields_keep_their_default() -> None:
    assert read_form(Body, sent(("day", ""), ("code", " "))).code == "1"


def test_spaces_around_are_nothing() -> None:
    assert read_form(Body, FormData([("name", " abc "), ("markets", "DE")])).name == "abc"


def test_a_form_field_nobody_asked_for_is_ignored() -> None:
    assert read_form(Body, sent(("csrf_token", "x"))).name == "ab"


def test_a_fault_without_a_sentence_of_its_own_still_has_one() -> None:
    class Odd(BaseModel):
        when: complex

    with pytest.raises(Invalid) as caught:
        read_form(Odd, FormData([("when", "x")]))

    assert caught.value.errors[0].message == UNKNOWN_FAULT


@pytest.mark.parametrize(
    ("place", "field"),
    [
        ("goods", "goods"),
        ("/goods/0/hs", "goods"),
        ("goods.0.hs", "goods"),
        ("goods-kind", "goods-kind"),
    ],
)
def test_an_error_finds_the_field_it_is_about(place: str, field: str) -> None:
    problem = Invalid("x", errors=[FieldError(place, "y")])
    form = Form.after(problem, FormData([("goods", "1"), ("goods-kind", "2")]))

    assert form.error(field) is not None


def test_an_error_of_a_field_that_was_not_sent_keeps_its_first_name() -> None:
    form = Form.after(Invalid("x", errors=[FieldError("/role/0", "y")]), FormData())

    assert form.errors[0].field == "role"


def test_a_problem_without_fields_stands_above_the_form() -> None:
    form = Form.after(Conflict("No {thing}.", thing="mark"), FormData())

    assert form.errors == (FieldError("", "No {thing}.", {"thing": "mark"}),)


def test_what_was_typed_is_kept() -> None:
    form = Form.after(Conflict("x"), FormData([("markets", "DE"), ("markets", "US")]))

    assert (form.value("markets"), form.has("markets", "US")) == ("DE", True)


def test_a_field_nobody_sent_has_its_default() -> None:
    assert Form.blank().value("name", "none") == "none"


def test_a_blank_form_takes_any_value() -> None:
    form = Form.blank(day=date(2026, 1, 31), markets=("DE", "US"), nothing=None)

    assert form.values == {"day": ["2026-01-31"], "markets": ["DE", "US"]}


def field_page(call: str, **context: Any) -> Page:
    return Page(app_of(whole(f"{{{{ {call} }}}}"), **context).get("/"))


def test_a_required_field_is_not_called_optional() -> None:
    page = field_page('ui.field(f, "name", "Name", required=true)', f=Form.blank())

    assert page.one("label").text == "Name"


def test_a_password_is_never_sent_back() -> None:
    form = Form.blank(password="secret")

    page = field_page('ui.field(f, "password", "Password", type="password")', f=form)

    assert "secret" not in page.html


def test_a_hint_and_an_error_are_read_with_the_field() -> None:
    form = Form({}, (FieldError("name", "wrong"),))

    page = field_page('ui.field(f, "name", "Name", hint="Short")', f=form)

    assert page.one("input", id="name").get("aria-describedby") == "name-hint name-error"


def test_a_text_area_keeps_its_first_empty_line() -> None:
    page = field_page('ui.field(f, "note", "Note", rows=3)', f=Form.blank(note="a\nb"))

    assert "a\nb" in page.one("textarea").text.replace(" ", "\n")


def test_the_answer_taken_is_chosen() -> None:
    options = [("a", "Filed"), ("b", "Refused")]

    page = field_page('ui.choice(f, "s", "S", o, kind="select")', f=Form.blank(s="b"), o=options)

    assert page.one("option", selected="").get("value") == "b"


def test_no_answer_of_a_sent_form_is_no_answer() -> None:
    form = Form.after(Conflict("x"), FormData([("other", "1")]))

    page = field_page(
        'ui.choice(f, "s", "S", o, kind="checkbox", value="a")', f=form, o=[("a", "Filed")]
    )

    assert "checked" not in page.one("input", name="s").attributes


def test_the_default_answer_of_a_new_form_is_chosen() -> None:
    page = field_page('ui.choice(f, "s", "S", o, value="a")', f=Form.blank(), o=[("a", "Filed")])

    assert "checked" in page.one("input", name="s").attributes
