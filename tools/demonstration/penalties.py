"""Invented penalty decisions of an invented customs house, on marks of the demonstration."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from tools.demonstration.district import Row

COLUMNS = (
    *("decision_number", "decision_date", "party", "uscc", "customs", "goods", "mark"),
    *("recordation_number", "value", "fine", "source"),
)
DECIDED = (
    ("V003", 0, date(2025, 3, 18), 86_400, 12_000),
    ("V008", 9, date(2025, 9, 5), 41_250, 6_500),
    ("P058", 0, date(2026, 1, 22), 128_000, 25_000),
    ("P063", 9, date(2026, 4, 16), 19_800, 3_000),
    ("V021", 0, date(2026, 5, 29), 63_000, 9_500),
)
"""Enterprise penalised, place in the catalogue of the product whose name was used, day, value, fine
in yuan. Products 1 and 10 meet marks that others recorded."""
PUBLISHED_AFTER = timedelta(days=7)


def penalties(catalogue: Sequence[Row], enterprises: Sequence[Row]) -> Iterator[Row]:
    """Yield the rows of `penalties.csv`, a sheet as the importer takes it."""
    parties = {one["code"]: one for one in enterprises}
    for number, (code, place, day, value, fine) in enumerate(DECIDED, 1):
        party, product = parties[code], catalogue[place]
        yield {
            "decision_number": f"演示关知罚字〔{day.year}〕{number:04d}号",
            "decision_date": day.isoformat(),
            "party": party["name_zh"],
            "uscc": party["uscc"],
            "customs": "演示海关",
            "goods": f"{product['product_zh']} {product['product_en']}",
            "mark": product["name_latin"],
            "recordation_number": "",
            "value": str(value),
            "fine": str(fine),
            "source": f"演示 Demonstration, {day + PUBLISHED_AFTER}",
        }
