"""A snapshot as rows of a paper, in the authority's order."""

from collections.abc import Mapping
from typing import Any

from service.core.text import N_
from service.recordation.usecases.wording import Pair, both

Snapshot = Mapping[str, Any]
ANSWERS = {"yes": N_("Yes"), "no": N_("No")}
EMPTY: Pair = {"zh": "（无）", "en": "(none)"}


def groups_of(frozen: Snapshot, names: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return the pages of the form, numbered: title, and rows of label and value.

    `names`: what each picture is called in the pack, by its stored file.
    """
    rows: dict[str, list[dict[str, Any]]] = {}
    for field in frozen["fields"]:
        row = {"label": field["label"], "value": _value(field, names)}
        rows.setdefault(field["group"], []).append(row)
    titles = frozen["groups"]
    return [
        {"title": {**titles[key], "zh": f"{number}. {titles[key]['zh']}"}, "rows": found}
        for number, (key, found) in enumerate(rows.items(), 1)
    ]


def _value(field: Mapping[str, Any], names: Mapping[str, str]) -> Any:
    value = field["value"]
    if field["kind"] == "pictures":
        return [names.get(one["file_id"], one["name"]) for one in value] or EMPTY
    if field["kind"] == "yes_no" and value in ANSWERS:
        return both(ANSWERS[value])
    return value or EMPTY


def pictures_of(frozen: Snapshot) -> list[tuple[str, dict[str, Any]]]:
    """Return the pictures of a snapshot with the field each stands in, in order."""
    return [
        (field["key"], picture)
        for field in frozen["fields"]
        if field["kind"] == "pictures"
        for picture in field["value"]
    ]
