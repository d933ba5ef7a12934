"""What a pair of marks has in common, in the plain terms the examiners' rules are written in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz.distance import OSA

from service.matching import (
    grounds,
    han_sound,
    look,
    meaning,
    pairing,
    senses,
    words,
)
from service.matching.kinds import Axis
from service.matching.sides import Side, tells

HALF = 0.5
"""Likeness of what marks have besides weak words from which they do not meet in these alone:
the middle of 0.3 to 0.75, between which no decided pair changes (docs/matching.md)."""


def _alike(one: list[str], other: list[str]) -> bool:
    """Whether the words that marks have besides the shared weak ones mean the same, or look alike.

    Half alike is enough, but not for words that are weak whatever the goods (苏州, 杭州): these are
    alike where one is the other made longer (GERMAN, GERMANY).
    """
    meant = [{senses.concept_of(word) for word in side} for side in (one, other)]
    if meant[0] == meant[1]:
        return True
    texts = "".join(one), "".join(other)
    if _weak_for_all(one, other):
        return texts[0].startswith(texts[1]) or texts[1].startswith(texts[0])
    return OSA.normalized_similarity(*texts) >= HALF


def _weak_for_all(*sides: Iterable[str]) -> bool:
    """Whether all words are weak whatever the goods."""
    return all(words.weak_for_all(word) for side in sides for word in side)


@dataclass(frozen=True)
class Facts:
    """Both marks and what was found between them."""

    a: Side
    b: Side
    found: Mapping[str, pairing.Evidence]
    scores: Mapping[Axis, float]

    @cached_property
    def equal(self) -> bool:
        """Equal after NFKC, case and space folding."""
        return "exact" in self.found

    @cached_property
    def edits(self) -> int:
        """Letters added, left out, exchanged or transposed between the Latin parts."""
        return int(OSA.distance(self.a.latin, self.b.latin))

    @cached_property
    def shorter_latin(self) -> int:
        """Length of the shorter Latin part."""
        return min(len(self.a.latin), len(self.b.latin))

    @cached_property
    def only_latin(self) -> bool:
        """Neither mark has Han and both have letters."""
        return bool(self.a.latin and self.b.latin and not self.a.han and not self.b.han)

    @cached_property
    def only_han(self) -> bool:
        """Both marks are Han alone."""
        return bool(self.a.han and self.b.han and not self.a.latin and not self.b.latin)

    @cached_property
    def shared_prefix(self) -> int:
        """Letters with which both marks begin."""
        pairs = zip(self.a.bare, self.b.bare, strict=False)
        return next(
            (at for at, (x, y) in enumerate(pairs) if x != y),
            min(len(self.a.bare), len(self.b.bare)),
        )

    @cached_property
    def contained(self) -> str:
        """The mark, or its core, that stands whole in the other as a word or run; else empty."""
        for part, whole in ((self.a, self.b), (self.b, self.a)):
            if part.bare == whole.bare:
                continue
            for text in dict.fromkeys((part.bare, part.core)):
                spaced = f" {part.folded} " in f" {whole.folded} "
                run = bool(part.han) and len(text) > 1 and text in whole.han
                joined = len(text) >= 4 and whole.begins_apart(text)
                core = text == whole.core and text != whole.bare
                if (spaced or run or joined or core) and not self.a.weak(text):
                    return text
        return ""

    @cached_property
    def weak_only(self) -> bool:
        """Whether the marks share weak words and nothing else that is alike."""
        if self.a.weak_core == self.b.weak_core != "" and self.a.bare != self.b.bare:
            return True
        shared = {word for word in self.a.stems if word in self.b.stems and tells(word)}
        tails = self._shared_weak_tail()
        if not (shared or tails) or not all(map(self.a.tells_little, shared)):
            return False
        own = [side.without(shared) for side in (self.a, self.b)]
        if all(own) and not tails:
            if _alike(*own):
                return False
            if _weak_for_all(shared) or _weak_for_all(*own):
                return True
        cores = self.a.core, self.b.core
        if self.a.bare in cores and self.b.bare in cores and not tails:
            return False
        return all(cores) and not _alike([cores[0]], [cores[1]])

    def _shared_weak_tail(self) -> bool:
        """Whether both end (or begin) in the same weak word that is not all of either."""
        return self.a.tail == self.b.tail != ""

    @cached_property
    def changed_han(self) -> tuple[tuple[str, str], ...]:
        """Places at which two Han marks of the same length differ."""
        if len(self.a.han) != len(self.b.han):
            return ()
        return tuple(
            pair for pair in zip(self.a.han, self.b.han, strict=True) if pair[0] != pair[1]
        )

    @cached_property
    def same_concepts(self) -> bool:
        """Both wholly understood, with the same meaning, in different words.

        The words that mean it differ, not the weak ones beside them (GREEN MOTORS, GREEN BIKES).
        """
        if not self.a.concepts or self.a.concepts != self.b.concepts:
            return False
        told = [set(map(senses.word_of, side.meanings.values())) for side in (self.a, self.b)]
        return told[0] != told[1]

    @cached_property
    def same_rendered(self) -> bool:
        """One is written in Han and both say the same in words that are all known, if only weak.

        江苏银行 and Bank of Jiangsu: places are known by their pinyin, brands are not.
        """
        across = bool(self.a.han) != bool(self.b.han)
        return across and bool(self.a.rendered) and self.a.rendered.keys() == self.b.rendered.keys()

    @cached_property
    def apart(self) -> bool:
        """The exception of CN-3: one of three or more Han characters differs, the whole too.

        That character differs in sound and shape, and both marks clearly say something, but not the
        same (电老虎, 电飞虎). Asks for the words of the marks, for no forms.
        """
        if len(self.changed_han) != 1 or not (self.a.read and self.b.read):
            return False
        x, y = self.changed_han[0]
        sounds = [{han_sound.blurred(one) for one in han_sound.readings_of(c)} for c in (x, y)]
        return self.a.read != self.b.read and not (sounds[0] & sounds[1] or self.alike_han(x, y))

    @cached_property
    def other_concepts(self) -> bool:
        """Both wholly understood, with nothing in common."""
        return (
            bool(self.a.concepts)
            and bool(self.b.concepts)
            and not (set(self.a.concepts) & set(self.b.concepts))
        )

    def alike_han(self, x: str, y: str) -> bool:
        """Whether two characters look alike by the table."""
        return y in look.lookalikes().get(x, ())

    @cached_property
    def recorded(self) -> tuple[meaning.EvidenceRow, ...]:
        """Rows of evidence that link the two marks."""
        way = self.found.get("record")
        return self.a.prepared.grounds.get(way.value, grounds.NOTHING).rows if way else ()
