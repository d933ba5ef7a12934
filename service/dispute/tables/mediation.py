"""Mediation of every kind, to performance and judicial confirmation 司法确认."""

from service.cases.domain import Effect
from service.cases.moves import Clock, Move, State, Table, each, standard
from service.cases.reckoning import Standard
from service.core.text import N_
from service.dispute.guards import GUARDS
from service.identity.permissions import Permission
from service.rules.schema import Text
from service.ui.tags import Tone

STEP, CONDUCT = Permission.TRACK_MOVE, Permission.MEDIATION_CONDUCT
TERM = Standard(
    "mediation.term",
    30,
    working=False,
    title=Text(zh="调解期限", en="Time for the mediation"),
    basis=Text(
        zh="站内时限：自选定调解员之日起30日，双方当事人同意可延长；并非法定期间。",
        en="A standard of our own: 30 days from the mediator's appointment, longer if both "
        "parties agree. It is no period of law.",
    ),
)
PERFORMANCE = "stated:performance:*"
"""The clocks of what an agreement is to be performed by."""
OPEN = ("applied", "invited", "appointed", "in_session", "suspended")
TALKS = ("appointed", "in_session", "suspended")

MEDIATION = Table(
    name="mediation",
    label=N_("Mediation"),
    start="applied",
    states={
        "applied": State(N_("Applied for")),
        "invited": State(N_("Respondent asked")),
        "appointed": State(N_("Mediator appointed")),
        "in_session": State(N_("In mediation")),
        "suspended": State(N_("Suspended")),
        "agreed": State(N_("Agreement reached"), tone=Tone.GOOD),
        "confirming": State(N_("Confirmation asked for")),
        "confirm_accepted": State(N_("Confirmation accepted by the court")),
        "confirmed": State(N_("Confirmed by the court"), final=True, tone=Tone.GOOD),
        "confirm_rejected": State(N_("Confirmation refused"), tone=Tone.WARN),
        "performed": State(N_("Performed"), final=True, tone=Tone.GOOD),
        "breached": State(N_("Not performed"), final=True, tone=Tone.ALARM),
        "failed": State(N_("No agreement"), final=True, tone=Tone.NEUTRAL),
        "withdrawn": State(N_("Withdrawn"), final=True, tone=Tone.NEUTRAL),
    },
    moves=(
        Move("applied", "invite", "invited", STEP, N_("Ask the respondent"), ("respondent_named",)),
        Move(
            "applied", "turn_down", "failed", CONDUCT, N_("Turn the request down"), needs_note=True
        ),
        Move("invited", "refuse", "failed", STEP, N_("The respondent refuses"), needs_note=True),
        Move(
            "invited",
            "appoint",
            "appointed",
            CONDUCT,
            N_("Appoint the mediator"),
            ("respondent_consents", "mediator_named", "damages_only"),
            starts=(standard(TERM),),
        ),
        Move(
            "appointed",
            "challenge",
            "invited",
            STEP,
            N_("The mediator is challenged and steps down"),
            needs_note=True,
            drops=(TERM.key,),
        ),
        Move("appointed", "open", "in_session", CONDUCT, N_("Open the meeting"), ("session_set",)),
        Move(
            "in_session",
            "suspend",
            "suspended",
            CONDUCT,
            N_("Suspend"),
            needs_note=True,
            pauses=(TERM.key,),
        ),
        Move("suspended", "resume", "in_session", CONDUCT, N_("Go on"), resumes=(TERM.key,)),
        Move(
            "in_session",
            "agree",
            "agreed",
            CONDUCT,
            N_("The agreement takes effect"),
            ("session_held", "agreement_written", "agreement_signed"),
            starts=(Clock("cn-med-confirm", effect=Effect.FATAL),),
            stops=(TERM.key,),
        ),
        *each(
            TALKS,
            "fail",
            "failed",
            CONDUCT,
            N_("End without agreement"),
            needs_note=True,
            drops=("*",),
        ),
        *each(OPEN, "withdraw", "withdrawn", STEP, N_("Withdraw"), needs_note=True, drops=("*",)),
        Move(
            "agreed",
            "ask_confirmation",
            "confirming",
            STEP,
            N_("Both parties ask the court to confirm"),
            (
                "not_about_ownership",
                "organisation_proved",
                "court_named",
                "agreement_signed",
                "confirmation_in_time",
            ),
            starts=(Clock("cn-med-accept"),),
            stops=("cn-med-confirm",),
        ),
        Move(
            "confirming",
            "accept_confirmation",
            "confirm_accepted",
            STEP,
            N_("The court accepts the request"),
            starts=(Clock("cn-med-decide"),),
            stops=("cn-med-accept",),
        ),
        Move(
            "confirm_accepted",
            "confirm",
            "confirmed",
            STEP,
            N_("The court confirms"),
            stops=("cn-med-decide",),
        ),
        *each(
            ("confirming", "confirm_accepted"),
            "reject_confirmation",
            "confirm_rejected",
            STEP,
            N_("The court refuses"),
            needs_note=True,
            stops=("cn-med-accept", "cn-med-decide"),
        ),
        *each(
            ("agreed", "confirm_rejected"),
            "perform",
            "performed",
            STEP,
            N_("It was performed"),
            ("performance_proved",),
            drops=("cn-med-confirm",),
            stops=(PERFORMANCE,),
        ),
        *each(
            ("agreed", "confirm_rejected"),
            "breach",
            "breached",
            STEP,
            N_("It was not performed"),
            needs_note=True,
            drops=(PERFORMANCE,),
        ),
    ),
    guards=GUARDS,
)
