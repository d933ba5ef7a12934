"""Colour tokens: enough contrast, in the light and the dark scheme (WCAG 2.2, 1.4.3 and 1.4.11)."""

import re

import pytest

from service.ui.assets import FOLDER
from service.ui.tags import Tone

CSS = (FOLDER / "theme.css").read_text(encoding="utf-8")
TEXT, EDGE = 4.5, 3.0
"""Least contrast of text, and of what shows where a control is (ratio, no unit)."""
PAIRS = (
    *(
        (ink, ground, TEXT)
        for ink in ("ink", "soft", "link", "wrong")
        for ground in ("paper", "ground")
    ),
    *((f"{tone}-ink", tone.value, TEXT) for tone in Tone),
    ("link-hover", "paper", TEXT),
    ("link-hover", "ground", TEXT),
    ("fill-ink", "fill", TEXT),
    ("fill-ink", "fill-hover", TEXT),
    ("differ-ink", "differ", TEXT),
    ("ink", "neutral", TEXT),
    *((edge, ground, EDGE) for edge in ("edge", "focus", "fill") for ground in ("paper", "ground")),
    ("good-ink", "paper", EDGE),
    ("good-ink", "ground", EDGE),
)


def tokens(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", block))


def schemes() -> dict[str, dict[str, str]]:
    light_block, dark_block = re.findall(r":root \{(.*?)\}", CSS, re.DOTALL)[:2]
    light = tokens(light_block)
    return {"light": light, "dark": {**light, **tokens(dark_block)}}


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_black_on_white_is_the_known_ratio() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground", "least"), PAIRS)
def test_tokens_have_enough_contrast(scheme: str, ink: str, ground: str, least: float) -> None:
    colours = schemes()[scheme]

    assert contrast(colours[ink], colours[ground]) >= least


def test_the_dark_scheme_changes_every_colour_it_should() -> None:
    light, dark = schemes().values()

    assert {name for name in light if light[name] == dark[name]} == set()


def test_colours_are_named_once() -> None:
    after_tokens = CSS[CSS.index("/* Type */") : CSS.index("@media print")]

    assert re.findall(r"#[0-9a-f]{3,8}\b", after_tokens) == []


def test_every_class_of_a_tag_has_its_colours() -> None:
    assert [tone for tone in Tone if f".sign-{tone} {{" not in CSS] == []
