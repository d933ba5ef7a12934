"""Bodies of registers and imports: one shape for command line, API and pages."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from service.registry.domain import EditionScope, EditionState, RemarkKind
from service.registry.registers import RegisterFact

MOST_PARTS = 1000
"""Files that one full load may come in."""


class GapOut(BaseModel):
    """Why a register is not complete: `reason` is a sentence with places for `values`."""

    model_config = ConfigDict(from_attributes=True)

    code: str
    reason: str
    values: dict[str, Any]


class RegisterOut(BaseModel):
    """What a register is worth today."""

    office: str
    name_zh: str
    name_en: str
    state: EditionState
    as_of: date | None
    age_days: int | None
    fresh: bool
    gaps: list[GapOut]
    total: int
    live: int
    updated_at: datetime

    @classmethod
    def of(cls, fact: RegisterFact) -> "RegisterOut":
        """Return what is told of a register."""
        return cls(
            office=fact.office.code,
            name_zh=fact.office.name.zh,
            name_en=fact.office.name.en,
            state=fact.state,
            as_of=fact.as_of,
            age_days=fact.age_days,
            fresh=fact.fresh,
            gaps=[GapOut.model_validate(gap) for gap in fact.gaps],
            total=fact.total,
            live=fact.live,
            updated_at=fact.updated_at,
        )


class EditionOut(BaseModel):
    """What one import brought for one office."""

    model_config = ConfigDict(from_attributes=True)

    office: str
    state: EditionState
    dated: date | None
    added: int
    changed: int
    unchanged: int
    older: int
    withdrawn: int
    absent: int


class RemarkOut(BaseModel):
    """A record left out, or one that went in with a remark."""

    model_config = ConfigDict(from_attributes=True)

    kind: RemarkKind
    place: str
    code: str
    reason: str
    values: dict[str, str]


class ImportOut(BaseModel):
    """An import: how far it is, and what it brought."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    file_name: str
    format: str
    scope: EditionScope
    state: EditionState
    already: bool = False
    """The file had been imported before: nothing was changed now."""
    dated: date | None
    """The day the file tells the register of."""
    part: int | None
    """Which file of a full load in several it is, and of how many."""
    parts: int | None
    only_classes: list[int]
    """Nice classes it was cut to; empty: it was not."""
    filed_from: date | None
    """Marks filed earlier were left out of it; null: none."""
    read: int
    rejected: int
    noted: dict[str, int]
    done_bytes: int
    size_bytes: int
    failure: dict[str, Any] | None
    """`code`, `detail` and `members` of the problem that stopped it."""
    editions: list[EditionOut] = []
    rejects: list[RemarkOut] = []
    """The first records left out; all of them are its remarks."""
    started_at: datetime
    finished_at: datetime | None
