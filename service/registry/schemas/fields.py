"""Kinds of fields that several bodies have, and how their texts are read."""

import re
from typing import Annotated, Any

from pydantic import BeforeValidator, ConfigDict, Field

from service.core.text import N_
from service.rules.markets import market

STRICT = ConfigDict(extra="forbid")
Office = Annotated[str, Field(pattern=r"^[A-Z]{2}$", examples=["CN"])]
Text = Annotated[str, Field(max_length=4096)]


def split(value: Any) -> Any:
    """Read a list that may come as texts with several values, one a line or split by `;`."""
    if isinstance(value, str):
        value = [value]
    if not isinstance(value, (list, tuple)) or not all(isinstance(one, str) for one in value):
        return value
    parts = [part.strip() for one in value for part in re.split(r"[;；\n]", one)]
    return list(dict.fromkeys(part for part in parts if part))


def hs_code(value: str) -> str:
    """Return an HS code without spaces; raise for what is none."""
    code = value.replace(" ", "")
    if not re.fullmatch(r"\d{4}\.?\d{0,2}\.?\d{0,2}\.?\d{0,5}", code):
        raise ValueError(N_("An HS code has four or more digits, such as 8711.60."))
    return code


def market_code(value: str) -> str:
    """Return the code of a market named by code or name."""
    return market(value).code


def nice_classes(value: Any) -> Any:
    """Read Nice classes that may come as one text, split by commas or spaces."""
    if isinstance(value, str):
        value = [part for part in re.split(r"[;；,，、\s]+", value) if part]
    return value


Several = BeforeValidator(split)
NiceClasses = Annotated[
    list[Annotated[int, Field(ge=1, le=45)]], BeforeValidator(nice_classes), Field(max_length=45)
]
Name = Annotated[str, Field(max_length=500)]
Place = Annotated[str, Field(max_length=100)]
