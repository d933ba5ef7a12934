"""The parts of a ship-safe check: places, markets, elements, papers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from service.core.text import N_
from service.recordation.schemas_shipping import (
    ElementOut,
    MarketLightOut,
    PlaceOut,
    RecordedOut,
    StandingOut,
)
from service.recordation.shipping import (
    READ,
    Declared,
    Party,
    PartyStanding,
    brand_warnings,
    code_warnings,
    light_of_market,
    light_of_place,
    light_of_row,
    model_warnings,
    standing,
    type_warnings,
)
from service.recordation.shipping_words import (
    BRAND_TYPES,
    ELEMENT_NAMES,
    ENTER_FIRST,
    NAME_FIRST,
    OWN_PROOF,
    PARTY_NAMES,
)
from service.recordation.usecases.shipping_lists import OwnRecordation, Row, rows_of
from service.recordation.usecases.wording import Pair, both
from service.screening.border import with_rows
from service.screening.decided import OWNERS
from service.screening.domain import (
    RANK,
    BrandRole,
    Coverage,
    DetentionRisk,
    Listing,
    Verdict,
)
from service.screening.schemas import BorderOut, Both, ScreeningOut

HOME = "CN"
MISSING = frozenset({PartyStanding.NOT_LISTED, PartyStanding.NOT_ENTERED})
NAMELESS = {"zh": "（未编号）", "en": "(no number)"}


@dataclass(frozen=True, slots=True)
class Known:
    """A party as declared, and the folded names and codes it is known by."""

    name: str
    code: str
    names: frozenset[str]


def place_of(
    border: BorderOut, own: Sequence[OwnRecordation], known: Mapping[Party, Known], role: BrandRole
) -> PlaceOut:
    """Return what one customs territory says of the shipment."""
    read = READ[border.passage]
    rows = rows_of(border, own)
    told = [_told(row, {one: known[one] for one in read}) for row in rows]
    listings = [
        row.out.model_copy(update={"listing": _listing(one)})
        for row, one in zip(rows, told, strict=True)
    ]
    proving = [one for one, row in zip(listings, told, strict=True) if not _harmless(row)]
    judged = with_rows(border.model_copy(update={"role": role}), proving)
    loaded = border.risk is not DetentionRisk.NOT_SEARCHED
    running = [one.light for one in told if not one.ended]
    return PlaceOut(
        territory=border.territory,
        name=border.name,
        authority=border.authority,
        passage=border.passage,
        loaded=loaded,
        risk=judged.risk,
        light=light_of_place(running, loaded=loaded),
        sentence=judged.sentence,
        recordations=told,
        penalties=border.penalties,
        papers=_unique([*judged.proofs, *(paper for one in told for paper in _next(one))]),
    )


def _told(row: Row, known: Mapping[Party, Known]) -> RecordedOut:
    out = row.out
    standings = {party: standing(one.names, row.lists) for party, one in known.items()}
    return RecordedOut(
        text=out.text,
        owner=out.owner,
        office=out.office,
        number=out.number,
        recordation_number=out.recordation_number,
        expires_on=out.expires_on,
        ended=out.ended,
        verdict=out.verdict,
        own=row.own,
        near=row.near,
        parties=[StandingOut(party=party, standing=one) for party, one in standings.items()],
        light=light_of_row(out.verdict, standings.values()),
    )


def _harmless(row: RecordedOut) -> bool:
    """Say whether it is a similar mark of people who are all known there: no risk, and no proof."""
    return row.near and _listing(row) is not Listing.NOT_LISTED


def _listing(row: RecordedOut) -> Listing:
    found = {one.standing for one in row.parties}
    if found == {PartyStanding.OWNER}:
        return Listing.OWNER
    if found & MISSING:
        return Listing.NOT_LISTED
    return Listing.LISTED if found - {PartyStanding.NOT_NAMED} else Listing.NOT_LISTED


def _next(row: RecordedOut) -> list[Both]:
    """Return what to do first for one recordation in force."""
    if row.ended or _harmless(row):
        return []
    number = row.recordation_number
    texts = {**dict.fromkeys(MISSING, ENTER_FIRST), PartyStanding.NOT_NAMED: NAME_FIRST}
    found = [
        _said(texts[one.standing], number, party=PARTY_NAMES[one.party])
        for one in row.parties
        if one.standing in texts
    ]
    return found or [_said(OWN_PROOF, number, holder=row.owner)]


def _said(text: str, number: str, *, party: str = "", holder: str = "") -> Both:
    words, name = both(text), both(party)
    told = {"zh": number or NAMELESS["zh"], "en": number or NAMELESS["en"]}
    return Both(
        zh=words["zh"].format(number=told["zh"], party=name["zh"], holder=holder),
        en=words["en"].format(number=told["en"], party=name["en"].lower(), holder=holder),
    )


def market_of(code: str, screening: ScreeningOut) -> MarketLightOut:
    """Return what the registers of a market say, without the marks of one's own."""
    market = screening.markets[code]
    verdict = _strangers(code, screening)
    sentence = market.sentence
    if verdict is not market.verdict:
        sentence = Both(
            **both(N_("The worst marks found here are your own: carry the proof of the right."))
        )
    return MarketLightOut(
        market=code,
        name=market.name,
        verdict=verdict,
        coverage=market.coverage,
        light=light_of_market(verdict, market.coverage),
        sentence=sentence,
    )


def _strangers(code: str, screening: ScreeningOut) -> Verdict:
    """Return the worst verdict over marks of strangers; those not listed count as they may."""
    market = screening.markets[code]
    here = [hit for hit in screening.hits if code in hit.markets]
    found = [hit.markets[code].verdict for hit in here if hit.relation is None]
    if sum(market.counts.values()) > len(here) and screening.hits:
        found.append(screening.hits[-1].verdict)
    clear = (
        Verdict.NO_CONFLICT_FOUND if market.coverage is Coverage.COMPLETE else Verdict.NOT_SEARCHED
    )
    return min([*found, clear], key=RANK.__getitem__)


def owners_at_home(screening: ScreeningOut) -> list[tuple[str, str]]:
    """Return name and country of the owners of marks that conflict seriously in China."""
    serious = {Verdict.BLOCKED, Verdict.HIGH}
    found = [
        (name, hit.mark.owner_country)
        for hit in screening.hits
        if HOME in hit.markets and hit.markets[HOME].verdict in serious
        for name in hit.mark.owner.split(OWNERS)
    ]
    return list(dict.fromkeys(found))


def elements_of(told: Declared) -> list[ElementOut]:
    """Return the elements of a Chinese declaration with what does not agree."""
    kind = both(BRAND_TYPES[told.brand_type]) if told.brand_type is not None else _same("")
    rows = (
        ("code", _same(told.code), code_warnings(told)),
        ("brand_type", kind, type_warnings(told)),
        ("brand", _same(told.brand), brand_warnings(told)),
        ("model", _same(told.model), model_warnings(told)),
    )
    return [
        ElementOut(
            key=key,
            label=Both(**both(ELEMENT_NAMES[key])),
            value=Both(**value),
            warnings=[Both(**both(text)) for text in warnings],
        )
        for key, value, warnings in rows
    ]


def _same(text: str) -> Pair:
    return {"zh": text, "en": text}


def papers_of(places: Iterable[PlaceOut], screening: ScreeningOut) -> list[Both]:
    """Return every paper to carry or to get first, each once."""
    own = [hit for hit in screening.hits if hit.relation is not None]
    return _unique(
        [
            *(paper for place in places for paper in place.papers),
            *(paper for hit in own for paper in hit.documents),
        ]
    )


def _unique(papers: Iterable[Both]) -> list[Both]:
    return list({(one.zh, one.en): one for one in papers}.values())
