"""One of two marks that are compared: its words, its core, what it says and how it sounds."""

from dataclasses import dataclass
from functools import cached_property

from service.matching import normalise, senses, sounding, words
from service.matching.kinds import FormKind
from service.matching.normalise import Token
from service.matching.prepared import Prepared
from service.matching.weights import TokenWeights

LEAST_READ = 3
"""Han characters from which CN-3 asks what a mark says."""
COMMON = 0.45
"""Words of at most this rarity in the class of goods do not distinguish there; a screening gives no
statistics, and no decided pair hangs on it (docs/matching.md)."""


@dataclass(frozen=True)
class Side:
    """One of the two marks."""

    prepared: Prepared
    weights: TokenWeights | None

    @cached_property
    def folded(self) -> str:
        """The folded text."""
        return normalise.fold(self.prepared.sign.text)

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """Its words."""
        return normalise.tokens_of(self.folded)

    @cached_property
    def stems(self) -> tuple[str, ...]:
        """Stems of its words, in order."""
        return tuple(words.stem(token.text) for token in self.tokens)

    @cached_property
    def singulars(self) -> tuple[str, ...]:
        """Singulars of its words but articles, sorted."""
        told = (token.text for token in self.tokens if token.text not in words.ARTICLES)
        return tuple(sorted(map(senses.singular_of, told)))

    @cached_property
    def latin(self) -> str:
        """Its words that are not Han, joined."""
        return "".join(token.text for token in self.tokens if not token.han)

    @cached_property
    def han(self) -> str:
        """Its Han characters."""
        return "".join(token.text for token in self.tokens if token.han)

    @cached_property
    def bare(self) -> str:
        """All of it, joined."""
        return "".join(token.text for token in self.tokens)

    def weak(self, word: str) -> bool:
        """Whether a word distinguishes little, by the lists or by the statistics of the class."""
        if words.weight_of(word) <= words.WEAK:
            return True
        return self.weights is not None and self.weights.rarity(word) <= COMMON

    def tells_little(self, word: str) -> bool:
        """Whether a word that two marks share is no reason for a conflict: weak, or a colour."""
        return self.weak(word) or words.weight_of(word) <= words.DESCRIPTIVE

    @cached_property
    def core(self) -> str:
        """Its words without the weak ones, and without weak endings; all of it if all are weak."""
        kept = [words.core_of(token.text) for token in self.tokens if not self.weak(token.text)]
        return "".join(kept) or self.bare

    @cached_property
    def sound(self) -> int:
        """How the whole sounds, see `sounding`."""
        return sounding.sound_of(self.tokens)

    @cached_property
    def weak_core(self) -> str:
        """The core of its one word, where that is weak whatever the goods: 无锡 of 无锡科技."""
        return self.core if self.core != self.bare and words.weak_for_all(self.core) else ""

    @cached_property
    def tail(self) -> str:
        """What is left of its last word without that word's core.

        Empty where nothing is, and where that word is weak as a whole (MOTORS is no MOTO).
        """
        last = self.tokens[-1].text if self.tokens else ""
        return words.tail_of(last) if last and words.weight_of(last) > words.WEAK else ""

    @cached_property
    def meanings(self) -> dict[str, str]:
        """Concept ids, or stems, of its words that distinguish, and the words they come from."""
        held = self.prepared.by_kind.get(FormKind.SENSE, ())
        return {form.text: form.shown for form in held if not self.weak(form.text.lstrip("="))}

    @cached_property
    def concepts(self) -> tuple[str, ...]:
        """Concept ids of the mark; empty unless all of its words that distinguish have one."""
        known = sorted(self.meanings)
        return tuple(known) if all(text.startswith("=") for text in known) else ()

    @cached_property
    def rendered(self) -> dict[str, str]:
        """What all its words say, weak ones too, by concept or by the name of a place in letters.

        And the words these come from; empty unless all of them are known. A place written in Han
        is known by its pinyin.
        """
        held = self.prepared.by_kind
        forms = held.get(FormKind.RENDERED) or held.get(FormKind.SENSE, ())
        told = {form.text: form.shown for form in forms if tells(form.text.lstrip("="))}
        known = all(text.startswith("=") or words.is_place(text) for text in told)
        return told if known else {}

    @cached_property
    def read(self) -> tuple[str, ...]:
        """What three and more Han characters and nothing else say, see `senses.read`."""
        alone = len(self.han) >= LEAST_READ and self.han == self.bare
        return senses.read(self.han) if alone else ()

    def begins_apart(self, text: str) -> bool:
        """Whether it begins with a text that stands by itself there.

        A word ends with it, or what follows inside the same word is a weak word or one of the
        lexicon (YADEABIKE, LIONHEART; not LIONESS).
        """
        if not self.bare.startswith(text):
            return False
        for token in self.tokens:
            if len(token.text) > len(text):
                rest = token.text[len(text) :]
                return not text or (len(rest) > 1 and _is_word(rest))
            text = text[len(token.text) :]
        return True

    def without(self, shared: set[str]) -> list[str]:
        """Stems of its words that tell anything, but for some."""
        return [stem for stem in self.stems if stem not in shared and tells(stem)]

    def readings(self, kind: str) -> set[str]:
        """Texts of its whole forms of a kind."""
        return {form.text for form in self.prepared.by_kind.get(kind, ()) if form.share >= 700}


def tells(word: str) -> bool:
    """Whether a word is more than an article or a preposition."""
    return words.weight_of(word) > words.FUNCTION


def _is_word(text: str) -> bool:
    return words.weight_of(text) <= words.WEAK or senses.concept_of(text).startswith("=")
