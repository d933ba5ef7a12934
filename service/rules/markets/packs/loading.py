"""The tables of the rule packs, checked for holes and for going down where they must go up."""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from itertools import pairwise
from types import MappingProxyType
from typing import TypeVar

from service.rules.goods.domain import GoodsDegree
from service.rules.markets.domain import Bilingual, Confidence
from service.rules.markets.packs.domain import (
    AxisName,
    AxisRow,
    BandRow,
    Evidence,
    PackRule,
    RulePack,
    Script,
    SignBand,
    Standing,
    VerdictBand,
)
from service.rules.markets.tables import RuleDataError, keyed, parts, read_rows

PACKAGE = "service.rules.markets.packs"
T = TypeVar("T")
BASE = "general"
"""The pack whose tables hold where a pack has none of its own."""
GOVERNED = ("goods", "interdependence", "short", "weak", "meaning", "evidence", "language")
OPTIONAL = ("apart", "reputation")
"""What not every office has a rule for."""
GOODS = tuple(GoodsDegree)


def own_or_base(rows: Iterable[Mapping[str, str]], pack: str) -> list[Mapping[str, str]]:
    """Return the rows of a pack, or those of the base pack where it has none."""
    every = list(rows)
    own = [row for row in every if row["pack"] == pack]
    return own or [row for row in every if row["pack"] == BASE]


@cache
def pack_rules() -> Mapping[str, PackRule]:
    """Return every rule of practice by its id (`EU-9`)."""
    columns = ("id", "pack", "zh", "en", "reference", "confidence")
    rows = read_rows(PACKAGE, "pack_rules.csv", columns)
    return MappingProxyType(
        keyed(
            "pack_rules.csv",
            rows,
            "id",
            lambda row: PackRule(
                row["id"],
                row["pack"],
                Bilingual(row["zh"], row["en"]),
                row["reference"],
                Confidence(row["confidence"]),
            ),
        )
    )


def read_bands(pack: str) -> tuple[BandRow, ...]:
    """Return the thresholds of a pack by script and length, the base's for scripts it has none of.

    Raises:
        RuleDataError: thresholds that do not fall from high to low, or lengths that do not rise.
    """
    columns = ("pack", "script", "longest", "high", "average", "low", "source")
    rows = read_rows(PACKAGE, "bands.csv", columns)
    found: list[BandRow] = []
    for script in Script:
        of_script = own_or_base([row for row in rows if row["script"] == script], pack)
        made = [
            BandRow(
                script,
                int(row["longest"]),
                float(row["high"]),
                float(row["average"]),
                float(row["low"]),
                row["source"],
            )
            for row in of_script
        ]
        check_bands(pack, made)
        found += made
    return tuple(found)


def check_bands(pack: str, rows: list[BandRow]) -> None:
    """Refuse thresholds that contradict one another.

    Raises:
        RuleDataError: a missing script, lengths out of order, thresholds out of order or of range,
            or lower for shorter marks than for longer ones.
    """
    if not rows or any(a.longest >= b.longest for a, b in pairwise(rows)):
        raise RuleDataError(f"bands.csv {pack}: lengths must be there and rise")
    if not all(0 < row.low < row.average < row.high < 1 for row in rows):
        raise RuleDataError(
            f"bands.csv {pack}: thresholds must fall from high to low within 0 and 1"
        )
    if any(a.high < b.high or a.average < b.average or a.low < b.low for a, b in pairwise(rows)):
        raise RuleDataError(f"bands.csv {pack}: thresholds must not rise with length")


def read_axes(pack: str) -> Mapping[tuple[AxisName, Evidence], AxisRow]:
    """Return what each axis may do at each evidence; without a row it keeps what weaker gives.

    Raises:
        RuleDataError: an axis without a row, or one that falls as evidence grows.
    """
    columns = ("pack", "axis", "evidence", "ceiling", "when_identical", "when_high")
    rows = own_or_base(read_rows(PACKAGE, "axes.csv", columns), pack)
    given = {
        (AxisName(row["axis"]), Evidence(row["evidence"])): AxisRow(
            SignBand(row["ceiling"]), SignBand(row["when_identical"]), SignBand(row["when_high"])
        )
        for row in rows
    }
    found: dict[tuple[AxisName, Evidence], AxisRow] = {}
    for axis in AxisName:
        row = given.get((axis, Evidence.NONE))
        for evidence in Evidence:
            row = given.get((axis, evidence), row)
            if row is None or row.when_high.rank > row.when_identical.rank:
                raise RuleDataError(f"axes.csv {pack}: {axis} lacks a row or falls")
            found[axis, evidence] = row
        for weaker, stronger in pairwise(found[axis, evidence] for evidence in Evidence):
            if not all(
                b.rank >= a.rank for a, b in zip(levels(weaker), levels(stronger), strict=True)
            ):
                raise RuleDataError(f"axes.csv {pack}: {axis} falls as evidence grows")
    return MappingProxyType(found)


def levels(row: AxisRow) -> tuple[SignBand, ...]:
    """Return the bands of an axis row."""
    return row.ceiling, row.when_identical, row.when_high


def read_interdependence(pack: str) -> Mapping[tuple[SignBand, GoodsDegree], VerdictBand]:
    """Return the verdict for each band of signs and degree of goods.

    Raises:
        RuleDataError: a band missing or twice, or a verdict that falls as either gets nearer.
    """
    columns = ("pack", "sign", *GOODS)
    rows = own_or_base(read_rows(PACKAGE, "interdependence.csv", columns), pack)
    if [row["sign"] for row in rows] != list(SignBand):
        raise RuleDataError(f"interdependence.csv {pack}: one row for each band, nearest first")
    found = {
        (SignBand(row["sign"]), degree): VerdictBand(row[degree])
        for row in rows
        for degree in GOODS
    }
    for (sign, degree), verdict in found.items():
        for (other_sign, other_degree), other in found.items():
            nearer = other_sign.rank >= sign.rank and other_degree.rank >= degree.rank
            if nearer and other.rank < verdict.rank:
                raise RuleDataError(
                    f"interdependence.csv {pack}: {sign}/{degree} exceeds {other_sign}"
                )
    return MappingProxyType(found)


@cache
def sign_rules() -> Mapping[str, tuple[str, ...]]:
    """Return the packs that follow each of the examiners' rules about two signs, by its id."""
    columns = ("rule", "packs", "source", "confidence")
    rows = read_rows(PACKAGE, "sign_rules.csv", columns)
    return MappingProxyType(keyed("sign_rules.csv", rows, "rule", _followed))


def _followed(row: Mapping[str, str]) -> tuple[str, ...]:
    Confidence(row["confidence"])
    return parts(row["packs"])


def read_pack(row: Mapping[str, str]) -> RulePack:
    """Return a pack from its row and its tables; a rule it names must be its own."""
    named = {governed: row[f"rule_{governed}"] for governed in (*GOVERNED, *OPTIONAL)}
    rules = {
        governed: pack_rules()[rule]
        for governed, rule in named.items()
        if rule or governed in GOVERNED
    }
    if any(rule.pack != row["id"] for rule in rules.values()):
        raise RuleDataError("a pack names a rule of another pack")
    return RulePack(
        id=row["id"],
        name=Bilingual(row["name_zh"], row["name_en"]),
        reading_languages=parts(row["reading_languages"]),
        meaning_languages=parts(row["meaning_languages"]),
        bands=read_bands(row["id"]),
        axes=read_axes(row["id"]),
        interdependence=read_interdependence(row["id"]),
        rules=MappingProxyType(rules),
        signs=frozenset(rule for rule, packs in sign_rules().items() if row["id"] in packs),
    )


@cache
def packs() -> Mapping[str, RulePack]:
    """Return every rule pack by its id.

    Raises:
        RuleDataError: a table with a hole, an unknown word, or an order that is not kept.
    """
    columns = (
        "id",
        "name_zh",
        "name_en",
        "reading_languages",
        "meaning_languages",
        *(f"rule_{one}" for one in (*GOVERNED, *OPTIONAL)),
    )
    rows = read_rows(PACKAGE, "packs.csv", columns)
    return MappingProxyType(keyed("packs.csv", rows, "id", read_pack))


def _with_reasons(
    file: str, key: str, column: str, word: Callable[[str], T]
) -> dict[str, tuple[T, Bilingual]]:
    """Return a table of one word and its reason in both languages, by key."""
    rows = read_rows(PACKAGE, file, (key, column, "zh", "en"))
    return keyed(file, rows, key, lambda row: (word(row[column]), Bilingual(row["zh"], row["en"])))


@cache
def strengths() -> Mapping[str, tuple[Evidence, Bilingual]]:
    """Return what an entered equivalent of each strength is evidence of where it holds, and why."""
    return MappingProxyType(_with_reasons("strengths.csv", "strength", "evidence", Evidence))


@cache
def standings() -> Mapping[Standing, tuple[VerdictBand, Bilingual]]:
    """Return the most a mark of each standing can do, and why."""
    made = _with_reasons("standings.csv", "standing", "most", VerdictBand)
    return MappingProxyType({standing: made[standing] for standing in Standing})
