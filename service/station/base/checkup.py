"""What a check-up says: findings with their recommendations as a table, and the frozen report."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from service.core.text import N_
from service.station.base.domain import FindingCode
from service.ui.documents.pairs import Pair

F = FindingCode
FINDINGS: Mapping[FindingCode, tuple[str, str]] = {
    F.NO_SCREENING: (
        N_("No screening is shown for {product}."),
        N_("Screen its names for the markets it ships to, and show the answer to the station."),
    ),
    F.CONFLICT: (
        N_("{name}: {verdict} in {market}."),
        N_("Read the hits with a lawyer before the next shipment; decide each of them."),
    ),
    F.NOT_SEARCHED: (
        N_("{name}: in {market} no register was searched, or not in full."),
        N_("Have it searched at the office, or by an attorney there: it is not clear."),
    ),
    F.UNRECORDED: (
        N_("The mark {mark} is not recorded with any customs authority, as far as is loaded."),
        N_("Consider customs recordation where the goods leave, pass and arrive."),
    ),
    F.RECORDATION_ENDING: (
        N_("The recordation {number} with {authority} ends on {day}."),
        N_("Prepare the renewal now; after its end customs no longer acts on it."),
    ),
    F.RIGHT_ENDING: (
        N_("The right {right} ends on {day}."),
        N_("Renew it at its office first: recordations end with the right."),
    ),
    F.CLOCK_RUNS: (
        N_("A clock runs: {task}, until {day}."),
        N_("Settle who does it, and when."),
    ),
    F.CLOCK_MISSED: (
        N_("A clock was missed: {task}, until {day}."),
        N_("Ask the lawyer today what can still be done."),
    ),
    F.NO_WATCH: (
        N_("No name is watched."),
        N_("Put the brand family under watch, so that squatters are found in time."),
    ),
    F.DECISION_OPEN: (
        N_("A decision on {mark} is open again."),
        N_("Decide it anew: what it rested on has changed."),
    ),
    F.DETAINED: (
        N_("Goods were held by {authority}: {goods}."),
        N_("Go through the cause: licence, authorised users, packaging, declaration."),
    ),
    F.NOT_OPENED: (
        N_("{what} was not looked at: the enterprise has not opened it."),
        N_("Open it for the check-up, if the station shall look at it too."),
    ),
}
"""Of each finding its sentence and what is recommended: orientation, no legal advice."""
TITLES: Mapping[str, str] = {
    "screenings": N_("Screenings"),
    "recordation": N_("Cover by customs recordation"),
    "rights": N_("Rights that end"),
    "clocks": N_("Open clocks"),
    "watches": N_("Watches"),
    "decisions": N_("Decisions"),
    "detentions": N_("Past detentions"),
}


@dataclass(frozen=True, slots=True)
class Found:
    """One finding: its sentence, what is recommended, and the page of the thing."""

    code: FindingCode
    text: Pair
    advice: Pair
    href: str = ""

    def plain(self) -> dict[str, Any]:
        """Return it as JSON."""
        return {
            "code": self.code.value,
            "text": self.text,
            "advice": self.advice,
            "href": self.href,
        }


@dataclass(slots=True)
class Section:
    """One part of a report: facts, and findings."""

    key: str
    rows: list[dict[str, Any]] = field(default_factory=list)
    """`label` and `value` as texts or pairs, `href`."""
    findings: list[Found] = field(default_factory=list)


def frozen(head: Mapping[str, Any], sections: Sequence[Section]) -> bytes:
    """Return a report as the bytes that are kept: JSON with sorted keys."""
    content = {
        **head,
        "sections": [
            {
                "key": one.key,
                "rows": one.rows,
                "findings": [found.plain() for found in one.findings],
            }
            for one in sections
        ],
    }
    return json.dumps(content, ensure_ascii=False, sort_keys=True).encode()
