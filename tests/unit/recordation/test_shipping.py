"""The ship-safe check's plain parts: lights, standings, elements that must agree."""

from itertools import product

import pytest

from service.recordation.shipping import (
    BrandType,
    Declared,
    Light,
    Lists,
    PartyStanding,
    brand_warnings,
    code_warnings,
    folded,
    light_of_market,
    light_of_place,
    light_of_row,
    model_warnings,
    standing,
    type_warnings,
    worst,
)
from service.screening.domain import BrandRole, Coverage, Verdict

P = PartyStanding


def declared(**more: object) -> Declared:
    told: dict[str, object] = {
        "code": "8711600010",
        "brand_type": BrandType.DOMESTIC,
        "brand": "雅迪",
        "model": "E20",
        "names": ("雅迪", "YADEA"),
        "product_codes": ("8711.60",),
        "role": BrandRole.OWN,
        "owners": (("雅迪集团", "CN"),),
        "ours": True,
    }
    return Declared(**(told | more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("known_as", "found"),
    [
        ((), P.NOT_NAMED),
        (("雅迪集团",), P.OWNER),
        (("乙公司", "91320200MA1ABCDE2X"), P.LISTED),
        (("丙公司",), P.NOT_ENTERED),
        (("丁公司",), P.NOT_LISTED),
    ],
)
def test_a_party_is_known_by_any_of_its_names_and_codes(
    known_as: tuple[str, ...], found: PartyStanding
) -> None:
    lists = Lists(folded(["雅迪集团"]), folded(["91320200ma1abcde2x"]), folded(["丙公司"]))

    assert standing(folded(known_as), lists) is found


@pytest.mark.parametrize(
    ("verdict", "parties", "light"),
    [
        (Verdict.BLOCKED, [P.OWNER, P.LISTED, P.NOT_LISTED], Light.RED),
        (Verdict.HIGH, [P.LISTED, P.NOT_ENTERED], Light.RED),
        (Verdict.LOW, [P.LISTED, P.NOT_LISTED], Light.AMBER),
        (Verdict.BLOCKED, [P.LISTED, P.NOT_NAMED], Light.AMBER),
        (Verdict.BLOCKED, [P.LISTED, P.OWNER], Light.GREEN),
        (Verdict.BLOCKED, [], Light.AMBER),
    ],
)
def test_one_party_that_is_not_on_the_list_is_enough(
    verdict: Verdict, parties: list[PartyStanding], light: Light
) -> None:
    assert light_of_row(verdict, parties) is light


def test_nothing_is_green_where_no_list_or_register_is_loaded() -> None:
    unlit = {light_of_place([row], loaded=False) for row in Light} | {
        light_of_place([], loaded=False)
    }
    partly = {
        light_of_market(verdict, coverage)
        for verdict, coverage in product(Verdict, (Coverage.PARTIAL, Coverage.NONE))
    }

    assert Light.GREEN not in unlit | partly
    assert light_of_place([], loaded=True) is Light.GREEN
    assert light_of_market(Verdict.NO_CONFLICT_FOUND, Coverage.COMPLETE) is Light.GREEN
    assert worst([]) is Light.UNKNOWN


def test_a_declaration_that_agrees_has_no_warnings() -> None:
    told = declared()

    assert [f(told) for f in (code_warnings, brand_warnings, model_warnings, type_warnings)] == [
        [],
        [],
        [],
        [],
    ]


@pytest.mark.parametrize(
    ("check", "more"),
    [
        (code_warnings, {"code": "8711.60"}),
        (code_warnings, {"code": "9503001000"}),
        (brand_warnings, {"brand": ""}),
        (brand_warnings, {"brand": "SUNRA"}),
        (brand_warnings, {"brand_type": BrandType.NONE}),
        (model_warnings, {"model": ""}),
        (type_warnings, {"brand_type": None}),
        (type_warnings, {"brand_type": BrandType.NONE}),
        (type_warnings, {"owners": (("Acme", "US"),)}),
        (type_warnings, {"ours": False}),
        (type_warnings, {"brand_type": BrandType.FOREIGN, "role": BrandRole.OEM}),
        (type_warnings, {"brand_type": BrandType.OEM, "owners": ()}),
        (type_warnings, {"role": BrandRole.OEM}),
    ],
)
def test_what_does_not_agree_is_told(check: object, more: dict[str, object]) -> None:
    assert len(check(declared(**more))) == 1  # type: ignore[operator]
