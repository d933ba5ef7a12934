"""Bodies of filings and renewals: what is entered with a step, and on a page of the form."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from pydantic import ConfigDict, Field

from service.core.text import N_
from service.recordation.schemas import Body, Short
from service.registry.domain import RightStatus


class StatusIn(Body):
    """A check of the legal status."""

    status: Annotated[RightStatus, Field(title=N_("Legal status"))]
    source: Annotated[str, Field(min_length=1, max_length=200, title=N_("Where it was checked"))]


class OfficeRenewalIn(Body):
    """Renewal asked for at the office of the right."""

    applied_on: Annotated[date, Field(title=N_("Applied for on"))]
    renewal_no: Annotated[str, Field(max_length=64)] = ""


class CertificateIn(Body):
    """The office's certificate of renewal."""

    certified_on: Annotated[date, Field(title=N_("Day of the certificate"))]
    new_end: Annotated[date, Field(title=N_("New last day of the right"))]


class StepIn(Body):
    """What is entered with a step of a filing."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"event": "submit", "version": 3, "when": "2026-11-02", "receipt_no": "BA2026-0815"}
            ]
        },
    )

    event: Annotated[str, Field(max_length=32)]
    version: int
    when: Annotated[date | None, Field(title=N_("Day of the event"))] = None
    note: Annotated[str, Field(max_length=4000, title=N_("Reasons"))] = ""
    receipt_no: Annotated[str, Field(max_length=64, title=N_("Receipt number"))] = ""
    proof_file_id: UUID | None = None
    application_no: Annotated[str, Field(max_length=64, title=N_("Application number"))] = ""
    recordation_no: Annotated[str, Field(max_length=64, title=N_("Recordation number"))] = ""
    effective_on: Annotated[date | None, Field(title=N_("Takes effect"))] = None
    expires_on: Annotated[date | None, Field(title=N_("Ends, as printed"))] = None
    decision_file_id: UUID | None = None
    correction_due: Annotated[date | None, Field(title=N_("Last day, as printed"))] = None
    fee: Short = ""
    paid_on: date | None = None

    def entry(self) -> dict[str, Any]:
        """Return what goes with the step, without its name and version."""
        return {name: value for name, value in self if name not in {"event", "version"}}


class TakeIn(Body):
    """A right to take into the substance: of the registry, or a mark of a loaded register."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"office": "CN", "number": "12345678"}]},
    )

    right_id: UUID | None = None
    office: Annotated[str, Field(max_length=2)] = ""
    number: Annotated[str, Field(max_length=64)] = ""


class BeginIn(Body):
    """A filing to begin."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"asset_id": "0190a1de-0000-7000-8000-000000000000", "authority": "gacc"}]
        },
    )

    asset_id: UUID
    authority: Annotated[str, Field(max_length=32)]
    procedure: Annotated[str, Field(max_length=32)] = ""


class AnswersIn(Body):
    """One page of a filing's form."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"group": "declarations", "answers": {"undertaking": "yes"}}]
        },
    )

    group: Annotated[str, Field(max_length=40)]
    answers: dict[str, str | list[str]]
    states: list[str] | None = None
