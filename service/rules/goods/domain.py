"""What goods are, and how those of a screening relate to those of a mark: plain values."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from service.rules.markets.domain import Bilingual, Confidence


class GoodsDegree(StrEnum):
    """How near goods are; ordered by `rank`, where not knowing stands above being known far."""

    IDENTICAL = "identical"
    SIMILAR = "similar"
    UNKNOWN = "unknown"
    RELATED = "related"
    DISSIMILAR = "dissimilar"

    @property
    def rank(self) -> int:
        """Return 0 for dissimilar up to 4 for identical: the higher, the nearer to a conflict."""
        return RANKS.index(self)


RANKS = (
    GoodsDegree.DISSIMILAR,
    GoodsDegree.RELATED,
    GoodsDegree.UNKNOWN,
    GoodsDegree.SIMILAR,
    GoodsDegree.IDENTICAL,
)


class Basis(StrEnum):
    """What a degree rests on."""

    SAME_TERM = "same_term"
    INCLUDED = "included"
    SAME_GROUP = "same_group"
    LINKED_GROUP = "linked_group"
    OTHER_GROUP = "other_group"
    SAME_CODE = "same_code"
    SAME_KIND = "same_kind"
    GOODS_LINK = "goods_link"
    OTHER_GOODS = "other_goods"
    SAME_CLASS = "same_class"
    CLASS_RELATION = "class_relation"
    NO_RELATION_LISTED = "no_relation_listed"
    APPROXIMATE_ONLY = "approximate_only"
    CODE_ELSEWHERE = "code_elsewhere"
    QUERY_NOT_UNDERSTOOD = "query_not_understood"
    MARK_WITHOUT_GOODS = "mark_without_goods"
    QUERY_WITHOUT_GOODS = "query_without_goods"


class GoodsKind(StrEnum):
    """How the goods were written."""

    CLASS = "class"
    HS = "hs"
    GROUP = "group"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class NiceClass:
    """A class of the Nice Classification, in our own short words."""

    number: int
    services: bool
    name: Bilingual


@dataclass(frozen=True, slots=True)
class Article:
    """A kind of goods or services, with every word it is known by."""

    key: str
    classes: tuple[int, ...]
    groups: tuple[str, ...]
    """类似群 of the Chinese table, a part in brackets: `1204(1)`."""
    codes: tuple[str, ...]
    """Codes other offices search by (類似群コード, 유사군코드); empty where not researched."""
    broader: tuple[str, ...]
    """Keys of the articles that include this one: bicycles are land vehicles."""
    words: tuple[str, ...]
    name: Bilingual
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class GoodsItem:
    """Goods of a screening, as far as they were understood."""

    written: str
    """As the person wrote it."""
    kind: GoodsKind
    name: Bilingual
    """What it was understood as; the written words where it was not."""
    classes: tuple[int, ...] = ()
    """Nice classes; empty where the words are not in the term list: unknown, not unrelated."""
    groups: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    hs: str = ""
    """HS code as digits, empty for other kinds."""
    kit: bool = False
    """Kits 散件 (CKD, SKD) count as the vehicle they make."""
    approximate: bool = False
    """Understood by a word inside the phrase, or by an HS code as wide as a chapter, only: never
    decides that goods are identical, nor that they are related or less."""
    closest: tuple[str, ...] = ()
    """Words of the term list that come near, for goods that were not understood."""

    @property
    def understood(self) -> bool:
        """Tell whether at least a Nice class or an office's search code is known."""
        return bool(self.classes or self.groups)


class MarkGoods(Protocol):
    """Goods of one Nice class in a register (`registry.domain.GoodsClass` has this shape)."""

    @property
    def nice(self) -> int:
        """Nice class, 0 where the register gives goods without one."""

    @property
    def goods(self) -> str:
        """Text of the goods, parts separated by `;`, or empty."""

    @property
    def subgroups(self) -> Sequence[str]:
        """Codes the office searches by: 类似群, Japanese or Korean codes."""


@dataclass(frozen=True, slots=True)
class ItemRelation:
    """The nearest goods of a mark to one item of the screening."""

    item: str
    """The item as written."""
    mark_class: int
    """Class of the mark's goods it was found nearest to; 0 where there is none."""
    degree: GoodsDegree
    basis: Basis
    explanation: Bilingual


@dataclass(frozen=True, slots=True)
class GoodsRelation:
    """How the goods of a screening relate to those of a mark: the nearest item decides."""

    degree: GoodsDegree
    basis: Basis
    explanation: Bilingual
    items: tuple[ItemRelation, ...]
