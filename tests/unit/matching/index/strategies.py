"""Strings that try an index: all scripts, few letters or many, near each other, 1 to 200 long."""

from hypothesis import settings
from hypothesis import strategies as st

patient = settings(deadline=None)
"""For tests in which kernels may have to be compiled first."""

ALPHABETS = (
    "ab",
    "aeiouznr",
    "abcdefghijklmnopqrstuvwxyz0123456789",
    "aáàâäæçéèêñößÿ",
    "абвгдежзий",
    "αβγδεζηθ",
    "中国华为科技苹果手机",
    "かきくけこカキクケコ",
    "가나다라마바사",
    "\U00020000\U00020001\U0002a6d6中a",
    "\ud800\udfffab",
    "a中б\U00020000é",
)
"""Letters below 256, below 65,536 and above, alone and mixed; lone surrogates too."""


def texts(longest: int = 200) -> st.SearchStrategy[str]:
    """Texts over one alphabet; few letters give many overflows and many equal letters."""
    spans = [(1, 8), (1, 24), (60, 70), (120, 200)]
    lengths = st.one_of(
        *(st.integers(first, min(last, longest)) for first, last in spans if first <= longest)
    )
    return st.builds(
        lambda alphabet, length, seed: "".join(
            alphabet[(seed * (k + 1) * (k + 7) + k // 3) % len(alphabet)] for k in range(length)
        ),
        st.sampled_from(ALPHABETS),
        lengths,
        st.integers(1, 10_000),
    )


@st.composite
def near(draw: st.DrawFn, text: str) -> str:
    """A text with some letters dropped, added, exchanged, so that ratios fall about the floors."""
    letters = list(text)
    for _ in range(draw(st.integers(0, 1 + len(text) // 2))):
        place = draw(st.integers(0, max(0, len(letters) - 1)))
        change = draw(st.sampled_from("dar"))
        if change == "d" and len(letters) > 1:
            del letters[place]
        elif change == "a":
            letters.insert(place, draw(st.sampled_from(text + "q中")))
        elif letters:
            letters[place] = draw(st.sampled_from(text + "q中"))
    return "".join(letters)


@st.composite
def query_and_texts(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A query and texts, some of them near it, some equal."""
    query = draw(texts())
    close = draw(st.lists(near(query), max_size=12))
    far = draw(st.lists(texts(), max_size=12))
    return query, [*close, *far, query]
