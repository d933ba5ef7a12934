"""The sentences of an answer, made from templates, in both languages at once.

An answer is stored and must read the same years later, so its sentences are made here and kept with
it. Only what the registry says of its gaps is worded from the catalogues, when the answer is made.
"""

from collections.abc import Mapping

from service.core.text import N_
from service.registry.connectors import Connector
from service.rules.markets import Market, offices
from service.rules.markets.domain import Bilingual
from service.screening.domain import Coverage, Gap, Missing, NeverCompared, NotSearched, Verdict
from service.screening.schemas import Both
from service.ui.i18n import Language, translator

DISCLAIMER = Both(
    zh="筛查结果是带日期和来源的检索参考，不是法律意见；是否构成侵权由主管机关认定。",
    en="A search aid with dates and sources, not legal advice; whether a mark is infringed is for "
    "the authorities to decide.",
)

VERDICT_WORDS: Mapping[Verdict, Both] = {
    Verdict.BLOCKED: Both(
        zh="请勿以此名称出口：存在相同或几乎相同的有效商标，商品相同或类似。",
        en="Do not ship under this name: an identical or nearly identical live mark covers the "
        "same or similar goods.",
    ),
    Verdict.HIGH: Both(
        zh="高风险：存在高度近似的在先商标，出口前须由专业人员评估。",
        en="High risk: a closely similar earlier mark stands in the way; have it assessed first.",
    ),
    Verdict.MEDIUM: Both(
        zh="中风险：存在近似的在先商标，建议评估并准备证明文件。",
        en="Medium risk: a similar earlier mark was found; assess it and prepare papers.",
    ),
    Verdict.LOW: Both(
        zh="低风险：仅发现较远的近似标志，请逐条查看。",
        en="Low risk: only remote similarities were found; look through them.",
    ),
    Verdict.NO_CONFLICT_FOUND: Both(
        zh="在已检索的注册簿中未发现冲突商标。",
        en="No conflicting mark was found in the registers searched.",
    ),
    Verdict.NOT_SEARCHED: Both(
        zh="尚不能得出结论：对该市场有约束力的注册簿未全部检索。",
        en="No answer yet: not every register that binds here was searched.",
    ),
}

COVERAGE_WORDS: Mapping[Coverage, Both] = {
    Coverage.COMPLETE: Both(
        zh="有约束力的注册簿均已完整检索。",
        en="Every register that binds here was searched in full.",
    ),
    Coverage.PARTIAL: Both(
        zh="仅部分检索，缺少：{missing}。", en="Searched in part only; missing: {missing}."
    ),
    Coverage.NONE: Both(zh="未检索：{missing}。", en="Not searched: {missing}."),
}

MISSING_WORDS: Mapping[Missing, Both] = {
    Missing.NEVER_LOADED: Both(zh="从未载入", en="never loaded"),
    Missing.LOADING: Both(zh="正在载入", en="still loading"),
    Missing.PARTIAL: Both(zh="仅载入一部分", en="loaded in part only"),
    Missing.CLASSES_CUT: Both(zh="只载入了部分类别", en="only some classes were loaded"),
    Missing.DATES_CUT: Both(zh="只载入了部分日期", en="only some dates were loaded"),
    Missing.GAP: Both(zh="缺少部分更新文件", en="update files are missing"),
    Missing.STALE: Both(zh="数据已过期", en="the copy is too old"),
    Missing.UNDATED: Both(zh="未说明数据日期", en="nobody told of which day the copy is"),
}

NEVER_WORDS: Mapping[NeverCompared, Both] = {
    NeverCompared.IMAGES: Both(
        zh="图形与图像（徽标）未比对", en="Images and logos were not compared"
    ),
    NeverCompared.SOUNDS: Both(zh="声音商标未比对", en="Sound marks were not compared"),
    NeverCompared.DESIGNS: Both(zh="外观设计未检索", en="Designs were not searched"),
    NeverCompared.OTHER_PATENTS: Both(
        zh="发明与实用新型专利未检索", en="Patents and utility models were not searched"
    ),
    NeverCompared.COPYRIGHT: Both(zh="著作权未检索", en="Copyright was not searched"),
    NeverCompared.UNREGISTERED: Both(
        zh="未注册商标、商号与域名未检索",
        en="Unregistered marks, trade names and domains were not searched",
    ),
}

NEXT_STEPS: Mapping[Verdict, tuple[Both, ...]] = {
    Verdict.BLOCKED: (
        Both(zh="暂停以此名称发货，联系工作站。", en="Hold the shipment and ask a station."),
        Both(
            zh="核实是否已获权利人授权，并准备书面授权书。",
            en="Check for a licence from the owner and have it in writing.",
        ),
    ),
    Verdict.HIGH: (
        Both(zh="出运前联系工作站评估命中的商标。", en="Ask a station to assess the hits first."),
    ),
    Verdict.MEDIUM: (
        Both(
            zh="逐条查看命中理由并记录结论。", en="Go through the reasons and note your decision."
        ),
    ),
    Verdict.LOW: (
        Both(zh="查看命中列表，留存本次筛查编号。", en="Look through the list; keep the number."),
    ),
    Verdict.NO_CONFLICT_FOUND: (
        Both(
            zh="留存本次筛查编号；发运前如有新公告请重新筛查。",
            en="Keep the number of this screening; screen again before shipping.",
        ),
    ),
    Verdict.NOT_SEARCHED: (
        Both(
            zh="请管理员载入缺少的注册簿，或到官方网站查询。",
            en="Have the missing registers loaded, or search at the office itself.",
        ),
    ),
}

NO_CREDENTIALS = N_("“{connector}” is not asked: it has no credentials yet. {how}")

BLIND = Both(
    zh="该局的新申请在提交后约 {days} 天内查不到（盲期）。",
    en="New applications cannot be found for about {days} days after filing (blind period).",
)
BLIND_UNKNOWN = Both(
    zh="该局的盲期尚未查明。", en="The blind period of this office is not researched."
)


def both(text: Bilingual) -> Both:
    """Return the words of the rules in the shape of an answer."""
    return Both(zh=text.zh, en=text.en)


def filled(words: Both, **values: object) -> Both:
    """Fill the places of both sentences."""
    return Both(zh=words.zh.format(**values), en=words.en.format(**values))


def joined(first: Both, *others: Both) -> Both:
    """Put sentences one after the other."""
    parts = [part for part in (first, *others) if part.zh or part.en]
    return Both(zh="".join(part.zh for part in parts), en=" ".join(part.en for part in parts))


def market_sentence(verdict: Verdict, coverage: Coverage, missing: tuple[str, ...]) -> Both:
    """Say what was found in a market and how much was searched."""
    named = COVERAGE_WORDS[coverage]
    return joined(
        VERDICT_WORDS[verdict],
        Both(
            zh=named.zh.format(missing="、".join(offices()[code].name.zh for code in missing)),
            en=named.en.format(missing=", ".join(offices()[code].name.en for code in missing)),
        ),
    )


def missing_sentence(found: NotSearched, markets: Mapping[str, Market]) -> Both:
    """Say which register was not searched in full, why, and where it binds, if markets count."""
    why, name = MISSING_WORDS[found.why], offices()[found.office].name
    detail = _detail(found)
    zh = f"{name.zh}（{found.office}）：{why.zh}{detail.zh}"
    en = f"{name.en} ({found.office}): {why.en}{detail.en}"
    if found.markets:
        zh += "；涉及市场：" + "、".join(markets[code].name.zh for code in found.markets)
        en += "; binds in " + ", ".join(markets[code].name.en for code in found.markets)
    return Both(zh=zh, en=en)


def _detail(found: NotSearched) -> Both:
    """Say which files are missing, or how old the copy is, in brackets."""
    told = [gap_sentence(gap) for gap in found.gaps]
    if found.edition_on is not None:
        told.append(Both(zh=found.edition_on.isoformat(), en=found.edition_on.isoformat()))
    if not told:
        return Both(zh="", en="")
    return Both(
        zh="（" + "；".join(one.zh for one in told) + "）",
        en=" (" + "; ".join(one.en for one in told) + ")",
    )


def way_out(connector: Connector) -> Both:
    """Say that a connector lacks credentials, and how to come by them."""
    told = {}
    for language in (Language.ZH_HANS, Language.EN):
        words = translator(language)
        named = {"connector": words.text(connector.label), "how": words.text(connector.how)}
        told[language] = words.text(NO_CREDENTIALS, **named)
    return Both(zh=told[Language.ZH_HANS], en=told[Language.EN])


def gap_sentence(gap: Gap) -> Both:
    """Say one reason why a register is not complete."""
    chinese, english = translator(Language.ZH_HANS), translator(Language.EN)
    return Both(
        zh=chinese.text(gap.reason, **gap.values), en=english.text(gap.reason, **gap.values)
    )


def blind_sentence(days: int | None) -> Both:
    """Say how long the office's new applications cannot be found."""
    return BLIND_UNKNOWN if days is None else filled(BLIND, days=days)
