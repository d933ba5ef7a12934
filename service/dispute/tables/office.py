"""Opposition, cancellation for non-use and invalidation before any trademark office.

Which clock runs depends on the kind of the proceeding and on the office; an office whose period
nobody researched gets a clock that says so.
"""

from collections.abc import Callable, Mapping
from typing import Any

from service.cases.domain import Effect
from service.cases.moves import Clock, Move, State, Table, each
from service.core.text import N_
from service.dispute.domain import TrackKind
from service.dispute.guards import GUARDS
from service.dispute.tables.enforcement import CLOSED, WITHDRAWN
from service.identity.permissions import Permission

STEP = Permission.TRACK_MOVE
OPPOSE: Mapping[str, str] = {
    **{
        place: f"{place.lower()}-opp"
        for place in (
            *("AE", "AU", "BR", "CA", "JP", "KR", "MX", "MY", "PH", "SA", "SG", "TH", "TR"),
            *("US", "VN", "ZA"),
        )
    },
    "CN": "cn-tm-opposition",
}
"""From the publication: the period to oppose."""
ANSWER: Mapping[str, str] = {
    "CN": "cn-tm-opposition-answer",
    "US": "us-opp-answer",
    "TR": "tr-opp-reply",
    "CA": "ca-counter",
    "MY": "my-counter",
    "SG": "sg-counter",
    "TH": "th-counter",
    "BR": "br-opp-reply",
}
"""From the arrival of the opposition: the period to answer it."""
INVALIDATE: Mapping[str, str] = {
    "CN": "cn-tm-invalidity-5y",
    "JP": "jp-invalidity",
    "KR": "kr-invalidity",
    "MX": "mx-invalidity",
    "RU": "ru-invalidity",
    "VN": "vn-invalidity",
}
"""From the registration: the years within which relative grounds can be raised."""


def at(kind: TrackKind, office: str) -> Callable[[Any], bool]:
    """Return the test that a track is of this kind, before this office."""
    return lambda track: track.kind == kind and track.detail.get("office") == office


def unknown(kind: TrackKind, known: Mapping[str, str]) -> Callable[[Any], bool]:
    """Return the test that a track is of this kind, before an office that is not in the table."""
    return lambda track: track.kind == kind and track.detail.get("office") not in known


def clocks(kind: TrackKind, known: Mapping[str, str], missing: str) -> tuple[Clock, ...]:
    """Return the clock of each office, and the one that is not researched for all others."""
    return (
        *(Clock(rule, effect=Effect.FATAL, when=at(kind, place)) for place, rule in known.items()),
        Clock(missing, effect=Effect.FATAL, when=unknown(kind, known)),
    )


TO_ATTACK = (
    *clocks(TrackKind.OPPOSITION, OPPOSE, "opposition-period"),
    *clocks(TrackKind.INVALIDATION, INVALIDATE, "invalidation-period"),
)
TO_ANSWER = (
    *clocks(TrackKind.OPPOSITION, ANSWER, "opposition-answer"),
    Clock(
        "cancellation-answer", effect=Effect.FATAL, when=lambda t: t.kind == TrackKind.CANCELLATION
    ),
    Clock(
        "invalidation-answer", effect=Effect.FATAL, when=lambda t: t.kind == TrackKind.INVALIDATION
    ),
)


def _rules(starts: tuple[Clock, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(clock.rule for clock in starts))


OFFICE = Table(
    name="office",
    label=N_("Before an office"),
    start="preparing",
    states={
        "preparing": State(N_("Being prepared")),
        "running": State(N_("The period to file runs")),
        "filed": State(N_("Filed")),
        "served": State(N_("Served on us")),
        "answered": State(N_("Answered")),
        "decided": State(N_("Decided by the office")),
        "reviewing": State(N_("Under review")),
        "reviewed": State(N_("Review decided")),
        "suing": State(N_("Before the court")),
        "closed": CLOSED,
        "withdrawn": WITHDRAWN,
    },
    moves=(
        Move(
            "preparing",
            "publish",
            "running",
            STEP,
            N_("The mark was published or registered"),
            starts=TO_ATTACK,
        ),
        *each(
            ("preparing", "running"),
            "file",
            "filed",
            STEP,
            N_("File it"),
            ("evidence_ready", "number_given"),
            stops=_rules(TO_ATTACK),
        ),
        Move(
            "preparing",
            "be_served",
            "served",
            STEP,
            N_("It is served on us"),
            starts=TO_ANSWER,
        ),
        Move("served", "answer", "answered", STEP, N_("Answer it"), stops=_rules(TO_ANSWER)),
        *each(
            ("filed", "served", "answered"),
            "decide",
            "decided",
            STEP,
            N_("The office decides"),
            starts=(
                Clock(
                    "cn-tm-nonreg-review", effect=Effect.FATAL, when=at(TrackKind.OPPOSITION, "CN")
                ),
                Clock("cn-tm-court", effect=Effect.FATAL, when=at(TrackKind.INVALIDATION, "CN")),
            ),
            drops=_rules(TO_ANSWER),
        ),
        Move(
            "decided",
            "review",
            "reviewing",
            STEP,
            N_("Ask for a review"),
            stops=("cn-tm-nonreg-review",),
        ),
        Move(
            "reviewing",
            "decide_review",
            "reviewed",
            STEP,
            N_("The review is decided"),
            starts=(
                Clock(
                    "cn-tm-court",
                    effect=Effect.FATAL,
                    when=lambda t: t.detail.get("office") == "CN",
                ),
            ),
        ),
        *each(("decided", "reviewed"), "sue", "suing", STEP, N_("Sue"), stops=("cn-tm-court",)),
        *each(
            ("decided", "reviewed", "suing"),
            "close",
            "closed",
            STEP,
            N_("Close"),
            needs_note=True,
            drops=("*",),
        ),
        *each(
            ("preparing", "running", "filed", "served", "answered"),
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
