"""The hash chain of one piece of evidence, the same for the service and for the offline verifier.

`hash = SHA-256(previous hash + canonical JSON of the event)`; the first has the content's SHA-256
before it.
"""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from service.cases.models_evidence import CustodyEvent, Evidence


def event_out(event: CustodyEvent) -> dict[str, Any]:
    """Return an event as the chain hashes it and the manifest holds it."""
    return {
        "number": event.number,
        "event": event.event.value,
        "at": event.at.isoformat(),
        "actor": str(event.actor_id or ""),
        "detail": event.detail,
        "sha256": event.sha256,
    }


def link(previous: str, event: dict[str, Any]) -> str:
    """Return the hash of an event after the one before."""
    content = json.dumps(event, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{previous}{content}".encode()).hexdigest()


def faults_of(item: Evidence, events: Iterable[CustodyEvent]) -> list[str]:
    """Return what is wrong with a chain, in order; nothing means that it holds."""
    previous, number, faults = item.sha256, 0, []
    for event in events:
        number += 1
        if event.number != number:
            faults.append(f"event {number} is missing")
        if event.sha256 != item.sha256:
            faults.append(f"event {event.number} names another content")
        if event.hash != link(previous, event_out(event)):
            faults.append(f"event {event.number} does not follow from the one before")
        previous = event.hash
    if (number, previous) != (item.events, item.head):
        faults.append("the end of the chain is missing")
    return faults
