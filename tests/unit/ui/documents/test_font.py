"""The bundled font: as reviewed, licence beside it, its table of letters read rightly."""

import hashlib
import json

from fontTools.ttLib import TTFont

from service.ui.documents import font

MANIFEST = json.loads((font.FOLDER / "manifest.json").read_text(encoding="utf-8"))


def test_the_font_is_the_one_that_was_reviewed_and_its_licence_lies_beside_it() -> None:
    (entry,) = MANIFEST

    assert hashlib.sha256(font.FILE.read_bytes()).hexdigest() == entry["sha256"]
    licence = (font.FOLDER / entry["licence_file"]).read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE" in licence
    assert {path.name for path in font.FOLDER.iterdir()} == {
        entry["file"],
        entry["licence_file"],
        "manifest.json",
    }


def test_its_letters_are_those_another_reader_finds() -> None:
    with TTFont(font.FILE, lazy=True) as opened:
        drawn = opened.getBestCmap().keys()
    firsts, lasts = font.drawn_ranges()
    found = {
        each for first, last in zip(firsts, lasts, strict=True) for each in range(first, last + 1)
    }

    assert found == set(drawn)


def test_letters_that_are_not_in_it_are_written_as_their_code_points() -> None:
    assert font.drawable("雅迪 YADEA ö — Ж") == "雅迪 YADEA ö — Ж"
    assert font.all_drawable({"a": ["ก", 1, None]}) == {"a": ["〔U+0E01〕", 1, None]}
