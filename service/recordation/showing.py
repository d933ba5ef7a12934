"""Clocks of a filing as the pages show them, and what goes with its steps."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from service.cases.domain import Gap
from service.cases.models import Deadline
from service.cases.repository import Deadlines
from service.core import clock
from service.identity.permissions import Actor
from service.recordation.models import Filing
from service.ui.i18n import Language
from service.ui.views import Confidence
from service.ui.views import Deadline as ShownDeadline

ASKS = {
    "submit": ("when", "receipt_no", "proof", "application_no", "fee", "paid_on"),
    "submit_again": ("when", "receipt_no", "proof"),
    "accept": ("when", "application_no"),
    "ask_correction": ("when", "correction_due", "note"),
    "grant": ("when", "decision"),
    "refuse": ("when", "decision", "note"),
    "withdraw": ("note",),
    "enter": ("recordation_no", "effective_on", "expires_on"),
    "submit_renewal": ("when", "receipt_no", "proof", "fee", "paid_on"),
    "renew": ("when", "decision", "recordation_no", "expires_on"),
    "refuse_renewal": ("when", "decision", "note"),
    "cancel": ("when", "decision", "note"),
    "deregister": ("when", "decision", "note"),
    "suspend": ("when", "decision", "note"),
    "resume": ("when", "decision"),
    "send_back": ("note",),
    "confirm": ("note",),
}
"""What is entered with a step, in the order of the form."""


def clocks_of(
    session: Session, actor: Actor, filing: Filing, language: Language
) -> list[tuple[Deadline, ShownDeadline]]:
    """Return the clocks of a filing with how they are shown."""
    rows: Sequence[Deadline] = Deadlines(session, actor).of(filing.id)
    tag = "zh" if language is Language.ZH_HANS else "en"
    return [(row, _shown(row, tag)) for row in rows]


def _shown(row: Deadline, tag: str) -> ShownDeadline:
    computed = row.computed or {}
    running = row.status.value in {"open", "paused"}
    left = (row.due_on - clock.today()).days if row.due_on and running else None
    return ShownDeadline(
        name=row.title[tag],
        due=row.due_on if row.gap is Gap.NONE else None,
        rule_id=row.rule_id,
        rule_version=row.rule_version,
        basis=str(computed.get("basis", "")),
        trigger=str((computed.get("trigger") or {}).get(tag, "")),
        calendar=str((computed.get("calendar_name") or {}).get(tag, "")),
        explanation=row.explanation,
        provisional=row.provisional,
        confidence=_confidence(computed),
        days_left=left,
    )


def _confidence(computed: Mapping[str, Any]) -> Confidence:
    if computed.get("flag") == "conflict":
        return Confidence.CONFLICT
    return Confidence.MEMORY if computed.get("confidence") == "memory" else Confidence.SOURCED
