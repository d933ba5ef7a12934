"""Style, script and vendored files: kept in memory, addressed by content, cached for ever.

The address carries a hash of the content, so a changed file has a new address and an old page
still finds nothing stale. The set is small (below 1 MiB) and fixed when the process starts.
"""

import gzip
import hashlib
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

FOLDER = Path(__file__).parent / "static"
PREFIX = "/static"
FOREVER = "public, max-age=31536000, immutable"
_DIGEST_LETTERS = 16
_WORTH_PACKING = 1024
"""Bytes; below this gzip's own frame eats the gain."""
_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


@dataclass(frozen=True, slots=True)
class Asset:
    """One file as it is served."""

    path: str
    """Address with the content hash, below the application's root."""
    media_type: str
    content: bytes
    packed: bytes | None
    """The same under gzip, or None where that saves nothing."""


@lru_cache
def assets() -> Mapping[str, Asset]:
    """Return every served file by its name under `static/`, e.g. `vendor/htmx.min.js`."""
    files = (path for path in sorted(FOLDER.rglob("*")) if path.is_file())
    return {path.relative_to(FOLDER).as_posix(): _read(path) for path in files}


def asset_url(name: str) -> str:
    """Return the address of a static file.

    Raises:
        KeyError: there is no such file; a page with a dead link must not be rendered.
    """
    return assets()[name].path


def mount_static(app: Starlette) -> None:
    """Serve the static files under `/static/`."""
    app.router.routes.append(Route(f"{PREFIX}/{{digest}}/{{name:path}}", serve_asset))


def serve_asset(request: Request) -> Response:
    """Answer one file; an address with another version's hash is not found."""
    asset = assets().get(request.path_params["name"])
    if asset is None or not asset.path.startswith(f"{PREFIX}/{request.path_params['digest']}/"):
        raise HTTPException(404)
    headers = {
        "Cache-Control": FOREVER,
        "Vary": "Accept-Encoding",
        "X-Content-Type-Options": "nosniff",
    }
    if asset.packed is not None and "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
        return Response(asset.packed, media_type=asset.media_type, headers=headers)
    return Response(asset.content, media_type=asset.media_type, headers=headers)


def _read(path: Path) -> Asset:
    content = path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()[:_DIGEST_LETTERS]
    name = path.relative_to(FOLDER).as_posix()
    media_type = _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "text/plain"
    packed = gzip.compress(content, mtime=0) if len(content) > _WORTH_PACKING else None
    if packed is not None and len(packed) >= len(content):
        packed = None
    return Asset(f"{PREFIX}/{digest}/{name}", media_type, content, packed)
