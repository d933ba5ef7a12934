"""Static files: addressed by content, kept for ever, the vendored ones as they were reviewed."""

import gzip
import hashlib
import json

import pytest
from starlette.testclient import TestClient

from service.ui.assets import FOLDER, asset_url, assets

MANIFEST = json.loads((FOLDER / "vendor" / "manifest.json").read_text(encoding="utf-8"))
LINES = {"theme.css": 250, "behaviour.js": 100}
"""Most lines of a file (architecture report, 6.3)."""


@pytest.mark.parametrize("name", ["theme.css", "behaviour.js", "vendor/tabler.min.css"])
def test_a_file_may_be_kept_for_ever(client: TestClient, name: str) -> None:
    response = client.get(asset_url(name))

    assert response.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert response.content == (FOLDER / name).read_bytes()


def test_the_address_names_the_content() -> None:
    digest = hashlib.sha256((FOLDER / "theme.css").read_bytes()).hexdigest()

    assert asset_url("theme.css") == f"/static/{digest[:16]}/theme.css"


def test_style_sheets_are_packed_for_who_can_unpack_them(client: TestClient) -> None:
    asset = assets()["vendor/tabler.min.css"]

    assert asset.packed is not None
    assert gzip.decompress(asset.packed) == asset.content
    assert len(asset.packed) < len(asset.content) / 5


def test_a_packed_answer_says_so(client: TestClient) -> None:
    response = client.get(asset_url("theme.css"), headers={"Accept-Encoding": "gzip"})

    assert response.headers["content-encoding"] == "gzip"


def test_who_cannot_unpack_gets_the_plain_file(client: TestClient) -> None:
    response = client.get(asset_url("theme.css"), headers={"Accept-Encoding": "identity"})

    assert "content-encoding" not in response.headers


@pytest.mark.parametrize(
    "path",
    [
        "/static/0000000000000000/theme.css",
        "/static/theme.css",
        "/static/0000000000000000/../../render.py",
        f"{asset_url('theme.css')}/../behaviour.js",
        asset_url("theme.css").replace("theme.css", "%2e%2e/render.py"),
    ],
)
def test_anything_else_is_not_found(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_page_cannot_name_a_file_that_is_not_there() -> None:
    with pytest.raises(KeyError):
        asset_url("gone.css")


@pytest.mark.parametrize(("name", "media_type"), [("mark.svg", "svg+xml"), ("theme.css", "css")])
def test_files_have_their_type(client: TestClient, name: str, media_type: str) -> None:
    assert media_type in client.get(asset_url(name)).headers["content-type"]


@pytest.mark.parametrize("entry", MANIFEST, ids=lambda entry: str(entry["file"]))
def test_a_vendored_file_is_the_one_that_was_reviewed(entry: dict[str, str]) -> None:
    content = (FOLDER / "vendor" / entry["file"]).read_bytes()

    assert hashlib.sha256(content).hexdigest() == entry["sha256"]


@pytest.mark.parametrize("entry", MANIFEST, ids=lambda entry: str(entry["file"]))
def test_a_vendored_file_has_its_licence_beside_it(entry: dict[str, str]) -> None:
    text = (FOLDER / "vendor" / entry["licence_file"]).read_text(encoding="utf-8")

    assert "Permission" in text


def test_nothing_is_vendored_that_the_manifest_does_not_name() -> None:
    named = {entry[key] for entry in MANIFEST for key in ("file", "licence_file")}

    assert {path.name for path in (FOLDER / "vendor").iterdir()} == {*named, "manifest.json"}


@pytest.mark.parametrize(("name", "lines"), LINES.items())
def test_our_own_files_stay_short(name: str, lines: int) -> None:
    assert len((FOLDER / name).read_text(encoding="utf-8").splitlines()) < lines
