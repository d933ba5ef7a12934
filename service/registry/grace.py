"""How long after its expiry a registration still lives: renewal with a surcharge, restoration.

A date alone kills a mark only when this period is over; where an office allows restoration after
the surcharge period, that is counted too. Every period is told with its source.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from service.registry.domain import DEAD, MarkStatus
from service.registry.models import Mark


@dataclass(frozen=True, slots=True)
class Grace:
    """Months after expiry, and where that is written."""

    months: int
    source: str
    confidence: str
    """`source` (read in the text named) or `memory` (stated from knowledge, to be checked)."""


GENERAL = Grace(6, "Paris Convention Art. 5bis(1): not less than six months", "memory")
OFFICES: dict[str, Grace] = {
    "CN": Grace(6, "商标法 (2019) Art. 40", "source"),
    "US": Grace(6, "15 U.S.C. 1059(a)", "memory"),
    "EM": Grace(6, "Regulation (EU) 2017/1001 Art. 53(3)", "memory"),
    "WO": Grace(6, "Madrid Protocol Art. 7(4)", "memory"),
    "GB": Grace(12, "Trade Marks Act 1994 s. 43(3) and restoration, s. 43(5)", "memory"),
    "IN": Grace(12, "Trade Marks Act 1999 s. 25(3) and restoration, s. 25(4)", "memory"),
    "JP": Grace(12, "商標法 Art. 20(3) and restoration, Art. 21", "memory"),
    "KR": Grace(6, "상표법 Art. 84(2)", "memory"),
}
DATED = (MarkStatus.REGISTERED, MarkStatus.UNKNOWN)
"""Statuses an expiry date can end; an application does not expire."""


def grace_of(office: str) -> Grace:
    """Return the grace period of an office, or the general one."""
    return OFFICES.get(office, GENERAL)


def months_from(day: date, months: int) -> date:
    """Return `day` moved by months, cut to the end of a shorter month."""
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    if not date.min.year <= year <= date.max.year:
        return date.max if months > 0 else date.min
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def lapses_on(office: str, status: MarkStatus, expires_on: date | None) -> date | None:
    """Return the last day on which a mark with this expiry lives; None if no date ends it."""
    if expires_on is None or status not in DATED:
        return None
    return months_from(expires_on, grace_of(office).months)


def is_live(office: str, status: MarkStatus, expires_on: date | None, on: date) -> bool:
    """Say whether a mark counts as live on a day. An unknown status is live."""
    last = lapses_on(office, status, expires_on)
    return status not in DEAD and (last is None or on <= last)


def live_clause(on: date) -> sa.ColumnElement[bool]:
    """Return the condition under which a row of `mark` may be live on `on`.

    Month ends make this up to three days wider than `is_live`, never narrower: callers that
    show or judge single marks ask `is_live`.
    """
    by_months: dict[int, list[str]] = {}
    for office, grace in OFFICES.items():
        if grace.months != GENERAL.months:
            by_months.setdefault(grace.months, []).append(office)
    special = [office for offices in by_months.values() for office in offices]
    in_grace = [
        sa.and_(Mark.office.in_(offices), Mark.expires_on >= _earliest(on, months))
        for months, offices in by_months.items()
    ]
    general = sa.and_(Mark.office.not_in(special), Mark.expires_on >= _earliest(on, GENERAL.months))
    return sa.and_(
        Mark.status.not_in(list(DEAD)),
        sa.or_(
            Mark.expires_on.is_(None),
            Mark.status.not_in(DATED),
            general,
            *in_grace,
        ),
    )


def _earliest(on: date, months: int) -> date:
    """Return a day not after any expiry whose grace period reaches `on`."""
    return months_from(on, -months)
