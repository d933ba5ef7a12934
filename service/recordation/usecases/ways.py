"""The way of a filing: the table of moves, its guards and the clocks it starts."""

from collections.abc import Callable, Sequence

from service.cases.moves import Clock, Missing, Move, State, Step, Table, each
from service.core import clock
from service.core.text import N_
from service.identity.permissions import Permission
from service.recordation.domain import LIVE, FilingStatus
from service.recordation.models import Filing
from service.recordation.usecases.cases import case_of
from service.recordation.usecases.readiness import readiness
from service.recordation.usecases.windows import renewal_of
from service.registry.domain import RightStatus
from service.rules.authorities import Authority, authorities
from service.ui.tags import Tone

S, P = FilingStatus, Permission
PENDING = (S.SUBMITTED, S.ACCEPTED)


def complete(step: Step) -> Missing | None:
    """Nothing of the authority's list is missing, and the right was checked of late."""
    found = readiness(case_of(step.session, step.actor, step.thing))
    if not found.gaps:
        return None
    text = N_("{count} things are still missing: see the check page.")
    return Missing(text, f"/filings/{step.thing.id}/check", {"count": len(found.gaps)})


def proof(step: Step) -> Missing | None:
    """The authority's receipt number, or a paper that proves the sending."""
    if step.values.get("receipt_no") or step.values.get("proof_file_id"):
        return None
    return Missing(N_("Give the receipt number, or the file that proves the submission."))


def document(step: Step) -> Missing | None:
    """The authority's own paper: a decision is recorded from it, never made here."""
    if step.values.get("decision_file_id"):
        return None
    return Missing(N_("Add the authority's document: its decision is recorded from it."))


def numbered(step: Step) -> Missing | None:
    """Number and first day of the recordation."""
    if step.values.get("recordation_no") and step.values.get("effective_on"):
        return None
    return Missing(N_("Give the recordation number and the day it takes effect."))


def in_window(step: Step) -> Missing | None:
    """The rule's window for renewing is open."""
    window = renewal_of(step.session, step.actor, step.thing)
    today = step.when or clock.today()
    if window.opens_on and today < window.opens_on:
        day = window.opens_on.isoformat()
        return Missing(N_("The window for renewing opens on {day}."), values={"day": day})
    if window.last_day and today > window.last_day:
        return Missing(N_("The window for renewing is over: file anew."))
    return None


def right_renewed(step: Step) -> Missing | None:
    """The right lives beyond the recordation: its own renewal has its certificate."""
    asset = case_of(step.session, step.actor, step.thing).substance.asset
    ends = step.thing.expires_on
    href = f"/recordation/rights/{asset.id}#renewal"
    if asset.status is not RightStatus.IN_FORCE:
        return Missing(N_("The right is not in force."), href)
    if asset.expires_on and ends and asset.expires_on <= ends:
        text = N_("Renew the right at its office first, and enter its certificate.")
        return Missing(text, href)
    return None


def _of(code: str) -> Callable[[Filing], bool]:
    return lambda filing: filing.authority == code


def _clocks(rule: Callable[[Authority], str | None]) -> tuple[Clock, ...]:
    """Return a clock of each authority's rule, started for its own filings only."""
    return tuple(
        Clock(name, when=_of(one.code)) for one in authorities() if (name := rule(one)) is not None
    )


def _rules(clocks: Sequence[Clock]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.rule for one in clocks))


DECISIONS = _clocks(lambda one: one.decision)
CORRECTIONS = _clocks(lambda one: one.correction)
RENEWALS = _clocks(lambda one: one.renewal_decision or one.decision)
DECIDES, CORRECTS, RENEWS = _rules(DECISIONS), _rules(CORRECTIONS), _rules(RENEWALS)
RENEWS_BY = tuple(dict.fromkeys(row.rule for one in authorities() for row in one.renewal))
ALL = ("*",)

STATES: dict[str, State] = {
    S.DRAFT: State(N_("Draft")),
    S.READY: State(N_("Ready to file"), tone=Tone.GOOD),
    S.SUBMITTED: State(N_("Submitted")),
    S.CORRECTION: State(N_("Correction asked"), tone=Tone.WARN),
    S.ACCEPTED: State(N_("Under examination")),
    S.GRANTED: State(N_("Granted, number awaited"), tone=Tone.GOOD),
    S.ACTIVE: State(N_("In force"), tone=Tone.GOOD),
    S.RENEWAL_DUE: State(N_("Renewal due"), tone=Tone.WARN),
    S.RENEWAL_SUBMITTED: State(N_("Renewal submitted")),
    S.RENEWED: State(N_("Renewed"), tone=Tone.GOOD),
    S.SUSPENDED: State(N_("Suspended by customs"), tone=Tone.ALARM),
    S.REFUSED: State(N_("Refused"), final=True, tone=Tone.NEUTRAL),
    S.WITHDRAWN: State(N_("Withdrawn"), final=True, tone=Tone.NEUTRAL),
    S.CANCELLED: State(N_("Revoked by the authority"), final=True, tone=Tone.NEUTRAL),
    S.DEREGISTERED: State(N_("Deregistered"), final=True, tone=Tone.NEUTRAL),
    S.EXPIRED: State(N_("Expired"), final=True, tone=Tone.NEUTRAL),
}
MOVES = (
    Move(
        S.DRAFT,
        "complete",
        S.READY,
        P.RECORDATION_WRITE,
        N_("Mark as complete"),
        guards=("complete",),
    ),
    Move(S.DRAFT, "discard", S.WITHDRAWN, P.RECORDATION_WRITE, N_("Discard the draft")),
    Move(S.READY, "reopen", S.DRAFT, P.RECORDATION_WRITE, N_("Change the draft")),
    Move(S.READY, "confirm", S.READY, P.FILING_CHECK, N_("Checked: fit to file")),
    Move(S.READY, "send_back", S.DRAFT, P.FILING_CHECK, N_("Return with reasons"), needs_note=True),
    Move(
        S.READY,
        "submit",
        S.SUBMITTED,
        P.FILING_FILE,
        N_("Record the submission"),
        guards=("complete", "proof"),
        starts=DECISIONS,
    ),
    Move(S.SUBMITTED, "accept", S.ACCEPTED, P.FILING_FILE, N_("Record the acceptance")),
    *each(
        PENDING,
        "ask_correction",
        S.CORRECTION,
        P.FILING_FILE,
        N_("Record a correction notice"),
        needs_note=True,
        starts=CORRECTIONS,
        drops=DECIDES,
    ),
    Move(
        S.CORRECTION,
        "submit_again",
        S.SUBMITTED,
        P.FILING_FILE,
        N_("Record the correction"),
        guards=("complete", "proof"),
        starts=DECISIONS,
        stops=CORRECTS,
    ),
    *each(
        PENDING,
        "grant",
        S.GRANTED,
        P.FILING_FILE,
        N_("Record the grant"),
        guards=("document",),
        stops=DECIDES,
    ),
    *each(
        (*PENDING, S.CORRECTION),
        "refuse",
        S.REFUSED,
        P.FILING_FILE,
        N_("Record the refusal"),
        guards=("document",),
        needs_note=True,
        stops=DECIDES,
        drops=ALL,
    ),
    *each(
        (*PENDING, S.CORRECTION),
        "withdraw",
        S.WITHDRAWN,
        P.FILING_FILE,
        N_("Record the withdrawal"),
        needs_note=True,
        drops=ALL,
    ),
    Move(
        S.GRANTED,
        "enter",
        S.ACTIVE,
        P.FILING_FILE,
        N_("Enter number and term"),
        guards=("numbered",),
    ),
    *each(
        (S.ACTIVE, S.RENEWED),
        "open_renewal",
        S.RENEWAL_DUE,
        P.FILING_FILE,
        N_("Renewal window opens"),
    ),
    Move(
        S.RENEWAL_DUE,
        "submit_renewal",
        S.RENEWAL_SUBMITTED,
        P.FILING_FILE,
        N_("Record the renewal request"),
        guards=("in_window", "right_renewed", "proof"),
        starts=RENEWALS,
        stops=RENEWS_BY,
    ),
    Move(
        S.RENEWAL_SUBMITTED,
        "renew",
        S.RENEWED,
        P.FILING_FILE,
        N_("Record the renewal"),
        guards=("document",),
        stops=RENEWS,
    ),
    Move(
        S.RENEWAL_SUBMITTED,
        "refuse_renewal",
        S.RENEWAL_DUE,
        P.FILING_FILE,
        N_("Record the refusal of the renewal"),
        guards=("document",),
        needs_note=True,
        stops=RENEWS,
    ),
    *each(
        (*LIVE, S.SUSPENDED), "expire", S.EXPIRED, P.FILING_FILE, N_("Term has ended"), drops=ALL
    ),
    *each(
        (*LIVE, S.SUSPENDED),
        "cancel",
        S.CANCELLED,
        P.FILING_FILE,
        N_("Record the revocation"),
        guards=("document",),
        needs_note=True,
        drops=ALL,
    ),
    *each(
        (*LIVE, S.SUSPENDED, S.GRANTED),
        "deregister",
        S.DEREGISTERED,
        P.FILING_FILE,
        N_("Record the deregistration"),
        guards=("document",),
        needs_note=True,
        drops=ALL,
    ),
    *each(
        LIVE,
        "suspend",
        S.SUSPENDED,
        P.FILING_FILE,
        N_("Record a suspension"),
        guards=("document",),
        needs_note=True,
    ),
    Move(
        S.SUSPENDED,
        "resume",
        S.ACTIVE,
        P.FILING_FILE,
        N_("Record that it is in force again"),
        guards=("document",),
    ),
)
GUARDS = {
    "complete": complete,
    "proof": proof,
    "document": document,
    "numbered": numbered,
    "in_window": in_window,
    "right_renewed": right_renewed,
}
FILING = Table("filing", N_("Customs recordation"), S.DRAFT, STATES, MOVES, GUARDS)
BY_CLOCK = frozenset({"open_renewal", "expire"})
"""Steps that come with a day: not offered as buttons."""
