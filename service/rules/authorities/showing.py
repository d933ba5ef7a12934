"""What an authority's rules say, ready to be shown: words, figures and badges, never guessed."""

from dataclasses import dataclass
from datetime import date

from service.core.text import N_
from service.rules.authorities.domain import Act, Authority, FieldNeed, RightKind
from service.rules.domain import Badge
from service.rules.explaining import count_in_words
from service.rules.loader import library
from service.rules.marks import badges
from service.rules.schema import Confidence, Flag, Text, Version

ACT_NAMES = {
    Act.FILING: N_("Filing"),
    Act.RENEWAL: N_("Renewal"),
    Act.CHANGE: N_("Change"),
}
STANDING_NAMES = {
    "full": N_("Filing can be prepared here"),
    "partial": N_("Known in part"),
    "none": N_("No standing recordal"),
    "not_researched": N_("Not researched"),
}
RIGHT_NAMES = {
    RightKind.TRADEMARK: N_("Trademark"),
    RightKind.TRADE_NAME: N_("Trade name"),
    RightKind.COPYRIGHT: N_("Copyright"),
    RightKind.RELATED: N_("Right related to copyright"),
    RightKind.PATENT_INVENTION: N_("Invention patent"),
    RightKind.UTILITY_MODEL: N_("Utility model"),
    RightKind.DESIGN: N_("Design"),
    RightKind.GI: N_("Geographical indication"),
    RightKind.PLANT_VARIETY: N_("Plant variety"),
    RightKind.TOPOGRAPHY: N_("Topography of integrated circuits"),
    RightKind.UNFAIR_COMPETITION: N_("Item under the unfair-competition law"),
}
DIRECTION_NAMES = {"import": N_("Import"), "export": N_("Export"), "transit": N_("Transit")}


@dataclass(frozen=True, slots=True)
class RuleSays:
    """One rule in a few words. `length` is empty where it counts nothing, `left_out` says why."""

    rule_id: str
    title: Text
    length: Text | None
    left_out: Text | None
    note: Text | None
    fee: str
    basis: str
    source: str
    confidence: Confidence
    flag: Flag
    badges: tuple[Badge, ...]


def rule_says(rule_id: str, on: date) -> RuleSays:
    """Return what a rule says on a day; before or after its law, what its nearest version says."""
    rule = library().find(rule_id).rule
    version = next((v for v in rule.versions if v.holds_on(on)), rule.versions[-1])
    reason = library().words.left_out[version.left_out] if version.left_out else None
    return RuleSays(
        rule_id=version.id,
        title=rule.title,
        length=count_in_words(version.count or version.cases[0].count) if not reason else None,
        left_out=reason,
        note=version.note,
        fee=_fee(version),
        basis=version.basis,
        source=version.source,
        confidence=version.confidence,
        flag=version.flag,
        badges=badges(library(), _codes(version)),
    )


def rules_by_part(authority: Authority, on: date) -> dict[str, list[RuleSays]]:
    """Return an authority's rules under the parts of its life, in the order people meet them."""
    stops = authority.detention
    parts: dict[str, list[str | None]] = {
        N_("Fee"): [row.rule for row in authority.fees],
        N_("Decision"): [authority.decision, authority.renewal_decision],
        N_("Correction"): [authority.correction],
        N_("Term"): [row.rule for row in authority.terms],
        N_("Renewal"): [authority.renewal_lead, *(row.rule for row in authority.renewal)],
        N_("Duty to tell changes"): [authority.change.rule, authority.change.lapse]
        if authority.change
        else [],
        N_("What else the law says"): list(authority.statements),
        N_("After a detention: the right holder"): list(stops.holder),
        N_("After a detention: the exporter or importer"): list(stops.exporter),
        N_("After a detention: customs"): list(stops.authority),
        N_("Security, costs and fines"): list(stops.money),
    }
    return {
        part: [rule_says(rule, on) for rule in dict.fromkeys(rules) if rule]
        for part, rules in parts.items()
    }


def badges_of(confidence: Confidence) -> tuple[Badge, ...]:
    """Return the badge of a list that no rule holds."""
    return badges(library(), ["memory"] if confidence is Confidence.MEMORY else [])


def limits_of(field: FieldNeed, authority: Authority) -> Text | None:
    """Return the limits of a field in words: entries, characters, format and size of pictures."""
    zh, en = [], []
    if field.most:
        zh.append(f"最多 {field.most}")
        en.append(f"at most {field.most}")
    if field.kind == "pictures" and authority.pictures:
        formats = "/".join(authority.pictures.formats).upper()
        zh.append(formats)
        en.append(formats)
        if size := authority.pictures.kilobytes:
            zh.append(f"每个不超过 {size} KB")
            en.append(f"at most {size} KB each")
    return Text(zh="，".join(zh), en=", ".join(en)) if zh else None


def _fee(version: Version) -> str:
    if version.fee is None:
        return ""
    return f"{version.fee.amount} {version.fee.currency or ''}".strip()


def _codes(version: Version) -> list[str]:
    codes = [version.flag.value] if version.flag is not Flag.NONE else []
    return [*codes, "memory"] if version.confidence is Confidence.MEMORY else codes
