"""The figures in `docs/rules.md` are those of the library."""

import re
from collections import Counter
from datetime import date
from pathlib import Path

from service.rules.coverage import Coverage, coverage
from service.rules.loader import library
from service.rules.schema import Flag

DOC = (Path(__file__).parents[3] / "docs" / "rules.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| ([A-Z]{2,4}) \S+ \| (\d+) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|$", re.M)


def listed() -> Coverage:
    return coverage(library(), date(2026, 11, 23))


def test_the_coverage_table_is_the_one_of_the_library() -> None:
    expected: dict[str, Counter[int]] = {}
    for each in listed().versions:
        figures = (
            each.counted,
            not each.counted,
            each.confidence == "source",
            each.confidence == "memory",
            each.flag != Flag.NONE.value,
        )
        row = expected.setdefault(each.jurisdiction, Counter(dict.fromkeys(range(5), 0)))
        row.update({place: int(figure) for place, figure in enumerate(figures)})
    told = {match[1]: [int(match[n]) for n in range(2, 7)] for match in ROW.finditer(DOC)}
    assert told == {name: [row[n] for n in range(5)] for name, row in expected.items()}


def test_the_number_of_facts_is_the_one_of_the_library() -> None:
    found = listed()
    told = f"{found.facts} stand in the rules, {found.counting} say how to count"
    assert told in DOC


def test_the_number_of_worked_dates_is_the_one_of_the_table() -> None:
    table = (Path(__file__).parent / "worked_dates.csv").read_text(encoding="utf-8")
    assert f"holds {len(table.splitlines()) - 1} dates" in DOC
