"""Verifies an evidence bundle offline: `python3 verify.py`, in its folder. Standard library only.

It reads manifest.json beside it, hashes every file, the bundle's own too, follows every custody
chain from its first event to its head, and says what does not hold. Exit code 0: all holds; 1:
something does not.
"""

import hashlib
import json
import sys
from pathlib import Path
from typing import Any, Dict, Iterator, List

HERE = Path(__file__).resolve().parent
OWN = ("manifest.json", "verify.py", "index.html")


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        for chunk in iter(lambda: stream.read(1 << 20), b""):
            digest.update(chunk)
    return digest.hexdigest()


def link(previous: str, event: Dict[str, Any]) -> str:
    """Return the hash of an event after the one before."""
    content = json.dumps(event, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256((previous + content).encode()).hexdigest()


def faults(item: Dict[str, Any]) -> Iterator[str]:
    """Yield what is wrong with one item."""
    path = HERE / item["file"]
    if not path.is_file():
        yield "the file is missing"
    elif sha256(path) != item["sha256"]:
        yield "the content is not what was taken in"
    previous = item["sha256"]
    for number, entry in enumerate(item["chain"], start=1):
        if entry["event"]["number"] != number or entry["event"]["sha256"] != item["sha256"]:
            yield f"custody event {number} is out of order or about another content"
        if entry["hash"] != link(previous, entry["event"]):
            yield f"custody event {number} does not follow from the one before"
        previous = entry["hash"]
    if previous != item["head"] or len(item["chain"]) != item["events"]:
        yield "the end of the custody chain is missing"


def changed(items: List[Dict[str, Any]]) -> Iterator[str]:
    """Yield which of the bundle's own files were changed since it was made."""
    listed = (HERE / "SHA256SUMS").read_text(encoding="utf-8", errors="replace").splitlines()
    for name in OWN:
        path = HERE / name
        if not path.is_file() or f"{sha256(path)}  {name}" not in listed:
            yield f"{name}: it was changed"
    expected = {f"{item['sha256']}  {item['file']}" for item in items}
    if {line for line in listed if not line.endswith(OWN)} != expected:
        yield "SHA256SUMS: it was changed"


def say(text: str) -> None:
    """Write a line."""
    sys.stdout.write(text + "\n")


def main() -> int:
    """Check everything; print and return what does not hold."""
    wrong = 0
    try:
        items = json.loads((HERE / "manifest.json").read_bytes())["items"]
    except (ValueError, KeyError):
        say("WRONG 不符  manifest.json: it was changed")
        return 1
    for fault in changed(items):
        say(f"WRONG 不符  {fault}")
        wrong += 1
    for item in items:
        found = list(faults(item))
        wrong += len(found)
        for fault in found or ["holds 一致"]:
            say(f"{'WRONG 不符  ' if found else ''}{item['number']} {item['title']}: {fault}")
    say("ALL HOLDS 全部一致" if not wrong else f"{wrong} FAULTS 处不符")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
