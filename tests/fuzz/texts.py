"""Any Unicode at all, with the corners where matchers break."""

from hypothesis import strategies as st

CORNERS = (
    "",
    " ",
    "\u3000",
    "\ud800",
    "\udfff\ud800",
    "a\udcff",
    "e" + "\u0301" * 10_000,
    "\u0301" * 500,
    "\u202eAEDAY\u202c",
    "\u2066雅\u2069迪",
    "\u200b\u200d\ufeff",
    "👩\u200d👩\u200d👧\u200d👦",
    "🇨🇳",
    "8" * 500,
    "٣٤٥",
    "Ⅷ",
    "A",
    "雅",
    "ß",
    "ﷺ",
    "x" * 500,
    "雅" * 500,
    "a " * 250,
    "\x00",
    "\x1b[31mred",
    "'; drop table mark; --",
    "{name}{0}%s",
    "<script>alert(1)</script>",
    "𝒴𝒶𝒹𝑒𝒶",
    "ＹＡＤＥＡ",
    "\U000e0041\U000e0042",
    "\U0010ffff",
    "हिन्दी",
    "עברית",
    "العربية",
    "한글",
    "カタカナ",
)
anything = st.characters(exclude_categories=())
"""Every code point, lone surrogates with it."""
any_text = st.one_of(
    st.sampled_from(CORNERS),
    st.text(anything, max_size=40),
    st.text(anything, min_size=480, max_size=520),
    st.text("abcdeYADEA雅迪新日 -'&.0123456789", max_size=30),
)
