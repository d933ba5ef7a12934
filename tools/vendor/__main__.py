"""Fetch the pinned npm packages whose files are committed: `python -m tools.vendor`.

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
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
UI = HERE.parents[1] / "service" / "ui"
SERVED = UI / "static" / "vendor"
"""What browsers are sent."""
FONTS = UI / "documents" / "fonts"
"""What is set into papers, and never served."""


@dataclass(frozen=True, slots=True, eq=False)
class Package:
    """One npm package at one version, and the files of it that we keep."""

    name: str
    version: str
    licence: str
    """SPDX identifier of the files we keep."""
    sha256: str
    """Of the tarball as published."""
    files: dict[str, str]
    """Path inside the package → file name in the folder of the vendored."""
    licence_from: str
    """Path of the licence text inside the package; or, with `ours:`, in `licences/` beside this
    script, for a package that states its licence without carrying the text."""
    declared: str = ""
    """What the package's own `package.json` says, where it is not just `licence`: a package of
    fonts names the licence of its scripts as well."""


SERVED_PACKAGES = (
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
FONT_PACKAGES = (
    Package(
        name="@expo-google-fonts/noto-sans-sc",
        version="0.4.3",
        licence="OFL-1.1",
        declared="MIT AND OFL-1.1",
        sha256="0d69d0f4971d2ff574e3d93cbc218dc950bf3f3f8f8e2c008d97687ed53aee59",
        files={"400Regular/NotoSansSC_400Regular.ttf": "NotoSansSC-Regular.ttf"},
        licence_from="LICENSE_FONT",
    ),
)
PACKAGES = {SERVED: SERVED_PACKAGES, FONTS: FONT_PACKAGES}
"""By the folder that their files go to."""


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
    expected = package.declared or package.licence
    if declared != expected:
        raise SystemExit(f"{package.name} is {declared}, the table says {expected}.")
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
    """Fetch every package of the tables and write `manifest.json`; refuse an unknown tarball."""
    arguments = argparse.ArgumentParser(prog="python -m tools.vendor", description=__doc__)
    arguments.add_argument("--print-hashes", action="store_true", help="print, write nothing")
    only_print = arguments.parse_args().print_hashes
    for target, packages in PACKAGES.items():
        with tempfile.TemporaryDirectory() as folder:
            tarballs = {package: fetch(package, Path(folder)) for package in packages}
            if only_print:
                for package, tarball in tarballs.items():
                    found = hashlib.sha256(tarball.read_bytes()).hexdigest()
                    sys.stdout.write(f"{package.name} {package.version} {found}\n")
            else:
                write(target, tarballs)


def write(target: Path, tarballs: Mapping[Package, Path]) -> None:
    """Write the files of some packages, and the manifest that names them."""
    target.mkdir(parents=True, exist_ok=True)
    entries = [entry for one, tarball in tarballs.items() for entry in vendor(one, tarball, target)]
    text = json.dumps(entries, indent=2, ensure_ascii=False) + "\n"
    (target / "manifest.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
