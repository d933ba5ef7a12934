"""Whatever the bytes: items, or a problem, and never another error."""

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from service.registry.domain import MarkRecord, Note, Reject
from service.registry.errors import SOURCE_PROBLEMS
from service.registry.sources import Limits, open_source
from service.registry.sources.values import BadDate, filled, read_date, read_end, territory
from tests.unit.registry.sources.support import FILES, JSON, XML

SMALL = Limits(unpacked_bytes=4 << 20, record_bytes=1 << 20, workbook_memory=1 << 30)
BITS = [b"<", b">", b'"', b",", b"\n", b"\0", b"{", b"[", b"null"]


def examples(count: int) -> settings:
    """Return settings without a deadline: files and other processes are at work here."""
    fixtures = [HealthCheck.function_scoped_fixture]
    return settings(max_examples=count, deadline=None, suppress_health_check=fixtures)


TEXTS = (*XML, *JSON, "sheet_zh.csv", "sheet_en.csv")


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


def read_all(folder: Path, content: bytes) -> list[object]:
    """Read a file to its end; a problem ends it, any other error is raised."""
    path = folder / "any"
    path.write_bytes(content)
    found: list[object] = []
    try:
        found.extend(item for _, item in open_source(path, office="CN", limits=SMALL).records())
    except SOURCE_PROBLEMS as problem:
        found.append(problem)
    return found


def expected(found: list[object]) -> bool:
    """Tell whether everything read is what a source may yield, and can be stored."""
    kinds = (MarkRecord, Note, Reject, *SOURCE_PROBLEMS)
    for one in found:
        repr(one).encode()
    return all(isinstance(one, kinds) for one in found)


def mutated(content: bytes, edits: list[tuple[int, int, bytes]]) -> bytes:
    """Replace stretches of a file."""
    for at, length, new in edits:
        at %= len(content) + 1
        content = content[:at] + new + content[at + length :]
    return content


@examples(150)
@given(content=st.binary(max_size=400))
@example(content=b"{")
@example(content=b"[[")
@example(content=b"<a")
@example(content=b"PK\x03\x04")
@example(content=b"\xff\xfe<\x00")
@example(content=b"\xef\xbb\xbf")
def test_any_bytes(folder: Path, content: bytes) -> None:
    assert expected(read_all(folder, content))


@examples(300)
@given(
    name=st.sampled_from(TEXTS),
    edits=st.lists(
        st.tuples(
            st.integers(0, 1 << 20),
            st.integers(0, 40),
            st.binary(max_size=12) | st.sampled_from(BITS),
        ),
        min_size=1,
        max_size=4,
    ),
)
def test_a_damaged_file(folder: Path, name: str, edits: list[tuple[int, int, bytes]]) -> None:
    found = read_all(folder, mutated((FILES / name).read_bytes(), edits))
    assert expected(found)


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    edits=st.lists(
        st.tuples(st.integers(0, 5632), st.integers(0, 64), st.binary(max_size=64)),
        min_size=1,
        max_size=4,
    )
)
def test_a_damaged_workbook(folder: Path, edits: list[tuple[int, int, bytes]]) -> None:
    found = read_all(folder, mutated((FILES / "sheet.xls").read_bytes(), edits))
    assert expected(found)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=6,
)
KEY_NAMES = (
    "applicationNumber markFeature status niceClasses goodsAndServices description terms "
    "publications "
    "applicants priorities registerStatus asignProductMainCodeList registrationNumber productName "
    "wordMarkSpecification registrationDate viennaCodeList"
)
KEYS = st.sampled_from(KEY_NAMES.split())


@examples(200)
@given(record=st.dictionaries(KEYS, json_values, min_size=1), korean=st.booleans())
def test_json_of_any_shape(folder: Path, record: dict[str, object], korean: bool) -> None:
    first: dict[str, object] = {"registerStatus": "x"} if korean else {"markFeature": "WORD"}
    found = read_all(folder, json.dumps([{**first, **record}]).encode())
    assert expected(found)


@examples(200)
@given(cells=st.lists(st.text(max_size=30), min_size=26, max_size=26))
def test_any_cells(folder: Path, cells: list[str]) -> None:
    head = (FILES / "sheet_en.csv").read_text("utf-8").split("\n", 1)[0]
    row = ",".join('"' + cell.replace('"', '""') + '"' for cell in cells)
    found = read_all(folder, f"{head}\n{row}\n".encode("utf-8", "replace"))
    assert expected(found)


@given(text=st.text(max_size=30) | st.from_regex(r"[0-9/.年月日 至-]{1,24}"))
def test_any_text_is_a_date_or_a_bad_one(text: str) -> None:
    for read in (read_date, read_end):
        try:
            read(text)
        except BadDate:
            continue


@given(text=st.text(max_size=20))
def test_a_filled_value_stays_what_it_is(text: str) -> None:
    assert filled(filled(text)) == filled(text)


@given(text=st.text(max_size=20))
def test_a_territory_is_two_letters_or_none(text: str) -> None:
    assert len(territory(text)) in {0, 2}
