"""Export bundles: files, manifest, custody chains, and a verifier that works without us."""

import hashlib
import html
import json
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Any
from uuid import UUID

from sqlalchemy.orm import Session

from service.cases.custody import event_out
from service.cases.domain import EXPORT_CHECKS, Custody, Destination
from service.cases.errors import ExportUnchecked
from service.cases.models_evidence import Evidence, ExportCheck
from service.cases.repository import Threads
from service.cases.repository_evidence import Items
from service.cases.usecases.evidence import check, note_custody
from service.cases.usecases.telling import tell
from service.core import clock
from service.core.errors import FieldError, Invalid
from service.core.files import Files
from service.core.text import N_
from service.identity.permissions import Actor, Permission

HEADS = (
    *("编号 No.", "名称 Title", "证明目的 Purpose", "文件 File", "字节 Bytes", "SHA-256"),
    *("保管记录数 Custody events", "链尾 Head of the chain"),
)
VERIFIER = Path(__file__).parent.parent / "data" / "verify.py"
SUFFIXES: Mapping[str, str] = {
    "application/pdf": ".pdf",
    "application/json": ".json",
    "application/ofd": ".ofd",
    "message/rfc822": ".eml",
    "application/vnd.ms-outlook": ".msg",
    "video/mp4": ".mp4",
}


def record_check(
    session: Session,
    actor: Actor,
    thread_id: UUID,
    evidence_ids: Sequence[UUID],
    *,
    recipient: str,
    answers: Mapping[str, str],
) -> ExportCheck:
    """Record the check before evidence goes to a court or authority abroad.

    Raises:
        Invalid: a point is not answered in words, or no recipient is named.
    """
    actor.need(Permission.EVIDENCE_EXPORT)
    thread = Threads(session, actor).to_change(thread_id)
    open_points = [name for name in EXPORT_CHECKS if not answers.get(name, "").strip()]
    errors = [FieldError(name, N_("Say what was checked, and how.")) for name in open_points]
    if not recipient.strip():
        errors.append(FieldError("recipient", N_("Name the court or authority.")))
    if errors:
        raise Invalid(errors[0].message, errors=errors)
    row = ExportCheck(
        thread_id=thread.id,
        evidence=sorted(str(key) for key in evidence_ids),
        recipient=recipient,
        answers={name: answers[name] for name in EXPORT_CHECKS},
        checked_at=clock.now(),
        checked_by=actor.person_id,
    )
    session.add(row)
    session.flush()
    tell(session, actor, thread, "evidence.export_checked", note=recipient)
    return row


def export_bundle(
    session: Session,
    files: Files,
    actor: Actor,
    thread_id: UUID,
    evidence_ids: Sequence[UUID],
    *,
    destination: Destination,
    recipient: str,
) -> IO[bytes]:
    """Return a zip of these items with manifest, chains and verifier; each export is noted.

    Every item is verified first. What is under the mediation audience stays out, for it is no
    evidence.

    Raises:
        ExportUnchecked: it is for abroad, and no recorded check covers these items.
        EvidenceDamaged: an item does not hold.
        Invalid: nothing is chosen.
    """
    actor.need(Permission.EVIDENCE_EXPORT)
    thread = Threads(session, actor).get(thread_id)
    items = [row for row in Items(session, actor).of(thread.id) if row.id in set(evidence_ids)]
    if not items:
        detail = N_("Choose at least one piece of evidence.")
        raise Invalid(detail, errors=[FieldError("evidence", detail)])
    if destination is Destination.FOREIGN:
        _need_check(session, actor, thread.id, items)
    for item in items:
        check(session, actor, item, files)
        note_custody(session, actor, item, Custody.EXPORTED, to=recipient)
    tell(session, actor, thread, "evidence.exported", note=recipient, count=len(items))
    return _zipped(session, files, actor, items, str(thread.number or thread.id))


def _need_check(session: Session, actor: Actor, thread_id: UUID, items: list[Evidence]) -> None:
    wanted = {str(item.id) for item in items}
    if not any(wanted <= set(row.evidence) for row in Items(session, actor).checks(thread_id)):
        raise ExportUnchecked(
            N_("Record first what was checked (rules on foreign-related IP disputes, Art. 12-13).")
        )


def _zipped(
    session: Session, files: Files, actor: Actor, items: list[Evidence], matter: str
) -> IO[bytes]:
    told = [_item(session, actor, item) for item in items]
    manifest: dict[str, Any] = {
        "format": "markpass-evidence/1",
        "matter": matter,
        "made_at": clock.now().isoformat(),
        "items": told,
    }
    parts = {
        "manifest.json": json.dumps(manifest, ensure_ascii=False, indent=1).encode(),
        "verify.py": VERIFIER.read_bytes(),
        "index.html": _page(manifest).encode(),
    }
    out = tempfile.TemporaryFile()  # noqa: SIM115  the answer streams it, then closes it
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, content in parts.items():
            bundle.writestr(name, content)
        for item, one in zip(items, told, strict=True):
            bundle.write(files.path(item.sha256), one["file"])
        sums = [f"{hashlib.sha256(content).hexdigest()}  {n}" for n, content in parts.items()]
        sums += [f"{one['sha256']}  {one['file']}" for one in told]
        bundle.writestr("SHA256SUMS", "\n".join(sums) + "\n")
    out.seek(0)
    return out


def _item(session: Session, actor: Actor, item: Evidence) -> dict[str, Any]:
    suffix = SUFFIXES.get(item.media_type, f".{item.media_type.rpartition('/')[2][-5:]}")
    chain = Items(session, actor).chain(item)
    return {
        "number": item.number,
        "title": item.title,
        "purpose": item.purpose,
        "kind": item.kind.value,
        "obtained": item.obtained.value,
        "source": item.source,
        "copy_of": item.copy_of.value,
        "seal": item.seal,
        "scan": item.scan.value,
        "file": f"files/{item.number:03}{suffix}",
        "name": item.name,
        "media_type": item.media_type,
        "size": item.size,
        "sha256": item.sha256,
        "chain": [{"event": event_out(event), "hash": event.hash} for event in chain],
        "events": item.events,
        "head": item.head,
    }


def _page(manifest: Mapping[str, Any]) -> str:
    """Return a static page that lists the bundle, in both languages."""
    rows = "".join(
        "<tr>"
        + "".join(
            f"<td>{html.escape(str(item[key]))}</td>"
            for key in ("number", "title", "purpose", "file", "size", "sha256", "events", "head")
        )
        + "</tr>"
        for item in manifest["items"]
    )
    head = "".join(f'<th scope="col">{name}</th>' for name in HEADS)
    return (
        '<!doctype html><html lang="zh-Hans"><meta charset="utf-8"><title>证据包 Evidence bundle'
        f"</title><h1>证据包 Evidence bundle {html.escape(manifest['matter'])}</h1>"
        f"<p>{html.escape(manifest['made_at'])}</p>"
        "<p>核验：在此文件夹运行 <code>python3 verify.py</code>，无需联网。 "
        "To verify: run <code>python3 verify.py</code> in this folder; no network is used.</p>"
        f'<table border="1"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></html>'
    )
