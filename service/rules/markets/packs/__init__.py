"""Rule packs of markets: how similar signs on near goods become a verdict.

Public: `pack_of`, `verdict`, `worst`, `duties_of`, `reading_languages`, and their values.
"""

from service.rules.markets.packs.domain import (
    AxisName,
    DutyKind,
    Evidence,
    FiredRule,
    OriginDuty,
    PackRule,
    RulePack,
    Script,
    SignBand,
    SignEvidence,
    Standing,
    VerdictBand,
    VerdictFinding,
)
from service.rules.markets.packs.duties import duties_of
from service.rules.markets.packs.loading import pack_rules, packs, strengths
from service.rules.markets.packs.verdicts import (
    pack_of,
    reading_languages,
    standing_of,
    verdict,
    worst,
)

__all__ = [
    "AxisName",
    "DutyKind",
    "Evidence",
    "FiredRule",
    "OriginDuty",
    "PackRule",
    "RulePack",
    "Script",
    "SignBand",
    "SignEvidence",
    "Standing",
    "VerdictBand",
    "VerdictFinding",
    "duties_of",
    "pack_of",
    "pack_rules",
    "packs",
    "reading_languages",
    "standing_of",
    "strengths",
    "verdict",
    "worst",
]
