"""Inflected forms of one word: what CN-9 takes for the same, and plurals of the lexicon."""

from collections.abc import Iterator

_VOWELS = "aeiou"
_SHORTEST = 3
"""Letters of the shortest word that is inflected: KING is no form of K."""
COMPARED = frozenset(
    (
        *("big", "black", "bold", "brave", "bright", "clean", "clear", "close", "cool", "dark"),
        *("deep", "fair", "fast", "fine", "fresh", "full", "grand", "great", "hard", "heavy"),
        *("high", "hot", "kind", "large", "light", "long", "loud", "low", "mild", "near", "neat"),
        *("new", "nice", "old", "pale", "pure", "quick", "quiet", "rare", "rich", "safe", "sharp"),
        *("short", "simple", "slim", "slow", "small", "smart", "smooth", "soft", "sound", "sour"),
        *("straight", "strong", "sweet", "swift", "tall", "thick", "thin", "tight", "tough"),
        *("true", "warm", "weak", "wet", "wide", "wild", "wise", "young"),
        *("dry", "early", "easy", "happy", "healthy", "lucky", "pretty", "silky", "sunny", "tasty"),
    )
)
"""Adjectives of which comparatives are known: CORNER is no more corn. An own list."""


def inflected(one: str, other: str) -> bool:
    """Whether two words are one, or differ as gerund or in comparison (CN-9)."""
    short, long = sorted((one, other), key=len)
    if one == other or (len(short) >= _SHORTEST and long in _forms(short)):
        return True
    return short in _COMPARISONS and _COMPARISONS[short] == _COMPARISONS.get(long)


def _forms(word: str) -> Iterator[str]:
    """Gerund of an English word, and comparative and superlative of the adjectives known."""
    endings = ("ing", "er", "est") if word in COMPARED else ("ing",)
    yield from (base + ending for base in _bases(word) for ending in endings)


def _bases(word: str) -> tuple[str, ...]:
    """A word as it stands before an ending that begins with a vowel (RUN, SAVE, HEAVY)."""
    if word[-1] == "e":
        return (word[:-1],)
    if word[-1] == "y" and word[-2] not in _VOWELS:
        return word, word[:-1] + "i"
    doubled = word[-1] not in _VOWELS + "wxy" and word[-2] in _VOWELS and word[-3] not in _VOWELS
    return (word, word + word[-1]) if doubled else (word,)


_COMPARISONS = {form: word for word in sorted(COMPARED) for form in _forms(word)}
"""Adjectives by their forms: FASTER and FASTEST are both of FAST."""
_LONG_ENOUGH = 5
"""Letters of the shortest Italian word whose plural is told: short ones would meet names."""


def plural(word: str, language: str) -> str:
    """The plural of a folded noun where no final s makes it; empty where one does.

    Spanish (flor, flores; luz, luces), French (oiseau, oiseaux; cheval, chevaux) and Italian
    (fiore, fiori; stella, stelle).
    """
    last = word[-1:]
    if not word.isascii() or not word.isalpha():
        return ""
    if language == "es" and last not in _VOWELS + "s" and len(word) >= _SHORTEST:
        return word[:-1] + "ces" if last == "z" else word + "es"
    if language == "fr" and word.endswith(("eau", "al")):
        return word + "x" if last == "u" else word[:-1] + "ux"
    if language == "it" and len(word) >= _LONG_ENOUGH and last in "aeo" and word[-2] not in "cgi":
        return word[:-1] + {"a": "e", "e": "i", "o": "i"}[last]
    return ""
