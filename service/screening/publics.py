"""What the public of a market does not understand of two signs, and what is left without it.

The law of a market counts sound and meaning in the languages of its public (EU-13, CN-16, GB-5,
US-4). A mark is found in every language; only where the verdict could be milder is it asked
what counts, and the answer says so.
"""

from collections.abc import Iterable, Mapping
from functools import cache

from service.matching.kinds import Axis
from service.matching.tongues import Tongues, tongues_of
from service.rules.markets import Market
from service.rules.markets.domain import Bilingual
from service.rules.markets.packs import languages, public_of

NOT_COUNTED: Mapping[Axis, Bilingual] = {
    Axis.AURAL: Bilingual(
        "仅按{languages}读法近似的部分不计：该市场公众不使用这种语言。",
        "What sounds alike only in {languages} is not counted: not a language of this market.",
    ),
    Axis.CONCEPTUAL: Bilingual(
        "仅按{languages}含义相同的部分不计：该市场公众不使用这种语言。",
        "What means the same only in {languages} is not counted: not a language of this market.",
    ),
}


@cache
def tongues_in(market: Market) -> Tongues | None:
    """Return what the public of a market knows of languages; None where nothing is foreign."""
    public = public_of(market)
    tongues = tongues_of(public.reads, han=public.han, understands=public.understands)
    return None if tongues.all else tongues


def not_counted(foreign: Mapping[Axis, Iterable[str]]) -> Bilingual:
    """Say which languages do not count, by the axis that hung on them."""
    told = []
    for axis, codes in foreign.items():
        names = [languages()[code].name for code in sorted(codes)]
        zh, en = "、".join(name.zh for name in names), ", ".join(name.en for name in names)
        said = NOT_COUNTED[axis]
        told.append(Bilingual(said.zh.format(languages=zh), said.en.format(languages=en)))
    return Bilingual("".join(one.zh for one in told), " ".join(one.en for one in told))
