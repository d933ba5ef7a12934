"""What the keys of dimensions are called: message ids, or data that stands for itself."""

from collections.abc import Mapping
from typing import Any

from service.cases.domain import EFFECT_NAMES
from service.cases.moves import TABLES
from service.cases.words import VERBS
from service.core.text import N_
from service.dispute.domain import (
    GOODS_OUTCOMES,
    OUTCOMES,
    SERVICE_LINES,
    SOURCES,
    TRACK_KINDS,
    TrackKind,
)
from service.dispute.tables import table_of
from service.identity.names import BRANCH_NAMES
from service.report.domain import Dimension
from service.report.usecases.ledger import Entry
from service.rules.markets import UnknownMarket, market
from service.station.domain import CHANNELS, RATINGS
from service.station.tables import INTAKE
from service.ui.i18n import Language, Translator

NOTHING: Mapping[Dimension, str] = {
    Dimension.STATION: N_("no station"),
    Dimension.WAY: N_("not said"),
    Dimension.LINE: N_("none"),
    Dimension.MARKET: N_("no market"),
    Dimension.INDUSTRY: N_("no enterprise, or none said"),
    Dimension.PARK: N_("no park"),
    Dimension.TRACK: N_("none"),
    Dimension.ENDING: N_("none"),
    Dimension.OUTCOME: N_("not said"),
    Dimension.GOODS: N_("no goods were held"),
    Dimension.EFFECT: N_("none"),
    Dimension.RATING: N_("no rating"),
}
"""What the empty key of a dimension is called."""
CLOSED: Mapping[Dimension, Mapping[Any, str]] = {
    Dimension.WAY: {**dict[Any, str](SOURCES), **CHANNELS},
    Dimension.LINE: SERVICE_LINES,
    Dimension.INDUSTRY: BRANCH_NAMES,
    Dimension.TRACK: TRACK_KINDS,
    Dimension.OUTCOME: OUTCOMES,
    Dimension.GOODS: GOODS_OUTCOMES,
    Dimension.EFFECT: EFFECT_NAMES,
    Dimension.RATING: RATINGS,
}
"""Dimensions whose keys are a closed list."""


def label(dimension: Dimension, key: str, words: Translator, names: Mapping[str, str]) -> str:
    """Return what a key of a dimension is called in a language.

    `names`: what stations are called, by id as text.
    """
    if not key:
        return words.text(NOTHING[dimension])
    if dimension in CLOSED:
        return words.text(CLOSED[dimension].get(key, key))
    if dimension is Dimension.ENDING:
        return ending(key, words)
    if dimension is Dimension.MARKET:
        return market_name(key, words)
    return names.get(key, key)


def ending(key: str, words: Translator) -> str:
    """Return what `kind:status` of a track is called."""
    kind, _, status = key.partition(":")
    return track_state(TrackKind(kind), status, words)


def track_state(kind: TrackKind, status: str, words: Translator) -> str:
    """Return what a track and its state are called."""
    state = table_of(kind).states[status]
    both = {"track": words.text(TRACK_KINDS[kind]), "state": words.text(state.label)}
    return words.text(N_("{track}: {state}"), **both)


def step_said(verb: str) -> str:
    """Return what a step of a timeline is called: a message id."""
    table, _, event = verb.partition(".")
    return TABLES[table].label_of(event) if table in TABLES else VERBS.get(verb, verb)


def ending_of(one: Entry) -> str:
    """Return how a matter of the ledger ended: a message id; empty while it goes on."""
    if one.case is not None:
        return OUTCOMES[one.case.outcome] if one.case.outcome else ""
    if one.intake is None or INTAKE.open(one.intake.status):
        return ""
    return INTAKE.states[one.intake.status].label


def market_name(code: str, words: Translator) -> str:
    """Return what a market is called; a code that is none stays as it is."""
    try:
        name = market(code).name
    except UnknownMarket:
        return code
    return name.zh if words.language is Language.ZH_HANS else name.en
