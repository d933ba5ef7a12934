"""What an origin asks of an exporter: rules and documents, never a milder verdict."""

from collections.abc import Mapping
from functools import cache

from service.rules.markets.domain import Bilingual, Confidence
from service.rules.markets.packs.domain import DutyKind, OriginDuty
from service.rules.markets.packs.loading import PACKAGE
from service.rules.markets.tables import RuleDataError, keyed, read_rows

ROLES = ("any", "own", "oem", "distributor", "kit")


def read_duty(row: Mapping[str, str]) -> OriginDuty:
    """Return a duty from a row of `origin_duties.csv`.

    Raises:
        RuleDataError: a role the screening does not know.
    """
    if row["role"] not in ROLES:
        raise RuleDataError(f"no role {row['role']!r}")
    return OriginDuty(
        row["id"],
        DutyKind(row["kind"]),
        Bilingual(row["zh"], row["en"]),
        row["reference"],
        Confidence(row["confidence"]),
    )


@cache
def duties() -> tuple[tuple[str, str, OriginDuty], ...]:
    """Return every duty with its origin and role, in the order of the table."""
    columns = ("id", "origin", "role", "kind", "zh", "en", "reference", "confidence")
    rows = read_rows(PACKAGE, "origin_duties.csv", columns)
    made = keyed("origin_duties.csv", rows, "id", read_duty)
    return tuple((row["origin"], row["role"], made[row["id"]]) for row in rows)


def duties_of(origin: str, *, role: str = "own", kit: bool = False) -> tuple[OriginDuty, ...]:
    """Return the rules and documents that goods of an origin call for.

    Args:
        origin: market code the goods come from; one without rows asks for nothing we researched.
        role: `own`, `oem` or `distributor`.
        kit: whether goods go as kits 散件.
    """
    wanted = {"any", role} | ({"kit"} if kit else set())
    return tuple(duty for at, of, duty in duties() if at == origin.upper() and of in wanted)
