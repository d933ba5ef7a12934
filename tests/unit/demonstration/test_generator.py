from collections import Counter
from pathlib import Path

import pytest

from service.demonstration.files import DATA, REGISTER, read_rows
from service.registry.domain import DEAD, MarkRecord, Note, Reject
from service.registry.sources.opening import open_source
from tools.demonstration.district import (
    PARTS_MAKERS,
    USCC_DIGITS,
    USCC_WEIGHTS,
    VEHICLE_MAKERS,
)
from tools.demonstration.generate import generate, real_names
from tools.demonstration.names import one_letter_off, same_sound
from tools.demonstration.register import FULL_ON

WRITTEN_BY_HAND = {"matters.csv"}


@pytest.fixture(scope="module")
def made() -> tuple[dict[str, bytes], frozenset[str]]:
    return generate()


@pytest.fixture(scope="module")
def marks() -> list[MarkRecord]:
    return [item for item in _items() if isinstance(item, MarkRecord)]


def _items() -> list[MarkRecord | Reject | Note]:
    return [
        item
        for name, reading in REGISTER.items()
        for _, item in open_source(DATA / name, office=reading.office).records()
    ]


def _enterprises() -> list[dict[str, str]]:
    return [row for row in read_rows("organisations.csv") if row["kind"] == "exporter"]


def test_the_committed_files_are_what_the_generator_writes(
    made: tuple[dict[str, bytes], frozenset[str]],
) -> None:
    there = {path.name: path.read_bytes() for path in DATA.iterdir()}

    assert there.keys() - made[0].keys() == WRITTEN_BY_HAND
    assert {name: there[name] for name in made[0]} == made[0]


def test_another_seed_gives_another_register(
    made: tuple[dict[str, bytes], frozenset[str]],
) -> None:
    other, _ = generate(8)

    assert other.keys() == made[0].keys()
    assert all(other[name] != content for name, content in made[0].items())


def test_the_district_has_57_makers_of_vehicles_and_88_of_parts() -> None:
    trades = Counter(row["branch"] for row in _enterprises())

    assert (VEHICLE_MAKERS, PARTS_MAKERS) == (57, 88)
    assert trades == {"vehicle_maker": 57, "parts_maker": 88}
    assert trades.total() == 145


def test_the_station_serves_the_park_and_only_the_park() -> None:
    served = [row for row in _enterprises() if row["served_by"] == "STATION"]

    assert len(served) == 58
    assert served == [row for row in _enterprises() if row["park"]]
    assert {row["branch"] for row in served} == {"vehicle_maker", "parts_maker"}


def test_every_credit_code_has_its_check_digit_and_an_area_that_does_not_exist() -> None:
    codes = [row["uscc"] for row in _enterprises()]

    assert len(set(codes)) == 145
    for code in codes:
        values = [USCC_DIGITS.index(char) for char in code]
        weighted = sum(v * w for v, w in zip(values, USCC_WEIGHTS, strict=False))
        assert (weighted + values[17]) % 31 == 0
        assert code[2:8] == "990000"


def test_every_product_belongs_to_an_enterprise_and_each_has_at_least_two() -> None:
    rows = read_rows("catalogue.csv")
    per_enterprise = Counter(row["enterprise"] for row in rows)

    assert len({row["sku"] for row in rows}) == len(rows) == 356
    assert per_enterprise.keys() == {row["code"] for row in _enterprises()}
    assert min(per_enterprise.values()) == 2


def test_every_record_of_the_register_is_read_without_a_remark() -> None:
    remarks = [item for item in _items() if not isinstance(item, MarkRecord)]

    assert {(item.code, item.place) for item in remarks} <= {("encoding", "heading")}


def test_the_register_is_of_the_demonstration_office_only(marks: list[MarkRecord]) -> None:
    assert {mark.office for mark in marks} == {"XX"}
    assert len({mark.number for mark in marks}) > 3_000


def test_the_register_is_varied_as_a_real_one_is(marks: list[MarkRecord]) -> None:
    states = Counter(mark.status in DEAD for mark in marks)
    scripts = Counter((mark.text.isascii(), " " in mark.text) for mark in marks)

    assert {7, 9, 12, 25, 28, 35, 37} <= {c.nice for mark in marks for c in mark.classes}
    assert min(states.values()) > 500
    assert len(scripts) == 4
    assert len({mark.owners[0].name for mark in marks}) > 200


def test_some_marks_are_recorded_with_customs_and_name_their_users(
    marks: list[MarkRecord],
) -> None:
    recorded = [record for mark in marks for record in mark.customs_records]
    users = {user for record in recorded for user in record.authorised_users}

    assert len(recorded) > 50
    assert users
    assert users <= {row["name_zh"] for row in _enterprises()}


def test_every_owner_and_organisation_is_plainly_marked_as_invented(
    marks: list[MarkRecord],
) -> None:
    names = {owner.name for mark in marks for owner in mark.owners}
    names |= {row["name_zh"] for row in read_rows("organisations.csv")}

    assert {name for name in names if not ("演示" in name or "Demonstration" in name)} == set()


def test_the_dates_of_the_files_follow_one_another_without_a_gap() -> None:
    days = [reading.dated for reading in REGISTER.values()]

    assert days[0] == FULL_ON
    assert [(day - FULL_ON).days for day in days if day] == [0, 1, 2]


def test_a_name_read_alike_is_written_otherwise() -> None:
    assert same_sound("骁昊珂") == "霄号颗"


@pytest.mark.parametrize("name", ["HOZUVEK", "XUKHOKUGHUV", *(f"AOA{c}U" for c in "VZKHGBFJWX")])
def test_a_letter_off_is_one_letter_off(name: str) -> None:
    pairs = zip(name, one_letter_off(name), strict=True)

    assert sum(a != b for a, b in pairs) == 1


@pytest.mark.data
def test_no_invented_name_is_that_of_a_real_brand(
    made: tuple[dict[str, bytes], frozenset[str]], marks: list[MarkRecord], data_folder: Path
) -> None:
    brands = data_folder / "nsi-brands"
    real = frozenset(real_names([brands / "nsi_brands.csv.gz", brands / "zh_en_brand_pairs.csv"]))

    assert len(real) > 30_000
    assert (made[1] | {mark.text.casefold() for mark in marks}) & real == set()
