"""Rule values as plain JSON, the same for the command line and the HTTP answer."""

from dataclasses import asdict
from datetime import date, datetime
from enum import Enum

from pydantic import BaseModel

from service.rules.coverage import Coverage
from service.rules.domain import Computed


def plain(value: object) -> object:
    """Return a value of the rules as JSON holds it: dates as ISO texts, enums as their words."""
    if isinstance(value, BaseModel):
        return plain(value.model_dump())
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(plain(key)): plain(each) for key, each in value.items()}
    if isinstance(value, tuple | list):
        return [plain(each) for each in value]
    return value


def computed_out(computed: Computed) -> dict[str, object]:
    """Return a computed date for the wire; its keys are the names of `Computed`."""
    return {name: plain(value) for name, value in asdict(computed).items()}


def coverage_out(found: Coverage) -> dict[str, object]:
    """Return the coverage list for the wire."""
    return {name: plain(value) for name, value in asdict(found).items()}
