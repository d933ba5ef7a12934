"""Where templates lie, how they are named, and what they are given."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

TEMPLATES = Path(__file__).parent / "templates"
_NAME = re.compile(r"[a-z0-9_]+(?:/[a-z0-9_]+)+")


def template_path(name: str, suffix: str) -> Path:
    """Return the template `module/name` with this suffix.

    Raises:
        LookupError: there is none; a paper with a dead template must not be offered.
    """
    path = TEMPLATES / f"{name}{suffix}"
    if not _NAME.fullmatch(name) or not path.is_file():
        raise LookupError(f"there is no template {name}{suffix}")
    return path


def plain(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return a copy of the data as plain JSON values: a template gets no object of ours.

    Days and times are written by the caller, in the words of the reader.

    Raises:
        TypeError: something in it is not JSON.
    """
    copy: dict[str, Any] = json.loads(json.dumps(data, ensure_ascii=False, allow_nan=False))
    return copy
