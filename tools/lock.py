"""Pin every dependency with hashes for all platforms: `make lock`. Needs `uv` (pip install uv)."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
COMMON = ["--universal", "--python-version", "3.11", "--generate-hashes", "--no-emit-index-url"]
COMMON += ["--custom-compile-command", "make lock", "--quiet"]
LOCKS = (
    ("requirements.lock", []),
    ("requirements-dev.lock", ["--group", "dev", "-c", "requirements.lock"]),
)


def main() -> None:
    """Write both lock files."""
    for name, more in LOCKS:
        command = [sys.executable, "-m", "uv", "pip", "compile", "pyproject.toml", *COMMON, *more]
        subprocess.run([*command, "-o", name], cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
