"""Complaints on a platform 平台投诉, from either side; the clock is the platform's own."""

from collections.abc import Callable
from typing import Any

from service.cases.domain import Effect
from service.cases.moves import Clock, Move, State, Table, each
from service.core.text import N_
from service.dispute.guards import GUARDS
from service.dispute.tables.enforcement import CLOSED, WITHDRAWN
from service.identity.permissions import Permission
from service.ui.tags import Tone

STEP = Permission.TRACK_MOVE
ANSWERS = {"taobao": "taobao-notice", "alibaba": "ali-notice", "temu": "temu-response"}
RESULTS = {"amazon": "amz-dmca", "ebay": "ebay-vero", "temu": "temu-result"}
CHINESE = frozenset({"taobao", "alibaba", "other_cn"})


def on(*platforms: str) -> Callable[[Any], bool]:
    """Return the test that a track is on one of these platforms."""
    return lambda track: track.detail.get("platform") in platforms


def elsewhere(known: dict[str, str]) -> Callable[[Any], bool]:
    """Return the test that no period of the track's platform was researched."""
    return lambda track: track.detail.get("platform") not in known


PLATFORM = Table(
    name="platform",
    label=N_("Complaint on a platform"),
    start="preparing",
    states={
        "preparing": State(N_("Being prepared")),
        "filed": State(N_("Complaint filed")),
        "accepted": State(N_("Accepted by the platform")),
        "removed": State(N_("Listing removed")),
        "refused": State(N_("Refused"), tone=Tone.WARN),
        "noticed": State(N_("Complaint against us received")),
        "countered": State(N_("Counter-notice")),
        "decided": State(N_("Decided by the platform")),
        "monitoring": State(N_("Watched for relisting")),
        "closed": CLOSED,
        "withdrawn": WITHDRAWN,
    },
    moves=(
        Move("preparing", "file", "filed", STEP, N_("File the complaint"), ("evidence_ready",)),
        Move(
            "preparing",
            "be_noticed",
            "noticed",
            STEP,
            N_("A complaint against us arrives"),
            starts=(
                *(
                    Clock(rule, effect=Effect.FATAL, when=on(name))
                    for name, rule in ANSWERS.items()
                ),
                Clock("platform-answer", effect=Effect.FATAL, when=elsewhere(ANSWERS)),
            ),
        ),
        Move("filed", "accept", "accepted", STEP, N_("The platform accepts it"), ("number_given",)),
        *each(("filed", "accepted"), "remove", "removed", STEP, N_("The listing is removed")),
        *each(
            ("filed", "accepted"),
            "refuse",
            "refused",
            STEP,
            N_("The platform refuses"),
            needs_note=True,
        ),
        Move(
            "noticed",
            "counter",
            "countered",
            STEP,
            N_("Answer, or file a counter-notice"),
            ("evidence_ready",),
            starts=tuple(Clock(rule, when=on(name)) for name, rule in RESULTS.items()),
            stops=(*ANSWERS.values(), "platform-answer"),
        ),
        *each(
            ("accepted", "removed"),
            "be_countered",
            "countered",
            STEP,
            N_("The seller's statement of non-infringement arrives"),
            starts=(Clock("cn-ecom-15", effect=Effect.FATAL, when=on(*CHINESE)),),
        ),
        Move(
            "countered",
            "sue",
            "decided",
            STEP,
            N_("Tell the platform of a suit or complaint"),
            stops=("cn-ecom-15",),
            needs_note=True,
        ),
        Move(
            "countered",
            "decide",
            "decided",
            STEP,
            N_("The platform decides"),
            stops=tuple(RESULTS.values()),
            drops=("cn-ecom-15",),
            needs_note=True,
        ),
        *each(("removed", "decided"), "watch", "monitoring", STEP, N_("Watch for relisting")),
        Move(
            "monitoring", "relisted", "preparing", STEP, N_("It is listed again"), needs_note=True
        ),
        *each(
            ("removed", "refused", "decided", "monitoring"),
            "close",
            "closed",
            STEP,
            N_("Close"),
            needs_note=True,
            drops=("*",),
        ),
        *each(
            ("preparing", "filed", "accepted", "noticed", "countered"),
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
