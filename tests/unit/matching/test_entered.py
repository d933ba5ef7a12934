"""Equivalents entered since the index was made: only the query knows of them."""

from service.matching.compare import compare
from service.matching.engine import Comparison, Sign, prepare
from service.matching.entered import with_rows
from service.matching.meaning import EvidenceRow, Strength, shipped_rows, source_of


def row(one: str, other: str, strength: Strength, market: str = "*") -> EvidenceRow:
    return EvidenceRow("id", one, other, "name", market, "2026-05-08", strength, "a decision")


def found(query: str, mark: str, *rows: EvidenceRow) -> Comparison:
    return compare(with_rows(prepare(Sign(query)), rows), prepare(Sign(mark)))


def test_a_mark_asks_for_the_other_name_whichever_side_it_is() -> None:
    entered = row("维科纳", "VELKO NA", Strength.STRONG)
    assert "record" not in found("维科纳", "VELKONA").kinds
    for query, mark in (("维科纳", "Velkona"), ("velko-na", "维科纳")):
        result = found(query, mark, entered)
        (why,) = [rule.because for rule in result.rules if rule.id == "CN-10"]
        assert why == "a decision (2026-05-08)"
        assert result.similarity > 0.87


def test_each_link_is_known_by_its_value_and_those_shipped_count_with_it() -> None:
    rows = [row("路虎", f"LUHU{at}", Strength.STRONG, f"M{at}") for at in range(12)]
    rows.append(row("路虎", "LAND ROVER", Strength.MEDIUM, "US"))
    query = with_rows(prepare(Sign("路虎")), rows)

    markets = [{one.market for one in ground.rows} for ground in query.grounds.values()]
    assert all({f"M{at}"} in markets for at in range(12))
    value = round(compare(query, prepare(Sign("LAND ROVER"))).kinds["record"] * 10000)
    assert {one.market for one in query.grounds[value].rows} == {"US", "CN"}


def test_a_denied_one_is_found_below_the_others() -> None:
    denied = found("维科纳", "VELKONA", row("维科纳", "VELKONA", Strength.DENIED))
    assert 0.6 < denied.similarity < 0.75
    assert "CN-10b" in {rule.id for rule in denied.counter}


def test_rows_about_other_names_change_nothing() -> None:
    query = prepare(Sign("雅迪"))
    assert with_rows(query, [row("维科纳", "VELKONA", Strength.STRONG)]) is query


def test_every_shipped_row_names_a_source_that_is_told_in_both_languages() -> None:
    told = [source_of(one) for one in shipped_rows()]
    assert all(zh != en for zh, en in told)
