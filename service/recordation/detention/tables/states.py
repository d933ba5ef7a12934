"""The states both sides share."""

from collections.abc import Mapping

from service.cases.moves import State
from service.core.text import N_
from service.ui.tags import Tone

SHARED: Mapping[str, State] = {
    "entered": State(N_("Entered")),
    "detained": State(N_("Detained"), tone=Tone.WARN),
    "contested": State(N_("Contested"), tone=Tone.WARN),
    "on_security": State(N_("Released on counter-security"), tone=Tone.WARN),
    "infringing": State(N_("Found to infringe"), tone=Tone.STOP),
    "cleared": State(N_("Found not to infringe"), tone=Tone.GOOD),
    "undetermined": State(N_("Could not be determined"), tone=Tone.WARN),
    "suing": State(N_("Before the civil court")),
    "in_court": State(N_("Held for the court")),
    "released": State(N_("Goods released"), tone=Tone.GOOD),
    "disposed": State(N_("Goods disposed of"), tone=Tone.NEUTRAL),
    "closed": State(N_("Closed"), final=True, tone=Tone.NEUTRAL),
}
COURT = ("cn-gacc-court-notice-20", "cn-gacc-court-notice-50")
INVESTIGATION = ("cn-gacc-investigation",)
