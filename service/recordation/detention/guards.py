"""What a step of a detention needs: named functions that say what is missing and where it goes.

A guard in `FITS` asks whether the step exists there at all; a person cannot mend it, so the step is
not offered. Every other guard names something that can be put right.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from service.cases.domain import Effect, Status
from service.cases.models_evidence import Evidence
from service.cases.moves import Guard, Missing, Step
from service.cases.repository import Clocks
from service.core.text import N_
from service.recordation.detention.clocks import PATENTS
from service.recordation.detention.domain import EU, GACC, US, CostKind, Disposal
from service.recordation.detention.models import DetentionCost

SETTLED = frozenset({Status.MET, Status.WAIVED})


def here(step: Step, anchor: str) -> str:
    """Return a place on the page of the detention."""
    return f"/detentions/{step.thing.id}#{anchor}"


def _given(step: Step, name: str) -> Any:
    """Return what was entered with the step, else what is kept."""
    return step.values.get(name) or getattr(step.thing, name, None)


def in_china(step: Step) -> Missing | None:
    """Hold a step to Chinese customs."""
    return None if step.thing.authority == GACC else Missing(N_("This exists in China only."))


def abroad(step: Step) -> Missing | None:
    """Hold a step to authorities abroad."""
    return Missing(N_("This exists abroad only.")) if step.thing.authority == GACC else None


def in_europe(step: Step) -> Missing | None:
    """Hold a step to the European Union."""
    return None if step.thing.authority == EU else Missing(N_("This exists in the EU only."))


def in_america(step: Step) -> Missing | None:
    """Hold a step to the United States."""
    return None if step.thing.authority == US else Missing(N_("This exists in the US only."))


def patent_goods(step: Step) -> Missing | None:
    """Hold counter-security to patents: for marks and copyright there is none (Art. 19, 24(3))."""
    if step.thing.right_kind in PATENTS:
        return None
    return Missing(
        N_(
            "Release on counter-security is for patents only. For marks and copyright: evidence "
            "of non-infringement, or settlement."
        )
    )


def security_given(step: Step) -> Missing | None:
    """Ask for the security, or the number of the general guarantee."""
    amount = _given(step, "security_amount")
    if (amount is not None and Decimal(amount) > 0) or _given(step, "guarantee_number"):
        return None
    return Missing(
        N_("Enter the security, or the number of the general guarantee."), here(step, "security")
    )


def liability_read(step: Step) -> Missing | None:
    """Ask that the warning was read: who applies is liable also where nothing can be determined."""
    if step.thing.authority != GACC or _given(step, "liability_read"):
        return None
    return Missing(
        N_(
            "Confirm that you have read the warning: whoever applies is liable in damages also "
            "where customs cannot determine an infringement."
        ),
        here(step, "steps"),
    )


def proof(step: Step) -> Missing | None:
    """Ask for the receipt: nothing counts as sent without a number or a paper that proves it."""
    if str(step.values.get("receipt") or "").strip():
        return None
    return Missing(
        N_("Enter the receipt number, or what proves that customs has it."), here(step, "steps")
    )


def evidence_there(step: Step) -> Missing | None:
    """Ask for evidence in the locker of the detention."""
    found = step.session.scalar(
        sa.select(Evidence.id).where(Evidence.thread_id == step.thread.id).limit(1)
    )
    if found is not None:
        return None
    return Missing(N_("Add evidence first."), here(step, "evidence"))


def limit_printed(step: Step) -> Missing | None:
    """Ask for the limit on the notice: the law sets none for the declaration."""
    if step.values.get("stated_due"):
        return None
    return Missing(
        N_("Enter the limit printed on the notice: the law sets none of its own."),
        here(step, "papers"),
    )


def disposal_named(step: Step) -> Missing | None:
    """Ask what became of the goods."""
    if _given(step, "disposal") not in {None, Disposal.NONE}:
        return None
    return Missing(N_("Say what became of the goods."), here(step, "steps"))


def fine_paid(step: Step) -> Missing | None:
    """Ask for the fine and the day it was paid."""
    paid = step.session.scalar(
        sa.select(DetentionCost.id)
        .where(
            DetentionCost.detention_id == step.thing.id,
            DetentionCost.kind == CostKind.FINE,
            DetentionCost.paid_on.is_not(None),
        )
        .limit(1)
    )
    if paid is not None:
        return None
    return Missing(
        N_("Enter the fine and the day it was paid among the costs."), here(step, "costs")
    )


def clocks_settled(step: Step) -> Missing | None:
    """Ask that no clock of ours runs, and none was missed without what was done about it."""
    open_ = [
        clock
        for clock in Clocks(step.session).of_part(step.thread.id, step.thing.id)
        if clock.status not in SETTLED and clock.effect is not Effect.AWAITED
    ]
    if not open_:
        return None
    return Missing(
        N_("Deadlines are not settled: {count}."),
        f"/deadlines/{open_[0].id}",
        {"count": len(open_)},
    )


def security_back(step: Step) -> Missing | None:
    """Ask that every security given has come back, or was used."""
    held = step.session.scalar(
        sa.select(sa.func.count())
        .select_from(DetentionCost)
        .where(
            DetentionCost.detention_id == step.thing.id,
            DetentionCost.kind == CostKind.SECURITY,
            DetentionCost.paid_on.is_not(None),
            DetentionCost.returned_on.is_(None),
        )
    )
    if not held:
        return None
    return Missing(
        N_("Security has not come back: enter the day it did, or was used."), here(step, "costs")
    )


FITS: Mapping[str, Guard] = {
    guard.__name__: guard for guard in (in_china, abroad, in_europe, in_america, patent_goods)
}
"""Guards that say whether a step exists there at all."""
MENDED: tuple[Callable[[Step], Missing | None], ...] = (
    security_given,
    liability_read,
    proof,
    evidence_there,
    limit_printed,
    disposal_named,
    fine_paid,
    clocks_settled,
    security_back,
)
GUARDS: Mapping[str, Guard] = {**FITS, **{guard.__name__: guard for guard in MENDED}}
