"""The strict reader itself: a sound page passes, and each kind of fault is found."""

from pathlib import Path

import pytest

from tests.page import Page

SOUND = """<!doctype html><html lang="en"><head><title>Marks – Markpass</title></head><body>
<nav aria-label="Main"><a href="#m">Down</a></nav><main id="m"><h1>Marks</h1>{}</main></body>
</html>"""
TOKEN = '<input type="hidden" name="csrf_token" value="t">'
SAMPLES = (Path(__file__).parent / "faults.txt").read_text(encoding="utf-8")
FAULTS = [tuple(sample.split("\n")) for sample in SAMPLES.strip().split("\n\n")]
"""Pairs of lines: the part of a page, and the fault it must be found to have."""
SOUND_PARTS = (
    '<p lang="zh-Hans">雅迪</p><p><bdi translate="no">雅迪</bdi></p>',
    '<img src="/x" alt="">',
    '<svg aria-hidden="true"></svg><br><input type="hidden" name="x">',
    "<label>Name <input name='q'></label>",
    f'<form action="/x" method="post">{TOKEN}<button type="submit">Go</button></form>',
    '<p id="errors"><a href="#q">x</a></p><input id="q" aria-label="x" aria-invalid="true">',
    "<code>{name}</code><h2>x</h2><h3>y</h3><h2>z</h2>",
    '<a href="/x"><img src="/y" alt="Home"></a>',
)


def test_a_sound_page_passes() -> None:
    assert Page(SOUND.format("")).faults() == []


@pytest.mark.parametrize("part", SOUND_PARTS)
def test_sound_parts_pass(part: str) -> None:
    assert Page(SOUND.replace("{}", part)).faults() == []


@pytest.mark.parametrize(("part", "fault"), FAULTS)
def test_each_fault_is_found(part: str, fault: str) -> None:
    assert fault in Page(SOUND.replace("{}", part)).faults()


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("<!doctype html>", "", "page has no doctype"),
        (' lang="en"', "", "page has lang ['']"),
        ('lang="en"', 'lang="zh"', "page has lang ['zh']"),
        ("<title>Marks", "<title>Other", "title 'Other – Markpass' does not name the h1 'Marks'"),
        ("<h1>Marks</h1>", "", "page needs exactly one <h1>, has 0"),
        ("</body>", "", "</html> closes <body>"),
    ],
)
def test_faults_of_the_frame_are_found(old: str, new: str, fault: str) -> None:
    assert fault in Page(SOUND.format("").replace(old, new)).faults()


def chinese(part: str) -> list[str]:
    page = SOUND.replace('lang="en"', 'lang="zh-Hans"').replace("{}", part)
    for english, text in (("Marks", "商标"), ("Main", "主导航"), ("Down", "向下")):
        page = page.replace(english, text)
    return Page(page).faults()


@pytest.mark.parametrize(
    ("part", "fault"),
    [
        ("<p>Sign in</p>", "the page has the message id 'Sign in' and not its translation"),
        (
            '<input aria-label="Sign in">',
            "the page has the message id 'Sign in' and not its translation",
        ),
        (
            "<p>The words were never translated.</p>",
            "<p> is in English in a Chinese page: 'The words were never translated.'",
        ),
    ],
)
def test_english_in_a_chinese_page_is_found(part: str, fault: str) -> None:
    assert fault in chinese(part)


@pytest.mark.parametrize(
    "part",
    [
        "<p>YADEA 雅迪</p>",
        "<p>Wuxi Example Vehicle Co., Ltd.</p>",
        '<p lang="en">Sign in</p>',
        "<code>Sign in</code>",
        '<p translate="no">four small words here</p>',
    ],
)
def test_names_and_marked_english_pass_in_a_chinese_page(part: str) -> None:
    assert chinese(part) == []


def test_a_part_needs_no_frame() -> None:
    assert Page('<h2>x</h2><label for="elsewhere">y</label>', fragment=True).faults() == []


def test_a_part_is_still_read() -> None:
    assert Page("<table></table>", fragment=True).faults() != []


FORM = """<form action="/f" method="post"><input name="a" value="1">
<input name="b" type="checkbox" value="x" checked><input name="b" type="checkbox" value="y" checked>
<input name="c" type="radio" value="z"><textarea name="d">
two
lines</textarea>
<select name="e"><option value="p">P</option><option value="q" selected>Q</option></select>
<select name="g"><option value="first">F</option></select><input name="h" type="file">
<button name="i" type="submit">Go</button><input name="j" disabled value="1"></form>"""


def test_a_form_s_values_are_what_a_browser_sends() -> None:
    values = Page(FORM, fragment=True).form_values("/f")

    assert values == {"a": "1", "b": ["x", "y"], "d": "two\nlines", "e": "q", "g": "first"}


def test_a_link_is_found_by_its_name() -> None:
    assert Page('<a href="/x">Go <b>on</b></a>', fragment=True).link("Go on") == "/x"


def test_a_link_that_is_not_there_is_an_error() -> None:
    with pytest.raises(AssertionError, match="0 links"):
        Page("<p></p>", fragment=True).link("Go")
