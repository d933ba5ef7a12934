"""Token statistics of a class of goods: how much a word still distinguishes there."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from math import log

from service.matching import normalise, words


@dataclass(frozen=True, slots=True)
class TokenWeights:
    """In how many of `marks` marks each word stem occurs."""

    marks: int
    counts: dict[str, int]

    @classmethod
    def of(cls, texts: Iterable[str]) -> "TokenWeights":
        """Count the words of the marks of a class or of a register."""
        counts: Counter[str] = Counter()
        total = 0
        for text in texts:
            total += 1
            tokens = normalise.tokens_of(normalise.fold(text))
            counts.update({words.stem(token.text) for token in tokens})
        return cls(total, dict(counts))

    def rarity(self, word: str) -> float:
        """1.0 for a word no mark has, falling to 0.0 for a word every mark has."""
        seen = self.counts.get(words.stem(word), 0)
        return 1.0 - log(1 + seen) / log(2 + self.marks)
