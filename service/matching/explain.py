"""One sentence of evidence in both languages, made from templates and nothing else."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

from service.matching.kinds import Axis

if TYPE_CHECKING:
    from service.matching.compare import Comparison
    from service.matching.rulebook import FiredRule

_AXES = {
    Axis.VISUAL: ("外观", "Visual"),
    Axis.AURAL: ("读音", "aural"),
    Axis.CONCEPTUAL: ("含义", "conceptual"),
}
_DEGREES = {
    "identical": ("相同", "identical"),
    "high": ("高度近似", "high"),
    "average": ("近似", "average"),
    "low": ("低度近似", "low"),
    "none": ("不近似", "none"),
}
_KINDS: dict[str, tuple[str, str]] = {
    "exact": ("整体相同", "the whole is equal"),
    "spelling": ("字母构成", "the letters"),
    "look": ("形近字母", "look-alike letters"),
    "words": ("共同词语", "shared words"),
    "sound": ("拼读", "the reading"),
    "loose": ("相近音类", "near sounds"),
    "heard": ("汉字读音与外文读音", "the Han reading against the foreign sound"),
    "echo": ("外文读音与汉字读音", "the foreign sound against the Han reading"),
    "uttered": ("汉字音译", "the Han reading as a transliteration"),
    "recalled": ("汉字音译", "the Han reading as a transliteration"),
    "pinyin": ("拼音", "the pinyin"),
    "blurred": ("近音（平翘舌、前后鼻音等）", "the pinyin with dialect sounds folded"),
    "roman": ("拼音与字母", "the pinyin against the letters"),
    "written": ("字母与拼音", "the letters against the pinyin"),
    "han": ("汉字构成", "the Han characters"),
    "bag": ("汉字构成（不计次序）", "the Han characters in any order"),
    "alike": ("形近汉字", "a look-alike character"),
    "within": ("整体包含于较长标识", "a mark within a longer one"),
    "around": ("整体包含于较长标识", "a mark within a longer one"),
    "inside": ("整体包含于较长标识", "a mark within a longer one"),
    "amid": ("整体包含于较长标识", "a mark within a longer one"),
    "sense": ("词语及其含义", "the words and what they mean"),
    "concept": ("词义", "the meaning of the words"),
    "rendered": ("译词与拼音", "words translated and spelled in pinyin"),
    "rendition": ("译词与拼音", "words translated and spelled in pinyin"),
    "record": ("登记或有来源的对应译名", "a recorded or sourced equivalent"),
    "joined": ("去除空格与标点后相同", "equal when joined"),
    "initials": ("首字母", "the initials"),
    "acronym": ("首字母", "the initials"),
}


SOURCED = {"CN-10", "CN-10b"}
"""Rules that rest on a source, which is named with them."""


class Shown(Protocol):
    """An axis as it is told."""

    @property
    def degree(self) -> str:
        """How alike on it."""

    @property
    def kind(self) -> str:
        """By what kind; empty for none."""

    @property
    def query(self) -> str:
        """What was compared."""

    @property
    def mark(self) -> str:
        """With what."""


def _axis(axis: Axis, result: Shown, language: int) -> str:
    name, degree = _AXES[axis][language], _DEGREES[result.degree][language]
    if not result.kind or result.degree == "none":
        return f"{name}{degree}" if language == 0 else f"{name}: {degree}"
    by = _KINDS[result.kind][language]
    if language == 0:
        return f"{name}{degree}（{by}：{result.query} / {result.mark}）"
    return f"{name}: {degree} ({by}: {result.query} / {result.mark})"


def _rule(rule: "FiredRule", language: int) -> str:
    said = f"{rule.id} {(rule.zh, rule.en)[language].rstrip('。.')}"
    if rule.id not in SOURCED or not rule.because:
        return said
    return f"{said}（{rule.because_zh}）" if language == 0 else f"{said} ({rule.because})"


def axes_told(axes: Mapping[Axis, Shown]) -> dict[str, str]:
    """What is said of the axes in both languages, without an end."""
    return {
        code: ("；", "; ")[language].join(_axis(axis, axes[axis], language) for axis in Axis)
        for language, code in enumerate(("zh", "en"))
    }


def explain(comparison: "Comparison") -> Mapping[str, str]:
    """One evidence sentence, `{"zh": …, "en": …}`, built from the comparison alone."""
    texts = axes_told(comparison.axes)
    for language, code in enumerate(("zh", "en")):
        joiner = "；" if language == 0 else "; "
        for label, rules in (
            (("适用规则：", "Rules: "), comparison.rules),
            (("不利于认定近似：", "Against: "), comparison.counter),
        ):
            if rules:
                said = joiner.join(_rule(rule, language) for rule in rules[:3])
                texts[code] += ("。" if language == 0 else ". ") + label[language] + said
        texts[code] += "。" if language == 0 else "."
    return texts
