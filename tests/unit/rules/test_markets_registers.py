import pytest

from service.rules.markets import UnknownMarket, market, office, registers_of
from service.rules.markets.errors import UnknownOffice


def offices_of(name: str) -> set[str]:
    return {need.office for need in registers_of(name)}


def madrid(name: str) -> set[str]:
    return {code for need in registers_of(name) for code in need.designations}


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("DE", {"DE", "EM", "WO"}),
        ("FR", {"FR", "EM", "WO"}),
        ("BE", {"BX", "EM", "WO"}),
        ("NL", {"BX", "EM", "WO"}),
        ("LU", {"BX", "EM", "WO"}),
        ("US", {"US", "WO"}),
        ("CN", {"CN", "WO"}),
        ("HK", {"HK"}),
        ("MO", {"MO"}),
        ("TW", {"TW"}),
        ("GB", {"GB", "WO"}),
        ("CH", {"CH", "WO"}),
        ("BD", {"BD"}),
        ("NG", {"NG"}),
        ("PE", {"PE"}),
        ("MM", {"MM"}),
        ("ZA", {"ZA"}),
        ("OA", {"OA", "WO"}),
        ("CI", {"OA", "WO"}),
        ("ZM", {"ZM", "WO"}),
        ("UG", {"UG", "AP"}),
        ("XX", {"XX"}),
    ],
)
def test_all_registers_that_bind_in_a_market_are_named(code: str, expected: set[str]) -> None:
    assert offices_of(code) == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("DE", {"DE", "EM"}),
        ("NL", {"BX", "EM"}),
        ("MT", {"EM"}),
        ("US", {"US"}),
        ("CN", {"CN"}),
        ("CI", {"OA"}),
        ("TW", set()),
    ],
)
def test_the_designations_that_reach_a_market_are_named(code: str, expected: set[str]) -> None:
    assert madrid(code) == expected


@pytest.mark.parametrize(
    ("code", "designation"),
    [("DE", "EU"), ("NL", "NL"), ("GB", "UK"), ("CI", "CI"), ("FR", "EM"), ("US", "US")],
)
def test_a_designation_written_otherwise_still_reaches_the_market(
    code: str, designation: str
) -> None:
    need = next(need for need in registers_of(code) if need.office == "WO")
    assert need.reached_by([designation])


def test_a_designation_of_china_does_not_reach_hong_kong() -> None:
    assert not any(need.office == "WO" for need in registers_of("HK"))


def test_a_designation_of_another_state_does_not_reach_the_market() -> None:
    need = next(need for need in registers_of("DE") if need.office == "WO")
    assert not need.reached_by(["FR", "US"])


def test_the_union_needs_every_national_register_within_it() -> None:
    part = {need.office for need in registers_of("EU") if not need.whole_market}
    assert {"DE", "FR", "BX", "MT"} <= part
    assert len(part) == 25


def test_the_union_mark_binds_in_the_whole_union() -> None:
    assert {need.office for need in registers_of("EU") if need.whole_market} == {"EM", "WO"}


@pytest.mark.parametrize("name", ["de", " DE ", "Germany", "德国", "ＤＥ"])
def test_a_market_is_found_by_code_or_name(name: str) -> None:
    assert market(name).code == "DE"


@pytest.mark.parametrize(("alias", "code"), [("UK", "GB"), ("EM", "EU"), ("中国", "CN")])
def test_a_market_is_found_by_its_usual_alias(alias: str, code: str) -> None:
    assert market(alias).code == code


@pytest.mark.parametrize(("typo", "code"), [("GERMNY", "DE"), ("Viet Nam", "VN"), ("埃及国", "EG")])
def test_an_unknown_market_names_the_closest(typo: str, code: str) -> None:
    with pytest.raises(UnknownMarket) as caught:
        market(typo)
    assert code in str(caught.value.members["closest"])


def test_an_unknown_market_with_nothing_close_says_how_to_write_one() -> None:
    with pytest.raises(UnknownMarket, match="two-letter"):
        market("★★★★")


def test_an_unknown_register_is_a_problem() -> None:
    with pytest.raises(UnknownOffice):
        office("QQ")


def test_a_name_is_given_in_the_language_asked_for() -> None:
    assert market("DE").name.in_language("zh_Hans") == "德国"
    assert market("DE").name.in_language("en") == "Germany"
