"""Examiner rules as rule ids: what fires for a pair of marks, and what speaks against a conflict.

Only rules about the signs stand here; rules about goods, status and markets belong to the
screening. Golden pairs for every rule: tests/unit/matching/golden_rules.csv.
"""

from collections.abc import Callable
from dataclasses import dataclass

from service.matching.facts import Facts
from service.matching.kinds import Axis, FormKind

RAISES, LOWERS = "raises", "lowers"


@dataclass(frozen=True, slots=True)
class FiredRule:
    """A rule of an office's guidelines that applies to the pair."""

    id: str
    """For instance `EU-8`, `US-5`, `CN-3`."""
    effect: str
    """`raises` or `lowers` the risk."""
    because: str
    """The words or letters that made it fire; may be empty."""
    zh: str
    en: str
    """The rule in one sentence."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: when it fires, and what it says."""

    id: str
    effect: str
    reference: str
    fires: Callable[[Facts], bool | str]
    zh: str
    en: str


_HIGH = 0.80
_SHORT_LATIN, _SHORT_HAN = 3, 2


def _weak_overlap(f: Facts) -> bool | str:
    return f.weak_only and not f.equal


def _beginning(f: Facts) -> bool | str:
    shorter = min(len(f.a.bare), len(f.b.bare))
    least = 2 if f.only_han else 3
    return (
        f.a.bare[: f.shared_prefix]
        if f.shared_prefix >= max(least, (shorter + 1) // 2) and f.a.bare != f.b.bare
        else ""
    )


def _short(f: Facts) -> bool | str:
    if f.equal or f.a.bare == f.b.bare:
        return False
    if f.only_latin:
        return f.shorter_latin <= _SHORT_LATIN
    return f.only_han and min(len(f.a.han), len(f.b.han)) <= _SHORT_HAN


def _sounds(f: Facts) -> bool | str:
    return f.scores[Axis.AURAL] >= _HIGH and f.a.bare != f.b.bare


def _letters(f: Facts) -> bool | str:
    way = f.found.get("spelling")
    if way is None or f.equal or not way.query[0].whole or not way.mark[0].whole:
        return False
    return way.value >= 7000 and f.edits > 0


def _reading(f: Facts) -> bool | str:
    way = f.found.get("sound")
    if way is None or f.a.bare == f.b.bare or f.scores[Axis.AURAL] < _HIGH:
        return False
    languages = {form.shown.split(":")[0] for form in (*way.query, *way.mark)}
    return ", ".join(sorted(languages)) if languages - {"en"} else ""


def _foreign(f: Facts) -> bool | str:
    return " = ".join(text.lstrip("=") for text in f.a.concepts) if f.same_concepts else ""


def _reordered(f: Facts) -> bool | str:
    return len(f.a.stems) > 1 and sorted(f.a.stems) == sorted(f.b.stems) and f.a.stems != f.b.stems


def _incorporated(f: Facts) -> bool | str:
    for part, whole in ((f.a, f.b), (f.b, f.a)):
        if set(part.stems) < set(whole.stems) and any(not part.weak(stem) for stem in part.stems):
            return " ".join(part.stems)
    return ""


def _first_word(f: Facts) -> bool | str:
    if f.a.bare == f.b.bare or not f.only_latin:
        return False
    if f.a.stems == f.b.stems:
        return f.a.stems[0]
    first = f.a.stems[0] if f.a.stems[:1] == f.b.stems[:1] else ""
    both_longer = max(len(f.a.stems), len(f.b.stems)) > 1
    return first if first and both_longer and not f.a.weak(first) else ""


def _same_han(f: Facts) -> bool | str:
    return (
        f.only_han
        and sorted(f.a.han) == sorted(f.b.han)
        and f.a.prepared.sign.text != f.b.prepared.sign.text
    )


def _one_of_three(f: Facts) -> bool | str:
    if not f.only_han or len(f.a.han) < 3 or len(f.changed_han) != 1:
        return False
    x, y = f.changed_han[0]
    if f.a.han[0] == x and not _same_reading(f) and not f.alike_han(x, y):
        return False
    return "" if f.other_concepts else f"{x}/{y}"


def _same_reading(f: Facts) -> bool:
    return bool(f.a.readings(FormKind.BLURRED) & f.b.readings(FormKind.BLURRED))


def _sound_and_shape(f: Facts) -> bool | str:
    if not f.only_han or f.a.han == f.b.han or not _same_reading(f):
        return False
    shared = set(f.a.han) & set(f.b.han)
    return bool(shared) or any(f.alike_han(x, y) for x, y in f.changed_han)


def _looks(f: Facts) -> bool | str:
    if not f.only_han or not f.changed_han or len(f.changed_han) > 1:
        return False
    x, y = f.changed_han[0]
    return f"{x}/{y}" if f.alike_han(x, y) else ""


def _doubled(f: Facts) -> bool | str:
    shorter, longer = sorted((f.a.bare, f.b.bare), key=len)
    times = len(longer) // len(shorter) if shorter else 0
    whole = times > 1 and shorter * times == longer
    return shorter if whole or (shorter and _collapsed(longer) == shorter) else ""


def _collapsed(text: str) -> str:
    kept = "".join(c for at, c in enumerate(text) if at == 0 or text[at - 1] != c)
    return kept if kept != text and len(kept) * 2 == len(text) else ""


def _generic_added(f: Facts) -> bool | str:
    if not (f.a.han and f.b.han) or f.a.han == f.b.han:
        return False
    shorter, longer = sorted((f.a.han, f.b.han), key=len)
    inside = len(shorter) > 1 and shorter in longer
    same_core = f.a.core == f.b.core and len(f.a.core) > 1
    return f.a.core if same_core else (shorter if inside else "")


def _one_letter(f: Facts) -> bool | str:
    if not f.only_latin or f.shorter_latin < 4 or f.edits != 1 or f.other_concepts:
        return False
    return f.a.latin[0] == f.b.latin[0]


def _few_letters(f: Facts) -> bool | str:
    if not f.only_latin or f.a.latin == f.b.latin:
        return False
    a, b = f.a.latin, f.b.latin
    if max(len(a), len(b)) <= 2:
        return True
    return len(a) == len(b) <= 4 and sorted(a) == sorted(b)


def _swapped_or_inflected(f: Facts) -> bool | str:
    if not f.only_latin or f.a.bare == f.b.bare:
        return False
    plain = [
        sorted(stem for stem in side.stems if stem not in ("the", "a", "an")) for side in (f.a, f.b)
    ]
    return plain[0] == plain[1]


def _han_and_latin(f: Facts) -> bool | str:
    across = bool(f.a.han) != bool(f.b.han) or bool(f.a.latin) != bool(f.b.latin)
    if not across:
        return False
    if f.recorded:
        return f.recorded[0].source
    return _foreign(f)


def _pinyin(f: Facts) -> bool | str:
    for han, latin in ((f.a, f.b), (f.b, f.a)):
        if han.han and not latin.han and latin.bare in han.readings(FormKind.ROMAN):
            return latin.bare
    return ""


def _element(f: Facts) -> bool | str:
    for mixed, plain in ((f.a, f.b), (f.b, f.a)):
        if mixed.han and mixed.latin and not (plain.han and plain.latin):
            element = mixed.han if plain.han else mixed.latin
            if element == plain.bare:
                return element
    return ""


def _final_s(f: Facts) -> bool | str:
    if not f.only_latin or f.shorter_latin < 4:
        return False
    shorter, longer = sorted((f.a.latin, f.b.latin), key=len)
    doubled = len(longer) == len(shorter) + 1 and any(
        longer[:at] + longer[at + 1 :] == shorter and longer[at] == longer[at - 1]
        for at in range(1, len(longer))
    )
    return longer == shorter + "s" or doubled


def _other_reading(f: Facts) -> bool | str:
    shared = f.a.readings(FormKind.PINYIN) & f.b.readings(FormKind.PINYIN)
    if not shared or f.a.han == f.b.han or not (f.a.han and f.b.han):
        return False
    firsts = {
        next(form.text for form in side.prepared.by_kind[FormKind.PINYIN]) for side in (f.a, f.b)
    }
    return len(firsts) > 1 or not firsts <= shared


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
        _weak_overlap,
        "仅在显著性弱的要素上相同。",
        "They coincide only in weak elements.",
    ),
    Rule(
        "EU-4",
        RAISES,
        "EUIPO C-2-4 3.4",
        _beginning,
        "开头相同，开头更引人注意。",
        "They share their beginning, which weighs more.",
    ),
    Rule(
        "EU-5",
        LOWERS,
        "EUIPO C-2-4 3.4.6",
        _short,
        "标识很短，细小差别亦足以区分。",
        "The signs are short, so that a small change can suffice.",
    ),
    Rule(
        "EU-6",
        RAISES,
        "EUIPO C-2-4 3.4.2",
        _sounds,
        "读音高度近似。",
        "They sound alike to a high degree.",
    ),
    Rule(
        "EU-7", RAISES, "EUIPO C-2-4 3.4.3", _foreign, "含义相同。", "They have the same meaning."
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
        _letters,
        "仅有字母增减或替换。",
        "Letters are added, left out or exchanged.",
    ),
    Rule(
        "US-3",
        RAISES,
        "TMEP 1207.01(b)(iv)",
        _reading,
        "按另一种可能的读法发音近似。",
        "Read in another likely way they sound alike.",
    ),
    Rule(
        "US-4",
        RAISES,
        "TMEP 1207.01(b)(vi)",
        _foreign,
        "外文对应词含义相同。",
        "One is the foreign equivalent of the other.",
    ),
    Rule(
        "US-5",
        RAISES,
        "TMEP 1207.01(b)(vii)",
        _reordered,
        "词语次序颠倒。",
        "The same words stand in another order.",
    ),
    Rule(
        "US-6",
        RAISES,
        "TMEP 1207.01(b)(iii)",
        _incorporated,
        "完整包含他人商标并附加其他词语。",
        "The whole mark is taken up with words added.",
    ),
    Rule(
        "US-7",
        RAISES,
        "TMEP 1207.01(b)(viii)",
        _first_word,
        "首词相同，或仅单复数不同。",
        "The first word is the same, or only the number differs.",
    ),
    Rule(
        "CN-2",
        RAISES,
        "商标审查审理指南 下编 第五章",
        _same_han,
        "汉字构成相同，仅字形或排列次序不同。",
        "The same Han characters in another form or order.",
    ),
    Rule(
        "CN-3",
        RAISES,
        "商标审查审理指南 下编 第五章",
        _one_of_three,
        "三个以上汉字仅个别不同。",
        "Of three or more Han characters only one differs.",
    ),
    Rule(
        "CN-4",
        RAISES,
        "商标审查审理指南 下编 第五章",
        _sound_and_shape,
        "读音相同或近似且字形近似。",
        "Same or near sound and near shape.",
    ),
    Rule(
        "CN-4b",
        RAISES,
        "商标审查审理指南 下编 第五章",
        _looks,
        "仅一字不同且字形近似。",
        "One character is exchanged for one that looks alike.",
    ),
    Rule(
        "CN-5",
        RAISES,
        "商标审查审理指南 下编 第五章",
        _doubled,
        "一方为另一方的叠字。",
        "One is the other doubled.",
    ),
    Rule(
        "CN-6",
        RAISES,
        "商标审查审理指南 下编 第五章",
        _generic_added,
        "在他人商标上附加通用或弱显著性文字。",
        "A generic or weak word was added to the earlier mark.",
    ),
    Rule(
        "CN-7",
        RAISES,
        "商标审查审理指南 下编 第五章",
        _one_letter,
        "四个以上字母仅个别不同且无明显不同含义。",
        "Of four or more letters only one differs, with no clear other meaning.",
    ),
    Rule(
        "CN-8",
        LOWERS,
        "商标审查审理指南 下编 第五章",
        _few_letters,
        "一两个字母，或少数字母次序不同，整体易于区分。",
        "One or two letters, or few letters in another order, are told apart.",
    ),
    Rule(
        "CN-9",
        RAISES,
        "商标审查审理指南 下编 第五章",
        _swapped_or_inflected,
        "外文词语互换次序或仅单复数、冠词不同。",
        "Foreign words swapped, or differing in number or article.",
    ),
    Rule(
        "CN-10",
        RAISES,
        "商标审查审理指南 下编 第五章",
        _han_and_latin,
        "中外文含义相同，或有证据表明公众已建立对应关系。",
        "Chinese and foreign word mean the same, or evidence links them in the public's mind.",
    ),
    Rule(
        "CN-11",
        RAISES,
        "practice",
        _pinyin,
        "拉丁字母为该汉字的拼音。",
        "The letters are the pinyin of the Han characters.",
    ),
    Rule(
        "CN-12",
        RAISES,
        "商标审查审理指南 下编 第五章",
        _element,
        "组合商标的一个要素与另一商标相同。",
        "One element of the composite mark is the other mark.",
    ),
    Rule(
        "CN-14",
        RAISES,
        "practice",
        _final_s,
        "仅词尾加 s 或字母重复。",
        "Only a final s or a doubled letter was added.",
    ),
    Rule(
        "JP-1",
        RAISES,
        "JPO 商標審査基準",
        _other_reading,
        "按汉字的另一读音则相同。",
        "By another reading of a character they sound the same.",
    ),
)


def fire(facts: Facts) -> tuple[FiredRule, ...]:
    """The rules that apply to a pair, in the order of the table."""
    fired = []
    for rule in RULES:
        why = rule.fires(facts)
        if why:
            because = why if isinstance(why, str) else ""
            fired.append(FiredRule(rule.id, rule.effect, because, rule.zh, rule.en))
    return tuple(fired)
