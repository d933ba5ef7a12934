"""The recorded replies and samples of the shared data folder, read by the field tables."""

import csv
import json
import sys
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from service.registry.domain import MarkRecord, MarkStatus
from service.registry.sources.euipo import STATUSES
from service.registry.sources.field_table import field_rules
from service.registry.sources.uspto import known_codes
from tests.unit.registry.sources.support import items, marks
from tests.unit.registry.sources.test_fields import document_paths
from tools import uspto_status

pytestmark = pytest.mark.data

TSDR = ("sn76044902.xml", "sn76044902.zip", "rn2178784-ST-962.2.1.xml", "rn2178784-ST-961_D3.xml")


@pytest.mark.parametrize("name", TSDR)
def test_every_recorded_reply_is_one_mark_and_nothing_else(data_folder: Path, name: str) -> None:
    found = items(data_folder / "uspto-tsdr-st66-st96" / name)
    assert [type(one) for one in found] == [MarkRecord]


@pytest.mark.parametrize("name", TSDR[:2])
def test_python_is_registered_and_belongs_to_its_foundation(data_folder: Path, name: str) -> None:
    mark = marks(data_folder / "uspto-tsdr-st66-st96" / name)["76044902"]
    told = (mark.text, mark.status, mark.registration_number, [one.name for one in mark.owners])
    assert told == ("PYTHON", MarkStatus.REGISTERED, "2824281", ["PYTHON SOFTWARE FOUNDATION"])


def test_both_versions_of_st96_say_the_same(data_folder: Path) -> None:
    folder = data_folder / "uspto-tsdr-st66-st96"
    assert marks(folder / TSDR[2]) == marks(folder / TSDR[3])


@pytest.mark.parametrize(
    ("name", "table", "record"),
    [
        (TSDR[0], "st66", "TransactionData"),
        (TSDR[2], "st96", "Trademark"),
        (TSDR[3], "st96", "Trademark"),
    ],
)
def test_no_field_of_a_recorded_reply_is_missing_in_the_tables(
    data_folder: Path, name: str, table: str, record: str
) -> None:
    found = document_paths(data_folder / "uspto-tsdr-st66-st96" / name, record)
    assert found - set(field_rules(table)) == set()


def test_all_korean_marks_go_in_without_a_remark(data_folder: Path) -> None:
    found = items(data_folder / "kr-kipo-sample" / "trademark_sample.json")
    assert [type(one) for one in found] == [MarkRecord] * 500


def test_the_korean_statuses_are_all_known(data_folder: Path) -> None:
    found = marks(data_folder / "kr-kipo-sample" / "trademark_sample.json").values()
    assert {one.status for one in found} == {
        MarkStatus.REGISTERED,
        MarkStatus.EXPIRED,
        MarkStatus.REFUSED,
        MarkStatus.FILED,
    }


def test_no_code_of_a_korean_mark_is_lost(data_folder: Path) -> None:
    path = data_folder / "kr-kipo-sample" / "trademark_sample.json"
    told = {
        one["applicationNumber"]: set(one["asignProductSubCodeList"] or [])
        for one in json.loads(path.read_text("utf-8"))
    }
    kept = {
        number: {code for entry in mark.classes for code in entry.subgroups}
        for number, mark in marks(path).items()
    }
    assert kept == told


def test_the_first_korean_mark_is_as_written(data_folder: Path) -> None:
    mark = marks(data_folder / "kr-kipo-sample" / "trademark_sample.json")["4019950043843"]
    assert (mark.text, mark.filed_on, mark.classes[0].nice) == (
        "프레스카 FRESCA",
        date(1995, 11, 17),
        30,
    )


def test_every_field_the_eu_office_describes_is_in_the_table(data_folder: Path) -> None:
    path = data_folder / "euipo-openapi" / "trademark-search-1.1.0.openapi.json"
    schemas = json.loads(path.read_text("utf-8"))["components"]["schemas"]
    found: set[str] = set()

    def walk(schema: dict[str, Any], prefix: str) -> None:
        while "$ref" in schema:
            schema = schemas[schema["$ref"].rpartition("/")[2]]
        for part in schema.get("allOf", []):
            walk(part, prefix)
        if "items" in schema:
            walk(schema["items"], prefix)
        for name, inner in schema.get("properties", {}).items():
            field = f"{prefix}/{name}".lstrip("/")
            found.add(field)
            walk(inner, field)

    walk({"$ref": "#/components/schemas/Trademark"}, "")
    walk({"$ref": "#/components/schemas/TrademarkSearchResultItem"}, "")
    found |= set(schemas["TrademarkSearchResult"]["properties"])
    assert found == set(field_rules("euipo"))


def test_every_status_the_eu_office_describes_is_known(data_folder: Path) -> None:
    path = data_folder / "euipo-openapi" / "trademark-search-1.1.0.openapi.json"
    schemas = json.loads(path.read_text("utf-8"))["components"]["schemas"]
    assert set(schemas["Status"]["enum"]) == set(STATUSES)


def test_the_status_table_is_what_its_script_writes(
    data_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "table.csv"
    codes = data_folder / "uspto-codes" / "status_codes.csv"
    monkeypatch.setattr(sys, "argv", ["uspto_status", str(codes), "-o", str(output)])
    uspto_status.main()
    shipped = files("service.registry.sources").joinpath("fields/uspto_status.csv")
    assert output.read_text("utf-8") == shipped.read_text("utf-8")


def test_every_status_code_of_the_uspto_is_in_the_table(data_folder: Path) -> None:
    lines = (data_folder / "uspto-codes" / "status_codes.csv").read_text("utf-8").splitlines()
    codes = {row["code"] for row in csv.DictReader(lines) if row["code"].isdigit()}
    assert codes == known_codes()
