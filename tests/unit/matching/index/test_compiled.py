"""Compiled kernels are kept where one may write, and never met by other sources."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from service.matching import compiling
from service.matching.index import compiled, warm


def test_a_named_folder_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "kernels"))
    assert compiling.cache_folder() == tmp_path / "kernels"


def test_a_named_place_that_cannot_be_a_folder_means_no_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "file" / "kernels"))
    assert compiling.cache_folder() is None


def test_without_a_name_the_cache_is_beside_the_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NUMBA_CACHE_DIR", raising=False)
    assert compiling.cache_folder() == Path(compiling.__file__).parent / "__pycache__"


def test_a_process_works_without_a_cache(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    environment = os.environ | {
        "NUMBA_CACHE_DIR": str(tmp_path / "file" / "kernels"),
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    program = (
        "import numpy as np\n"
        "from service.matching.index.signature import hash_text\n"
        "print(hash_text('one') == hash_text('one'))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, env=environment
    )
    assert done.stdout == "True\n"


def test_every_module_with_kernels_counts_for_the_cache() -> None:
    for module, named in ((compiled, compiled.OURS), (compiling, compiling.SOURCES)):
        folder = Path(str(module.__file__)).parent
        with_kernels = {path.name for path in folder.glob("*.py") if "@kernel" in path.read_text()}
        assert with_kernels <= set(named)


def test_warming_tells_how_long_it_took() -> None:
    assert warm() > 0
