import pytest

from service.identity.codes import CODES, USCC_CHARACTERS, uscc_check_character, written


@pytest.mark.parametrize("code", ["91350100M000100Y43", "9199000000000001X0"])
def test_a_code_whose_check_character_fits_is_taken(code: str) -> None:
    assert CODES["uscc"].fault(code) is None


def test_one_wrong_character_anywhere_is_found() -> None:
    code = "91350100M000100Y43"
    for place in range(18):
        for other in USCC_CHARACTERS:
            wrong = code[:place] + other + code[place + 1 :]
            assert (CODES["uscc"].fault(wrong) is None) is (wrong == code), wrong


def test_two_neighbours_that_changed_places_are_found() -> None:
    code = "91350100M000100Y43"
    for place in range(16):
        swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
        assert (CODES["uscc"].fault(swapped) is None) is (swapped == code)


def test_a_remainder_of_nought_gives_the_character_nought() -> None:
    assert uscc_check_character("0" * 17) == "0"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("uscc", "91350100M000100Y4"),
        ("uscc", "91350100I000100Y43"),
        ("eori", "DE"),
        ("eori", "D1234"),
        ("eori", "DE1234567890123456"),
        ("customs_code", "32029600A"),
        ("customs_code", "32A2960001"),
        ("iec", "ABCDE1234"),
        ("country", "CHN"),
        ("country", "1A"),
    ],
)
def test_a_code_of_another_shape_is_refused(name: str, code: str) -> None:
    assert CODES[name].fault(code)


@pytest.mark.parametrize(
    ("name", "code"),
    [("eori", "DE123456789012345"), ("customs_code", "3202960001"), ("iec", "AAAPL1234C")],
)
def test_a_code_of_its_shape_is_taken(name: str, code: str) -> None:
    assert CODES[name].fault(code) is None


def test_what_was_typed_is_kept_as_offices_write_it() -> None:
    assert written(" 91３50100 m000100y43 ") == "91350100M000100Y43"
