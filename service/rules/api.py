"""Deadlines and the rule library as JSON.

The rules stand below identity and may not import it, so the composition root says who may ask:
`make_router(current_actor, book_of_request)`, and with which calendar years the library counts.
"""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, ConfigDict, Field

from service.core import clock
from service.rules.book import RuleBook
from service.rules.coverage import Coverage, coverage
from service.rules.domain import Computed
from service.rules.evaluator import compute
from service.rules.reading import read_trigger
from service.rules.schema import Area

Name = Annotated[str, Field(max_length=80)]


class DeadlineIn(BaseModel):
    """A question to a rule: the event that started the period, and what is known of the case."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "rule_id": "eu-det-confirm",
                    "trigger": "2026-05-13",
                    "facts": {"member_state": "DE", "perishable": "yes"},
                }
            ]
        },
    )

    rule_id: Name
    trigger: Annotated[
        str,
        Field(max_length=40, description="A day, or a moment of ISO 8601: 2026-09-30T17:00+08:00."),
    ]
    facts: Annotated[dict[Name, Name], Field(default_factory=dict, max_length=40)]


def make_router(
    signed_in: Callable[..., Any], book_of_request: Callable[..., RuleBook]
) -> APIRouter:
    """Return the routes.

    `signed_in` is the dependency that refuses strangers, `book_of_request` the one that gives the
    library as it stands in this installation.
    """
    router = APIRouter(prefix="/api/v1", tags=["rules"], dependencies=[Depends(signed_in)])

    @router.post("/deadlines/compute")
    def compute_deadline(
        body: DeadlineIn, book: Annotated[RuleBook, Depends(book_of_request)]
    ) -> Computed:
        """Compute a date and say why it is that date. Nothing is stored."""
        return compute(body.rule_id, read_trigger(body.trigger), body.facts, book=book)

    @router.get("/rules")
    def list_rules(
        book: Annotated[RuleBook, Depends(book_of_request)],
        jurisdiction: Annotated[str | None, Query(max_length=8)] = None,
        area: Annotated[Area | None, Query()] = None,
    ) -> Coverage:
        """List what the rules cover, how sure they are, and what is left out and why."""
        return coverage(
            book, clock.today(), jurisdiction=jurisdiction, area=area.value if area else None
        )

    return router
