"""docs/settings.md lists every setting with the default that is in force."""

import re
from pathlib import Path

import pytest

from service.core.settings import Settings
from tests.docs.reading import ROOT, first_terms, page, rows

TEXT = page("settings.md")
LISTED = {
    row[0].strip("`"): row[2].strip("`") for row in rows(TEXT, "Settings") if row[0] != "variable"
}
VARIABLE = re.compile(r"MARKPASS_[A-Z][A-Z_]+[A-Z]")
FOLDERS = ("service", "tests", "tools", "docker", "migrations")


def variable(name: str) -> str:
    return f"MARKPASS_{name.upper()}"


def test_every_setting_stands_in_the_table() -> None:
    assert LISTED.keys() == {variable(name) for name in Settings.model_fields}


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_the_default_of_the_table_put_into_the_variable_is_the_default(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for other in Settings.model_fields:
        monkeypatch.delenv(variable(other), raising=False)
    default = getattr(Settings(), name)
    if told := LISTED.get(variable(name)):
        monkeypatch.setenv(variable(name), told)
        assert getattr(Settings(), name) == default
    else:
        assert default in ("", None)


def test_every_setting_has_a_unit_and_a_meaning() -> None:
    assert [
        row for row in rows(TEXT, "Settings") if len(row) != 4 or not all((row[1], row[3]))
    ] == []


def test_every_variable_the_code_reads_is_told() -> None:
    sources = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*") if path.is_file()]
    sources = [path for path in sources if path.suffix in {".py", ".yaml", ".sh", ""}]
    read = {
        found
        for path in [*sources, ROOT / "Makefile", ROOT / ".ci" / "run"]
        for found in VARIABLE.findall(text_of(path))
    }
    assert read - set(first_terms(TEXT)) == set()


def text_of(path: Path) -> str:
    return path.read_text("utf-8", errors="replace")
