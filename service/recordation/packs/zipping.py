"""The pack of a filing: one zip, the same bytes for the same filing."""

import hashlib
import io
import json
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from service.core.files import Files
from service.core.text import N_
from service.recordation.packs.attachments import Attachment, papers, picture_names, pictures
from service.recordation.packs.rows import Snapshot, groups_of
from service.recordation.usecases.snapshots import canonical, hash_of
from service.recordation.usecases.wording import both
from service.rules.authorities import Authority
from service.rules.authorities.showing import picture_limits
from service.ui.documents.pairs import as_text
from service.ui.documents.pdf import Imprint, Paper, pdf
from service.ui.documents.word import word

EPOCH = (2020, 1, 1, 0, 0, 0)
TYPED = frozenset({"gacc"})
"""Authorities whose own system prints the application: theirs is a sheet to type from."""


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack, and the hash of its content."""

    content: bytes
    sha256: str
    name: str


def build_pack(
    files: Files, frozen: Snapshot, authority: Authority, *, reference: str, draft: bool
) -> Pack:
    """Return the pack of a frozen filing, or of a draft as it stands.

    Raises:
        FileDamaged: a stored file no longer has its hash.
        PictureUnreadable, PictureTooLarge: a picture cannot be fitted.
    """
    at = datetime.fromisoformat(frozen["taken_at"])
    added = [*papers(files, frozen, authority, at=at), *pictures(files, frozen, authority)]
    data = paper_data(frozen, authority, added, draft=draft)
    shown = {f"picture{n}.jpg": one.content for n, one in enumerate(_shown(added), start=1)}
    form = pdf(Paper("recordation/filing", data, Imprint(reference, at), shown))
    first = "01_typing_sheet.pdf" if authority.code in TYPED else "01_application.pdf"
    contents = {
        first: form,
        "02_fields.docx": steady(word("kit/letter", _letter(frozen, data, reference))),
        "snapshot.json": canonical(frozen),
        **{one.name: one.content for one in added},
    }
    contents["manifest.json"] = _manifest(frozen, contents, added)
    zipped = _zip(contents)
    name = f"{authority.code}-{reference}.zip"
    return Pack(zipped, hashlib.sha256(zipped).hexdigest(), name)


def paper_data(
    frozen: Snapshot, authority: Authority, added: Sequence[Attachment], *, draft: bool
) -> dict[str, Any]:
    """Return what the paper of the fields shows."""
    typed = authority.code in TYPED
    title = N_("Typing sheet for the recordation system") if typed else N_("Application")
    return {
        "title": both(title),
        "authority": frozen["authority_name"],
        "hash": hash_of(frozen),
        "draft": both(N_("Draft: not sent, not complete perhaps.")) if draft else None,
        "limits": _limits(authority),
        "groups": groups_of(frozen, picture_names(frozen)),
        "documents": [
            {
                "name": one.name.partition("/")[2],
                "label": dict(one.label),
                "size": len(one.content),
                "sha256": hashlib.sha256(one.content).hexdigest(),
                "note": both(one.note) if one.note else {"zh": "", "en": ""},
            }
            for one in added
        ],
        "pictures": [
            {"file": f"picture{number}.jpg", "caption": dict(one.label)}
            for number, one in enumerate(_shown(added), start=1)
        ],
    }


def _shown(added: Sequence[Attachment]) -> list[Attachment]:
    return [one for one in added if one.name.startswith("pictures/")][:12]


def _limits(authority: Authority) -> dict[str, str] | None:
    limits = picture_limits(authority)
    return limits.model_dump() if limits else None


def _letter(frozen: Snapshot, data: dict[str, Any], reference: str) -> dict[str, Any]:
    rows = [
        {"label": row["label"], "value": as_text(row["value"])}
        for group in data["groups"]
        for row in group["rows"]
    ]
    return {
        "title": data["title"],
        "reference": reference,
        "made_at": frozen["taken_at"][:10],
        "fields": rows,
        "paragraphs": [as_text(data["authority"])],
    }


def _manifest(frozen: Snapshot, contents: dict[str, bytes], added: Sequence[Attachment]) -> bytes:
    sources = {one.name: one.source for one in added}
    rows = [
        {
            "name": name,
            "size": len(content),
            "sha256": hashlib.sha256(content).hexdigest(),
            **({"made_from": sources[name]} if name in sources else {}),
        }
        for name, content in sorted(contents.items())
    ]
    manifest = {"snapshot_sha256": hash_of(frozen), "files": rows}
    return json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True).encode()


def steady(document: bytes) -> bytes:
    """Return a Word file without the time of its making: the same content, the same bytes."""
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        return _zip({name: archive.read(name) for name in archive.namelist()})


def _zip(contents: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(contents.items()):
            info = zipfile.ZipInfo(name, EPOCH)
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(info, content)
    return out.getvalue()
