"""The general table for every other way, and the table of the case itself."""

from collections.abc import Callable
from typing import Any

from service.cases.domain import Effect
from service.cases.moves import Clock, Move, State, Table, each
from service.core.text import N_
from service.dispute.domain import TrackKind
from service.dispute.guards import GUARDS
from service.dispute.tables.enforcement import CLOSED, WITHDRAWN
from service.identity.permissions import Permission
from service.ui.tags import Tone

STEP = Permission.TRACK_MOVE


def of(kind: TrackKind) -> Callable[[Any], bool]:
    """Return the test that a track is of this kind."""
    return lambda track: track.kind == kind


WHEN_BEGUN = (
    Clock("udrp-response", effect=Effect.FATAL, when=of(TrackKind.UDRP)),
    Clock("us-itc-response", effect=Effect.FATAL, when=of(TrackKind.SECTION_337)),
    Clock("us-answer-21", effect=Effect.FATAL, when=of(TrackKind.SCHEDULE_A)),
    Clock("cn-criminal-transfer-admin", when=of(TrackKind.CRIMINAL_REFERRAL)),
)
"""From the day the matter was begun, or served on us."""
WHEN_DECIDED = (
    Clock("cn-arb-setaside", effect=Effect.FATAL, when=of(TrackKind.ARBITRATION)),
    Clock("udrp-implement", effect=Effect.FATAL, when=of(TrackKind.UDRP)),
)
_BEGUN = tuple(clock.rule for clock in WHEN_BEGUN)
_DECIDED = tuple(clock.rule for clock in WHEN_DECIDED)

GENERAL = Table(
    name="general",
    label=N_("Other ways"),
    start="opened",
    states={
        "opened": State(N_("Opened")),
        "waiting": State(N_("Waiting for the body")),
        "replied": State(N_("We have answered")),
        "decided": State(N_("Decided")),
        "closed": CLOSED,
        "withdrawn": WITHDRAWN,
    },
    moves=(
        Move(
            "opened",
            "refer",
            "waiting",
            STEP,
            N_("It was begun, or served: give the day"),
            ("body_named",),
            starts=WHEN_BEGUN,
        ),
        Move(
            "waiting",
            "reply",
            "replied",
            STEP,
            N_("Answer, or send what was asked for"),
            stops=_BEGUN,
        ),
        Move("replied", "ask", "waiting", STEP, N_("The body asks for more"), needs_note=True),
        *each(
            ("waiting", "replied"),
            "decide",
            "decided",
            STEP,
            N_("The body decides"),
            starts=WHEN_DECIDED,
            drops=_BEGUN,
        ),
        Move("decided", "act", "replied", STEP, N_("Act on the decision"), stops=_DECIDED),
        *each(
            ("opened", "waiting", "replied", "decided"),
            "close",
            "closed",
            STEP,
            N_("Close"),
            needs_note=True,
            drops=("*",),
        ),
        *each(
            ("opened", "waiting", "replied"),
            "withdraw",
            "withdrawn",
            STEP,
            N_("Withdraw"),
            needs_note=True,
            drops=("*",),
        ),
    ),
    guards=GUARDS,
)

CASE = Table(
    name="case",
    label=N_("Case"),
    start="received",
    states={
        "received": State(N_("Received")),
        "supplement": State(N_("Papers asked for"), tone=Tone.WARN),
        "accepted": State(N_("Accepted")),
        "not_accepted": State(N_("Not accepted"), final=True, tone=Tone.NEUTRAL),
        "transferred": State(N_("Passed on"), final=True, tone=Tone.NEUTRAL),
        "closed": CLOSED,
    },
    moves=(
        Move(
            "received",
            "ask_papers",
            "supplement",
            Permission.CASE_WRITE,
            N_("Ask for more papers"),
            needs_note=True,
        ),
        Move("supplement", "complete", "received", Permission.CASE_WRITE, N_("The papers are in")),
        *each(
            ("received", "supplement"),
            "accept",
            "accepted",
            Permission.CASE_ACCEPT,
            N_("Accept"),
            drops=("*",),
        ),
        *each(
            ("received", "supplement"),
            "turn_down",
            "not_accepted",
            Permission.CASE_ACCEPT,
            N_("Do not accept"),
            needs_note=True,
            drops=("*",),
        ),
        *each(
            ("received", "supplement", "accepted"),
            "pass_on",
            "transferred",
            Permission.CASE_ACCEPT,
            N_("Pass on to another body"),
            ("tracks_ended",),
            needs_note=True,
        ),
        Move(
            "accepted",
            "close",
            "closed",
            Permission.CASE_CLOSE,
            N_("Close the case"),
            ("outcome_given", "tracks_ended", "clocks_settled", "papers_complete"),
        ),
        *each(
            ("closed", "not_accepted", "transferred"),
            "reopen",
            "accepted",
            Permission.CASE_CLOSE,
            N_("Open the case again"),
            needs_note=True,
        ),
    ),
    guards=GUARDS,
)
