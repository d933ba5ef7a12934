"""From similarity, goods and standing to a verdict: table look-ups, nothing that cannot be read."""

from service.rules.goods.domain import GoodsDegree, GoodsRelation
from service.rules.markets.domain import Bilingual, Market
from service.rules.markets.packs.domain import (
    AxisName,
    BandRow,
    FiredRule,
    RulePack,
    Script,
    SignBand,
    SignEvidence,
    Standing,
    Understood,
    VerdictBand,
    VerdictFinding,
)
from service.rules.markets.packs.loading import packs, standings

WEAK_CEILING = SignBand.LOW
"""Most that marks reach which meet only in weak words (EU-3, US-6) or clearly say something else
(CN-3), unless they are equal."""
LEAST_FOREIGN = SignBand.LOW
"""Least that marks keep which are similar only in a language that the public does not use."""
NOT_ASSESSED = Bilingual(
    "未评估：在先商标是否有声誉或驰名。",
    "Not assessed: whether the earlier mark has a reputation.",
)
"""Said where only fame could make an obstacle: no register held here tells of it."""
RAISING = {AxisName.CONCEPTUAL: "meaning", AxisName.TRANSLITERATION: "evidence"}
"""Rules by which an axis raises a band; look and sound do so by interdependence."""
SIGN_WORDS = {
    SignBand.IDENTICAL: Bilingual("相同", "identical"),
    SignBand.HIGH: Bilingual("高度近似", "similar to a high degree"),
    SignBand.AVERAGE: Bilingual("中度近似", "similar to an average degree"),
    SignBand.LOW: Bilingual("低度近似", "similar to a low degree"),
    SignBand.NONE: Bilingual("不近似", "not similar"),
}
GOODS_WORDS = {
    GoodsDegree.IDENTICAL: Bilingual("相同", "identical"),
    GoodsDegree.SIMILAR: Bilingual("类似", "similar"),
    GoodsDegree.UNKNOWN: Bilingual(
        "关系不明（按可能类似处理）", "of unknown relation, treated with care"
    ),
    GoodsDegree.RELATED: Bilingual("有关联", "related"),
    GoodsDegree.DISSIMILAR: Bilingual("不类似", "dissimilar"),
}


STANDINGS = {
    "registered": Standing.REGISTERED,
    "filed": Standing.PENDING,
    "published": Standing.PENDING,
    "expired": Standing.DEAD,
    "cancelled": Standing.DEAD,
    "refused": Standing.DEAD,
    "withdrawn": Standing.DEAD,
}
"""Standing by normalised register status; `opposed` may be before or after registration."""


def standing_of(status: str) -> Standing:
    """Return the standing of a normalised register status; any other word counts as live."""
    return STANDINGS.get(status, Standing.UNKNOWN)


def pack_of(market: Market) -> RulePack:
    """Return the rule pack by which a market judges."""
    return packs()[market.pack]


def band_row(pack: RulePack, script: Script, length: int) -> BandRow:
    """Return the thresholds for marks of a script and length (the longest row beyond all)."""
    rows = [row for row in pack.bands if row.script is script]
    return next((row for row in rows if length <= row.longest), rows[-1])


def band_of(pack: RulePack, similarity: float, script: Script, length: int) -> SignBand:
    """Return the band of a similarity; only 1.0 is identical."""
    if similarity >= 1:
        return SignBand.IDENTICAL
    row = band_row(pack, script, length)
    steps = ((row.high, SignBand.HIGH), (row.average, SignBand.AVERAGE), (row.low, SignBand.LOW))
    return next((band for least, band in steps if similarity >= least), SignBand.NONE)


def raised_by(pack: RulePack, sign: SignEvidence) -> tuple[SignBand, AxisName | None]:
    """Return the band one axis reaches by itself, whatever the whole similarity, and the axis."""
    found: tuple[SignBand, AxisName | None] = (SignBand.NONE, None)
    for axis in AxisName:
        degree = sign.axes.get(axis, SignBand.NONE)
        row = pack.axes[axis, sign.evidence]
        reached = {SignBand.IDENTICAL: row.when_identical, SignBand.HIGH: row.when_high}.get(degree)
        if reached and reached.rank > found[0].rank:
            found = (reached, axis)
    return found


def ceiling_of(pack: RulePack, sign: SignEvidence) -> SignBand:
    """Return the most that marks can reach: marks of two scripts only what evidence supports.

    A meaning shared to a high degree carries as far as its axis does. So does look, for letters of
    another script may be drawn alike (СОСА and COCA), and so does sound where both scripts spell it
    (ヤマハ and YAMAHA), which no reading of Han characters is.
    """
    if sign.script is not Script.ACROSS:
        return SignBand.IDENTICAL
    reached = [AxisName.TRANSLITERATION] + [
        axis
        for axis in (AxisName.VISUAL, AxisName.AURAL, AxisName.CONCEPTUAL)
        if sign.axes.get(axis, SignBand.NONE).rank >= SignBand.HIGH.rank
    ]
    ceilings = [pack.axes[axis, sign.evidence].ceiling for axis in reached]
    return max(ceilings, key=lambda band: band.rank)


def counts_as_short(pack: RulePack, sign: SignEvidence) -> bool:
    """Tell whether the marks are so short that the same similarity gives a weaker band."""
    longest = max(row.longest for row in pack.bands if row.script is sign.script)
    usual = band_of(pack, sign.similarity, sign.script, longest)
    return band_of(pack, sign.similarity, sign.script, sign.length).rank < usual.rank


def sign_band(pack: RulePack, sign: SignEvidence) -> tuple[SignBand, tuple[FiredRule, ...]]:
    """Return the band of two signs and the rules that moved it.

    The whole similarity sets it; an axis that is identical or high alone may raise it; marks of two
    scripts stop at what evidence supports; marks that meet only in weak words, or that clearly say
    something else where the office has a rule for it, stop at low, unless they are equal. Two names
    that somebody entered as one are never below low: a person shall see.
    """
    band = band_of(pack, sign.similarity, sign.script, sign.length)
    equal = band is SignBand.IDENTICAL
    fired: list[FiredRule] = []
    if counts_as_short(pack, sign):
        fired.append(FiredRule(pack.rules["short"], "lowers"))
    alone, axis = raised_by(pack, sign)
    if alone.rank > band.rank:
        band = alone
        governed = RAISING.get(axis) if axis else None
        fired += [FiredRule(pack.rules[governed], "raises")] if governed else []
    ceiling = ceiling_of(pack, sign)
    if ceiling.rank < band.rank:
        band = ceiling
        fired.append(FiredRule(pack.rules["evidence"], "lowers"))
    stops = {"weak": sign.weak_only, "apart": sign.apart}
    for governed in (one for one, holds in stops.items() if holds and one in pack.rules):
        if not equal and band.rank > WEAK_CEILING.rank:
            band = WEAK_CEILING
            fired.append(FiredRule(pack.rules[governed], "lowers"))
    if sign.linked and band is SignBand.NONE:
        band = SignBand.LOW
        fired.append(FiredRule(pack.rules["evidence"], "raises"))
    return band, tuple(fired)


def sentence(pack: RulePack, band: SignBand, goods: GoodsDegree, standing: Standing) -> Bilingual:
    """Return why the verdict is what it is, in both languages."""
    signs, wares, state = SIGN_WORDS[band], GOODS_WORDS[goods], standings()[standing][1]
    rule = pack.rules["interdependence"]
    return Bilingual(
        f"标志{signs.zh}，商品或服务{wares.zh}（{rule.id}：{rule.text.zh}）{state.zh}",
        f"The signs are {signs.en}, the goods or services {wares.en} ({rule.id}: {rule.text.en})"
        f" {state.en}",
    )


def understood_band(
    pack: RulePack, sign: SignEvidence, understood: Understood | None
) -> tuple[SignBand, tuple[FiredRule, ...]]:
    """Return the band of two signs as the public of the market understands them.

    What it does not understand may cost a band, never all of it: what is similar to those who do
    stays at low at least, so that a person sees it.
    """
    band, moved = sign_band(pack, sign)
    if understood is None or band.rank <= LEAST_FOREIGN.rank:
        return band, moved
    less, why = sign_band(pack, understood.sign)
    if less.rank >= band.rank:
        return band, moved
    told = FiredRule(pack.rules["language"], "lowers", understood.because)
    return max(less, LEAST_FOREIGN, key=lambda one: one.rank), (*why, told)


def verdict(
    pack: RulePack,
    *,
    sign: SignEvidence,
    goods: GoodsRelation | GoodsDegree,
    standing: Standing,
    understood: Understood | None = None,
) -> VerdictFinding:
    """Return what one mark does to a market: table look-ups, monotone in every argument.

    A higher similarity, a nearer axis, stronger evidence or nearer goods never gives a milder band.
    The brand role (own, OEM, distributor) is no argument: it asks for documents, see `duties_of`.

    Args:
        pack: rule pack of the market, `pack_of(market)`.
        sign: what matching found.
        goods: relation of the goods, or its degree.
        standing: whether the mark is in force; an unknown status is live.
        understood: the signs as the public of the market understands them, where that is less.
    """
    degree = goods if isinstance(goods, GoodsDegree) else goods.degree
    band, moved = understood_band(pack, sign, understood)
    found = pack.interdependence[band, degree]
    most = standings()[standing][0]
    decided = tuple(
        FiredRule(pack.rules[governed], "decides") for governed in ("goods", "interdependence")
    )
    if degree is GoodsDegree.DISSIMILAR and band.rank >= SignBand.HIGH.rank:
        fame = pack.rules.get("reputation")
        decided += (FiredRule(fame, "decides", NOT_ASSESSED),) if fame else ()
    return VerdictFinding(
        band=found if found.rank <= most.rank else most,
        sign=band,
        fired=(*moved, *decided),
        explanation=sentence(pack, band, degree, standing),
    )


def worst(bands: tuple[VerdictBand, ...]) -> VerdictBand:
    """Return the worst of the bands of several marks; `none` where there are none."""
    return max(bands, key=lambda band: band.rank, default=VerdictBand.NONE)
