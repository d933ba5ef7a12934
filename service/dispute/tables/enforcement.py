"""Administrative enforcement 行政执法, and the civil suit with its preservation windows 保全."""

from collections.abc import Callable
from typing import Any

from service.cases.domain import Effect
from service.cases.moves import Clock, Move, State, Table, each
from service.core.text import N_
from service.dispute.guards import GUARDS
from service.identity.permissions import Permission
from service.ui.tags import Tone

STEP = Permission.TRACK_MOVE


def role_is(role: str) -> Callable[[Any], bool]:
    """Return the test that we stand in this role in a track: `plaintiff` or `defendant`."""
    return lambda track: track.detail.get("our_role", "plaintiff") == role


ACCUSED, COMPLAINING = role_is("defendant"), role_is("plaintiff")
CLOSED = State(N_("Closed"), final=True, tone=Tone.NEUTRAL)
WITHDRAWN = State(N_("Withdrawn"), final=True, tone=Tone.NEUTRAL)

ADMINISTRATIVE = Table(
    name="administrative",
    label=N_("Administrative enforcement"),
    start="preparing",
    states={
        "preparing": State(N_("Being prepared")),
        "complained": State(N_("Complaint filed")),
        "opened": State(N_("Case opened by the authority")),
        "notified": State(N_("Penalty announced")),
        "decided": State(N_("Decided")),
        "reconsidering": State(N_("Under reconsideration")),
        "reconsidered": State(N_("Reconsideration decided")),
        "suing": State(N_("Before the administrative court")),
        "closed": CLOSED,
        "withdrawn": WITHDRAWN,
    },
    moves=(
        Move(
            "preparing",
            "complain",
            "complained",
            STEP,
            N_("File the complaint"),
            ("body_named", "evidence_ready"),
            starts=(Clock("cn-admin-filing"),),
        ),
        Move(
            "preparing",
            "investigated",
            "opened",
            STEP,
            N_("We are being investigated"),
            starts=(Clock("cn-admin-decision"),),
        ),
        Move(
            "complained",
            "open",
            "opened",
            STEP,
            N_("The authority opens a case"),
            starts=(Clock("cn-admin-decision"),),
            stops=("cn-admin-filing",),
        ),
        Move(
            "complained",
            "not_open",
            "decided",
            STEP,
            N_("The authority opens no case"),
            needs_note=True,
            starts=(Clock("cn-reconsider"), Clock("cn-adm-suit-direct")),
            stops=("cn-admin-filing",),
        ),
        Move(
            "opened",
            "announce",
            "notified",
            STEP,
            N_("The penalty is announced"),
            starts=(Clock("cn-admin-hearing", when=ACCUSED),),
        ),
        Move(
            "notified",
            "ask_hearing",
            "opened",
            STEP,
            N_("Ask for a hearing"),
            stops=("cn-admin-hearing",),
        ),
        *each(
            ("opened", "notified"),
            "decide",
            "decided",
            STEP,
            N_("The authority decides"),
            starts=(Clock("cn-reconsider"), Clock("cn-adm-suit-direct")),
            stops=("cn-admin-decision",),
            drops=("cn-admin-hearing",),
        ),
        Move(
            "decided",
            "reconsider",
            "reconsidering",
            STEP,
            N_("Ask for reconsideration"),
            stops=("cn-reconsider",),
            drops=("cn-adm-suit-direct",),
        ),
        Move(
            "reconsidering",
            "reconsidered",
            "reconsidered",
            STEP,
            N_("The reconsideration is decided"),
            starts=(Clock("cn-adm-suit-after"),),
        ),
        Move(
            "decided",
            "sue",
            "suing",
            STEP,
            N_("Sue"),
            stops=("cn-adm-suit-direct",),
            drops=("cn-reconsider",),
        ),
        Move("reconsidered", "sue", "suing", STEP, N_("Sue"), stops=("cn-adm-suit-after",)),
        *each(
            ("decided", "reconsidered", "suing"),
            "close",
            "closed",
            STEP,
            N_("Close"),
            needs_note=True,
            drops=("*",),
        ),
        *each(
            ("preparing", "complained", "opened", "notified"),
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

CIVIL = Table(
    name="civil",
    label=N_("Civil suit"),
    start="preparing",
    states={
        "preparing": State(N_("Being prepared")),
        "preservation_asked": State(N_("Preservation asked for")),
        "preserved": State(N_("Preservation ordered")),
        "filed": State(N_("Suit filed")),
        "served": State(N_("Claim served")),
        "answered": State(N_("Answered")),
        "hearing": State(N_("At trial")),
        "judged": State(N_("Judged at first instance")),
        "appealed": State(N_("Under appeal")),
        "final": State(N_("Final")),
        "enforcing": State(N_("Being enforced")),
        "settled": State(N_("Settled"), final=True, tone=Tone.GOOD),
        "closed": CLOSED,
        "withdrawn": WITHDRAWN,
    },
    moves=(
        Move(
            "preparing",
            "ask_preservation",
            "preservation_asked",
            STEP,
            N_("Ask for preservation"),
            ("body_named", "evidence_ready"),
            starts=(Clock("cn-preserve-ruling"),),
        ),
        Move(
            "preservation_asked",
            "preserve",
            "preserved",
            STEP,
            N_("The court orders preservation"),
            starts=(Clock("cn-preserve-sue", effect=Effect.FATAL),),
            stops=("cn-preserve-ruling",),
        ),
        Move(
            "preservation_asked",
            "refuse_preservation",
            "preparing",
            STEP,
            N_("The court refuses preservation"),
            starts=(Clock("cn-preserve-reconsider"),),
            stops=("cn-preserve-ruling",),
        ),
        *each(
            ("preparing", "preserved"),
            "file",
            "filed",
            STEP,
            N_("File the suit"),
            ("body_named", "evidence_ready", "number_given"),
            stops=("cn-preserve-sue",),
            drops=("cn-preserve-reconsider",),
        ),
        Move(
            "preparing",
            "be_served",
            "served",
            STEP,
            N_("A claim is served on us"),
            starts=(Clock("cn-answer", effect=Effect.FATAL),),
        ),
        Move("filed", "serve", "served", STEP, N_("The claim is served")),
        Move("served", "answer", "answered", STEP, N_("Answer the claim"), stops=("cn-answer",)),
        *each(("filed", "served", "answered"), "hear", "hearing", STEP, N_("The trial begins")),
        *each(
            ("answered", "hearing"),
            "judge",
            "judged",
            STEP,
            N_("The judgment of first instance is served"),
            starts=(Clock("cn-appeal", effect=Effect.FATAL),),
        ),
        Move("judged", "appeal", "appealed", STEP, N_("Appeal"), stops=("cn-appeal",)),
        *each(
            ("judged", "appealed"),
            "finish",
            "final",
            STEP,
            N_("It is final: give the last day for performance"),
            starts=(Clock("cn-arb-enforce", effect=Effect.FATAL),),
            drops=("cn-appeal",),
        ),
        Move(
            "final",
            "enforce",
            "enforcing",
            STEP,
            N_("Apply for enforcement"),
            stops=("cn-arb-enforce",),
        ),
        *each(
            ("final", "enforcing"),
            "close",
            "closed",
            STEP,
            N_("Close"),
            needs_note=True,
            drops=("*",),
        ),
        *each(
            ("filed", "served", "answered", "hearing", "judged", "appealed"),
            "settle",
            "settled",
            STEP,
            N_("Settle"),
            needs_note=True,
            drops=("*",),
        ),
        *each(
            (
                "preparing",
                "preservation_asked",
                "preserved",
                "filed",
                "served",
                "answered",
                "hearing",
            ),
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
