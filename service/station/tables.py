"""The table of moves of an intake, and which periods of the desk a rule is known for."""

from collections.abc import Mapping

from service.cases.moves import Clock, Guard, Missing, Move, State, Step, Table, each
from service.core.text import N_
from service.dispute.domain import ServiceLine
from service.identity.permissions import Permission
from service.station.domain import Conflict
from service.station.repository import Consultations
from service.ui.tags import Tone

DESK, DECIDE, SEND = Permission.INTAKE_DESK, Permission.CASE_ACCEPT, Permission.INTAKE_WRITE


def _here(step: Step, anchor: str) -> str:
    return f"/intakes/{step.thing.id}#{anchor}"


def checked(step: Step) -> Missing | None:
    """Ask for the check of duplicates and conflicts."""
    if step.thing.conflict is not Conflict.UNCHECKED:
        return None
    return Missing(N_("Check for duplicates and conflicts of interest."), _here(step, "check"))


def cleared(step: Step) -> Missing | None:
    """Ask a person to clear what the check found."""
    if step.thing.conflict is not Conflict.FOUND:
        return None
    return Missing(N_("Say why what was found does not stand in the way."), _here(step, "check"))


def reachable(step: Step) -> Missing | None:
    """Ask how the visitor is reached: no supplement is asked of who cannot be told."""
    if step.thing.contact:
        return None
    return Missing(N_("Note how the visitor is reached."), _here(step, "about"))


def destination(step: Step) -> Missing | None:
    """Ask where the matter is passed on to."""
    if step.thing.passed_to:
        return None
    return Missing(N_("Name the body it is passed on to."), _here(step, "passing"))


def answered(step: Step) -> Missing | None:
    """Ask for the answer."""
    if Consultations(step.session, step.actor).of(step.thread.id):
        return None
    return Missing(N_("Write the answer."), _here(step, "answers"))


GUARDS: Mapping[str, Guard] = {
    guard.__name__: guard for guard in (checked, cleared, reachable, destination, answered)
}
PASSED_REPORT = Clock(
    "cn-admin-filing", when=lambda intake: intake.service_line is ServiceLine.REPORT
)
"""The authority's time to open a case runs from the day it has the report."""
OPEN = ("received", "supplement", "accepted", "answered")

INTAKE = Table(
    name="intake",
    label=N_("Intake"),
    start="received",
    states={
        "received": State(N_("Received")),
        "supplement": State(N_("Papers asked for"), tone=Tone.WARN),
        "accepted": State(N_("Accepted"), tone=Tone.GOOD),
        "answered": State(N_("Answered"), tone=Tone.GOOD),
        "promoted": State(N_("Became a case"), final=True, tone=Tone.GOOD),
        "not_accepted": State(N_("Not accepted"), final=True, tone=Tone.NEUTRAL),
        "passed_on": State(N_("Passed on"), final=True, tone=Tone.NEUTRAL),
        "withdrawn": State(N_("Withdrawn"), final=True, tone=Tone.NEUTRAL),
        "closed": State(N_("Closed"), final=True, tone=Tone.NEUTRAL),
    },
    moves=(
        Move(
            "received",
            "ask_papers",
            "supplement",
            DESK,
            N_("Ask for more papers"),
            ("reachable",),
            needs_note=True,
        ),
        Move("supplement", "complete", "received", SEND, N_("The papers are in")),
        *each(
            ("received", "supplement"),
            "accept",
            "accepted",
            DECIDE,
            N_("Accept"),
            ("checked", "cleared"),
        ),
        *each(
            ("received", "supplement"),
            "turn_down",
            "not_accepted",
            DECIDE,
            N_("Do not accept"),
            needs_note=True,
            drops=("*",),
        ),
        *each(
            ("received", "supplement", "accepted", "answered"),
            "pass_on",
            "passed_on",
            DECIDE,
            N_("Pass on to another body"),
            ("destination",),
            needs_note=True,
            starts=(PASSED_REPORT,),
        ),
        Move("accepted", "answer", "answered", DESK, N_("The answer was given"), ("answered",)),
        *each(
            ("accepted", "answered"),
            "promote",
            "promoted",
            DECIDE,
            N_("Make it a case"),
            ("checked", "cleared"),
        ),
        Move("answered", "close", "closed", DESK, N_("Close"), drops=("*",)),
        Move("accepted", "close", "closed", DECIDE, N_("Close"), needs_note=True, drops=("*",)),
        *each(OPEN, "withdraw", "withdrawn", SEND, N_("Withdraw"), needs_note=True, drops=("*",)),
        *each(
            ("not_accepted", "passed_on", "withdrawn", "closed"),
            "reopen",
            "received",
            DECIDE,
            N_("Open it again"),
            needs_note=True,
        ),
    ),
    guards=GUARDS,
)

PERIODS: Mapping[str, tuple[str, str]] = {
    "accept": (N_("Time to accept or not"), ""),
    "supplement": (N_("Time to send missing papers"), ""),
    "pass_on": (N_("The authority's time to open a case on a report"), "cn-admin-filing"),
}
"""Periods of the desk: what each is called, and its rule; empty: no rule is researched."""
