"""What a check-up collects: each part from the room it belongs to, by what the station may see."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from service.cases.domain import Status
from service.core import clock
from service.identity.models import Organisation
from service.identity.permissions import Actor
from service.recordation.detention.repository import Detentions
from service.recordation.domain import KEPT
from service.recordation.models import Asset, Filing
from service.recordation.repository import Assets, Filings
from service.registry.holdings import Products, Rights
from service.registry.models import Right
from service.registry.owned import OwnedMark, marks_of_owners
from service.registry.penalties import party_key
from service.screening.domain import CONFLICTS, DecisionState, Verdict
from service.screening.models import Screening
from service.screening.repository import Screenings
from service.screening.schemas import ScreeningOut
from service.screening.usecases.screening import fetch_screening
from service.station.base.checkup import FINDINGS, TITLES, Found, Section
from service.station.base.domain import FindingCode
from service.station.base.drafting import filled
from service.station.base.models import CheckUpConsent
from service.station.base.repository_checkups import Opened, clocks_of
from service.ui.documents.pairs import Pair, both
from service.ui.tags import VERDICTS

SOON = timedelta(days=365)
"""What ends within a year is told: offices take renewals in the last twelve months."""
F = FindingCode


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose check-up it is, by whom, and what was opened for it."""

    session: Session
    actor: Actor
    enterprise: Organisation
    consent: CheckUpConsent
    today: date


def collected(
    session: Session, actor: Actor, enterprise: Organisation, consent: CheckUpConsent
) -> list[Section]:
    """Return the sections of a check-up, each with its findings."""
    asked = Asked(session, actor, enterprise, consent, clock.today())
    return [part(asked) for part in PARTS]


def found(code: FindingCode, href: str = "", **values: str | Pair | date) -> Found:
    """Return a finding with its recommendation, in both languages."""
    text, advice = FINDINGS[code]
    return Found(code, filled(text, values), both(advice), href)


def row(label: Any, value: Any, href: str = "") -> dict[str, Any]:
    """Return one fact of a section; days are written in both languages."""
    return {"label": label, "value": value, "href": href}


def day(value: date | None) -> Pair:
    """Return a day in both languages."""
    return filled("{day}", {"day": value}) if value else {"zh": "—", "en": "—"}


def screenings(asked: Asked) -> Section:
    """Tell the latest answer for each product and market, and what was not searched."""
    section = Section("screenings")
    session, actor, ids = asked.session, asked.actor, [asked.enterprise.id]
    latest: dict[tuple[str, str], Screening] = {}
    for one in Screenings(session, actor).of_organisations(ids):
        for market in one.markets:
            latest[(one.reference or " / ".join(one.names), market)] = one
    answers = {
        one.id: ScreeningOut.model_validate_json(fetch_screening(session, actor, one.id))
        for one in latest.values()
    }
    for (name, market), one in sorted(latest.items()):
        told, href = answers[one.id].markets.get(market), f"/screenings/{one.id}"
        verdict = told.verdict if told else one.verdict
        label = both(VERDICTS[verdict].label)
        section.rows.append(row(f"{name} · {market}", label, href))
        values: dict[str, Any] = {"name": name, "market": market}
        if verdict in CONFLICTS and verdict is not Verdict.LOW:
            section.findings.append(found(F.CONFLICT, href, **values, verdict=label))
        if verdict is Verdict.NOT_SEARCHED or (told and told.missing):
            section.findings.append(found(F.NOT_SEARCHED, href, **values))
    screened = {name for name, _ in latest}
    for product in Products(session, actor).of_organisations(ids):
        names = {product.sku, " / ".join(product.brands)}
        if not names & screened:
            href = f"/products/{product.id}"
            section.findings.append(found(F.NO_SCREENING, href, product=product.sku))
    return section


def _owned(asked: Asked) -> list[OwnedMark]:
    names = (asked.enterprise.name_zh, asked.enterprise.name_en)
    return marks_of_owners(asked.session, [party_key(name) for name in names if name])


def recordation(asked: Asked) -> Section:
    """Tell which marks are recorded where, until when, and which nowhere."""
    section = Section("recordation")
    session, actor, mine = asked.session, asked.actor, asked.enterprise.id
    assets = {one.id: one for one in Assets(session, actor).all(Asset.organisation_id == mine)}
    filings = Filings(session, actor).all(Filing.organisation_id == mine, Filing.status.in_(KEPT))
    for one in filings:
        asset, href = assets.get(one.asset_id), f"/filings/{one.id}"
        title = asset.title if asset else one.recordation_no
        section.rows.append(row(f"{title} · {one.authority}", day(one.expires_on), href))
        if _soon(one.expires_on, asked.today):
            values = {"number": one.recordation_no or title, "authority": one.authority}
            ends = one.expires_on or asked.today
            section.findings.append(found(F.RECORDATION_ENDING, href, **values, day=ends))
    filed = {assets[one.asset_id].number for one in filings if one.asset_id in assets}
    for mark in _owned(asked):
        if not mark.recorded and mark.number not in filed:
            section.findings.append(found(F.UNRECORDED, _href(mark), mark=_name(mark)))
    return section


def rights(asked: Asked) -> Section:
    """Tell marks and shared rights with the day they end."""
    section = Section("rights")
    ends = [(_name(mark), mark.expires_on, _href(mark)) for mark in _owned(asked)]
    shared = Rights(asked.session, asked.actor).of_organisation(asked.enterprise.id)
    ends += [(_title(one), one.expires_on, f"/rights/{one.id}") for one in shared]
    for name, last, href in ends:
        section.rows.append(row(name, day(last), href))
        if last is not None and _soon(last, asked.today):
            section.findings.append(found(F.RIGHT_ENDING, href, right=name, day=last))
    return section


def _title(right: Right) -> str:
    return f"{right.title} {right.number}".strip()


def _name(mark: OwnedMark) -> str:
    return f"{mark.office} {mark.number} {mark.text}".strip()


def _href(mark: OwnedMark) -> str:
    return f"/marks/{mark.office}/{mark.number}"


def _soon(last: date | None, today: date) -> bool:
    return last is not None and last <= today + SOON


def clocks(asked: Asked) -> Section:
    """Tell the clocks of its open matters that the station may see."""
    section = Section("clocks")
    for one in clocks_of(asked.session, asked.actor, asked.enterprise.id):
        task: Pair = {"zh": one.title.get("zh", ""), "en": one.title.get("en", "")}
        href = f"/deadlines/{one.id}"
        section.rows.append(row(task, day(one.due_on), href))
        code = F.CLOCK_MISSED if one.status is Status.MISSED else F.CLOCK_RUNS
        last = day(one.due_on)
        section.findings.append(found(code, href, task=task, day=last))
    return section


def watches(asked: Asked) -> Section:
    """Tell its watches, where it opened them."""
    section = Section("watches")
    if not asked.consent.watches:
        section.findings.append(found(F.NOT_OPENED, what=both(TITLES["watches"])))
        return section
    rows = Opened(asked.session, asked.consent).watches()
    for one in rows:
        section.rows.append(row(" / ".join(one.names), ", ".join(one.markets) or "*"))
    if not rows:
        section.findings.append(found(F.NO_WATCH))
    return section


def decisions(asked: Asked) -> Section:
    """Tell its decisions, where it opened them."""
    section = Section("decisions")
    if not asked.consent.decisions:
        section.findings.append(found(F.NOT_OPENED, what=both(TITLES["decisions"])))
        return section
    for one in Opened(asked.session, asked.consent).decisions():
        mark = f"{one.office} {one.number} {one.text}"
        section.rows.append(row(f"{one.name} – {mark}", day(one.expires_on)))
        if one.state is DecisionState.REOPENED:
            section.findings.append(found(F.DECISION_OPEN, f"/decisions/{one.id}", mark=mark))
    return section


def detentions(asked: Asked) -> Section:
    """Tell the detentions of its goods that the station may see."""
    section = Section("detentions")
    for one in Detentions(asked.session, asked.actor).owned_by(asked.enterprise.id):
        href, where = f"/detentions/{one.id}", f"{one.authority} {one.office}".strip()
        section.rows.append(row(where, one.goods, href))
        section.findings.append(found(F.DETAINED, href, authority=where, goods=one.goods))
    return section


PARTS: tuple[Callable[[Asked], Section], ...] = (
    screenings,
    recordation,
    rights,
    clocks,
    watches,
    decisions,
    detentions,
)
"""The sections of a check-up, in their order."""
