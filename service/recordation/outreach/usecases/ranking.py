"""Enterprises by exposure: each factor with what it rests on, and only what one may see."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from service.core import clock
from service.identity.models import Organisation
from service.identity.permissions import Actor, Permission
from service.recordation.domain import KEPT
from service.recordation.models import Asset, Filing
from service.recordation.outreach.domain import Factor, FactorKind, exposure
from service.recordation.outreach.models import OutreachContact
from service.recordation.outreach.repository import Contacts, Enterprises, detentions_of
from service.recordation.repository import Assets, Filings
from service.registry.holdings import Products
from service.registry.owned import OwnedMark, marks_of_owners
from service.registry.penalties import Penalties, code_key, party_key
from service.screening.domain import Verdict
from service.screening.repository import Screenings

K = FactorKind
MARK_SOON = timedelta(days=365)
"""A mark that ends within a year is told: offices take renewals in the last twelve months."""
FILING_SOON = timedelta(days=183)
SERIOUS = frozenset({Verdict.BLOCKED, Verdict.HIGH})
Basis = dict[UUID, list[str]]


@dataclass(frozen=True, slots=True)
class Ranked:
    """An enterprise with what exposes it, and when it was last called on."""

    enterprise: Organisation
    factors: tuple[Factor, ...]
    last: OutreachContact | None

    @property
    def exposure(self) -> float:
        """The product of the factors."""
        return exposure(self.factors)


def queue(session: Session, actor: Actor) -> list[Ranked]:
    """Return every enterprise the actor serves, the most exposed first."""
    actor.need(Permission.OUTREACH_READ)
    return _ranked(session, actor, Enterprises(session, actor).all())


def ranked(session: Session, actor: Actor, enterprise_id: UUID) -> Ranked:
    """Return one enterprise; `NotFound` for one the actor does not serve."""
    actor.need(Permission.OUTREACH_READ)
    [found] = _ranked(session, actor, [Enterprises(session, actor).get(enterprise_id)])
    return found


def _ranked(session: Session, actor: Actor, rows: Sequence[Organisation]) -> list[Ranked]:
    ids = [row.id for row in rows]
    bases: dict[FactorKind, Basis] = {
        **_asked_for(session, actor, ids),
        **_rights(session, actor, rows),
        K.DETENTIONS: _detentions(session, actor, ids),
        K.PENALTIES: _penalties(session, rows),
    }
    last = Contacts(session, actor).last(ids)
    found = [
        Ranked(
            row,
            tuple(Factor(kind, tuple(bases[kind].get(row.id, ()))) for kind in FactorKind),
            last.get(row.id),
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: (-one.exposure, one.enterprise.name_zh, one.enterprise.id))


def _asked_for(session: Session, actor: Actor, ids: Sequence[UUID]) -> dict[FactorKind, Basis]:
    """Return markets and conflicts, from products and screenings that were shown to the actor."""
    markets, conflicts = Basis(), Basis()
    for product in Products(session, actor).of_organisations(ids):
        _add(markets, product.organisation_id, product.markets)
    for row in Screenings(session, actor).of_organisations(ids):
        if row.organisation_id is None:
            continue
        _add(markets, row.organisation_id, row.markets)
        if row.verdict in SERIOUS:
            day = row.created_at.date().isoformat()
            _add(conflicts, row.organisation_id, [f"{' / '.join(row.names)} · {day}"])
    return {K.MARKETS: {key: sorted(set(v)) for key, v in markets.items()}, K.CONFLICTS: conflicts}


def _rights(
    session: Session, actor: Actor, rows: Sequence[Organisation]
) -> dict[FactorKind, Basis]:
    """Return marks without recordation, and rights that end soon: registers and seen filings."""
    ids = [row.id for row in rows]
    owners = {party_key(name): row.id for row in rows for name in _names(row)}
    filings = Filings(session, actor).all(Filing.organisation_id.in_(ids), Filing.status.in_(KEPT))
    assets = {one.id: one for one in Assets(session, actor).all(Asset.organisation_id.in_(ids))}
    filed = {assets[one.asset_id].number for one in filings if one.asset_id in assets}
    unrecorded, expiring, today = Basis(), Basis(), clock.today()
    for mark in marks_of_owners(session, list(owners)):
        owner = owners[mark.owner_key]
        if not mark.recorded and mark.number not in filed:
            _add(unrecorded, owner, [_mark(mark)])
        if _soon(mark.expires_on, today, MARK_SOON):
            _add(expiring, owner, [f"{_mark(mark)} · {mark.expires_on}"])
    for one in filings:
        if _soon(one.expires_on, today, FILING_SOON):
            told = f"{one.authority} {one.recordation_no} · {one.expires_on}"
            _add(expiring, one.organisation_id, [told])
    return {K.UNRECORDED: unrecorded, K.EXPIRING: expiring}


def _mark(mark: OwnedMark) -> str:
    return f"{mark.office} {mark.number} {mark.text}".strip()


def _soon(day: date | None, today: date, within: timedelta) -> bool:
    return day is not None and today <= day <= today + within


def _detentions(session: Session, actor: Actor, ids: Sequence[UUID]) -> Basis:
    found = Basis()
    for row in detentions_of(session, actor, ids):
        told = f"{row.number or str(row.id)[:8]} · {row.opened_at.date().isoformat()}"
        _add(found, row.organisation_id, [told])
    return found


def _penalties(session: Session, rows: Sequence[Organisation]) -> Basis:
    keys = {party_key(name): row.id for row in rows for name in _names(row)}
    keys |= {
        code_key(code): row.id for row in rows for code in (row.uscc, row.customs_code) if code
    }
    seen: dict[UUID, dict[UUID, str]] = {}
    for key, penalties in Penalties(session).of_parties(list(keys)).items():
        for one in penalties:
            told = f"{one.decision_number} · {one.decided_on} · {one.mark}"
            seen.setdefault(keys[key], {})[one.id] = told
    return {owner: list(told.values()) for owner, told in seen.items()}


def _names(row: Organisation) -> Iterable[str]:
    return [name for name in (row.name_zh, row.name_en) if name]


def _add(basis: Basis, key: UUID, values: Iterable[str]) -> None:
    basis.setdefault(key, []).extend(values)


def by_kind(one: Ranked) -> Mapping[FactorKind, Factor]:
    """Return the factors of an enterprise by kind."""
    return {factor.kind: factor for factor in one.factors}
