"""What a case knows that papers say: each fact with its label and where it comes from.

A value is a text, a pair `{"zh": …, "en": …}`, or a list of them; empty where nobody knows.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from service.cases.models import Thread
from service.cases.models_evidence import Evidence
from service.cases.reckoning import local_day
from service.core.text import N_
from service.dispute import domain as d
from service.dispute.models import (
    Agreement,
    DisputeCase,
    MediationSession,
    Party,
    StationContact,
    Track,
)
from service.ui.documents.pairs import Pair, both
from service.ui.i18n import Language, translator

Value = str | Pair | list[str | Pair]


@dataclass(frozen=True, slots=True)
class Known:
    """All that is known when a paper is made, as far as its maker may see it."""

    thread: Thread
    case: DisputeCase
    track: Track | None
    parties: Sequence[Party]
    sessions: Sequence[MediationSession]
    agreement: Agreement | None
    roster: Sequence[StationContact]
    """What the station keeps of the body the track was referred to."""
    evidence: Sequence[Evidence]
    enterprise: Pair
    station: Pair


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact: label (message id), where to enter it, and how it is read."""

    label: str
    read: Callable[[Known], Any]
    anchor: str = ""
    """Part of the page of the case, or of the track with `detail`, where it is entered."""


def _parties(role: d.PartyRole) -> Callable[[Known], list[str]]:
    return lambda known: [_party(party) for party in known.parties if party.role is role]


def _party(party: Party) -> str:
    parts = [party.name, party.identity, party.address]
    if party.representative:
        who = party.representative
        parts.append(f"代理人 Representative: {who}")
    return "，".join(part for part in parts if part)


def _named(names: Mapping[Any, str], key: Any) -> Pair | str:
    return both(names[key]) if key and key in names else ""


def _detail(name: str) -> Callable[[Known], str]:
    return lambda known: known.track.detail.get(name, "") if known.track else ""


def _track(read: Callable[[Track], Any]) -> Callable[[Known], Any]:
    return lambda known: read(known.track) if known.track else ""


def _agreed(read: Callable[[Agreement], Any]) -> Callable[[Known], Any]:
    return lambda known: read(known.agreement) if known.agreement else ""


def money(amount: Decimal | None, currency: str) -> str:
    """Return an amount with its currency, or nothing."""
    return f"{amount:,.2f} {currency}" if amount is not None else ""


def day(value: date | datetime | None) -> Pair | str:
    """Return a day in the words of both languages, or nothing."""
    if value is None:
        return ""
    local = local_day(value)
    zh, en = translator(Language.ZH_HANS), translator(Language.EN)
    return {"zh": zh.date(local), "en": en.date(local)}


def _moment(value: datetime) -> Pair:
    zh, en = translator(Language.ZH_HANS), translator(Language.EN)
    return {"zh": zh.moment(value), "en": en.moment(value)}


ACCREDITED = N_("{number}, {by}, valid until {until}")


def _accreditation(known: Known) -> list[Pair]:
    return [_accredited(one, one.accredited_until) for one in known.roster if one.accredited_until]


def _accredited(one: StationContact, until: date) -> Pair:
    values = {"number": one.accreditation, "by": one.accredited_by}
    zh, en = translator(Language.ZH_HANS), translator(Language.EN)
    return {
        "zh": zh.text(ACCREDITED, **values, until=zh.date(until)),
        "en": en.text(ACCREDITED, **values, until=en.date(until)),
    }


def _meeting(one: MediationSession) -> Pair:
    came = "、".join(str(who["name"]) for who in one.attendees)
    at = _moment(one.at)
    return {key: f"{at[key]}，{one.place}，{came}".strip("，") for key in at}


def _exhibit(one: Evidence) -> str:
    return f"{one.number}. {one.title}" + (f"（{one.purpose}）" if one.purpose else "")


def _held(known: Known) -> list[MediationSession]:
    return [one for one in known.sessions if one.held]


FACTS: Mapping[str, Fact] = {
    "number": Fact(N_("Number of the case"), lambda k: k.thread.number),
    "received_on": Fact(N_("Received on"), lambda k: day(k.case.received_at)),
    "source": Fact(N_("Where it came from"), lambda k: _named(d.SOURCES, k.case.source)),
    "station": Fact(N_("Station"), lambda k: k.station),
    "enterprise": Fact(N_("Enterprise"), lambda k: k.enterprise),
    "applicant": Fact(N_("Applicant"), _parties(d.PartyRole.APPLICANT), "parties"),
    "respondent": Fact(N_("Respondent"), _parties(d.PartyRole.RESPONDENT), "parties"),
    "third": Fact(N_("Third party"), _parties(d.PartyRole.THIRD), "parties"),
    "case_title": Fact(N_("Title"), lambda k: k.case.title),
    "dispute_kind": Fact(
        N_("Kind of dispute"), lambda k: _named(d.DISPUTE_KINDS, k.case.dispute_kind)
    ),
    "right_kind": Fact(N_("Kind of right"), lambda k: _named(d.RIGHT_KINDS, k.case.right_kind)),
    "rights": Fact(N_("Rights involved"), lambda k: list(k.case.rights), "about"),
    "jurisdiction": Fact(N_("Country or body"), lambda k: k.case.jurisdiction),
    "venue": Fact(N_("Forum"), lambda k: k.case.venue),
    "facts": Fact(N_("What happened"), lambda k: k.case.facts, "about"),
    "amount": Fact(N_("Amount in dispute"), lambda k: money(k.case.amount, k.case.currency)),
    "goods_at_risk": Fact(N_("Shipments at risk"), lambda k: k.case.goods_at_risk),
    "body": Fact(N_("Body"), _track(lambda t: t.body_name), "detail"),
    "body_number": Fact(N_("Number at the body"), _track(lambda t: t.number), "detail"),
    "result": Fact(N_("Result"), _track(lambda t: t.result), "detail"),
    "mediation_kind": Fact(
        N_("Kind of mediation"),
        lambda k: _named(d.MEDIATION_KINDS, _detail("mediation_kind")(k)),
        "detail",
    ),
    "mediator": Fact(N_("Mediator"), _detail("mediator"), "detail"),
    "court": Fact(N_("Competent court for the confirmation"), _detail("court"), "detail"),
    "platform": Fact(
        N_("Platform"), lambda k: _named(d.PLATFORMS, _detail("platform")(k)), "detail"
    ),
    "listing": Fact(N_("Listing"), _detail("listing"), "detail"),
    "accreditation": Fact(N_("Accreditation of the body"), _accreditation),
    "meetings": Fact(N_("Meetings"), lambda k: [_meeting(one) for one in _held(k)], "sessions"),
    "records": Fact(N_("Record"), lambda k: [one.record for one in _held(k)], "sessions"),
    "agreement_number": Fact(N_("Number of the agreement"), _agreed(lambda a: a.number)),
    "clauses": Fact(N_("Clauses"), _agreed(lambda a: a.clauses), "agreement"),
    "agreement_amount": Fact(N_("Amount"), _agreed(lambda a: money(a.amount, a.currency))),
    "perform_by": Fact(N_("Perform by"), _agreed(lambda a: day(a.perform_by))),
    "signed_on": Fact(N_("Signed on"), _agreed(lambda a: day(a.signed_on))),
    "evidence": Fact(N_("Evidence"), lambda k: [_exhibit(one) for one in k.evidence], "evidence"),
}
