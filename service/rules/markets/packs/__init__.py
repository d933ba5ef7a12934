"""Rule packs of markets: how similar signs on near goods become a verdict.

Public: `pack_of`, `verdict`, `worst`, `duties_of`, `public_of`, and their values.
"""

from service.rules.markets.packs.domain import (
    AxisName,
    DutyKind,
    Evidence,
    FiredRule,
    OriginDuty,
    PackRule,
    Public,
    RulePack,
    Script,
    SignBand,
    SignEvidence,
    Standing,
    Understood,
    VerdictBand,
    VerdictFinding,
)
from service.rules.markets.packs.duties import duties_of
from service.rules.markets.packs.loading import pack_rules, packs, sign_rules, strengths
from service.rules.markets.packs.publics import languages, public_of
from service.rules.markets.packs.verdicts import (
    pack_of,
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
    "Public",
    "RulePack",
    "Script",
    "SignBand",
    "SignEvidence",
    "Standing",
    "Understood",
    "VerdictBand",
    "VerdictFinding",
    "duties_of",
    "languages",
    "pack_of",
    "pack_rules",
    "packs",
    "public_of",
    "sign_rules",
    "standing_of",
    "strengths",
    "verdict",
    "worst",
]
