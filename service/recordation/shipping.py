"""What customs reads of a shipment: parties against lists, and elements that must agree. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from service.core.text import N_
from service.registry.prepared import fold_name
from service.rules.markets.routes import Passage
from service.screening.domain import BrandRole, Coverage, Verdict

SERIOUS = frozenset({Verdict.BLOCKED, Verdict.HIGH})


class Light(StrEnum):
    """What a check says, worst first; never green where a register or list is not loaded."""

    RED = "red"
    AMBER = "amber"
    UNKNOWN = "unknown"
    GREEN = "green"


class Party(StrEnum):
    """Whom an export declaration names."""

    CONSIGNOR = "consignor"
    """境内收发货人."""
    MAKER = "maker"
    """生产销售单位."""
    DECLARANT = "declarant"
    """申报单位."""


class PartyStanding(StrEnum):
    """How a party stands to one recordation, worst first."""

    NOT_LISTED = "not_listed"
    NOT_ENTERED = "not_entered"
    """The holder authorised it, and it does not stand in the system of customs."""
    NOT_NAMED = "not_named"
    LISTED = "listed"
    OWNER = "owner"


class BrandType(StrEnum):
    """品牌类型 of a Chinese declaration."""

    NONE = "0"
    DOMESTIC = "1"
    ACQUIRED = "2"
    OEM = "3"
    FOREIGN = "4"


LIGHTS = tuple(Light)
STANDINGS = tuple(PartyStanding)
READ: Mapping[Passage, tuple[Party, ...]] = {
    Passage.STARTS: tuple(Party),
    Passage.CROSSES: (Party.CONSIGNOR, Party.MAKER),
    Passage.ENDS: (Party.CONSIGNOR, Party.MAKER),
}
"""Who is read where: the declaring agent at the export declaration only."""
HOME = "CN"
TEN = 10
"""Digits of a code in a Chinese declaration."""


@dataclass(frozen=True, slots=True)
class Lists:
    """Whom one recordation knows: folded names and codes."""

    owners: frozenset[str]
    users: frozenset[str]
    unentered: frozenset[str] = frozenset()


def folded(names: Iterable[str]) -> frozenset[str]:
    """Return names and codes as they are compared."""
    return frozenset(fold_name(name) for name in names if name.strip())


def standing(known_as: Collection[str], lists: Lists) -> PartyStanding:
    """Return how somebody known by these folded names stands to a recordation."""
    ours = frozenset(known_as)
    if not ours:
        return PartyStanding.NOT_NAMED
    if ours & lists.owners:
        return PartyStanding.OWNER
    if ours & lists.users:
        return PartyStanding.LISTED
    return PartyStanding.NOT_ENTERED if ours & lists.unentered else PartyStanding.NOT_LISTED


def worst(lights: Iterable[Light]) -> Light:
    """Return the worst of some lights; unknown where there is none."""
    return min(lights, key=LIGHTS.index, default=Light.UNKNOWN)


def light_of_row(verdict: Verdict, parties: Iterable[PartyStanding]) -> Light:
    """Return the light of one recordation in force."""
    found = min(parties, key=STANDINGS.index, default=PartyStanding.NOT_NAMED)
    if found in {PartyStanding.NOT_LISTED, PartyStanding.NOT_ENTERED}:
        return Light.RED if verdict in SERIOUS else Light.AMBER
    return Light.AMBER if found is PartyStanding.NOT_NAMED else Light.GREEN


def light_of_place(rows: Iterable[Light], *, loaded: bool) -> Light:
    """Return the light of a customs territory; `loaded`: its list of recordations is."""
    return worst([*rows, Light.GREEN if loaded else Light.UNKNOWN])


def light_of_market(verdict: Verdict, coverage: Coverage) -> Light:
    """Return the light of a market by the conflicts that are not with one's own mark."""
    if verdict in SERIOUS:
        return Light.RED
    if verdict in {Verdict.MEDIUM, Verdict.LOW}:
        return Light.AMBER
    clear = verdict is Verdict.NO_CONFLICT_FOUND and coverage is Coverage.COMPLETE
    return Light.GREEN if clear else Light.UNKNOWN


@dataclass(frozen=True, slots=True)
class Declared:
    """What the declaration will say of the goods, and what is known of the mark."""

    code: str
    brand_type: BrandType | None
    brand: str
    model: str
    names: tuple[str, ...]
    product_codes: tuple[str, ...]
    role: BrandRole
    owners: tuple[tuple[str, str], ...]
    """Name and country of those whose mark conflicts at the place of export."""
    ours: bool
    """Whether consignor or maker is such an owner."""


def code_warnings(told: Declared) -> list[str]:
    """Return what is wrong with the commodity code."""
    digits = _digits(told.code)
    found = []
    if len(digits) != TEN:
        found.append(N_("A Chinese declaration takes a code of ten digits."))
    known = [_digits(one) for one in told.product_codes]
    if digits and known and not any(digits.startswith(one[:TEN]) for one in known):
        found.append(N_("The code is none of those of the product."))
    return found


def brand_warnings(told: Declared) -> list[str]:
    """Return what is wrong with the brand as declared."""
    if told.brand_type is BrandType.NONE:
        return [N_("Brand type 0 means no brand: leave the brand empty.")] if told.brand else []
    if not told.brand:
        return [N_("Give the brand as it stands on the goods.")]
    if fold_name(told.brand) not in folded(told.names):
        return [N_("The declared brand is none of the names checked here.")]
    return []


def model_warnings(told: Declared) -> list[str]:
    """Return what is wrong with the model."""
    return [] if told.model else [N_("Give the model, or 无型号 where there is none.")]


ABROAD = frozenset({BrandType.OEM, BrandType.FOREIGN})
AT_HOME = frozenset({BrandType.DOMESTIC, BrandType.ACQUIRED})


def type_warnings(told: Declared) -> list[str]:
    """Return where brand type, mark owner and role contradict each other."""
    kind, countries = told.brand_type, {country for _, country in told.owners if country}
    if kind is None:
        return [N_("Choose the brand type.")]
    checks: Sequence[tuple[bool, str]] = (
        (
            kind is BrandType.NONE and bool(told.owners),
            N_("Brand type 0 says no brand, and somebody holds the name as a mark here."),
        ),
        (
            kind in AT_HOME and bool(countries) and HOME not in countries,
            N_("A domestic brand type is declared, and the mark belongs to an owner abroad."),
        ),
        (
            kind is BrandType.DOMESTIC and bool(told.owners) and not told.ours,
            N_("A brand of one's own is declared, and neither consignor nor maker owns the mark."),
        ),
        (
            kind in ABROAD and HOME in countries,
            N_("A foreign brand type is declared, and the mark belongs to an owner in China."),
        ),
        (
            kind in ABROAD and told.role is BrandRole.OWN,
            N_("A foreign brand type is declared, and the brand is said to be your own."),
        ),
        (
            kind in AT_HOME and told.role is BrandRole.OEM,
            N_("A domestic brand type is declared for goods made to a buyer's order."),
        ),
    )
    return [text for wrong, text in checks if wrong]


def _digits(code: str) -> str:
    return "".join(one for one in code if one.isdigit())
