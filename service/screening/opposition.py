"""Until when a published application can be opposed, where the rules know it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from service.core.errors import Problem
from service.core.text import N_
from service.rules.evaluator import compute
from service.ui.views import Confidence, Deadline

RULES: Mapping[str, str] = {
    "AE": "ae-opp",
    "BR": "br-opp",
    "CA": "ca-opp",
    "CN": "cn-tm-opposition",
    "EM": "eu-opp",
    "GB": "gb-opp",
    "HK": "hk-opp",
    "ID": "id-opp",
    "IN": "in-opp",
    "KR": "kr-opp",
    "MX": "mx-opp",
    "MY": "my-opp",
    "PH": "ph-opp",
    "SA": "sa-opp",
    "SG": "sg-opp",
    "TH": "th-opp",
    "TR": "tr-opp",
    "US": "us-opp",
    "VN": "vn-opp",
    "ZA": "za-opp",
}
"""Rule by office, for those where the publication of the application starts the period. Japan is
left out: there it is the publication of the registration, which register files do not tell apart;
international registrations too: each designation has a period of its own."""

NAME = N_("Last day to oppose")
TRIGGER = N_("Publication of the application")


def opposition(office: str, published_on: date | None) -> dict[str, Any] | None:
    """Return the last day to oppose and what it rests on, as plain JSON.

    None where the office has no researched rule or the register tells no day of publication: never
    a default.
    """
    rule = RULES.get(office)
    if rule is None or published_on is None:
        return None
    try:
        found = compute(rule, published_on)
    except Problem:  # a law not read for that day, a day out of reach: not researched
        return None
    return {
        "due": found.due.isoformat(),
        "rule_id": found.rule_id,
        "rule_version": found.rule_version,
        "basis": found.basis,
        "trigger_on": found.trigger_on.isoformat(),
        "explanation": {"zh": found.explanation.zh, "en": found.explanation.en},
        "provisional": found.provisional,
        "confidence": found.confidence.value,
    }


def shown(stored: Mapping[str, Any] | None, today: date) -> Deadline:
    """Return the deadline as pages show it; without one it says *not researched*."""
    if stored is None:
        return Deadline(NAME, None)
    due = date.fromisoformat(stored["due"])
    return Deadline(
        NAME,
        due,
        rule_id=stored["rule_id"],
        rule_version=stored["rule_version"],
        basis=stored["basis"],
        trigger=TRIGGER,
        trigger_on=date.fromisoformat(stored["trigger_on"]),
        explanation=stored["explanation"],
        provisional=stored["provisional"],
        confidence=Confidence.MEMORY if stored["confidence"] == "memory" else Confidence.SOURCED,
        days_left=(due - today).days,
    )
