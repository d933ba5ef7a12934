"""The sentences about customs on the way, in both languages at once: they are kept with answers."""

from collections.abc import Mapping

from service.rules.authorities import Standing
from service.rules.markets.routes import Passage
from service.screening.domain import BrandRole, DetentionRisk
from service.screening.schemas import Both

PASSAGE_WORDS: Mapping[Passage, Both] = {
    Passage.STARTS: Both(zh="货物自{place}出口。", en="The goods leave from {place}."),
    Passage.CROSSES: Both(zh="货物经{place}过境或转运。", en="The goods cross {place}."),
    Passage.ENDS: Both(zh="货物进口至{place}。", en="The goods are imported into {place}."),
}

RISK_WORDS: Mapping[DetentionRisk, Both] = {
    DetentionRisk.LIKELY: Both(
        zh="扣留风险高：他人已就相同或高度近似的商标向当地海关备案，名单中没有贵企业。",
        en="Detention is likely: somebody else has recorded an identical or closely similar mark "
        "with customs there, and you are not on its list of authorised users.",
    ),
    DetentionRisk.POSSIBLE: Both(
        zh="可能被扣留：他人已就近似商标向当地海关备案，名单中没有贵企业。",
        en="Detention is possible: somebody else has recorded a similar mark with customs there, "
        "and you are not on its list of authorised users.",
    ),
    DetentionRisk.LISTED: Both(
        zh="已备案，且贵企业是权利人或在合法使用人名单中：随货携带证明。",
        en="Recorded, and you are the holder or on the list of authorised users: carry the proof.",
    ),
    DetentionRisk.NONE_KNOWN: Both(
        zh="已载入的备案清单中未见近似商标；清单是否完整无法得知，这不等于没有备案。",
        en="No similar mark is in the lists of recordations that are loaded; whether those lists "
        "are complete cannot be known, so this does not mean that none is recorded.",
    ),
    DetentionRisk.NOT_SEARCHED: Both(
        zh="未载入当地海关的备案清单，未作检索。",
        en="No list of recordations with customs there is loaded: nothing was searched.",
    ),
}

STANDING_WORDS: Mapping[Standing | str, Both] = {
    Standing.NOT_RESEARCHED: Both(
        zh="当地海关的备案制度尚未查明。", en="Recordation with customs there is not researched."
    ),
    "imports_only": Both(
        zh="据已查明的规则，当地海关只查进口货物。",
        en="By the rules as researched, customs there looks at imports only.",
    ),
}

_LIST_FIRST = Both(
    zh="发货前请权利人在海关备案系统中把贵企业登记为合法使用人，并出具书面授权。",
    en="Before shipping, have the holder enter you as an authorised user in the customs system and "
    "give you a written authorisation.",
)
_NOT_SAME = Both(
    zh="准备不侵权的说明和证据：标识对比、商品不类似、在先权利或出口目的国的注册证。",
    en="Prepare a statement of non-infringement with evidence: signs compared, goods that differ, "
    "earlier rights, the registration in the country of destination.",
)
_CERTIFICATE = Both(
    zh="随货携带本企业在当地的商标注册证复印件。",
    en="Carry a copy of your own registration certificate that is valid there.",
)
_BUYER = Both(
    zh="随货携带委托方的境外注册证和书面委托；这些文件不免除境内的侵权认定。",
    en="Carry the buyer's registration abroad and its written order; neither exempts the goods at "
    "the border here.",
)
_ON_LIST = Both(
    zh="随货携带备案号、授权书，并确认报关的境内收发货人、生产销售单位与名单一致。",
    en="Carry the recordation number and the authorisation; see that consignor and maker in the "
    "declaration are those on the list.",
)
_BY_ROLE: Mapping[BrandRole, tuple[Both, ...]] = {
    BrandRole.OWN: (_CERTIFICATE,),
    BrandRole.OEM: (_BUYER,),
    BrandRole.DISTRIBUTOR: (),
}

PROOFS: Mapping[tuple[DetentionRisk, BrandRole], tuple[Both, ...]] = {
    **{
        (risk, role): (_LIST_FIRST, *_BY_ROLE[role], _NOT_SAME)
        for risk in (DetentionRisk.LIKELY, DetentionRisk.POSSIBLE)
        for role in BrandRole
    },
    **{(DetentionRisk.LISTED, role): (_ON_LIST,) for role in BrandRole},
}
"""Which papers to carry or to get, by risk and by what the exporter is to the brand."""
