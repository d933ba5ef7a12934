"""Run every test: `make test`. Extra arguments go to pytest.

A private TMPDIR lets the PostgreSQL of the wheel run as root and as a user; the Numba cache is
kept between runs. Three workers, since two cores are the smallest machine this is made for and a
test often waits: for PostgreSQL, for Chromium, for a disk. WORKERS names another number.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main(arguments: list[str]) -> int:
    """Run pytest in a private temporary folder; return its exit code."""
    caches = ROOT / ".tmp"
    caches.mkdir(exist_ok=True)
    scratch = Path(tempfile.mkdtemp(prefix="markpass-"))
    scratch.chmod(0o755)  # PostgreSQL, started as root, becomes another user
    environment = os.environ | {
        "PYTHONDONTWRITEBYTECODE": "",  # the many processes that tests start compile nothing anew
        "TMPDIR": str(scratch),
        "NUMBA_CACHE_DIR": os.environ.get("NUMBA_CACHE_DIR", str(caches / "numba")),
    }
    command = [sys.executable, "-m", "pytest", "-q", "-n", os.environ.get("WORKERS", "3")]
    try:
        return subprocess.call([*command, *arguments], cwd=ROOT, env=environment)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
