"""What a step writes into a filing after the move: rounds, numbers, dates, clocks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from service.cases.domain import Effect
from service.cases.usecases.deadlines import open_deadline, open_stated
from service.core import clock
from service.core.text import N_
from service.identity.permissions import Actor
from service.recordation.domain import RoundKind
from service.recordation.models import Asset, Filing, FilingRound
from service.recordation.repository import Assets, Filings
from service.recordation.usecases.cases import case_of, thread_of
from service.recordation.usecases.changes import notice
from service.recordation.usecases.snapshots import hash_of, snapshot
from service.recordation.usecases.windows import end_of_term, window_of
from service.recordation.usecases.wording import both
from service.rules.authorities import authority


@dataclass(frozen=True, slots=True)
class Taken:
    """A step that was taken, for what is written into the filing after it."""

    session: Session
    actor: Actor
    filing: Filing
    entry: "Entry"


@dataclass(frozen=True, slots=True)
class Entry:
    """What a person enters with a step."""

    when: date | None = None
    """Day of the event at the authority."""
    note: str = ""
    receipt_no: str = ""
    proof_file_id: UUID | None = None
    application_no: str = ""
    recordation_no: str = ""
    effective_on: date | None = None
    expires_on: date | None = None
    """As printed in the decision; computed by the rule where it is not given."""
    decision_file_id: UUID | None = None
    correction_due: date | None = None
    """Printed on the correction notice."""
    fee: str = ""
    paid_on: date | None = None

    def values(self) -> dict[str, Any]:
        """Return the entries the guards look at."""
        names = ("receipt_no", "proof_file_id", "recordation_no", "effective_on")
        return {name: getattr(self, name) for name in (*names, "decision_file_id")}


def facts_of(filing: Filing) -> dict[str, str]:
    """Return what the rules of a filing's clocks ask."""
    eu = authority(filing.authority).market == "EU"
    facts = {"member_state": filing.states[0]} if eu and filing.states else {}
    if filing.procedure == "ex_officio":
        facts["ex_officio"] = "yes"
    return facts


def _sent(kind: RoundKind) -> Callable[[Taken], None]:
    def freeze(taken: Taken) -> None:
        filing, entry = taken.filing, taken.entry
        add_round(taken.session, taken.actor, filing, kind, entry)
        if kind is RoundKind.APPLICATION:
            filing.received_on = entry.when
        if kind is RoundKind.CORRECTION:
            filing.correction_due = None
        filing.application_no = entry.application_no or filing.application_no
        filing.fee, filing.paid_on = entry.fee or filing.fee, entry.paid_on or filing.paid_on

    return freeze


def add_round(
    session: Session, actor: Actor, filing: Filing, kind: RoundKind, entry: Entry
) -> FilingRound:
    """Freeze what is sent: every field and paper as it stands, and the hash over it."""
    filings = Filings(session, actor)
    frozen = snapshot(case_of(session, actor, filing), filings.papers(filing.id))
    row = FilingRound(
        filing_id=filing.id,
        kind=kind,
        number=len(filings.rounds(filing.id)) + 1,
        snapshot=frozen,
        snapshot_hash=hash_of(frozen),
        submitted_on=entry.when or clock.today(),
        submitted_by=actor.person_id,
        receipt_no=entry.receipt_no,
        proof_file_id=entry.proof_file_id,
        created_at=clock.now(),
    )
    session.add(row)
    session.flush()
    return row


def _accepted(taken: Taken) -> None:
    filing = taken.filing
    filing.application_no = taken.entry.application_no or filing.application_no


def _corrected(taken: Taken) -> None:
    filing, entry = taken.filing, taken.entry
    filing.reason, filing.correction_due = entry.note, entry.correction_due
    if entry.correction_due:
        open_stated(
            taken.session,
            taken.actor,
            thread_of(taken.session, taken.actor, filing),
            title=both(N_("Supply what the authority found missing")),
            due=entry.correction_due,
            trigger=entry.when,
            event=f"correction:{entry.when}",
            proof=entry.note,
            effect=Effect.FATAL,
        )


def _decided(*, granted: bool) -> Callable[[Taken], None]:
    def keep(taken: Taken) -> None:
        entry = taken.entry
        last = Filings(taken.session, taken.actor).rounds(taken.filing.id)[-1]
        last.granted, last.decided_on = granted, entry.when or clock.today()
        last.decision_file_id = entry.decision_file_id
        taken.filing.reason = "" if granted else entry.note

    return keep


def _entered(taken: Taken) -> None:
    filing, entry = taken.filing, taken.entry
    filing.recordation_no, filing.effective_on = entry.recordation_no, entry.effective_on
    _set_term(taken, entry.effective_on or clock.today())
    notice(taken.session, taken.actor, filing)


def _renewed(taken: Taken) -> None:
    _decided(granted=True)(taken)
    filing = taken.filing
    filing.recordation_no = taken.entry.recordation_no or filing.recordation_no
    _set_term(taken, filing.expires_on or clock.today())
    notice(taken.session, taken.actor, filing)


def _set_term(taken: Taken, granted_on: date) -> None:
    """Set the last day: as printed or by the rule, and never after the right's own."""
    filing = taken.filing
    asset = Assets(taken.session, taken.actor).get(filing.asset_id)
    computed = end_of_term(filing, asset, granted_on).due
    days = [day for day in (taken.entry.expires_on or computed, asset.expires_on) if day]
    filing.expires_on = min(days, default=None)
    _watch_renewal(taken, asset)


def _watch_renewal(taken: Taken, asset: Asset) -> None:
    """Start the clock of the next renewal, where a rule tells one."""
    filing = taken.filing
    window = window_of(filing, asset, authority(filing.authority))
    if filing.expires_on is None or window.reckoned is None or not window.ruled:
        return
    open_deadline(
        taken.session,
        taken.actor,
        thread_of(taken.session, taken.actor, filing),
        window.reckoned.rule,
        trigger=filing.expires_on,
        event=f"expiry:{filing.expires_on.isoformat()}",
        facts=facts_of(filing),
    )


def _ended(taken: Taken) -> None:
    taken.filing.reason = taken.entry.note


EFFECTS: Mapping[str, Callable[[Taken], None]] = {
    "submit": _sent(RoundKind.APPLICATION),
    "submit_again": _sent(RoundKind.CORRECTION),
    "submit_renewal": _sent(RoundKind.RENEWAL),
    "accept": _accepted,
    "ask_correction": _corrected,
    "grant": _decided(granted=True),
    "refuse": _decided(granted=False),
    "enter": _entered,
    "renew": _renewed,
    "refuse_renewal": _decided(granted=False),
    "send_back": _ended,
    "withdraw": _ended,
    "cancel": _ended,
    "deregister": _ended,
    "suspend": _ended,
    "expire": _ended,
}
"""What a step writes into the filing, after the move."""
