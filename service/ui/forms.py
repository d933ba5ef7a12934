"""Forms: what was typed, what is wrong with it, and where on the page to put it right."""

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Annotated, TypeVar, get_origin
from uuid import UUID

from fastapi import Depends, Request
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from starlette.datastructures import FormData, UploadFile

from service.core.errors import FieldError, Invalid, Problem
from service.core.text import N_
from service.ui.filters import element_id

Model = TypeVar("Model", bound=BaseModel)

NOBODY = UUID(int=0)
"""An id nothing has."""
FILE = "file"
"""Field of an error that is about a sent file, whatever its field on the page is called."""
LONGEST_VERSION = 9
"""Digits: what is longer counts no changes of anything."""

UNKNOWN_FAULT = N_("This value is not valid.")
SENTENCES: Mapping[str, str] = {
    "bool_parsing": N_("Answer yes or no."),
    "date_from_datetime_inexact": N_("Enter a date as year-month-day, such as 2026-01-31."),
    "date_from_datetime_parsing": N_("Enter a date as year-month-day, such as 2026-01-31."),
    "date_parsing": N_("Enter a date as year-month-day, such as 2026-01-31."),
    "decimal_parsing": N_("Enter a number."),
    "enum": N_("Choose one of the answers offered."),
    "extra_forbidden": N_("This field is not known here."),
    "float_parsing": N_("Enter a number."),
    "greater_than": N_("Enter a number above {gt}."),
    "greater_than_equal": N_("Enter {ge} or more."),
    "int_from_float": N_("Enter a whole number."),
    "int_parsing": N_("Enter a whole number."),
    "less_than": N_("Enter a number below {lt}."),
    "less_than_equal": N_("Enter {le} or less."),
    "literal_error": N_("Choose one of the answers offered."),
    "missing": N_("Enter or choose something here."),
    "string_pattern_mismatch": N_("This does not have the form asked for."),
    "string_too_long": N_("Enter at most {max_length} characters."),
    "string_too_short": N_("Enter at least {min_length} characters."),
    "too_long": N_("Give at most {max_length}."),
    "too_short": N_("Give at least {min_length}."),
    "url_parsing": N_("Enter a web address that begins with https://."),
    "url_scheme": N_("Enter a web address that begins with https://."),
    "uuid_parsing": N_("This reference is not one of ours."),
}
"""Pydantic's error types in words a person can act on; any other type gets `UNKNOWN_FAULT`."""


@dataclass(frozen=True, slots=True)
class Form:
    """The state of a form on a page: values as typed, and the errors."""

    values: Mapping[str, Sequence[str]] = field(default_factory=dict)
    errors: tuple[FieldError, ...] = ()

    @classmethod
    def blank(cls, **values: object) -> "Form":
        """Return a form nobody has sent yet, filled with these values (a list for several)."""
        return cls({name: _texts(value) for name, value in values.items() if value is not None})

    @classmethod
    def after(cls, problem: Problem, sent: FormData) -> "Form":
        """Return the form as it was sent, with the problem's errors at its fields.

        A problem without field errors is shown above the form. Files are never sent back.
        """
        values = {
            name: [value for value in sent.getlist(name) if isinstance(value, str)] for name in sent
        }
        files = [name for name in sent if any(map(_is_file, sent.getlist(name)))]
        errors = tuple(
            replace(error, field=_field_on_page(error, values, files)) for error in problem.errors
        )
        return cls(values, errors or (FieldError("", problem.detail, dict(problem.members)),))

    def over(self, kept: "Form") -> "Form":
        """Return this form with the kept values where nothing was sent for a field."""
        return Form({**kept.values, **self.values}, self.errors)

    def value(self, name: str, default: str = "") -> str:
        """Return what is in a field."""
        values = self.values.get(name)
        return values[0] if values else default

    def has(self, name: str, value: str) -> bool:
        """Say whether an answer of a choice is taken."""
        return value in self.values.get(name, ())

    def error(self, name: str) -> FieldError | None:
        """Return the first error of a field."""
        return next((error for error in self.errors if error.field == name), None)


async def posted(request: Request) -> AsyncIterator[FormData]:
    """Read the form of a request; a dependency, since page handlers are plain functions.

    Uploaded files are open while the handler runs, and closed after it.
    """
    async with request.form() as form:
        yield form


PostedForm = Annotated[FormData, Depends(posted)]


def read_form(model: type[Model], sent: FormData) -> Model:
    """Check a sent form against a model: blank fields count as missing, spaces around as nothing.

    Raises:
        Invalid: with one error per wrong field. The field's pydantic `title`, a message id, goes
            along as the value `label`, so that the summary can name the field.
    """
    try:
        return model.model_validate(_sent_values(model, sent))
    except ValidationError as fault:
        errors = field_errors(fault, model)
        raise Invalid(N_("Please correct the marked fields."), errors=errors) from None


def id_of(value: object) -> UUID:
    """Return the id a form or an address sent; `NOBODY`, which is never found, for what is none."""
    try:
        return UUID(str(value).strip())
    except ValueError:
        return NOBODY


def version_of(sent: Mapping[str, object]) -> int:
    """Return the version a form was filled in for; -1, which is never current, for no number."""
    text = sent.get("version")
    number = isinstance(text, str) and text.isascii() and text.isdecimal()
    return int(str(text)) if number and len(str(text)) <= LONGEST_VERSION else -1


def field_errors(fault: ValidationError, model: type[BaseModel]) -> list[FieldError]:
    """Return pydantic's errors as ours: place, sentence and the numbers in it."""
    return [_field_error(detail, model) for detail in fault.errors(include_url=False)]


def _field_error(detail: ErrorDetails, model: type[BaseModel]) -> FieldError:
    context = dict(detail.get("ctx", {}))
    if detail["type"] == "value_error":
        message = str(context.pop("error", UNKNOWN_FAULT))
    else:
        message = SENTENCES.get(detail["type"], UNKNOWN_FAULT)
    place = ".".join(str(part) for part in detail["loc"])
    known = model.model_fields.get(str(detail["loc"][0])) if detail["loc"] else None
    if known is not None and known.title:
        context["label"] = known.title
    return FieldError(place, message, context)


def _sent_values(model: type[BaseModel], sent: FormData) -> dict[str, object]:
    values: dict[str, object] = {}
    for name, known in model.model_fields.items():
        given = [value.strip() if isinstance(value, str) else value for value in sent.getlist(name)]
        given = [value for value in given if value != ""]
        if _takes_several(known.annotation):
            values[name] = given
        elif given:
            values[name] = given[0]
    return values


def _takes_several(annotation: object) -> bool:
    return get_origin(annotation) in (list, tuple, set, frozenset)


def _is_file(value: object) -> bool:
    return isinstance(value, UploadFile) and bool(value.filename)


def _field_on_page(error: FieldError, sent: Iterable[str], files: Sequence[str]) -> str:
    """Name the form's field an error is about: `goods.0.hs` and `/goods/0/hs` may be `goods`.

    What refuses a file knows only that it is one: the field is the one a file was sent in.
    """
    if error.field == FILE and files and FILE not in files:
        return files[0] if len(files) == 1 else ""
    place = f"{element_id(error.field)}-"
    owners = [name for name in sent if place.startswith(f"{element_id(name)}-")]
    return max(owners, key=len, default=error.field.strip("/").split("/")[0].split(".")[0])


def _texts(value: object) -> list[str]:
    if isinstance(value, str) or not isinstance(value, Iterable):
        return [str(value)]
    return [str(one) for one in value]
