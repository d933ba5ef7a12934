"""What the public of a market reads and understands: its languages, and those its pack adds."""

from collections.abc import Mapping
from functools import cache

from service.rules.markets.domain import Bilingual, Confidence, Market
from service.rules.markets.packs.domain import Language, Public
from service.rules.markets.packs.loading import PACKAGE
from service.rules.markets.packs.verdicts import pack_of
from service.rules.markets.tables import keyed, parts, read_rows

ANSWERS = {"yes": True, "no": False}


@cache
def languages() -> Mapping[str, Language]:
    """Return what is known of languages by code; one without a row is near to no other.

    Raises:
        RuleDataError: a row that says something else than it may.
    """
    columns = ("code", "name_zh", "name_en", "near", "han", "source", "confidence")
    return keyed("languages.csv", read_rows(PACKAGE, "languages.csv", columns), "code", _language)


def _language(row: Mapping[str, str]) -> Language:
    Confidence(row["confidence"])
    name = Bilingual(row["name_zh"], row["name_en"])
    return Language(row["code"], name, parts(row["near"]), ANSWERS[row["han"]])


@cache
def public_of(market: Market) -> Public:
    """Return what the public of a market reads and understands.

    English is a language of every market: the common foreign language of trade.
    """
    pack = pack_of(market)
    reads = _expanded(pack.reading_languages, market)
    means = _expanded(pack.meaning_languages, market)
    known = [languages()[code] for code in sorted(reads | means) if code in languages()]
    near = {code for one in known if one.code in means for code in one.near}
    return Public(
        reads=reads,
        han=any(one.han for one in known if one.code in reads),
        understands=means | near,
    )


def _expanded(codes: tuple[str, ...], market: Market) -> frozenset[str]:
    """Codes of languages, those of the market in place of the word `market`."""
    own = market.languages if "market" in codes else ()
    return frozenset({*codes, *own} - {"market"})
