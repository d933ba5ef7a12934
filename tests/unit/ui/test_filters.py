"""How values of our own types are written."""

import pytest

from service.ui.filters import (
    attributes,
    element_id,
    script_language,
    translated_filters,
    with_query,
)
from service.ui.i18n import Language, translator

EN = translated_filters(translator(Language.EN))
ZH = translated_filters(translator(Language.ZH_HANS))


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("雅迪", "zh"),
        ("ヤデア", "ja"),
        ("雅デア", "ja"),
        ("야디", "ko"),
        ("YADEA", ""),
        ("雅迪 YADEA", "zh"),
        ("", ""),
    ],
)
def test_a_name_is_read_in_the_language_of_its_script(name: str, language: str) -> None:
    assert script_language(name) == language


@pytest.mark.parametrize(
    ("name", "identifier"),
    [
        ("goods", "goods"),
        ("/goods/0/hs", "goods-0-hs"),
        ("goods.0.hs", "goods-0-hs"),
        ("a b", "a-b"),
    ],
)
def test_a_field_name_makes_an_id(name: str, identifier: str) -> None:
    assert element_id(name) == identifier


def test_attributes_are_escaped_and_hyphened() -> None:
    text = attributes({"hx_get": '/?a="b"&c', "multiple": True, "min": 0, "max": None, "x": False})

    assert text == ' hx-get="/?a=&#34;b&#34;&amp;c" multiple min="0"'


@pytest.mark.parametrize("keyword", ["onclick", "on_click", "style", "a b", "A", "x>"])
def test_what_the_policy_forbids_is_no_attribute(keyword: str) -> None:
    with pytest.raises(ValueError, match="may not be an attribute"):
        attributes({keyword: "x"})


@pytest.mark.parametrize(
    ("changes", "url"),
    [
        ({"sort": "-x"}, "/p?q=a%26b&q=&cursor=1&sort=-x"),
        ({"cursor": None}, "/p?q=a%26b&q="),
        ({"q": "ü", "cursor": None}, "/p?q=%C3%BC"),
        ({"q": None, "cursor": None}, "/p"),
    ],
)
def test_only_the_named_query_values_change(changes: dict[str, object], url: str) -> None:
    assert with_query("/p?q=a%26b&q=&cursor=1", **changes) == url


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, "0 B"),
        (1023, "1,023 B"),
        (1536, "1.5 KiB"),
        (200 * 2**20, "200.0 MiB"),
        (2**50, "1,024.0 TiB"),
    ],
)
def test_bytes_are_written_in_a_unit_that_fits(count: int, text: str) -> None:
    assert EN["size"](count) == text


@pytest.mark.parametrize(("filters", "text"), [(EN, "same"), (ZH, "相同")])
def test_a_text_in_both_languages_is_chosen(filters: dict[str, object], text: str) -> None:
    assert filters["localised"]({"zh": "相同", "en": "same"}) == text  # type: ignore[operator]
