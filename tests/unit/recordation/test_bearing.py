"""A right bears a name where the engine's normal forms are equal; a similar one is told as near."""

import pytest

from service.recordation.bearing import Bearing, bearing


@pytest.mark.parametrize(
    ("title", "name", "found"),
    [
        ("雅迪 YADEA", "yadea", Bearing.SAME),
        ("雅迪 YADEA", "雅迪", Bearing.SAME),
        ("YADEA SPORT", "Yádea-Sport", Bearing.SAME),
        ("ＹＡＤＥＡ", "Yadea", Bearing.SAME),
        ("龍馬", "龙马", Bearing.SAME),
        ("雅迪 YADEA", "YADEE", Bearing.NEAR),
        ("雅迪", "亚迪", Bearing.NEAR),
        ("雅迪 YADEA", "SUNRA", None),
        ("新日", "雅迪", None),
        ("!!!", "...", None),
    ],
)
def test_a_right_bears_a_name(title: str, name: str, found: Bearing | None) -> None:
    assert bearing(title, [name]) is found


def test_one_equal_name_of_a_family_is_enough() -> None:
    assert bearing("YADEA", ["SUNRA", "YADEA"]) is Bearing.SAME
