"""When a recordation is renewed, and the chain with the right's own renewal."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from service.identity.permissions import Actor
from service.recordation.models import Asset, Filing, OfficeRenewal
from service.recordation.repository import Assets
from service.rules.authorities import (
    Authority,
    Reckoned,
    Reckoning,
    authority,
    renewal_window,
    term_end,
)
from service.rules.domain import Computed
from service.rules.errors import NotResearched, RuleHasNoPeriod
from service.rules.evaluator import compute
from service.rules.loader import library
from service.rules.schema import Measure

REMIND_BEFORE = timedelta(days=90)
"""Where no rule tells a window, renewal is thought of this long before the end (our standard)."""


@dataclass(frozen=True, slots=True)
class Window:
    """When to ask for renewal. `ruled`: whether a rule says so, or only our own reminder."""

    opens_on: date | None
    last_day: date | None
    ruled: bool
    reckoned: Reckoned | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """One link of the renewal chain."""

    what: str
    """`right` or `recordation`."""
    opens_on: date | None
    last_day: date | None
    done: bool
    computed: Computed | None


def renewal_of(session: Session, actor: Actor, filing: Filing) -> Window:
    """Return the window of a filing's renewal."""
    asset = Assets(session, actor).get(filing.asset_id)
    return window_of(filing, asset, authority(filing.authority))


def window_of(filing: Filing, asset: Asset, one: Authority) -> Window:
    """Return the window for renewing what ends on the filing's last day."""
    ends = filing.expires_on
    if ends is None:
        return Window(None, None, ruled=False)
    state = filing.states[0] if filing.states else ""
    found = renewal_window(one, asset.kind, ends, state=state)
    computed = found.computed
    if computed is None:
        return Window(ends - REMIND_BEFORE, ends, ruled=False, reckoned=found)
    if computed.opens_on:
        return Window(computed.opens_on, computed.due, ruled=True, reckoned=found)
    if _measure(computed) is Measure.BEFORE:
        return Window(computed.alarm_on, computed.due, ruled=True, reckoned=found)
    return Window(ends, computed.due, ruled=True, reckoned=found)


def _measure(computed: Computed) -> Measure:
    versions = library().find(computed.rule_id).rule.versions
    return next(one.measure for one in versions if one.id == computed.rule_id)


def last_day_of(filing: Filing, asset: Asset) -> date | None:
    """Return the day after which a filing counts as expired: a window after its end included."""
    if filing.expires_on is None:
        return None
    window = window_of(filing, asset, authority(filing.authority))
    late = window.ruled and window.last_day and window.last_day > filing.expires_on
    return window.last_day if late else filing.expires_on


def end_of_term(filing: Filing, asset: Asset, granted_on: date) -> Reckoned:
    """Return the end of a term granted on a day, never after the right's own end."""
    return term_end(authority(filing.authority), asset.kind, granted_on, asset.expires_on)


def chain(
    filing: Filing, asset: Asset, renewals: list[OfficeRenewal], today: date
) -> tuple[Link, ...]:
    """Return the links a renewal goes through: the right at its office first, then customs.

    The first link is there where the recordation ends with the right, and the authority's file
    names the office's rule.
    """
    one, links = authority(filing.authority), []
    ends = filing.expires_on
    if ends is None:
        return ()
    waiting = next((row for row in renewals if row.old_end == ends), None)
    if one.renewal_lead and (asset.expires_on == ends or waiting):
        lead = _compute(one.renewal_lead, ends)
        links.append(
            Link(
                "right",
                lead.opens_on if lead else None,
                lead.due if lead else None,
                waiting is not None and waiting.certified_on is not None,
                lead,
            )
        )
    window = window_of(filing, asset, one)
    computed = window.reckoned.computed if window.reckoned else None
    links.append(Link("recordation", window.opens_on, window.last_day, today > ends, computed))
    return tuple(links)


def _compute(rule: str, ends: date) -> Computed | None:
    try:
        return compute(rule, ends)
    except (NotResearched, RuleHasNoPeriod):
        return None


__all__ = [
    "Link",
    "Reckoning",
    "Window",
    "chain",
    "end_of_term",
    "last_day_of",
    "renewal_of",
    "window_of",
]
