"""Markets as data: which registers bind where, how late they show, and how goods travel.

Public: `market`, `markets`, `registers_of`, `office`, `offices`, and the values they return.
"""

from service.rules.markets.catalogue import market, markets, office, offices, registers_of
from service.rules.markets.domain import (
    Bilingual,
    Confidence,
    Market,
    Office,
    RegisterBasis,
    RegisterNeed,
)
from service.rules.markets.errors import UnknownMarket, UnknownOffice

__all__ = [
    "Bilingual",
    "Confidence",
    "Market",
    "Office",
    "RegisterBasis",
    "RegisterNeed",
    "UnknownMarket",
    "UnknownOffice",
    "market",
    "markets",
    "office",
    "offices",
    "registers_of",
]
