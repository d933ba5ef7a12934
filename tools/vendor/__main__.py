"""Fetch the pinned npm packages whose files are served to browsers: `python -m tools.vendor`.

Run by a person who raises a version; what it writes is committed, so that nobody else needs npm.
`npm pack` finds the registry in the person's own npm settings and checks the tarball's integrity;
the hash here makes sure that it is the very tarball that was reviewed. Raise a version by changing
`version`, running with `--print-hashes`, reading the difference, and putting the new hash in.
"""

import argparse
import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
TARGET = HERE.parents[1] / "service" / "ui" / "static" / "vendor"


@dataclass(frozen=True, slots=True)
class Package:
    """One npm package at one version, and the files of it that we serve."""

    name: str
    version: str
    licence: str
    """SPDX identifier, compared with the one in the package's own `package.json`."""
    sha256: str
    """Of the tarball as published."""
    files: dict[str, str]
    """Path inside the package → file name under `static/vendor/`."""
    licence_from: str
    """Path of the licence text inside the package; or, with `ours:`, in `licences/` beside this
    script, for a package that states its licence without carrying the text."""


PACKAGES = (
    Package(
        name="@tabler/core",
        version="1.6.1",
        licence="MIT",
        sha256="d02d679e51f6c179b21f035e154c13cdcb2ae8b18579e56ea606408ba7fc7a87",
        files={"dist/css/tabler.min.css": "tabler.min.css"},
        licence_from="ours:tabler.txt",
    ),
    Package(
        name="htmx.org",
        version="2.0.11",
        licence="0BSD",
        sha256="165a2655073e9e6e55e307a7c74e8ebcdb76afb7701f9c16cfd106a13add408e",
        files={"dist/htmx.min.js": "htmx.min.js"},
        licence_from="LICENSE",
    ),
)


def fetch(package: Package, folder: Path) -> Path:
    """Download the package's tarball with npm and return where it is."""
    npm = shutil.which("npm")
    if npm is None:
        raise SystemExit("npm is not installed; it is needed only to raise a vendored version.")
    done = subprocess.run(
        [npm, "pack", f"{package.name}@{package.version}", "--json", "--silent"],
        cwd=folder,
        check=True,
        capture_output=True,
        text=True,
    )
    report = json.loads(done.stdout)
    entry = report[0] if isinstance(report, list) else next(iter(report.values()))
    return folder / str(entry["filename"]).replace("@", "").replace("/", "-")


def read_member(tarball: Path, path: str) -> bytes:
    """Return one file of an npm tarball, whose members all begin with `package/`."""
    with tarfile.open(tarball) as archive:
        try:
            member = archive.extractfile(f"package/{path}")
        except KeyError:
            member = None
        if member is None:
            raise SystemExit(f"{tarball.name} has no {path}.")
        return member.read()


def licence_text(package: Package, tarball: Path) -> bytes:
    """Return the licence text that goes beside the package's files."""
    if package.licence_from.startswith("ours:"):
        return (HERE / "licences" / package.licence_from.removeprefix("ours:")).read_bytes()
    return read_member(tarball, package.licence_from)


def vendor(package: Package, tarball: Path, target: Path) -> list[dict[str, str]]:
    """Write the package's files and licence to `target`, and return their manifest entries.

    Raises:
        SystemExit: the tarball is not the one that was reviewed, or its licence has changed.
    """
    found = hashlib.sha256(tarball.read_bytes()).hexdigest()
    if found != package.sha256:
        raise SystemExit(f"{package.name}: the tarball has hash {found}, not the pinned one.")
    declared = json.loads(read_member(tarball, "package.json"))["license"]
    if declared != package.licence:
        raise SystemExit(f"{package.name} is {declared}, the table says {package.licence}.")
    licence_name = f"LICENSE.{package.name.strip('@').replace('/', '-')}.txt"
    (target / licence_name).write_bytes(licence_text(package, tarball))
    entries = []
    for inside, name in package.files.items():
        content = read_member(tarball, inside)
        (target / name).write_bytes(content)
        entries.append(
            {
                "file": name,
                "package": package.name,
                "version": package.version,
                "licence": package.licence,
                "licence_file": licence_name,
                "source": inside,
                "sha256": hashlib.sha256(content).hexdigest(),
            }
        )
    return entries


def main() -> None:
    """Fetch every package of the table and write `manifest.json`; refuse an unknown tarball."""
    arguments = argparse.ArgumentParser(prog="python -m tools.vendor", description=__doc__)
    arguments.add_argument("--print-hashes", action="store_true", help="print, write nothing")
    only_print = arguments.parse_args().print_hashes
    TARGET.mkdir(parents=True, exist_ok=True)
    manifest: list[dict[str, str]] = []
    with tempfile.TemporaryDirectory() as folder:
        for package in PACKAGES:
            tarball = fetch(package, Path(folder))
            if only_print:
                found = hashlib.sha256(tarball.read_bytes()).hexdigest()
                sys.stdout.write(f"{package.name} {package.version} {found}\n")
                continue
            manifest += vendor(package, tarball, TARGET)
    if not only_print:
        text = json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"
        (TARGET / "manifest.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
