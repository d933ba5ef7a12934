"""The papers customs and courts send, as data: whatever the title, the step each one makes."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from service.core.text import N_
from service.recordation.detention.domain import EU, GACC, UK, US, Side


class PaperKind(StrEnum):
    """The papers that are entered, by what they are in law."""

    STATUS_REQUEST = "status_request"
    DETENTION = "detention"
    FOUND_INFRINGING = "found_infringing"
    FOUND_NOT = "found_not"
    FOUND_UNKNOWN = "found_unknown"
    COURT_ASSISTANCE = "court_assistance"
    SECURITY_RELEASE = "security_release"
    RELEASE = "release"
    PENALTY_NOTICE = "penalty_notice"
    PENALTY_DECISION = "penalty_decision"
    CBP_DETENTION = "cbp_detention"
    CBP_SEIZURE = "cbp_seizure"
    EU_SUSPENSION = "eu_suspension"
    HMRC_SUSPENSION = "hmrc_suspension"
    SUSPICION = "suspicion"
    SUSPENSION = "suspension"
    SEIZURE = "seizure"
    CONTEST = "contest"


K = PaperKind
OTHERS = "others"
"""Every authority that is not named elsewhere in the table."""
NAMED = frozenset({GACC, EU, UK, US})
FIRST = (
    K.STATUS_REQUEST,
    K.DETENTION,
    K.FOUND_INFRINGING,
    K.FOUND_NOT,
    K.FOUND_UNKNOWN,
    K.PENALTY_NOTICE,
    K.PENALTY_DECISION,
    K.CBP_DETENTION,
    K.CBP_SEIZURE,
    K.EU_SUSPENSION,
    K.HMRC_SUSPENSION,
    K.SUSPICION,
    K.SUSPENSION,
    K.SEIZURE,
)
"""Papers a detention can begin with."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A kind of paper: its titles, who sends it, and the step it makes on each side."""

    label: str
    """Message id; the Chinese has the title as it is printed."""
    senders: frozenset[str]
    steps: Mapping[Side, str]

    def sent_by(self, authority: str) -> bool:
        """Say whether an authority sends it."""
        return authority in self.senders or (OTHERS in self.senders and authority not in NAMED)


def _both(event: str) -> dict[Side, str]:
    return {Side.HOLDER: event, Side.EXPORTER: event}


HOME, ELSEWHERE = frozenset({GACC}), frozenset({OTHERS})
EVERYWHERE = frozenset({GACC, EU, UK, US, OTHERS})
ABROAD = frozenset({EU, UK, US, OTHERS})
PAPERS: Mapping[PaperKind, Paper] = {
    K.STATUS_REQUEST: Paper(
        N_("Notice to confirm the IP status"),
        HOME,
        {Side.HOLDER: "notify", Side.EXPORTER: "ask_status"},
    ),
    K.DETENTION: Paper(N_("Detention certificate or detention decision"), HOME, _both("detain")),
    K.FOUND_INFRINGING: Paper(
        N_("Result of the investigation: infringing"), HOME, _both("find_infringing")
    ),
    K.FOUND_NOT: Paper(N_("Result of the investigation: not infringing"), HOME, _both("find_not")),
    K.FOUND_UNKNOWN: Paper(
        N_("Result of the investigation: cannot be determined"), HOME, _both("find_unknown")
    ),
    K.COURT_ASSISTANCE: Paper(
        N_("Court notice to assist in enforcement"), EVERYWHERE, _both("court_holds")
    ),
    K.SECURITY_RELEASE: Paper(
        N_("Notice of release on counter-security (patents)"), HOME, _both("counter_security")
    ),
    K.RELEASE: Paper(N_("Notice of release"), EVERYWHERE, _both("release")),
    K.PENALTY_NOTICE: Paper(
        N_("Notice of the intended penalty"), HOME, {Side.EXPORTER: "announce_penalty"}
    ),
    K.PENALTY_DECISION: Paper(N_("Penalty decision"), HOME, {Side.EXPORTER: "penalise"}),
    K.CBP_DETENTION: Paper(N_("CBP notice of detention"), frozenset({US}), _both("detain")),
    K.CBP_SEIZURE: Paper(
        N_("CBP notice of seizure"),
        frozenset({US}),
        {Side.HOLDER: "detain", Side.EXPORTER: "seize"},
    ),
    K.EU_SUSPENSION: Paper(
        N_("EU letter of suspension or detention"), frozenset({EU}), _both("detain")
    ),
    K.HMRC_SUSPENSION: Paper(N_("HMRC letter of detention"), frozenset({UK}), _both("detain")),
    K.SUSPICION: Paper(N_("First notice of suspected goods"), ELSEWHERE, {Side.HOLDER: "notify"}),
    K.SUSPENSION: Paper(N_("Notice of suspension or detention"), ELSEWHERE, _both("detain")),
    K.SEIZURE: Paper(
        N_("Notice of seizure"), ELSEWHERE, {Side.HOLDER: "detain", Side.EXPORTER: "seize"}
    ),
    K.CONTEST: Paper(
        N_("Notice that the other side contests or claims"), ABROAD, {Side.HOLDER: "contest"}
    ),
}
BY_STEP: Mapping[str, tuple[PaperKind, ...]] = {
    event: tuple(kind for kind, one in PAPERS.items() if event in one.steps.values())
    for one_paper in PAPERS.values()
    for event in one_paper.steps.values()
}
"""The papers that make a step."""
