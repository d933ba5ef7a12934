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
DIRECTION_NAMES = {
    "import": N_("Import of goods"),
    "export": N_("Export of goods"),
    "transit": N_("Transit of goods"),
}


FEE_UNITS = {
    "filing": N_("per filing"),
    "right": N_("per right"),
    "international_class": N_("per Nice class"),
}


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
    most = Text(zh=f"最多 {field.most}", en=f"at most {field.most}") if field.most else None
    pictures = picture_limits(authority) if field.kind == "pictures" else None
    found = [each for each in (most, pictures) if each]
    if not found:
        return None
    return Text(zh="，".join(one.zh for one in found), en=", ".join(one.en for one in found))


def picture_limits(authority: Authority) -> Text | None:
    """Return formats and size an authority takes pictures in."""
    if authority.pictures is None:
        return None
    formats, size = "/".join(authority.pictures.formats).upper(), authority.pictures.kilobytes
    if size is None:
        return Text(zh=formats, en=formats)
    return Text(zh=f"{formats}，每个不超过 {size} KB", en=f"{formats}, at most {size} KB each")


def _fee(version: Version) -> str:
    if version.fee is None:
        return ""
    return f"{version.fee.amount} {version.fee.currency or ''}".strip()


def _codes(version: Version) -> list[str]:
    codes = [version.flag.value] if version.flag is not Flag.NONE else []
    return [*codes, "memory"] if version.confidence is Confidence.MEMORY else codes
