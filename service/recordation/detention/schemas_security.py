"""The question of the security calculator, as a program and as a page puts it."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from service.core.text import N_
from service.recordation.detention.domain import Mode, Side
from service.recordation.detention.schemas import Amount, Currency
from service.rules.authorities import RightKind


class SecurityIn(BaseModel):
    """The question of the security calculator; the mode comes first."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"mode": "ex_officio", "value": "180000"}]},
    )

    mode: Annotated[Mode, Field(title=N_("What made customs act"))]
    value: Annotated[Amount, Field(gt=0, title=N_("Value of the goods"))]
    currency: Currency = "CNY"
    authority: Annotated[str, Field(max_length=32)] = "gacc"
    side: Side = Side.HOLDER
    right_kind: RightKind = RightKind.TRADEMARK


class SecurityForm(SecurityIn):
    """The same as a page sends it; `side` is the id of another part of every page."""

    our_side: Side = Side.HOLDER

    def asked(self) -> dict[str, Any]:
        """Return the question."""
        return {**self.model_dump(exclude={"our_side"}), "side": self.our_side}
