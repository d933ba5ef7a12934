"""Reads the files of authorities: shared fields and documents once, each authority in a file."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from service.core.text import N_
from service.rules.authorities.domain import Authority, Standing
from service.rules.authorities.errors import AuthorityUnknown
from service.rules.loader import library
from service.rules.markets import UnknownMarket, market, markets
from service.rules.schema import Text
from service.rules.yaml_files import must_know, parse, read_yaml, refuse

DATA = Path(__file__).parent / "data"
SHARED = "shared.yaml"
UNREAD = "not_researched.yaml"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All authorities by code, and whether a market has one of its own."""

    by_code: Mapping[str, Authority]
    by_market: Mapping[str, str]


@cache
def catalogue() -> Catalogue:
    """Return the catalogue that ships with the product, read once."""
    return load_authorities(DATA)


def authorities() -> tuple[Authority, ...]:
    """Return all authorities: the full ones first, as listed, then the others by standing."""
    return tuple(catalogue().by_code.values())


def authority(code: str) -> Authority:
    """Return an authority by its code.

    Raises:
        AuthorityUnknown: there is none.
    """
    found = catalogue().by_code.get(code)
    if found is None:
        raise AuthorityUnknown(
            N_("There is no customs authority “{authority}”. The list of authorities names all."),
            authority=code,
        )
    return found


def authority_of_market(name: str) -> Authority:
    """Return the authority that answers for a market, a member state's being its union's.

    Raises:
        AuthorityUnknown: the market is unknown, or no authority stands for it in the catalogue.
    """
    try:
        code = catalogue().by_market.get(market(name).territory)
    except UnknownMarket:
        code = None
    if code is None:
        raise AuthorityUnknown(
            N_("Customs recordation in “{authority}” was not researched."), authority=name
        )
    return catalogue().by_code[code]


def load_authorities(folder: Path) -> Catalogue:
    """Read a folder of authorities.

    Raises:
        RuleDataRefused: a file says something that is not understood, or names an unknown rule.
    """
    shared = read_yaml(folder / SHARED)
    order = shared.pop("order", [])
    found: dict[str, Authority] = {}
    for path in sorted(folder.glob("*.yaml")):
        if path.name not in {SHARED, UNREAD}:
            row = _filled(read_yaml(path), shared, path.name)
            made = parse(Authority, row, path.name, str(row.get("code", "?")))
            must_know(made.code == path.stem, path.name, made.code, "file of", made.code)
            found[made.code] = made
    for code, zone in read_yaml(folder / UNREAD).get("markets", {}).items():
        made = _unread(code, zone)
        found[made.code] = made
    must_know(set(order) == set(found), SHARED, "order", "code", str(set(order) ^ set(found)))
    for made in found.values():
        _check(made)
    in_order = {code: found[code] for code in order}
    return Catalogue(in_order, {made.market: made.code for made in reversed(in_order.values())})


def _check(made: Authority) -> None:
    file = f"{made.code}.yaml"
    must_know(made.market in markets(), file, made.code, "market", made.market)
    for rule in sorted(made.rule_ids()):
        must_know(rule in library().families, file, made.code, "rule", rule)


def _unread(code: str, zone: str) -> Authority:
    name = market(code).name
    words = Text(zh=f"{name.zh}海关", en=f"Customs of {name.en}")
    return Authority(
        code=f"{code.lower()}-customs",
        market=code,
        time_zone=zone,
        standing=Standing.NOT_RESEARCHED,
        name=words,
        short=code,
    )


def _filled(row: dict[str, Any], shared: Mapping[str, Any], file: str) -> dict[str, Any]:
    """Put the shared words of fields and documents under the keys an authority names."""
    row = dict(row)
    row["groups"] = [
        {**group, "fields": [_shared(one, shared["fields"], file) for one in group["fields"]]}
        for group in row.get("groups", [])
    ]
    row["documents"] = [_shared(one, shared["documents"], file) for one in row.get("documents", [])]
    return row


def _shared(one: Any, words: Mapping[str, Any], file: str) -> dict[str, Any]:
    own = {"key": one} if isinstance(one, str) else dict(one)
    known = words.get(own.get("key", ""))
    if known is None:
        refuse(file, str(own.get("key")), "neither a shared field nor a shared document")
    return {**known, **own}
