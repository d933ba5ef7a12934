"""Rule values as plain JSON, the same for the command line and for what is stored."""

from typing import Any

from pydantic import TypeAdapter

from service.rules.coverage import Coverage
from service.rules.domain import Computed

_COMPUTED = TypeAdapter(Computed)
_COVERAGE = TypeAdapter(Coverage)


def computed_out(computed: Computed) -> dict[str, Any]:
    """Return a computed date as JSON; its keys are the names of `Computed`."""
    out: dict[str, Any] = _COMPUTED.dump_python(computed, mode="json")
    return out


def coverage_out(found: Coverage) -> dict[str, Any]:
    """Return the coverage list as JSON."""
    out: dict[str, Any] = _COVERAGE.dump_python(found, mode="json")
    return out
