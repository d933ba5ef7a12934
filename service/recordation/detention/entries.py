"""What a person enters: a paper that was served, or a step of our own."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from service.recordation.detention.domain import Disposal, Service
from service.recordation.detention.papers import PaperKind


@dataclass(frozen=True, slots=True)
class PaperEntry:
    """A paper: its kind, number, and when and how it was served. `served_at` has a zone."""

    kind: PaperKind
    served_at: datetime
    number: str = ""
    issued_on: date | None = None
    service: Service = Service.RECEIPT
    stated_due: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class StepEntry:
    """What goes with a step that no paper makes."""

    when: date | datetime | None = None
    note: str = ""
    receipt: str = ""
    """Receipt number, or what proves that customs has it."""
    security_amount: Decimal | None = None
    guarantee_number: str = ""
    liability_read: bool = False
    disposal: Disposal = Disposal.NONE

    def values(self) -> dict[str, Any]:
        """Return what the guards look at."""
        names = ("receipt", "security_amount", "guarantee_number", "liability_read", "disposal")
        return {name: getattr(self, name) for name in names}
