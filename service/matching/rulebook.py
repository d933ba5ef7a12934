"""Examiner rules as rule ids: what fires for a pair of marks, and what speaks against a conflict.

Only rules about the signs stand here; rules about goods, status and markets belong to the
screening. Golden pairs for every rule: tests/unit/matching/golden_rules.csv.
"""

from collections.abc import Callable
from dataclasses import dataclass

from service.matching import predicates as when
from service.matching.facts import Facts

RAISES, LOWERS = "raises", "lowers"


@dataclass(frozen=True, slots=True)
class FiredRule:
    """A rule of an office's guidelines that applies to the pair."""

    id: str
    """For instance `EU-8`, `US-5`, `CN-3`."""
    effect: str
    """`raises` or `lowers` the risk."""
    because: str
    """The words or letters that made it fire, or the source it rests on; may be empty."""
    because_zh: str
    """The same in Chinese; another text for a source alone."""
    zh: str
    en: str
    """The rule in one sentence."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: when it fires, and what it says."""

    id: str
    effect: str
    reference: str
    fires: Callable[[Facts], bool | str | when.Source]
    zh: str
    en: str


RULES: tuple[Rule, ...] = (
    Rule(
        "EU-2",
        RAISES,
        "EUIPO C-2-2",
        lambda f: f.equal,
        "两标识完全相同（不计大小写、全半角与空格）。",
        "The signs are identical but for case, width and spaces.",
    ),
    Rule(
        "EU-3",
        LOWERS,
        "EUIPO C-2-4 6",
        when.weak_overlap,
        "仅在显著性弱的要素上相同。",
        "They coincide only in weak elements.",
    ),
    Rule(
        "EU-4",
        RAISES,
        "EUIPO C-2-4 3.4",
        when.beginning,
        "开头相同，开头更引人注意。",
        "They share their beginning, which weighs more.",
    ),
    Rule(
        "EU-5",
        LOWERS,
        "EUIPO C-2-4 3.4.6",
        when.short,
        "标识很短，细小差别亦足以区分。",
        "The signs are short, so that a small change can suffice.",
    ),
    Rule(
        "EU-6",
        RAISES,
        "EUIPO C-2-4 3.4.2",
        when.sounds,
        "读音高度近似。",
        "They sound alike to a high degree.",
    ),
    Rule(
        "EU-7",
        RAISES,
        "EUIPO C-2-4 3.4.3",
        when.foreign,
        "含义相同。",
        "They have the same meaning.",
    ),
    Rule(
        "EU-7b",
        LOWERS,
        "EUIPO C-2-4 3.4.3",
        lambda f: f.other_concepts and not f.equal,
        "两者含义明显不同。",
        "Both have a clear and different meaning.",
    ),
    Rule(
        "EU-8",
        RAISES,
        "EUIPO C-2-4 3.4; C-120/04",
        lambda f: f.contained,
        "一标识整体包含于另一标识且独立发挥识别作用。",
        "One sign stands whole in the other with an independent role.",
    ),
    Rule(
        "EU-11",
        RAISES,
        "EUIPO C-2-4 3.4.1",
        lambda f: f.equal and f.a.prepared.sign.text != f.b.prepared.sign.text,
        "仅字体、大小写或书写形式不同。",
        "They differ only in case, typeface or width.",
    ),
    Rule(
        "US-2",
        RAISES,
        "TMEP 1207.01(b)(ii)",
        when.letters,
        "仅有字母增减或替换。",
        "Letters are added, left out or exchanged.",
    ),
    Rule(
        "US-3",
        RAISES,
        "TMEP 1207.01(b)(iv)",
        when.reading,
        "按另一种可能的读法发音近似。",
        "Read in another likely way they sound alike.",
    ),
    Rule(
        "US-4",
        RAISES,
        "TMEP 1207.01(b)(vi)",
        when.foreign,
        "外文对应词含义相同。",
        "One is the foreign equivalent of the other.",
    ),
    Rule(
        "US-5",
        RAISES,
        "TMEP 1207.01(b)(vii)",
        when.reordered,
        "词语次序颠倒。",
        "The same words stand in another order.",
    ),
    Rule(
        "US-6",
        RAISES,
        "TMEP 1207.01(b)(iii)",
        when.incorporated,
        "完整包含他人商标并附加其他词语。",
        "The whole mark is taken up with words added.",
    ),
    Rule(
        "US-7",
        RAISES,
        "TMEP 1207.01(b)(viii)",
        when.first_word,
        "首词相同，或仅单复数不同。",
        "The first word is the same, or only the number differs.",
    ),
    Rule(
        "CN-2",
        RAISES,
        "商标审查审理指南 下编 第五章",
        when.same_han,
        "汉字构成相同，仅字形或排列次序不同。",
        "The same Han characters in another form or order.",
    ),
    Rule(
        "CN-3",
        RAISES,
        "商标审查审理指南 下编 第五章",
        when.one_of_three,
        "三个以上汉字仅个别不同。",
        "Of three or more Han characters only one differs.",
    ),
    Rule(
        "CN-3b",
        LOWERS,
        "商标审查审理指南 下编 第五章",
        when.other_whole,
        "个别汉字不同，但整体含义明显不同。",
        "One Han character differs, and with it what the whole says.",
    ),
    Rule(
        "CN-4",
        RAISES,
        "商标审查审理指南 下编 第五章",
        when.sound_and_shape,
        "读音相同或近似且字形近似。",
        "Same or near sound and near shape.",
    ),
    Rule(
        "CN-4b",
        RAISES,
        "商标审查审理指南 下编 第五章",
        when.looks,
        "仅一字不同且字形近似。",
        "One character is exchanged for one that looks alike.",
    ),
    Rule(
        "CN-4c",
        RAISES,
        "practice",
        when.other_reading,
        "含多音字，按另一读音则读音相同。",
        "By another reading of a character that has several they sound the same.",
    ),
    Rule(
        "CN-5",
        RAISES,
        "商标审查审理指南 下编 第五章",
        when.doubled,
        "一方为另一方的叠字。",
        "One is the other doubled.",
    ),
    Rule(
        "CN-6",
        RAISES,
        "商标审查审理指南 下编 第五章",
        when.generic_added,
        "一标识整体含于另一标识，仅附加其他文字（如通用名称、弱显著性词）。",
        "One mark stands whole in the other, with words added, such as generic or weak ones.",
    ),
    Rule(
        "CN-7",
        RAISES,
        "商标审查审理指南 下编 第五章",
        when.one_letter,
        "四个以上字母仅个别不同且无明显不同含义。",
        "Of four or more letters only one differs, with no clear other meaning.",
    ),
    Rule(
        "CN-8",
        LOWERS,
        "商标审查审理指南 下编 第五章",
        when.few_letters,
        "一两个字母，或少数字母次序不同，整体易于区分。",
        "One or two letters, or few letters in another order, are told apart.",
    ),
    Rule(
        "CN-9",
        RAISES,
        "商标审查审理指南 下编 第五章",
        when.swapped_or_inflected,
        "外文词语互换次序，或仅单复数、冠词、动名词、比较级不同。",
        "Foreign words swapped, or differing in number, article, gerund or comparison.",
    ),
    Rule(
        "CN-10",
        RAISES,
        "商标审查审理指南 下编 第五章",
        when.han_and_latin,
        "中外文含义相同，或有证据表明公众已建立对应关系。",
        "Chinese and foreign word mean the same, or evidence links them in the public's mind.",
    ),
    Rule(
        "CN-10b",
        LOWERS,
        "商标审查审理指南 下编 第五章",
        when.denied,
        "审查或司法实践未认可该中外文之间的对应关系。",
        "Practice denied that the public links the Chinese and the foreign word.",
    ),
    Rule(
        "CN-11",
        RAISES,
        "practice",
        when.pinyin,
        "拉丁字母为该汉字的拼音。",
        "The letters are the pinyin of the Han characters.",
    ),
    Rule(
        "CN-12",
        RAISES,
        "商标审查审理指南 下编 第五章",
        when.element,
        "组合商标的一个要素与另一商标相同。",
        "One element of the composite mark is the other mark.",
    ),
    Rule(
        "CN-14",
        RAISES,
        "practice",
        when.final_s,
        "仅词尾加 s 或字母重复。",
        "Only a final s or a doubled letter was added.",
    ),
)


PLACES: dict[str, int] = {rule.id: place for place, rule in enumerate(RULES)}
"""Order of the rules, by id."""


def fire(facts: Facts) -> tuple[FiredRule, ...]:
    """The rules that apply to a pair, in the order of the table."""
    fired = []
    for rule in RULES:
        if why := rule.fires(facts):
            words = why if isinstance(why, str) else ""
            zh, en = why if isinstance(why, when.Source) else (words, words)
            fired.append(FiredRule(rule.id, rule.effect, en, zh, rule.zh, rule.en))
    return tuple(fired)
