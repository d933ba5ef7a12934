"""Invented names: made of syllables and characters, never taken from a list of real ones.

The stocks share no vowel and no pinyin syllable: what the catalogue is called is made of one, the
background of the register of another. So most likenesses in the demonstration are meant, and the
names of the third stock, rare and unlike both, meet nothing at all.
"""

from collections.abc import Callable, Sequence
from random import Random

PRODUCT_SOUNDS = (
    "vu zo ku ho gu bo fu ju wo xu zu vo ko hu go bu fo jo wu zhu kho ghu vou zoo kuo huo gou "
    "bou fuo"
)
PRODUCT_SYLLABLES = PRODUCT_SOUNDS.split()
PRODUCT_ENDS = ("x", "k", "z", "v", "g", "b", "")
FIELD_SOUNDS = (
    "ta le ri na se mi la de ca pe ti ra ne sa me li da ce pa te re ni si ma di ci pi tra dre cle "
    "pri stae lia nei sel"
)
FIELD_SYLLABLES = FIELD_SOUNDS.split()
FIELD_ENDS = ("n", "r", "l", "s", "d", "t", "m", "")
CLEAR_SOUNDS = "tyk vyn ryk yks lyv kym tyr byl dyrk nyg"
CLEAR_SYLLABLES = CLEAR_SOUNDS.split()
PRODUCT_HAN = "骁昊珂旭阔鲲虹冠博瑚赫擎钧煜彪奎珏骐旷弘轲翮"
FIELD_HAN = "岚沐澜森苓诺翎棠漫朗岑念陌沁绵灵黛黎芮畅棉琳澄淼诗铭泊柠若丹蒙楠潭穗"
CLEAR_HAN = "钺鹰蕴菀穹阙勤庸焱垚崛群璇筠耘羽涌"
READ = "骁昊珂旭阔鲲虹冠博赫擎钧煜彪奎骐旷弘"
ALIKE = "霄号颗绪廓坤鸿贯勃贺轻军域标葵祁况宏"
HOMOPHONES = dict(zip(READ, ALIKE, strict=True))
"""Another character of the same reading, for each that has a common one."""
NEAR_LETTERS = dict(zip("vzkhgbfjwx", "fscnqdvgvs", strict=True))
"""A letter that looks or sounds close."""


class Namer:
    """Makes names and never the same one twice."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._made: set[str] = set()

    @property
    def made(self) -> frozenset[str]:
        """Every name made so far, case folded."""
        return frozenset(name.casefold() for name in self._made)

    def product(self) -> tuple[str, str]:
        """Return an invented brand family: Chinese name, Latin name."""
        return self._han(PRODUCT_HAN), self._latin(PRODUCT_SYLLABLES, PRODUCT_ENDS, (3, 3, 4))

    def clear(self) -> tuple[str, str]:
        """Return an invented brand family that is like no other stock."""
        return self._han(CLEAR_HAN), self._latin(CLEAR_SYLLABLES, ("",), (3,))

    def field(self) -> tuple[str, str]:
        """Return an invented name of the background: Chinese, Latin."""
        return self._han(FIELD_HAN), self._latin(FIELD_SYLLABLES, FIELD_ENDS, (3, 4))

    def _latin(self, syllables: Sequence[str], ends: Sequence[str], lengths: Sequence[int]) -> str:
        random = self._random
        return self._fresh(
            lambda: (
                "".join(random.choices(syllables, k=random.choice(lengths))) + random.choice(ends)
            ).upper()
        )

    def _han(self, stock: str) -> str:
        return self._fresh(lambda: "".join(self._random.sample(stock, 3)))

    def _fresh(self, make: Callable[[], str]) -> str:
        while (name := make()) in self._made:
            pass
        self._made.add(name)
        return name


def one_letter_off(name: str) -> str:
    """Return the name with one consonant in the middle changed for a close one."""
    for at in range(len(name) // 2, len(name)):
        near = NEAR_LETTERS.get(name[at].lower())
        if near:
            return name[:at] + near.upper() + name[at + 1 :]
    return name + "A"


def letters_off(name: str) -> str:
    """Return the name with its end cut and another put on: still heard, clearly not the same."""
    return name[: max(3, len(name) - 3)] + "ARI"


def same_sound(name: str) -> str:
    """Return a Chinese name that is read alike and written in other characters."""
    return "".join(HOMOPHONES.get(char, char) for char in name)
