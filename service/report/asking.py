"""What a request asks of the report, read alike by pages, files and JSON."""

from dataclasses import dataclass
from typing import Annotated, Literal
from uuid import UUID

from fastapi import Depends, Query
from sqlalchemy.orm import Session

from service.identity.permissions import Actor
from service.report.domain import Dimension, Scope
from service.report.usecases.listing import check_measure, narrowed_by
from service.report.usecases.reporting import scope_of


@dataclass(frozen=True, slots=True)
class Asked:
    """A period, a station or all, and what the report is narrowed to."""

    period: str
    station: UUID | None
    narrowed: dict[Dimension, str]

    def scope(self, session: Session, actor: Actor) -> Scope:
        """Return what is counted."""
        return scope_of(
            session,
            actor,
            period=self.period,
            station_id=self.station,
            narrowed=self.narrowed,
        )

    @property
    def query(self) -> tuple[tuple[str, str], ...]:
        """The same for an address, without the period."""
        pairs = [(key.value, value) for key, value in self.narrowed.items() if value]
        return ((("station", str(self.station)),) if self.station else ()) + tuple(pairs)


async def asked_of_query(
    period: Annotated[str, Query(max_length=8, description="`2026-11`, `2026-Q4`, `2026`.")] = "",
    station: Annotated[
        UUID | Literal[""], Query(description="One station; else all in reach.")
    ] = "",
    park: Annotated[str, Query(max_length=200)] = "",
    industry: Annotated[str, Query(max_length=32)] = "",
    market: Annotated[str, Query(max_length=8)] = "",
) -> Asked:
    """Read what a request asks."""
    narrowed = {
        Dimension.PARK: park,
        Dimension.INDUSTRY: industry,
        Dimension.MARKET: market.upper(),
    }
    return Asked(period, station or None, narrowed)


@dataclass(frozen=True, slots=True)
class Behind:
    """Which figure's rows are asked for."""

    measure: str
    by: str
    key: str

    def narrow(self, scope: Scope) -> Scope:
        """Return the scope of the figure."""
        return narrowed_by(scope, check_measure(self.measure), self.by, self.key)


async def behind_of_query(
    measure: Annotated[str, Query(max_length=40, description="Key of a measure.")],
    by: Annotated[str, Query(max_length=16, description="A dimension it is told apart by.")] = "",
    key: Annotated[str, Query(max_length=200, description="Which of its lines.")] = "",
) -> Behind:
    """Read which figure is asked for."""
    return Behind(measure, by, key)


AskedOfQuery = Annotated[Asked, Depends(asked_of_query)]
BehindOfQuery = Annotated[Behind, Depends(behind_of_query)]
