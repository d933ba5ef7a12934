"""Words to articles: folding, head words, and what to try when a phrase is not in the list."""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import opencc

KNOCKED_DOWN = re.compile(
    r"(?:整车|成套|全|半)?散件|未组装的?|(?:(?:整车|成套)\s*)?(?<![a-z])(?:in\s+)?(?:ckd|skd)(?![a-z])"
    r"(?:\s+(?:kits?|form|condition)\b)?|"
    r"\b(?:completely[\s-]|semi[\s-])?knocked[\s-]down(?:\s+form)?\b|\bunassembled\b",
    re.IGNORECASE,
)
"""What says for certain that goods come unassembled: a vehicle so described is that vehicle
(HS general rule 2(a); HONDAKIT), whatever else is said of it."""
KIT = re.compile(rf"{KNOCKED_DOWN.pattern}|\b(?:assembly\s+)?kits?\b", re.IGNORECASE)
"""The same and `kit`, which other goods come as too: first aid kits for cars are no cars."""
OF = re.compile(r"^\s*(?:for|of)\b", re.IGNORECASE)

PART = re.compile(
    r"(?:用)?(?:零部件|零配件|配件|零件|部件|附件)$|"
    r"^\s*(?:spare\s+)?(?:parts|components)(?:\s+and\s+(?:fittings|accessories))?\s+(?:for|of)\s+|"
    r"\s(?:spare\s+)?(?:parts|components)(?:\s+and\s+(?:fittings|accessories))?\s*$",
    re.IGNORECASE,
)
"""What says that goods are parts of the vehicle named beside it."""
KIT_ARTICLE = "kit-vehicle"
PART_ARTICLE = "vehicle-part"

NEUTRAL = frozenset(
    {
        *("智能", "新款", "高端", "家用", "成人", "便携", "可折叠", "折叠", "新", "高速"),
        *("smart", "foldable", "folding", "portable", "new", "premium", "adult", "wholesale"),
    }
)
"""Words beside a head that leave it the goods it is."""

TAIL = re.compile(
    r"\s(?:for|with|without|being|namely|used|adapted|of|in|made|other than|except)\s.*$"
)
"""Where an English head ends: `batteries for electric bicycles` are batteries."""
BRACKETS = re.compile(r"[(\[（【][^)\]）】]*[)\]）】]")
STRONG = re.compile(r"[;；|。\r\n]")
WEAK = re.compile(r"[、,，]")
KEPT = re.compile(r"[^\w\u2e80-\u9fff]+")
HAN = re.compile(r"[\u3400-\u9fff]")
LONGEST_HAN = 16
LONGEST_TOKENS = 7


def singular(token: str) -> str:
    """Return an English token without its plural ending, so that both numbers meet."""
    if len(token) <= 3 or token.endswith(("ss", "us", "is")):
        return token
    if token.endswith("ies"):
        return token[:-3] + "y"
    if token.endswith(("ches", "shes", "xes", "sses")):
        return token[:-2]
    return token[:-1] if token.endswith("s") else token


@cache
def simplifier() -> Callable[[str], str]:
    """Return the converter from traditional to simplified characters."""
    convert: Callable[[str], str] = opencc.OpenCC("t2s").convert
    return convert


def fold_phrase(text: str) -> str:
    """Return what words are looked up by: NFKC, simplified, lower case, no punctuation, singular.

    Brackets keep their words (`踏板车（车辆）` differs from `踏板车`).
    """
    if HAN.search(text):
        text = simplifier()(text)
    plain = unicodedata.normalize("NFKC", text).casefold().replace("'s ", " ").replace("'", "")
    return " ".join(singular(token) for token in KEPT.sub(" ", plain).split())


def split_terms(text: str, lexicon: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Return the single goods of a text; a word of the list that holds commas stays whole.

    `;` and line ends always part goods; commas and `、` where the whole is no word of the list.
    """
    found: list[str] = []
    for part in STRONG.split(text):
        known = fold_phrase(part) in lexicon
        found += [part.strip()] if known else [piece.strip() for piece in WEAK.split(part)]
    return [term for term in found if term]


@dataclass(frozen=True, slots=True)
class Understanding:
    """What a phrase was understood as."""

    articles: tuple[str, ...] = ()
    kit: bool = False
    by_head: bool = False
    """The head of the phrase was known, the words around it were not: boxing gloves are gloves,
    yet of another class. Trusted where a register confirms the class, approximate elsewhere."""
    inside: bool = False
    """Only some word inside the phrase was known."""

    @property
    def approximate(self) -> bool:
        """Tell whether the phrase may mean something of another class."""
        return self.by_head or self.inside


def pieces(folded: str) -> Iterator[str]:
    """Yield the parts of a folded phrase that may be a word of the list, the longest first."""
    tokens = folded.split()
    spans = [
        " ".join(tokens[start:end])
        for start in range(len(tokens))
        for end in range(start + 1, min(len(tokens), start + LONGEST_TOKENS) + 1)
    ]
    for run in (token for token in tokens if HAN.search(token)):
        spans += [
            run[start:end]
            for start in range(len(run))
            for end in range(start + 2, min(len(run), start + LONGEST_HAN) + 1)
        ]
    yield from sorted(set(spans), key=lambda span: (-len(span), span))


def heads(folded: str) -> Iterator[str]:
    """Yield the endings of a folded phrase, the longest first: the head stands at the end."""
    tokens = folded.split()
    for start in range(max(0, len(tokens) - LONGEST_TOKENS), len(tokens)):
        yield " ".join(tokens[start:])
    last = tokens[-1] if tokens else ""
    if HAN.search(last):
        for start in range(max(1, len(last) - LONGEST_HAN), len(last) - 1):
            yield last[start:]


def neutral(words: str) -> bool:
    """Tell whether words change no class: sizes and voltages (`60v`), or words of `NEUTRAL`."""
    return all(re.search(r"\d", word) or word in NEUTRAL for word in words.split())


def named(phrase: str, lexicon: Mapping[str, tuple[str, ...]]) -> Understanding:
    """Return what a phrase names: by itself, without its brackets, or by its head."""
    folded = fold_phrase(phrase)
    bare = fold_phrase(BRACKETS.sub(" ", phrase))
    head = fold_phrase(TAIL.sub("", BRACKETS.sub(" ", phrase).casefold()))
    for candidate in (folded, folded.replace("用", ""), bare, *heads(head)):
        if candidate in lexicon:
            rest = folded.replace("用", "").replace(candidate.replace("用", ""), " ", 1)
            return Understanding(lexicon[candidate], by_head=not neutral(rest))
    return Understanding()


def without_kits(text: str) -> str:
    """Return a text without what says that goods come as kits: `CKD kits for cars` is `cars`."""
    return OF.sub(" ", KIT.sub(" ", text)).strip()


def kit_of(
    written: str, lexicon: Mapping[str, tuple[str, ...]], vehicles: Collection[str]
) -> Understanding:
    """Return the vehicle a phrase names as a kit, or nothing.

    `kit` alone makes one only where nothing but the vehicle is left without it, knocked down
    (散件, CKD) wherever the goods are a vehicle; `60V CKD` alone is a kit of some vehicle.
    """
    goods = without_kits(written)
    if goods == written.strip():
        return Understanding()
    sure = KNOCKED_DOWN.search(written) is not None
    if sure and neutral(fold_phrase(goods)):
        return Understanding((KIT_ARTICLE,), kit=True)
    of = named(goods, lexicon)
    if of.articles and set(of.articles) <= set(vehicles) and (sure or not of.by_head):
        return Understanding(of.articles, kit=True, by_head=of.by_head)
    return Understanding()


def part_of(
    written: str, lexicon: Mapping[str, tuple[str, ...]], vehicles: Collection[str]
) -> Understanding:
    """Return parts of a vehicle where a phrase names one beside words for parts, or nothing."""
    rest = PART.sub(" ", written)
    of = named(rest, lexicon) if rest != written else Understanding()
    if of.articles and set(of.articles) <= set(vehicles):
        return Understanding((PART_ARTICLE,), by_head=of.by_head)
    return Understanding()


def look_up(
    phrase: str, lexicon: Mapping[str, tuple[str, ...]], vehicles: Collection[str]
) -> Understanding:
    """Return what a phrase of goods means by the lexicon; nothing is guessed beyond its words.

    Tried in turn: the phrase itself; a vehicle with kit words taken off (散件, CKD); a vehicle with
    part words taken off, which makes it parts; the phrase without brackets, its English head
    before `for` or `with`, its ending (`60V锂电池` ends in 锂电池); the same of other goods that
    come as kits; and last any word inside. All but the first and neutral words around a head make
    it `approximate`.

    Args:
        phrase: the words as written.
        lexicon: article keys by folded word.
        vehicles: keys of the articles whose kits and parts are known by these words.
    """
    written = unicodedata.normalize("NFKC", phrase)
    whole = lexicon.get(fold_phrase(written), ())
    if whole:
        return Understanding(whole, kit=KIT_ARTICLE in whole)
    for understand in (kit_of, part_of):
        found = understand(written, lexicon, vehicles)
        if found.articles:
            return found
    goods = without_kits(written)
    for text in (written, goods):
        found = named(text, lexicon)
        if found.articles and KIT_ARTICLE not in found.articles:
            return found
    for candidate in pieces(fold_phrase(goods)):
        if candidate in lexicon:
            return Understanding(lexicon[candidate], inside=True)
    return Understanding()
