"""The rows behind a figure: those the actor may open, and how many others are counted."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from service.core.errors import FieldError, Invalid, NotFound
from service.core.pagination import Cursor
from service.core.text import N_
from service.identity.permissions import Actor, Permission
from service.report.domain import Dimension, Scope
from service.report.measures import MEASURES
from service.report.repository import Counts, Opened


@dataclass(frozen=True, slots=True)
class Behind:
    """What lies behind a figure."""

    key: str
    total: int
    """All rows: the figure itself."""
    hidden: int
    """Those among them the actor may not open: counted, and told nothing of."""
    rows: Sequence[Opened]
    following: str | None


def check_measure(key: str) -> str:
    """Return the key of a measure.

    Raises:
        NotFound: there is none of this name.
    """
    if key not in MEASURES:
        raise NotFound(N_("There is no such figure."))
    return key


def narrowed_by(scope: Scope, key: str, dimension: str, value: str) -> Scope:
    """Return a scope narrowed to one line of a breakdown; as it is, where none is named.

    Raises:
        Invalid: the figure is not told apart by that.
        NotFound: no such station in the scope.
    """
    if not dimension:
        return scope
    if dimension not in {Dimension.STATION, *MEASURES[key].by}:
        detail = N_("This figure is not told apart by that.")
        raise Invalid(detail, errors=[FieldError("by", detail)])
    if dimension == Dimension.STATION and value not in map(str, scope.stations):
        raise NotFound(N_("There is no such station."))
    return scope.only(Dimension(dimension), value)


def rows_behind(session: Session, actor: Actor, key: str, scope: Scope, cursor: Cursor) -> Behind:
    """Return a page of the rows behind a figure of a scope."""
    actor.need(Permission.REPORT_READ)
    counts = Counts(session)
    total = counts.count(key, scope)
    rows, following = counts.page(key, scope, actor, cursor)
    return Behind(key, total, total - counts.openable(key, scope, actor), rows, following)
