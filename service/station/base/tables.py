"""The tables of moves of the base."""

from sqlalchemy.orm import Session

from service.cases.moves import Missing, Move, State, Table, each
from service.core import clock
from service.core.text import N_
from service.identity.permissions import Permission
from service.station.base.models import EarlyWarning, Event
from service.station.base.repository import was_there
from service.station.base.repository_warnings import kept_recipients
from service.station.base.ways import Way
from service.ui.tags import Tone

WRITE, APPROVE = Permission.BASE_WRITE, Permission.BASE_APPROVE


def begun(_: Session, event: Event) -> Missing | None:
    """Ask to wait: what has not begun was not held."""
    if event.starts_at <= clock.now():
        return None
    return Missing(N_("The event has not begun yet."), f"/events/{event.id}#about")


def signed_in(session: Session, event: Event) -> Missing | None:
    """Ask for the sheet: who was there is what is counted."""
    if was_there(session, event.id):
        return None
    return Missing(N_("Nobody is signed in yet."), f"/events/{event.id}#signed-in")


EVENT = Way(
    Table(
        name="event",
        label=N_("Event"),
        start="planned",
        states={
            "planned": State(N_("Planned")),
            "announced": State(N_("Announced"), tone=Tone.GOOD),
            "held": State(N_("Held"), tone=Tone.GOOD),
            "closed": State(N_("Closed and counted"), final=True, tone=Tone.GOOD),
            "cancelled": State(N_("Cancelled"), final=True, tone=Tone.NEUTRAL),
        },
        moves=(
            Move("planned", "announce", "announced", WRITE, N_("Announce it to the enterprises")),
            *each(("planned", "announced"), "hold", "held", WRITE, N_("It was held")),
            *each(
                ("planned", "announced"),
                "cancel",
                "cancelled",
                WRITE,
                N_("Cancel it"),
                needs_note=True,
            ),
            Move("held", "close", "closed", WRITE, N_("Close the sheet")),
            Move("closed", "reopen", "held", APPROVE, N_("Open the sheet again"), needs_note=True),
        ),
    ),
    needs={"hold": (begun,), "close": (signed_in,)},
)
OPEN = ("planned", "announced", "held")
"""States in which the sheet of an event can be written."""


def addressed(session: Session, warning: EarlyWarning) -> Missing | None:
    """Ask for whom it concerns: a warning nobody gets is none."""
    if kept_recipients(session, warning.id):
        return None
    return Missing(N_("It concerns nobody yet."), f"/warnings/{warning.id}#recipients")


WARNING = Way(
    Table(
        name="warning",
        label=N_("Warning"),
        start="draft",
        states={
            "draft": State(N_("Draft")),
            "sent": State(N_("Sent"), final=True, tone=Tone.GOOD),
            "withdrawn": State(N_("Withdrawn"), final=True, tone=Tone.NEUTRAL),
            "dropped": State(N_("Dropped"), final=True, tone=Tone.NEUTRAL),
        },
        moves=(
            Move("draft", "send", "sent", WRITE, N_("Send it to those concerned")),
            Move("draft", "drop", "dropped", WRITE, N_("Drop the draft")),
            Move("sent", "withdraw", "withdrawn", WRITE, N_("Withdraw it"), needs_note=True),
        ),
    ),
    needs={"send": (addressed,)},
)

TYPICAL = Way(
    Table(
        name="typical_case",
        label=N_("Typical case"),
        start="draft",
        states={
            "draft": State(N_("Draft")),
            "review": State(N_("Waits for approval")),
            "published": State(N_("Published"), final=True, tone=Tone.GOOD),
            "withdrawn": State(N_("Withdrawn"), final=True, tone=Tone.NEUTRAL),
        },
        moves=(
            Move("draft", "hand_in", "review", WRITE, N_("Hand it in for approval")),
            Move("review", "publish", "published", APPROVE, N_("Approve and publish")),
            Move("review", "return", "draft", APPROVE, N_("Give it back"), needs_note=True),
            Move("published", "withdraw", "withdrawn", APPROVE, N_("Withdraw it"), needs_note=True),
            Move("draft", "drop", "withdrawn", WRITE, N_("Drop the draft")),
        ),
    )
)
