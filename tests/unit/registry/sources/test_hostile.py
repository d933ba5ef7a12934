"""Files that are damaged, hostile or nothing we know: each a clear problem."""

import zipfile
from pathlib import Path

import pytest

from service.registry.domain import MarkRecord
from service.registry.errors import (
    BrokenSource,
    SourceProblem,
    SourceTooLarge,
    UnknownSource,
    UnreadableText,
    UnsafeSource,
)
from service.registry.sources import Limits, open_source
from tests.generate_uspto import write
from tests.unit.registry.sources.support import FILES, JSON, XML, items, marks, packed

DAILY = (FILES / "uspto_daily.xml").read_text("utf-8")
KOREAN = (FILES / "kipo.json").read_bytes()
BODY = DAILY.split("?>", 1)[1]


def xml(folder: Path, text: str) -> Path:
    """Write an XML file."""
    path = folder / "any.xml"
    path.write_text(text, "utf-8")
    return path


def test_entities_are_refused_before_they_are_used(tmp_path: Path) -> None:
    bomb = (
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
        '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>'
    )
    with pytest.raises(UnsafeSource):
        items(xml(tmp_path, bomb + BODY.replace("NORDVEL", "&c;")))


def test_no_file_of_the_machine_gets_into_a_mark(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("hidden words")
    entity = f'<!DOCTYPE x [<!ENTITY secret SYSTEM "{(tmp_path / "secret").as_uri()}">]>'
    with pytest.raises(UnsafeSource):
        items(xml(tmp_path, entity + BODY.replace("NORDVEL", "&secret;")))


def test_a_dtd_that_is_only_named_is_never_fetched(tmp_path: Path) -> None:
    named = '<!DOCTYPE trademark-applications-daily SYSTEM "http://localhost:9/never.dtd">'
    assert "90000001" in marks(xml(tmp_path, named + BODY))


def test_an_unknown_entity_is_damage(tmp_path: Path) -> None:
    with pytest.raises(BrokenSource):
        items(xml(tmp_path, BODY.replace("NORDVEL", "&unknown;")))


@pytest.mark.parametrize("name", [*XML, *JSON])
def test_a_cut_off_file_is_a_clear_problem(tmp_path: Path, name: str) -> None:
    content = (FILES / name).read_bytes()
    path = tmp_path / name
    path.write_bytes(content[:-30])
    with pytest.raises(BrokenSource):
        items(path)


def test_what_stands_before_the_damage_goes_in(tmp_path: Path) -> None:
    source = open_source(xml(tmp_path, DAILY[: DAILY.index("90000003")]))
    found: list[object] = []
    with pytest.raises(BrokenSource):
        found.extend(item for _, item in source.records())
    assert any(isinstance(item, MarkRecord) for item in found)


def test_wrong_bytes_in_xml_are_named_as_such(tmp_path: Path) -> None:
    path = tmp_path / "any.xml"
    path.write_bytes(DAILY.replace("VELUMO", "VÉLUMO").encode("latin-1"))
    with pytest.raises(UnreadableText):
        items(path)


def test_one_endless_record_is_stopped(tmp_path: Path) -> None:
    more = "<case-file-event-statement><code>X</code></case-file-event-statement>" * 3_000
    group = "<case-file-event-statements>"
    path = xml(tmp_path, BODY.replace(group, group + more))
    with pytest.raises(SourceTooLarge):
        items(path, limits=Limits(record_bytes=100_000))


def test_one_endless_json_record_is_stopped(tmp_path: Path) -> None:
    path = tmp_path / "any"
    path.write_text('[{"registerStatus":"x","productName":"' + "x" * 300_000 + '"}]')
    with pytest.raises(SourceTooLarge):
        items(path, limits=Limits(record_bytes=100_000))


def test_json_nested_without_end_is_stopped(tmp_path: Path) -> None:
    path = tmp_path / "any"
    path.write_text('[{"registerStatus":"x","productName":' + "[" * 100_000 + "]" * 100_000 + "}]")
    with pytest.raises(SourceTooLarge):
        items(path)


def test_an_archive_in_an_archive_is_refused(tmp_path: Path) -> None:
    inner = packed(tmp_path / "inner.zip", {"a.xml": DAILY})
    with pytest.raises(UnsafeSource):
        open_source(packed(tmp_path / "outer.zip", {"inner.zip": inner.read_bytes()}))


def test_an_archive_that_unpacks_without_end_is_stopped(tmp_path: Path) -> None:
    path = packed(tmp_path / "any.zip", {"a.xml": BODY + " " * (8 << 20)})
    with pytest.raises(SourceTooLarge):
        items(path)


def test_an_archive_over_the_limit_is_stopped(tmp_path: Path) -> None:
    path = tmp_path / "any.zip"
    write(path, 300)
    with pytest.raises(SourceTooLarge):
        items(path, limits=Limits(unpacked_bytes=100_000))


def test_an_archive_that_lies_about_its_size_is_stopped(tmp_path: Path) -> None:
    path = tmp_path / "any.zip"
    write(path, 300)
    content = bytearray(path.read_bytes())
    at = content.index(b"PK\x01\x02")
    content[at + 24 : at + 28] = (1000).to_bytes(4, "little")
    path.write_bytes(content)
    with pytest.raises(SourceProblem):
        items(path, limits=Limits(unpacked_bytes=100_000))


def test_a_damaged_archive_is_a_clear_problem(tmp_path: Path) -> None:
    path = tmp_path / "any.zip"
    write(path, 300)
    content = bytearray(path.read_bytes())
    content[2000:2100] = b"\0" * 100
    path.write_bytes(content)
    with pytest.raises(BrokenSource):
        items(path)


def test_a_cut_off_archive_is_a_clear_problem(tmp_path: Path) -> None:
    path = packed(tmp_path / "any.zip", {"a.xml": DAILY})
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(BrokenSource):
        open_source(path)


def test_an_unusual_way_of_packing_is_named(tmp_path: Path) -> None:
    path = tmp_path / "any.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("a.xml", DAILY)
    with pytest.raises(BrokenSource):
        open_source(path)


def test_a_mixed_archive_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnknownSource):
        open_source(packed(tmp_path / "any.zip", {"a.xml": DAILY, "b.json": KOREAN}))


def test_sheets_in_an_archive_are_read(tmp_path: Path) -> None:
    text = "office,number,text\nCN,{0},A\n"
    path = packed(
        tmp_path / "any.zip",
        {"one.csv": text.format(1), "two.csv": text.format(2), "readme.txt": "About these files"},
    )
    assert list(marks(path)) == ["1", "2"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"   \n",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        b"%PDF-1.7 some bytes",
        b"\x1f\x8b\x08\0\0\0\0\0",
        b"<html><body><table><tr><td>1</td></tr></table></body></html>",
        b"<catalogue><book/></catalogue>",
        b'{"weather": "fine"}',
        b"[1, 2, 3]",
        b"PK\x05\x06" + b"\0" * 18,
    ],
)
def test_what_is_no_register_is_said_to_be_none(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "any"
    path.write_bytes(content)
    with pytest.raises((UnknownSource, UnreadableText)):
        open_source(path)
