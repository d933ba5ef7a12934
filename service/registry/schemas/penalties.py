"""Bodies of published penalty decisions."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel, ConfigDict, computed_field


class PenaltyOut(BaseModel):
    """What one published decision says of one mark; amounts are in hundredths of a yuan."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    territory: str
    decision_number: str
    decided_on: date
    party: str
    party_code: str
    customs: str
    goods: str
    mark: str
    recordation_number: str
    value_fen: int | None
    fine_fen: int | None
    source: str

    @computed_field  # type: ignore[prop-decorator]
    @property
    def fine(self) -> str:
        """The fine in yuan."""
        return _yuan(self.fine_fen)

    @computed_field  # type: ignore[prop-decorator]
    @property
    def value(self) -> str:
        """The value of the goods in yuan."""
        return _yuan(self.value_fen)


def _yuan(fen: int | None) -> str:
    return "" if fen is None else f"{fen / 100:.2f}"


class RejectOut(BaseModel):
    """A row that was left out, and why."""

    place: str
    reason: str
    values: dict[str, str]


class PenaltiesLoaded(BaseModel):
    """What a sheet of decisions brought."""

    read: int
    added: int
    changed: int
    unchanged: int
    rejects: list[RejectOut]
