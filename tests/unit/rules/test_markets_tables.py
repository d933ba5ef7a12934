import re

import pytest

from service.rules.markets.catalogue import PACKS, markets, offices, read_need, read_office
from service.rules.markets.domain import Confidence
from service.rules.markets.packs import pack_of, packs
from service.rules.markets.tables import RuleDataError, check_rows, keyed, parts

RESEARCHED = re.findall(
    r"\w\w",
    "AE AU BR CA CN EU GB HK ID IN JP KE KR MX MY PH RU SA SG TH TR US VN ZA "
    "BD PK NG EG PE CO CL KZ UZ KH MM LA TW OA MO CH AM BY KG XX",
)
EU = re.findall(
    r"\w\w", "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"
)
COLUMNS = ("a", "b")


@pytest.mark.parametrize("code", [*RESEARCHED, *EU])
def test_every_market_exporters_ship_to_is_in_the_table(code: str) -> None:
    assert code in markets()


def test_every_market_has_a_name_in_both_languages() -> None:
    accented = {"CI", "TR"}
    nameless = [
        code
        for code, found in markets().items()
        if not found.name.zh or not (found.name.en.isascii() or code in accented)
    ]
    assert nameless == []


def test_every_market_reads_languages_by_their_two_letters() -> None:
    odd = [
        code
        for code, found in markets().items()
        if not found.languages or any(len(language) != 2 for language in found.languages)
    ]
    assert odd == []


def test_no_two_markets_share_a_name() -> None:
    names = [name for found in markets().values() for name in (found.name.zh, found.name.en)]
    assert len(names) == len(set(names))


def test_every_pack_of_a_market_exists() -> None:
    assert set(packs()) == PACKS


def test_every_market_is_judged_by_its_pack() -> None:
    assert [code for code, one in markets().items() if pack_of(one).id != one.pack] == []


def test_a_blind_period_has_a_source_in_both_languages_or_says_unknown() -> None:
    odd = [
        code
        for code, one in offices().items()
        if not (
            (one.blind_days is not None)
            == (one.blind_confidence is not Confidence.UNKNOWN)
            == bool(one.blind_source.zh and one.blind_source.en)
        )
    ]
    assert odd == []


def test_an_edition_grows_stale_no_sooner_than_the_office_publishes() -> None:
    assert [
        c for c, one in offices().items() if one.stale_after_days < (one.rhythm_days or 1)
    ] == []


def test_every_rhythm_says_in_both_languages_where_it_comes_from() -> None:
    odd = [
        code
        for code, one in offices().items()
        if not (one.rhythm_source.zh and one.rhythm_source.en)
        or (one.rhythm_days is not None and one.rhythm_confidence is Confidence.UNKNOWN)
    ]
    assert odd == []


def test_every_office_binds_in_some_market() -> None:
    bound = {need.office for found in markets().values() for need in found.registers}
    assert bound == set(offices())


@pytest.mark.parametrize(
    "lines",
    [
        [],
        [["a", "b", "c"]],
        [["a"]],
        [["a", "b"], ["1"]],
        [["a", "b"], ["1", "2", "3"]],
        [["a", "b"], ["1", " 2"]],
    ],
    ids=["nothing", "column more", "column less", "cell less", "cell more", "outer space"],
)
def test_a_table_its_reader_does_not_understand_is_refused(lines: list[list[str]]) -> None:
    with pytest.raises(RuleDataError):
        check_rows("t.csv", lines, COLUMNS)


def test_a_table_its_reader_understands_gives_a_row_for_each_line() -> None:
    assert check_rows("t.csv", [["a", "b"], ["1", ""]], COLUMNS) == [{"a": "1", "b": ""}]


@pytest.mark.parametrize("keys", [["x", "x"], [""]], ids=["repeated", "empty"])
def test_a_repeated_or_empty_key_is_refused(keys: list[str]) -> None:
    with pytest.raises(RuleDataError):
        keyed("t.csv", [{"key": key} for key in keys], "key", lambda row: row["key"])


def test_a_cell_its_reader_cannot_read_names_the_row() -> None:
    with pytest.raises(RuleDataError, match=r"t\.csv one"):
        keyed("t.csv", [{"key": "one"}], "key", lambda row: int(row["key"]))


def test_an_empty_value_among_several_is_refused() -> None:
    with pytest.raises(RuleDataError):
        parts("DE;;EM")


@pytest.mark.parametrize("cell", ["WO", "DE=EM"], ids=["WO without", "national with"])
def test_only_the_international_register_has_designations(cell: str) -> None:
    with pytest.raises(RuleDataError):
        read_need(cell, whole_market=True)


def test_a_blind_period_without_a_source_is_refused() -> None:
    row = {"code": "QQ", "blind_days": "30", "blind_confidence": "unknown"}
    with pytest.raises(RuleDataError):
        read_office(row)
