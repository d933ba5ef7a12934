"""The vendoring script refuses whatever was not reviewed."""

import hashlib
import io
import json
import tarfile
from dataclasses import replace
from pathlib import Path

import pytest

from tools.vendor.__main__ import PACKAGES, Package, vendor

FILES = {
    "package.json": json.dumps({"license": "MIT"}),
    "LICENSE": "Permission is granted.",
    "dist/a.js": "let a;",
}


@pytest.fixture
def tarball(tmp_path: Path) -> Path:
    path = tmp_path / "a-1.tgz"
    with tarfile.open(path, "w:gz") as archive:
        for name, text in FILES.items():
            member = tarfile.TarInfo(f"package/{name}")
            member.size = len(text)
            archive.addfile(member, io.BytesIO(text.encode()))
    return path


@pytest.fixture
def package(tarball: Path) -> Package:
    digest = hashlib.sha256(tarball.read_bytes()).hexdigest()
    return Package("@x/a", "1", "MIT", digest, {"dist/a.js": "a.min.js"}, "LICENSE")


def test_files_and_licence_are_written(package: Package, tarball: Path, tmp_path: Path) -> None:
    vendor(package, tarball, tmp_path)

    assert (tmp_path / "a.min.js").read_text() == "let a;"
    assert (tmp_path / "LICENSE.x-a.txt").read_text() == "Permission is granted."


def test_the_manifest_names_what_a_reader_must_know(
    package: Package, tarball: Path, tmp_path: Path
) -> None:
    (entry,) = vendor(package, tarball, tmp_path)

    assert entry["sha256"] == hashlib.sha256(b"let a;").hexdigest()
    assert (entry["package"], entry["version"], entry["licence"]) == ("@x/a", "1", "MIT")


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"sha256": "0" * 64}, "not the pinned one"),
        ({"licence": "0BSD"}, "the table says 0BSD"),
        ({"files": {"dist/gone.js": "x.js"}}, "has no dist/gone.js"),
    ],
)
def test_what_was_not_reviewed_is_refused(
    package: Package, tarball: Path, tmp_path: Path, change: dict[str, str], complaint: str
) -> None:
    with pytest.raises(SystemExit, match=complaint):
        vendor(replace(package, **change), tarball, tmp_path)  # type: ignore[arg-type]


def test_every_package_is_pinned_by_version_and_hash() -> None:
    packages = [package for each in PACKAGES.values() for package in each]
    assert [p.name for p in packages if not (p.version and len(p.sha256) == 64)] == []
