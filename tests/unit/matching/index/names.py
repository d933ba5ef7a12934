"""Small registers for the tests of the index, and what the oracle says of them."""

from service.matching.engine import Exhaustive, Sign
from service.matching.exhaustive import Found
from service.matching.index import Identity, MarkRow
from service.matching.prepared import prepare

IDENTITY = Identity(database="d1", forms="1", engine="e1")
WORDS = (
    "SUN",
    "SUNSET",
    "HOTEL",
    "CHINA",
    "UNI-MAX",
    "HE&ME",
    "Sertun",
    "苹果",
    "华为科技",
    "KOLIBRI",
)
QUERIES = tuple(
    prepare(Sign(text)) for text in ("SUNSET HOTEL", "CERTAIN", "华为", "UNI", "COLIBRI")
)


def row(key: int, change: int = 1, text: str = "") -> MarkRow:
    """A mark whose name follows from its key and change unless given."""
    first, second = WORDS[key % len(WORDS)], WORDS[(key * 7 + change) % len(WORDS)]
    return MarkRow(key, change, Sign(text or f"{first} {second} {key % 13}"))


def oracle(rows: list[MarkRow]) -> list[list[Found]]:
    """What each of QUERIES finds among the rows."""
    every = Exhaustive((one.key, one.sign) for one in rows)
    return [every.search(query) for query in QUERIES]
