import pytest

from service.screening.showing import plain

REPLACED = "\N{REPLACEMENT CHARACTER}"


@pytest.mark.parametrize("text", ["雅迪 YADEA", "Ünïcode", "全角\u3000空格", "हिन्दी", "[red]"])
def test_what_shows_is_shown_as_it_stands(text: str) -> None:
    assert plain(text) == text


@pytest.mark.parametrize("char", ["\x1b", "\x07", "\x9b", "\r", "\u202e", "\u2066", "\ud800", "\0"])
def test_what_steers_a_terminal_is_replaced(char: str) -> None:
    assert plain(f"YA{char}DEA") == f"YA{REPLACED}DEA"
