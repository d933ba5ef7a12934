"""What is frozen when something is sent: every field as it stood, every paper by its hash."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from service.core import clock
from service.recordation.models import FilingPaper
from service.recordation.usecases.readiness import Case, fields_of, value_of
from service.recordation.usecases.wording import both
from service.registry.models import StoredFile
from service.rules.authorities import FieldNeed
from service.rules.authorities.showing import RIGHT_NAMES

FORM = 1
"""Version of the snapshot's own shape."""


def snapshot(case: Case, papers: Sequence[tuple[FilingPaper, StoredFile]]) -> dict[str, Any]:
    """Return everything a filing says at this moment, as JSON."""
    authority, asset = case.authority, case.substance.asset
    labels = {need.key: need.label.model_dump() for need in authority.documents}
    return {
        "form": FORM,
        "authority": authority.code,
        "authority_name": authority.name.model_dump(),
        "procedure": case.filing.procedure if case.filing else "",
        "right": str(asset.id),
        "right_kind": both(RIGHT_NAMES[asset.kind]),
        "states": list(case.states),
        "taken_at": clock.now().isoformat(),
        "fields": [
            {
                "group": group.key,
                "key": need.key,
                "label": need.label.model_dump(),
                "kind": need.kind.value,
                "value": value_of(case, need),
            }
            for group in authority.groups
            for need in group.fields
            if not need.rights or asset.kind in need.rights
        ],
        "groups": {group.key: group.title.model_dump() for group in authority.groups},
        "papers": [
            {
                "key": paper.key,
                "label": labels.get(paper.key, {"zh": paper.key, "en": paper.key}),
                "file_id": str(file.id),
                "sha256": file.sha256,
                "name": file.name,
                "size": file.size,
                "media_type": file.media_type,
            }
            for paper, file in papers
        ],
    }


def canonical(value: Mapping[str, Any]) -> bytes:
    """Return JSON in one spelling: keys sorted, no spaces, UTF-8."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def hash_of(value: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a snapshot in its one spelling."""
    return hashlib.sha256(canonical(value)).hexdigest()


def differences(filed: Mapping[str, Any], case: Case) -> list[dict[str, Any]]:
    """Return where the substance says something else now than was filed, field by field.

    Only fields the substance answers are compared, and not those the filing answered itself.
    """
    before = {row["key"]: row["value"] for row in filed["fields"]}
    found = []
    for need in _compared(case):
        now = _plain(value_of(case, need))
        then = _plain(before.get(need.key, ""))
        if now != then:
            found.append(
                {"key": need.key, "label": need.label.model_dump(), "filed": then, "now": now}
            )
    return found


def _compared(case: Case) -> Iterable[FieldNeed]:
    return (
        need
        for need in fields_of(case.authority, case.substance.asset.kind)
        if need.source and need.key not in case.answers
    )


def _plain(value: Any) -> Any:
    """Return a value as it is compared: pictures by hash, pairs by one language only."""
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        return value.get("sha256") or value["en"]
    return value
